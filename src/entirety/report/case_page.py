"""The index of a case folder as one page for people: every file met, what became of it, what its audit says, and which clips share footage.

It needs no network. Its security policy allows the one style sheet and the one program that it carries, both by their hash, and pictures that
lie beside it; without the program everything can be read, it only filters, sorts and moves. Rows stand in order of path. No order by a
degree of suspicion exists, because no such degree is measured.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.knowledge.performance import Table
from entirety.model.audit import Answer
from entirety.model.case import COMPLETE, Case, Fate
from entirety.report.case_flags import flag_rows, flags
from entirety.report.case_line import Line, grouped, line
from entirety.report.case_names import path_text
from entirety.report.case_rates import FLAGS, expected
from entirety.report.case_rows import Row, named, rows
from entirety.report.case_words import FATES, OWN_WORDS, TERMS, as_sentence, counted, result
from entirety.report.html import TEMPLATES
from entirety.report.isolated import isolated, isolated_drawn
from entirety.report.overlap_page import group_view
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_NAMED = 20
"""Entries that are named again above the table because nothing of them was analysed; more would push the answers off the screen, and all are in the table."""
MOST_ANSWERED = 200
"""Clips of each answer that are named again above the table. Chosen: a list that somebody goes through; all are in the table."""
MOST_GROUPS = 500
"""Groups of each sort among which the page's filter chooses; the text filter finds the others."""
MOST_SHARED = 200
"""Rows of shared footage printed of one group; 400 clips of one recording would give 80,000. index.json has all."""
MOST_EQUAL = 50
"""Names printed of one set of equal files; index.csv has all."""
PRINTED = 16
"""Digits of the hash of index.json on every printed page: enough to tell one index from every other by eye."""


def case_page(case: Case, table: Table | None, document_sha256: str) -> bytes:
    """The page as UTF-8 bytes; `document_sha256` is that of the index.json of which it is a print. Every name is made visible and escaped."""
    words, found = Catalogue("en"), rows(case)
    lines = [line(row, words) for row in found]
    css = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("overlap.css", "case.css"))
    css += _foot(document_sha256)
    script = (TEMPLATES / "case.js").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(path=isolated, drawn_path=isolated_drawn)
    likely = expected(case, table)
    page = environment.get_template(
        "case.html.j2"
    ).render(
        # Ours, and without any text of a file in them.
        css=Markup(css),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(css),
        script_hash=_hash(script),
        folder=visible(path_text(case.folder), 200),
        result=result(case),
        met=counted(len(lines), "file", "files"),
        lines=lines,
        answers=_answers(case, found, words),
        answered=_answered(found, lines, words),
        fates=_fates(case),
        disguised=[one for one in lines if one.disguised],
        missed=[one for one in lines if one.missed],
        gaps=sum(bool(one.gaps) for one in lines),
        most=MOST_NAMED,
        most_answered=MOST_ANSWERED,
        most_equal=MOST_EQUAL,
        flags=flags(case, likely),
        flag_rows=list(flag_rows(likely, words)),
        measured=table,
        sets=_sets(lines),
        groups=_groups(case, found),
        alone=0 if case.overlaps is None else len(case.overlaps.alone),
        unread=_unread(case),
        compared=case.overlaps is not None,
        no_overlaps=as_sentence(visible(case.no_overlaps)),
        most_groups=MOST_GROUPS,
        most_shared=MOST_SHARED,
        terms=TERMS,
        options=[(visible(name, 100), visible(value, 300)) for name, value in case.options],
        tool=case.tool,
        document=document_sha256,
        document_start=grouped(document_sha256[:PRINTED]),
    )
    return f"{page}\n".encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _foot(document_sha256: str) -> str:
    """The foot of every printed page, so that a sheet can be told from one of another index."""
    said = f"Index, a print of index.json; its SHA-256 begins {grouped(document_sha256[:PRINTED])}"
    return f'@page {{ @bottom-left {{ content: "{said}"; font: 9pt serif; }} }}\n'


def _answers(case: Case, found: Sequence[Row], words: Catalogue) -> list[tuple[str, str, str, int, int]]:
    """Code, word, sentence, clips and files of each answer of the closed list."""
    clips = Counter(item.answer for item in case.items)
    files = Counter(row.item.answer for row in found if row.item is not None)
    return [
        (a.value, words.text(f"word.{a.value}"), OWN_WORDS.get(a) or words.text(f"answer.{a.value}"), clips[a], files[a])
        for a in Answer
    ]  # fmt: skip


def _answered(found: Sequence[Row], lines: Sequence[Line], words: Catalogue) -> list[tuple[str, str, list[Line]]]:
    """Code, word and clips of the answers that say that something was done or may have been; each clip under its first name, in order of path."""
    first: dict[str, Line] = {}
    for row, one in zip(found, lines, strict=True):
        if row.item is not None:
            first.setdefault(row.item.sha256, one)
    clips = [
        (a.value, words.text(f"word.{a.value}"), [one for one in first.values() if one.answer == a.value])
        for a in FLAGS
    ]
    return [one for one in clips if one[2]]


def _fates(case: Case) -> list[tuple[str, str, str, int]]:
    """Code, word, meaning and number of each fate; those that no entry has are left to the documents."""
    number = Counter(entry.fate for entry in case.entries)
    return [(fate.value, *FATES[fate], number[fate]) for fate in Fate if number[fate] or fate in COMPLETE]


def _sets(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """Number of each set of equal files, and the files."""
    alike: dict[int, list[Line]] = {}
    for one in lines:
        if one.same:
            alike.setdefault(one.same, []).append(one)
    return list(alike.items())


def _groups(case: Case, found: Sequence[Row]) -> list[dict[str, object]]:
    """Each group of clips that share footage, with an address of the row of each."""
    overlaps = named(case)
    if overlaps is None:
        return []
    row_of: dict[str, int] = {}
    for row in found:
        if row.item is not None:
            row_of.setdefault(row.item.sha256, row.number)
    names = [visible(one.custody.name, 120) for one in overlaps.clips]
    hrefs = [f"#f{row_of[s]}" if (s := one.custody.sha256) in row_of else "" for one in overlaps.clips]
    return [
        {
            **group_view(group, names, MOST_SHARED),
            "links": [hrefs[one.clip] for one in group.placed],
            "clips": len(group.placed),
            "rest": max(0, len(group.overlaps) - MOST_SHARED) + max(0, len(group.conflicts) - MOST_SHARED),
        }
        for group in overlaps.groups
    ]


def _unread(case: Case) -> list[tuple[str, str]]:
    unread = () if case.overlaps is None else case.overlaps.unread
    return [(visible(one.name, 120), visible(one.reason)) for one in unread]
