"""The whole comparison on signatures written by hand."""

from fractions import Fraction

from compare.signatures import signature
from entirety.compare.competing import continues
from entirety.compare.coverage import cover, gaps
from entirety.model.coverage import Coverage, Layer

ONE = list(range(1, 201))
TWO = list(range(1001, 1201))
FIRST = signature(ONE, name="one.mp4", packets=ONE)
SECOND = signature(TWO, name="two.mp4", packets=TWO)


def missing(coverage: Coverage, source: int) -> list[tuple[int, int]]:
    return [(part.first, part.end) for part in coverage.missing if part.source == source]


def test_gaps() -> None:
    assert gaps(10, [(2, 4), (3, 6)]) == [(0, 2), (6, 10)]
    assert gaps(3, []) == [(0, 3)]
    assert gaps(3, [(0, 3)]) == []


def test_pieces_missing_and_foreign() -> None:
    shown = [*TWO[50:90], *range(5000, 5020), *ONE[100:150], *ONE[20:60]]
    coverage = cover(signature(shown, name="clip.mp4"), [FIRST, SECOND])
    assert [(p.source, p.clip_first, p.clip_end, p.source_first) for p in coverage.pieces] == [
        (1, 0, 40, 50),
        (0, 60, 110, 100),
        (0, 110, 150, 20),
    ]
    assert missing(coverage, 0) == [(0, 20), (60, 100), (150, 200)]
    assert missing(coverage, 1) == [(0, 50), (90, 200)]
    (foreign,) = coverage.foreign
    assert (foreign.first, foreign.end, foreign.still) == (40, 60, False)
    assert foreign.span == (Fraction(40, 25), Fraction(60, 25))
    total = sum(part.span[1] - part.span[0] for part in coverage.missing)
    assert total == Fraction(110 + 160, 25)


def test_a_recording_that_is_not_in_the_clip_is_missing_whole() -> None:
    coverage = cover(signature(range(7000, 7050), name="clip.mp4"), [FIRST])
    assert coverage.pieces == ()
    assert missing(coverage, 0) == [(0, 200)]
    assert [(part.first, part.end) for part in coverage.foreign] == [(0, 50)]


def test_standing_pictures_are_marked() -> None:
    coverage = cover(signature([*ONE[:50], *[0] * 30], name="clip.mp4"), [FIRST])
    assert [part.still for part in coverage.foreign] == [True]


def test_footage_that_two_recordings_hold_is_named_once_and_missing_from_neither() -> None:
    both = signature([*TWO[:30], *ONE[40:160]], name="both.mp4")
    coverage = cover(signature(ONE[50:150], name="clip.mp4", packets=ONE[50:150]), [both, FIRST])
    assert [(piece.source, piece.matched_by) for piece in coverage.pieces] == [(1, Layer.PACKETS)]
    assert missing(coverage, 0) == [(0, 40), (140, 150)]
    assert missing(coverage, 1) == [(0, 50), (150, 200)]


def test_exact_neighbours_of_two_layers_go_on_from_each_other() -> None:
    coded = [*ONE[20:80], *range(9000, 9040)]
    coverage = cover(signature(ONE[20:120], name="clip.mp4", packets=coded), [FIRST])
    first, second = coverage.pieces
    assert (first.matched_by, second.matched_by) == (Layer.PACKETS, Layer.FRAMES)
    assert continues(first, second)
    assert not continues(second, first)
    assert missing(coverage, 0) == [(0, 20), (120, 200)]


def test_pictures_that_a_piece_touches_are_placed_by_it() -> None:
    """Two pictures on either side are too few to be placed alone."""
    coded = [8000, 8001, *ONE[22:80], 8002, 8003]
    coverage = cover(signature(ONE[20:82], name="clip.mp4", packets=coded), [FIRST])
    assert coverage.foreign == ()
    assert [(piece.clip_first, piece.clip_end) for piece in coverage.pieces] == [(0, 2), (2, 60), (60, 62)]


def test_a_clip_of_one_picture() -> None:
    coverage = cover(signature([5], name="clip.mp4"), [FIRST])
    assert coverage.pieces == ()
    assert len(coverage.foreign) == 1
