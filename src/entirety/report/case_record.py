"""One audited clip as the index of a case folder lists it: drawn from its audit, and as JSON values for the way from one process to another.

The process that read a clip may have been taken over by it. What it says is therefore read member by member, and anything that is not
exactly what this program writes is refused.
"""

from fractions import Fraction
from typing import TypeVar

from entirety.errors import CannotOpen
from entirety.model.audit import Answer, Audit, CheckResult, Numbered
from entirety.model.case import MOST_LISTED, Item, Listed
from entirety.model.finding import Confidence, Outcome, Weight
from entirety.report.part import Part
from entirety.report.rates import SHA256
from entirety.report.record import Json, Object, exact
from entirety.report.restore import CHECK_ID, FINDING_ID

T = TypeVar("T")

LONGEST = 1500
"""Characters of a claim, a sentence or a reason; only a text that the file brings along makes one longer, and its report has the whole."""
LONGEST_NAME = 1 << 15
"""Characters of a path in the folder; systems allow 4,096 bytes in one call, and more by going down step by step."""
LONGEST_WORD = 200
"""Characters of the name of a container, a codec, a kind of file or a code; the longest that the libraries know has 30."""
MOST_CHECKS = 200
"""Checks of one audit; there are 27."""
SHARED = 32
"""Hexadecimal digits of the clip's SHA-256 that name its report folder and its picture."""


def listed_item(audit: Audit, folder: str, picture: str) -> Item:
    """What the index says of an audit whose report lies in `folder` and whose small picture is `picture`, both relative to the case folder."""
    stream = next((one for one in audit.streams if one.index == audit.video), None)
    return Item(
        sha256=audit.custody.sha256,
        name=audit.custody.name[:LONGEST_NAME],
        folder=folder,
        answer=audit.answer,
        sentence=_cut(str(audit.sentence)),
        kind=audit.kind[:LONGEST_WORD],
        container=audit.container[:LONGEST_WORD],
        codec="" if stream is None else stream.codec[:LONGEST_WORD],
        width=0 if stream is None else int(stream.width),
        height=0 if stream is None else int(stream.height),
        frames=int(audit.frames),
        length=audit.shown,
        findings=tuple(_listed(one) for one in audit.findings[:MOST_LISTED]),
        more=max(0, len(audit.findings) - MOST_LISTED),
        picture=picture,
        not_run=tuple((one.id, _reason(one)) for one in audit.checks if one.outcome is Outcome.FAILED),
        unexamined=len(audit.unexamined),
        revisions=tuple(
            (one.id, int(one.revision)) for one in audit.checks if one.outcome in (Outcome.FOUND, Outcome.CLEAR)
        ),
        pictured=pictured(audit) if picture else "",
    )


def pictured(audit: Audit) -> str:
    """Id of the strongest finding that has a picture; empty where none has."""
    cited = {still.finding for still in audit.stills if still.finding}
    return next((one.id for one in audit.findings if one.id in cited), "")


def item_record(item: Item) -> Object:
    """The item as JSON values. Names may hold lone surrogates: write it with every character beyond ASCII escaped."""
    return {
        "sha256": item.sha256,
        "name": item.name,
        "folder": item.folder,
        **described(item),
        "findings": [_listed_record(one) for one in item.findings],
        "more": item.more,
        "picture": item.picture,
        "not_run": [{"check": check, "reason": reason} for check, reason in item.not_run],
        "unexamined": item.unexamined,
        "revisions": [{"check": check, "revision": revision} for check, revision in item.revisions],
        "pictured": item.pictured,
    }


def described(item: Item) -> Object:
    """Answer and form of the clip, the same here and in the index."""
    return {
        "answer": item.answer.value,
        "sentence": item.sentence,
        "kind": item.kind,
        "container": item.container,
        "codec": item.codec,
        "width": item.width,
        "height": item.height,
        "frames": item.frames,
        "length": exact(item.length),
    }


def item_from(record: Json) -> Item:
    """The item of a record. Raises ValueError where the record is not exactly what `item_record` writes, or larger than it ever is."""
    try:
        item = _item(Part(record, "item"))
    except CannotOpen as error:
        raise ValueError(f"no record of an item: {error}") from error
    if item_record(item) != record:
        raise ValueError("no record of an item: it has members that an item has not, or writes one in another way")
    return item


def _item(part: Part) -> Item:
    sha256 = part.shaped("sha256", SHA256)
    return Item(
        sha256=sha256,
        name=_text(part, "name", LONGEST_NAME),
        folder=_one_of(part, "folder", (f"items/{sha256[:SHARED]}",)),
        answer=part.one_of("answer", Answer),
        sentence=_text(part, "sentence", LONGEST),
        kind=_text(part, "kind", LONGEST_WORD),
        container=_text(part, "container", LONGEST_WORD),
        codec=_text(part, "codec", LONGEST_WORD),
        width=part.count("width"),
        height=part.count("height"),
        frames=part.count("frames"),
        length=_length(part, "length"),
        findings=_few(part, "findings", part.each("findings", _listed_from), MOST_LISTED),
        more=part.count("more"),
        picture=_one_of(part, "picture", (f"pictures/{sha256[:SHARED]}.jpg", "")),
        not_run=_few(part, "not_run", part.each("not_run", _broken), MOST_CHECKS),
        unexamined=part.count("unexamined"),
        revisions=_few(part, "revisions", part.each("revisions", _revision), MOST_CHECKS),
        pictured=_pictured(part),
    )


def _pictured(part: Part) -> str:
    """A picture is of a finding, and without one no finding is shown."""
    shown = _text(part, "pictured", LONGEST_WORD)
    if bool(shown) != bool(part.text("picture")) or (shown and FINDING_ID.fullmatch(shown) is None):
        raise part.wrong("pictured")
    return shown


def _listed(numbered: Numbered) -> Listed:
    finding = numbered.finding
    ranges = finding.span.byte_ranges
    return Listed(
        id=numbered.id,
        check=finding.check,
        code=finding.code[:LONGEST_WORD],
        weight=finding.weight,
        confidence=finding.confidence,
        claim=_cut(str(finding.claim)),
        start=finding.span.start,
        end=finding.span.end,
        first=int(finding.span.first),
        last=int(finding.span.last),
        bytes=(int(ranges[0][0]), int(ranges[0][1])) if ranges else None,
    )


def _listed_record(one: Listed) -> Object:
    return {
        "id": one.id,
        "check": one.check,
        "code": one.code,
        "weight": one.weight.value,
        "confidence": one.confidence.value,
        "claim": one.claim,
        "start": exact(one.start),
        "end": exact(one.end),
        "first": one.first,
        "last": one.last,
        "bytes": None if one.bytes is None else [*one.bytes],
    }


def _listed_from(part: Part) -> Listed:
    first, last = part.whole("first"), part.whole("last")
    if min(first, last) < -1:
        raise part.wrong("first")
    return Listed(
        id=part.shaped("id", FINDING_ID),
        check=_check(part),
        code=_text(part, "code", LONGEST_WORD),
        weight=part.one_of("weight", Weight),
        confidence=part.one_of("confidence", Confidence),
        claim=_text(part, "claim", LONGEST),
        start=part.time("start"),
        end=part.time("end"),
        first=first,
        last=last,
        bytes=part.maybe("bytes", lambda name: _range(part, name)),
    )


def _range(part: Part, name: str) -> tuple[int, int]:
    found = part.wholes(name)
    if len(found) != 2 or not 0 <= found[0] <= found[1]:
        raise part.wrong(name)
    return found[0], found[1]


def _broken(part: Part) -> tuple[str, str]:
    return _check(part), _text(part, "reason", LONGEST)


def _revision(part: Part) -> tuple[str, int]:
    return _check(part), part.count("revision")


def _check(part: Part) -> str:
    check = _text(part, "check", LONGEST_WORD)
    if CHECK_ID.fullmatch(check) is None:
        raise part.wrong("check")
    return check


def _few(part: Part, name: str, found: tuple[T, ...], most: int) -> tuple[T, ...]:
    if len(found) > most:
        raise part.wrong(name)
    return found


def _text(part: Part, name: str, most: int) -> str:
    text = part.text(name)
    if len(text) > most:
        raise part.wrong(name)
    return text


def _one_of(part: Part, name: str, known: tuple[str, ...]) -> str:
    text = part.text(name)
    if text not in known:
        raise part.wrong(name)
    return text


def _length(part: Part, name: str) -> Fraction:
    length = part.time(name)
    if length < 0:
        raise part.wrong(name)
    return length


def _reason(check: CheckResult) -> str:
    return "" if check.reason is None else _cut(str(check.reason))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"
