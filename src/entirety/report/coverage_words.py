"""A comparison in one sentence, and its parts in words."""

from collections.abc import Iterator
from fractions import Fraction

from entirety.compare.competing import continues
from entirety.model.coverage import Coverage, Layer, Piece, SoundMatch
from entirety.model.time import clock
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

BY = {
    Layer.PACKETS: "coverage.by_packets",
    Layer.FRAMES: "coverage.by_frames",
    Layer.PICTURES: "coverage.by_pictures",
}
SOUND = {
    SoundMatch.SAME: "coverage.sound_same",
    SoundMatch.OTHER: "coverage.sound_other",
    SoundMatch.REMOVED: "coverage.sound_removed",
    SoundMatch.ADDED: "coverage.sound_added",
    SoundMatch.SILENT: "coverage.sound_silent",
    SoundMatch.NOT_COMPARED: "coverage.sound_not_compared",
}


def sentence(coverage: Coverage, words: Catalogue) -> str:
    """What the clip holds of each recording, and how much of the clip is something else. Pieces that go on from each other count as one."""
    foreign = sum((part.span[1] - part.span[0] for part in coverage.foreign), Fraction(0))
    rest = (
        words.text("coverage.foreign_sum", length=clock(foreign))
        if coverage.foreign
        else words.text("coverage.foreign_sum_none")
    )
    parts = list(_held(coverage, words))
    said = "; ".join([*parts, rest])
    return f"{said[0].upper()}{said[1:]}."


def _held(coverage: Coverage, words: Catalogue) -> Iterator[str]:
    key = "coverage.holds"
    for index, source in enumerate(coverage.sources):
        name = visible(source.custody.name, 255)
        lost = sum((part.span[1] - part.span[0] for part in coverage.missing if part.source == index), Fraction(0))
        count = counted(coverage, index)
        shown, length = clock(source.length - lost), clock(source.length)
        if count:
            yield words.text(key, n=count, name=name, shown=shown, length=length)
            yield words.text("coverage.lacks", length=clock(lost)) if lost else words.text("coverage.lacks_none")
            key = "coverage.holds_too"
        elif lost < source.length:
            yield words.text("coverage.holds_named", shown=shown, name=name)
        else:
            yield words.text("coverage.holds_none", name=name)


def counted(coverage: Coverage, source: int) -> int:
    """Pieces of one recording; those that go on from each other count as one."""
    count = 0
    for at, piece in enumerate(coverage.pieces):
        if piece.source == source and not (at and continues(coverage.pieces[at - 1], piece)):
            count += 1
    return count


def kept_line(name: str, words: Catalogue) -> str:
    """That a file was not read anew."""
    return words.text("coverage.terminal_kept", name=visible(name, 255))


def last_lines(coverage: Coverage, page: str, words: Catalogue) -> list[str]:
    """Where the page lies, and the result."""
    return [f"{words.text('coverage.terminal_out')}: {visible(page)}", sentence(coverage, words)]


def speed_of(piece: Piece) -> str:
    """Three decimals at most; a whole fraction of small numbers says itself."""
    return f"{float(piece.speed):.3f}".rstrip("0").rstrip(".")
