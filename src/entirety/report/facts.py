"""The file itself in two-column form: what it is, what its streams declare, the texts that somebody wrote into it."""

from collections.abc import Iterator
from fractions import Fraction

from entirety.model.audit import Audit
from entirety.model.clip import Stream
from entirety.model.time import UNSET, clock
from entirety.report.view_compared import Rows
from entirety.report.view_parts import Properties
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

FAMILIES = {
    "mov": "mov",
    "matroska": "matroska",
    "avi": "avi",
    "mpegts": "mpegts",
    "mpeg": "mpeg",
    "flv": "flv",
    "ogg": "ogg",
}
"""Message that names a container, by the first name of the library's demultiplexer."""


def grouped(sha256: str) -> str:
    """A hash in groups of eight, to be compared by eye."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def length(time: Fraction, words: Catalogue) -> str:
    """`00:01:02.345 (62.345 s)`."""
    return words.text("item.length", clock=clock(time), seconds=f"{float(time):.3f}")


def page_one(audit: Audit, words: Catalogue) -> Rows:
    """The few facts on page one; the name is cut there and complete in section 3."""
    return (
        (words.text("item.file"), visible(audit.custody.name, 120)),
        (words.text("item.size"), words.text("item.bytes", n=audit.custody.size)),
        (words.text("item.shown"), length(audit.shown, words)),
        *_other_lengths(audit, words),
        (words.text("item.sha256"), grouped(audit.custody.sha256)),
    )


def _other_lengths(audit: Audit, words: Catalogue) -> Iterator[tuple[str, str]]:
    """What is declared and what is stored, where it differs from what is shown."""
    if _differs(audit):
        yield words.text("item.declared"), _stated(audit.duration, words)
    if audit.stored != audit.frames:
        yield words.text("item.counts"), words.text("item.counts_value", stored=audit.stored, frames=audit.frames)


def _differs(audit: Audit) -> bool:
    return audit.duration is not None and clock(audit.duration) != clock(audit.shown)


def family(container: str, words: Catalogue) -> str:
    """The demultiplexer's name with the name that people know the container by."""
    kind = FAMILIES.get(container.split(",", maxsplit=1)[0])
    own = visible(container, 100)
    return own if kind is None else words.text("container.family", name=words.text(f"container.{kind}"), own=own)


def item(audit: Audit, words: Catalogue) -> Rows:
    """Everything about the file as a whole."""
    return tuple((words.text(f"item.{label}"), value) for label, value in _item(audit, words))


def _item(audit: Audit, words: Catalogue) -> Iterator[tuple[str, str]]:
    custody = audit.custody
    yield "file", visible(custody.name)
    yield "size", words.text("item.bytes", n=custody.size)
    yield "sha256", grouped(custody.sha256)
    yield "after", grouped(audit.sha256_after)
    yield "modified", visible(custody.modified, 40)
    yield "container", family(audit.container, words)
    yield from _video(audit, words)
    yield "shown", length(audit.shown, words)
    yield "declared", _stated(audit.duration, words)
    yield "frames", words.number(audit.frames)
    yield "stored", words.number(audit.stored)
    yield "rate", words.text("item.rate_constant" if audit.constant_rate else "item.rate_variable")


def _stated(time: Fraction | None, words: Catalogue) -> str:
    return words.text("report.unknown") if time is None else length(time, words)


def _video(audit: Audit, words: Catalogue) -> Iterator[tuple[str, str]]:
    if not 0 <= audit.video < len(audit.streams):
        return
    stream = audit.streams[audit.video]
    yield "codec", visible(f"{stream.codec} {stream.profile}".strip(), 100)
    yield "picture", _size(stream, words)


def _size(stream: Stream, words: Catalogue) -> str:
    if stream.rotation:
        return words.text("item.rotated", width=stream.width, height=stream.height, degrees=stream.rotation)
    return words.text("item.picture_value", width=stream.width, height=stream.height)


def integrity(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    """Whether the hash stayed the same, and whether the two lengths agree."""
    same = "item.same_hash" if audit.custody.sha256 == audit.sha256_after else "item.other_hash"
    if not _differs(audit):
        return (words.text(same),)
    lengths = {"declared": _stated(audit.duration, words), "shown": length(audit.shown, words)}
    return (words.text(same), words.text("item.differs", **lengths))


def tags(pairs: tuple[tuple[str, str], ...]) -> Rows:
    """Texts that the file brings along: whoever made the file wrote them, so nothing in them is obeyed."""
    return tuple((visible(name, 200), visible(text)) for name, text in pairs)


def streams(audit: Audit, words: Catalogue) -> tuple[Properties, ...]:
    return tuple(
        Properties(
            words.text("streams.stream", index=stream.index, kind=visible(stream.kind, 40)),
            tuple((words.text(f"streams.{label}"), value) for label, value in _stream(stream, words)),
            tags(stream.tags),
        )
        for stream in audit.streams
    )


def _stream(stream: Stream, words: Catalogue) -> Iterator[tuple[str, str]]:
    yield "codec", visible(stream.codec, 100)
    if stream.profile:
        yield "profile", visible(stream.profile, 100)
    yield "time_base", words.text("streams.seconds", seconds=str(stream.time_base))
    if stream.duration != UNSET:
        yield "length", length(stream.duration * stream.time_base, words)
    yield "count", words.number(stream.frames) if stream.frames else words.text("report.unknown")
    if stream.width:
        yield "picture", words.text("item.picture_value", width=stream.width, height=stream.height)
        if stream.aspect not in (0, 1):
            yield "aspect", f"{stream.aspect.numerator}:{stream.aspect.denominator}"
        yield "pixel_format", visible(stream.pixel_format, 60)
        yield "rotation", words.text("streams.degrees", n=stream.rotation)
    if stream.rate is not None and stream.kind == "video":
        yield "rate", words.number(float(stream.rate), ".6g")
    if stream.sample_rate:
        yield "sound", words.text("streams.sound_value", rate=stream.sample_rate, channels=stream.channels)
