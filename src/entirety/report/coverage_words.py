"""A comparison in one sentence, and its parts in words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from entirety.compare.competing import continues
from entirety.compare.packet_runs import REORDERED
from entirety.compare.sounds import SHORTEST
from entirety.judge.recording_runs import PACE
from entirety.model.coverage import Coverage, Layer, Piece, SoundMatch
from entirety.model.signature import STEP
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
    SoundMatch.NOT_COMPARED: "coverage.sound_undecided",
}
UNLIKE = (SoundMatch.OTHER, SoundMatch.REMOVED, SoundMatch.ADDED)
BRIEF = SHORTEST * STEP
"""Seconds below which the sound of a piece is not compared."""
MOST_NAMED = 6
"""Pieces that one remark names by number; the table has all. Chosen, so that a remark stays one line."""


def sentence(coverage: Coverage, words: Catalogue) -> str:
    """What the clip holds of each recording, and how much of the clip is something else. Pieces that go on from each other count as one."""
    foreign = sum((part.span[1] - part.span[0] for part in coverage.foreign), Fraction(0))
    rest = (
        words.text("coverage.foreign_sum", length=lasting(foreign, words))
        if coverage.foreign
        else words.text("coverage.foreign_sum_none")
    )
    said = "; ".join([*_held(coverage, words), rest])
    return f"{said[0].upper()}{said[1:]}."


def _held(coverage: Coverage, words: Catalogue) -> Iterator[str]:
    key = "coverage.holds"
    for index, source in enumerate(coverage.sources):
        name = visible(source.custody.name, 255)
        lost = sum((part.span[1] - part.span[0] for part in coverage.missing if part.source == index), Fraction(0))
        count = counted(coverage, index)
        shown, length = lasting(source.length - lost, words), lasting(source.length, words)
        if count:
            yield words.text(key, n=count, name=name, shown=shown, length=length)
            yield (
                words.text("coverage.lacks", length=lasting(lost, words)) if lost else words.text("coverage.lacks_none")
            )
            key = "coverage.holds_too"
        elif lost < source.length:
            yield words.text("coverage.holds_named", shown=shown, name=name)
        else:
            yield words.text("coverage.holds_none", name=name)


def remarks(coverage: Coverage, words: Catalogue) -> Iterator[str]:
    """What the one sentence does not say of the pieces: on what it rests, what does not run as recorded, and what of the sound was held against it."""
    pieces = coverage.pieces
    if not pieces:
        return
    layers = [words.text(BY[layer]) for layer in Layer if any(piece.matched_by is layer for piece in pieces)]
    yield words.text("coverage.remark_layers", layers="; ".join(layers))
    lines = {
        "coverage.remark_order": _earlier(pieces),
        "coverage.remark_again": _again(pieces),
        "coverage.remark_backwards": [at for at, piece in enumerate(pieces, 1) if piece.reversed],
        "coverage.remark_mirrored": [at for at, piece in enumerate(pieces, 1) if piece.mirrored],
        "coverage.remark_speed": [
            at for at, piece in enumerate(pieces, 1) if not _single(piece) and abs(piece.speed - 1) > PACE
        ],
        "coverage.remark_sound": [at for at, piece in enumerate(pieces, 1) if piece.sound in UNLIKE],
        "coverage.remark_sound_undecided": [
            at for at, piece in enumerate(pieces, 1) if piece.sound is SoundMatch.NOT_COMPARED
        ],
    }
    for message, numbers in lines.items():
        if numbers:
            yield words.text(message, pieces=_named(numbers, words))


def _named(numbers: Sequence[int], words: Catalogue) -> str:
    listed = ", ".join(str(number) for number in numbers[:MOST_NAMED])
    more = len(numbers) - MOST_NAMED
    said = words.text("coverage.piece_number" if len(numbers) == 1 else "coverage.piece_numbers", numbers=listed)
    return words.text("coverage.numbered_more", named=said, n=more) if more > 0 else said


def _earlier(pieces: Sequence[Piece]) -> list[int]:
    """Pieces that lie earlier in their recording than one that the clip shows before them; what is shown again is told apart from it."""
    reached, found, again = dict[int, int](), list[int](), set(_again(pieces))
    for at, piece in enumerate(pieces, 1):
        if piece.source_first < reached.get(piece.source, 0) - piece.uncertainty and at not in again:
            found.append(at)
        reached[piece.source] = max(reached.get(piece.source, 0), piece.source_end)
    return found


def _again(pieces: Sequence[Piece]) -> list[int]:
    """Pieces of which the clip has shown some before, more than the ends may lie elsewhere."""
    spans, found = dict[int, list[tuple[int, int, int]]](), list[int]()
    for at, piece in enumerate(pieces, 1):
        own = spans.setdefault(piece.source, [])
        if any(
            min(end, piece.source_end) - max(first, piece.source_first) > doubt + piece.uncertainty
            for first, end, doubt in own
        ):
            found.append(at)
        own.append((piece.source_first, piece.source_end, piece.uncertainty))
    return found


def _single(piece: Piece) -> bool:
    return piece.clip_end - piece.clip_first == 1


def counted(coverage: Coverage, source: int) -> int:
    """Pieces of one recording; those that go on from each other count as one."""
    count = 0
    for at, piece in enumerate(coverage.pieces):
        if piece.source == source and not (at and continues(coverage.pieces[at - 1], piece)):
            count += 1
    return count


def lasting(time: Fraction, words: Catalogue) -> str:
    """A length, that nobody takes for a time of day or for a place in a file: 4 min 10.000 s."""
    minutes, rest = divmod(int(abs(time) * 1000 + Fraction(1, 2)), 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest / 1000:.3f}"
    if hours:
        return words.text("coverage.lasting_hours", hours=hours, minutes=minutes, seconds=seconds)
    key = "coverage.lasting_minutes" if minutes else "coverage.lasting_seconds"
    return words.text(key, minutes=minutes, seconds=seconds)


def heard(piece: Piece, words: Catalogue) -> str:
    """What is said of the sound of a piece; where nothing was found out, why."""
    if piece.sound is not SoundMatch.NOT_COMPARED:
        return words.text(SOUND[piece.sound])
    if piece.reversed or piece.speed != 1:
        return words.text("coverage.sound_pace")
    brief = piece.clip_span[1] - piece.clip_span[0] < BRIEF
    return words.text("coverage.sound_brief", seconds=int(BRIEF)) if brief else words.text(SOUND[piece.sound])


def notes(before: Piece | None, piece: Piece, number: int, words: Catalogue) -> Iterator[str]:
    """What a reader who counts the pictures of both sides must know."""
    if before is not None and continues(before, piece):
        yield words.text("coverage.continues", number=number - 1)
    elif before is not None and _left_by_copy(before, piece):
        yield words.text("coverage.single", n=piece.source_first - before.source_end, number=number - 1)
    fewer = (piece.source_end - piece.source_first) - (piece.clip_end - piece.clip_first)
    if fewer and piece.speed == 1:
        yield words.text("coverage.fewer" if fewer > 0 else "coverage.more", n=abs(fewer))


def _left_by_copy(before: Piece, piece: Piece) -> bool:
    """One picture, shown a few pictures too early: pictures that are stored after it and shown before it were not copied along."""
    beside = piece.source == before.source and piece.clip_first == before.clip_end
    return beside and _single(piece) and 0 < piece.source_first - before.source_end <= REORDERED


def kept_line(name: str, words: Catalogue) -> str:
    """That a file was not read anew."""
    return words.text("coverage.terminal_kept", name=visible(name, 255))


def last_lines(coverage: Coverage, page: str, words: Catalogue) -> list[str]:
    """Where the page lies, what is to be known of the pieces, and last the result."""
    out = f"{words.text('coverage.terminal_out')}: {visible(page)}"
    return [out, *remarks(coverage, words), sentence(coverage, words)]


def speed_of(piece: Piece) -> str:
    """Three decimals at most; a whole fraction of small numbers says itself."""
    return f"{float(piece.speed):.3f}".rstrip("0").rstrip(".")
