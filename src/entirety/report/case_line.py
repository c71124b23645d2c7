"""One row of the index page: a file, what became of it, and what the audit of its content says, ready to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from entirety.model.audit import Answer
from entirety.model.case import COMPLETE, Entry, Fate, Item, Listed
from entirety.model.time import clock
from entirety.report.case_names import address, path_text
from entirety.report.case_rows import Row
from entirety.report.case_words import FATES, TITLES, Class, as_sentence, class_of, counted, of_the_whole, strength
from entirety.report.coverage_words import lasting
from entirety.report.performance import kind_of
from entirety.report.shortened import shortened
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

UNITS = ("kB", "MB", "GB", "TB")
NAME = 400
"""Characters of a name; systems allow 255 bytes for one part of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding of those that carry most weight."""

    when: str
    """Time and strength."""
    title: str
    """What its check looks for."""
    claim: str
    more: str
    picture: str
    alt: str
    caption: str
    """Where the picture is not of this finding."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    number: int
    name: str
    """Hidden characters made visible."""
    sha256: str
    """In groups of eight digits; empty without one."""
    href: str
    """Of its report; empty without one."""
    answer: str
    """Code; empty where it was not audited."""
    word: str
    why: str
    """Why there is no conclusion."""
    finding: Shown | None
    kind: str
    form: str
    length: str
    seconds: float
    """-1 where it has no length."""
    size: str
    bytes: int
    fate: str
    became: str
    reason: str
    """Why it was not audited."""
    gaps: tuple[str, ...]
    """What of the audit could not be done."""
    same: int
    """Number of the set of equal files; 0 without one."""
    group: int
    """Number of the group of clips that share footage; 0 without one."""
    disguised: bool
    """Its name ends like a video's, and no video was recognised in it."""
    missed: bool
    """Not analysed, although it may hold video."""


def line(row: Row, words: Catalogue) -> Line:
    """The row as the page prints it."""
    entry, item = row.entry, row.item
    return Line(
        number=row.number,
        name=visible(entry.path, NAME),
        sha256=grouped(entry.sha256),
        href="" if row.report is None else address(row.report),
        answer="" if item is None else item.answer.value,
        word="" if item is None else words.text(f"word.{item.answer.value}"),
        why=visible(item.sentence, 600) if item is not None and item.answer is Answer.INCONCLUSIVE else "",
        finding=_shown(item, words) if item is not None and item.findings else None,
        kind="" if item is None else kind_of(item.kind, words),
        form="" if item is None else f"{item.width}×{item.height}",
        length="" if item is None else lasting(item.length, words),
        seconds=-1.0 if item is None else float(item.length),
        size=_size(entry.size),
        bytes=entry.size,
        fate=entry.fate.value,
        became=FATES[entry.fate][0],
        reason=_reason(entry),
        gaps=() if item is None else tuple(_gaps(item)),
        same=row.same_group or 0,
        group=row.overlap_group or 0,
        disguised=class_of(entry) is Class.NAMED,
        missed=entry.fate not in COMPLETE,
    )


def grouped(sha256: str) -> str:
    """Digits in groups of eight, in which two hashes can be held against each other by eye."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _shown(item: Item, words: Catalogue) -> Shown:
    one, total = item.findings[0], len(item.findings) + item.more
    own = item.pictured == one.id
    return Shown(
        when=f"{_where(one, item)} · {strength(one, words)}",
        title=TITLES.get(one.check, visible(one.check, 60)),
        claim=shortened(visible(one.claim, 1500)),
        more=f"and {counted(total - 1, 'further finding', 'further findings')}" if total > 1 else "",
        picture=address(item.picture) if item.picture else "",
        alt=f"Picture cited by {'this' if own else 'another'} finding: {item.pictured}" if item.picture else "",
        caption="" if own or not item.picture else _other(item),
    )


def _other(item: Item) -> str:
    pictured = next((one for one in item.findings if one.id == item.pictured), None)
    at = "" if pictured is None else f", {_where(pictured, item)}"
    return f"picture of another finding ({item.pictured}{at})"


def _where(one: Listed, item: Item) -> str:
    return "whole file" if of_the_whole(one, item) else clock(one.start)


def _size(count: int) -> str:
    """Bytes in units of a thousand, as most systems count them; index.csv has the number itself."""
    if count < 1000:
        return counted(count, "byte", "bytes")
    unit = min(len(UNITS) - 1, (len(str(count)) - 1) // 3 - 1)
    return f"{count / 1000 ** (unit + 1):.1f} {UNITS[unit]}"


def _reason(entry: Entry) -> str:
    """Without the name of the file in front, which the row has already."""
    if not entry.reason or entry.fate is Fate.AUDITED:
        return ""
    name = path_text(entry.path).rpartition("/")[2]
    reason = visible(entry.reason, 600)
    said = next((said for said in (name, visible(name)) if reason.startswith(f"{said} ")), None)
    return as_sentence(reason if said is None else f"It{reason.removeprefix(said)}")


def _gaps(item: Item) -> Iterator[str]:
    for check, reason in item.not_run:
        yield f"Check {visible(check, 60)} broke: {visible(reason, 300)}"
    if item.unexamined:
        yield f"{counted(item.unexamined, 'part', 'parts')} could not be examined."
