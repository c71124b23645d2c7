"""The index of a case folder as one page for people: every name met, what became of it, what its audit says, and which clips share footage.

It needs no network. Its security policy allows the one style sheet and the one program that it carries, both by their hash, and pictures that
lie beside it; without the program everything can be read, it only filters, sorts and moves. Rows stand in order of path. No order by a
degree of suspicion exists, because no such degree is measured.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.knowledge.performance import Table
from entirety.model.audit import Answer
from entirety.model.case import COMPLETE, Case, Fate, Item
from entirety.model.time import clock
from entirety.report.case_names import address
from entirety.report.case_rates import expected
from entirety.report.case_rows import Row, named, rows
from entirety.report.case_words import FATES, counted, flag_rows, flags, result, strength
from entirety.report.coverage_words import lasting
from entirety.report.findings import shortened
from entirety.report.html import TEMPLATES
from entirety.report.overlap_page import group_view
from entirety.report.performance import kind_of
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_NAMED = 20
"""Entries that are named again above the table because nothing of them was analysed; more would push the answers off the screen, and all are in the table."""
MOST_GROUPS = 500
"""Groups of each sort among which the page's filter chooses; the text filter finds the others."""
MOST_SHARED = 200
"""Rows of shared footage printed of one group; 400 clips of one recording would give 80,000. index.json has all."""
UNITS = ("kB", "MB", "GB", "TB")
NAME = 400
"""Characters of a name; systems allow 255 bytes for one part of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, ready to be printed."""

    number: int
    name: str
    """Hidden characters made visible."""
    href: str
    """Of its report; empty without one."""
    answer: str
    """Code; empty where it was not audited."""
    word: str
    strongest: str
    """Time and strength of the strongest finding."""
    strongest_key: str
    """By which the column is sorted: check and time, no strength."""
    claim: str
    more: str
    picture: str
    alt: str
    kind: str
    form: str
    length: str
    seconds: float
    """-1 where it has no length."""
    size: str
    bytes: int
    fate: str
    became: str
    notes: tuple[str, ...]
    same: int
    """Number of the set of equal files; 0 without one."""
    group: int
    """Number of the group of clips that share footage; 0 without one."""
    loud: bool
    """Named as a video and none by content, or not analysed although it may hold one."""


def case_page(case: Case, table: Table | None, document_sha256: str) -> bytes:
    """The page as UTF-8 bytes; `document_sha256` is that of the index.json of which it is a print. Every name is made visible and escaped."""
    words, found = Catalogue("en"), rows(case)
    lines = [_line(row, words) for row in found]
    css = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("overlap.css", "case.css"))
    script = (TEMPLATES / "case.js").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    likely = expected(case, table)
    page = environment.get_template("case.html.j2").render(
        # Ours, and without any text of a file in them.
        css=Markup(css),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(css),
        script_hash=_hash(script),
        result=result(case),
        met=counted(len(lines), "name", "names"),
        files=sum(row.item is not None for row in found),
        lines=lines,
        answers=_answers(case, found, words),
        fates=_fates(case),
        disguised=[line for line in lines if line.fate == Fate.NOT_VIDEO.value and line.loud],
        missed=[line for line in lines if line.fate != Fate.NOT_VIDEO.value and line.loud],
        most=MOST_NAMED,
        flags=flags(likely),
        flag_rows=list(flag_rows(likely, words)),
        measured=table,
        sets=_sets(found),
        groups=_groups(case, found),
        alone=0 if case.overlaps is None else len(case.overlaps.alone),
        unread=_unread(case),
        compared=case.overlaps is not None,
        no_overlaps=visible(case.no_overlaps),
        most_groups=MOST_GROUPS,
        most_shared=MOST_SHARED,
        options=[(visible(name, 100), visible(value, 300)) for name, value in case.options],
        tool=case.tool,
        document=document_sha256,
    )
    return f"{page}\n".encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _line(row: Row, words: Catalogue) -> Line:
    entry, item = row.entry, row.item
    strongest = item.findings[0] if item is not None and item.findings else None
    total = 0 if item is None else len(item.findings) + item.more
    at = "" if strongest is None else clock(strongest.start)
    return Line(
        number=row.number,
        name=visible(entry.path, NAME),
        href="" if row.report is None else address(row.report),
        answer="" if item is None else item.answer.value,
        word="" if item is None else words.text(f"word.{item.answer.value}"),
        strongest="" if strongest is None else f"{at} · {strength(strongest, words)}",
        strongest_key="" if strongest is None else f"{strongest.check} {at}",
        claim="" if strongest is None else shortened(visible(strongest.claim, 1500)),
        more=f"and {counted(total - 1, 'further finding', 'further findings')}" if total > 1 else "",
        picture="" if item is None or not item.picture else address(item.picture),
        alt=f"Picture cited by a finding; the strongest one is at {at}" if strongest else "",
        kind="" if item is None else kind_of(item.kind, words),
        form="" if item is None else f"{item.width}×{item.height}",
        length="" if item is None else lasting(item.length, words),
        seconds=-1.0 if item is None else float(item.length),
        size=_size(entry.size),
        bytes=entry.size,
        fate=entry.fate.value,
        became=FATES[entry.fate][0],
        notes=tuple(_notes(row)),
        same=row.same_group or 0,
        group=row.overlap_group or 0,
        loud=entry.fate not in COMPLETE or (entry.fate is Fate.NOT_VIDEO and entry.video_by_name),
    )


def _size(count: int) -> str:
    """Bytes in units of a thousand, as most systems count them; index.csv has the number itself."""
    if count < 1000:
        return counted(count, "byte", "bytes")
    unit = min(len(UNITS) - 1, (len(str(count)) - 1) // 3 - 1)
    return f"{count / 1000 ** (unit + 1):.1f} {UNITS[unit]}"


def _notes(row: Row) -> Iterator[str]:
    entry, item = row.entry, row.item
    if entry.fate is Fate.NOT_VIDEO and entry.video_by_name:
        yield "Its name says video, its content does not."
    if entry.reason:
        yield visible(entry.reason, 600)
    if item is not None:
        yield from _incomplete(item)


def _incomplete(item: Item) -> Iterator[str]:
    for check, reason in item.not_run:
        yield f"Check {visible(check, 60)} broke: {visible(reason, 300)}"
    if item.unexamined:
        yield f"{counted(item.unexamined, 'part', 'parts')} could not be examined."


def _answers(case: Case, found: Sequence[Row], words: Catalogue) -> list[tuple[str, str, str, int, int]]:
    """Code, word, sentence, clips and files of each answer of the closed list."""
    clips = Counter(item.answer for item in case.items)
    files = Counter(row.item.answer for row in found if row.item is not None)
    return [
        (a.value, words.text(f"word.{a.value}"), words.text(f"answer.{a.value}"), clips[a], files[a]) for a in Answer
    ]


def _fates(case: Case) -> list[tuple[str, str, str, int]]:
    """Code, word, meaning and number of each fate; those that no entry has are left to the documents."""
    number = Counter(entry.fate for entry in case.entries)
    return [(fate.value, *FATES[fate], number[fate]) for fate in Fate if number[fate] or fate in COMPLETE]


def _sets(found: Sequence[Row]) -> list[tuple[int, int]]:
    """Number of each set of equal files, and how many there are."""
    return list(Counter(row.same_group for row in found if row.same_group is not None).items())


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
