"""Pieces by equal packets and equal pictures, on signatures written by hand."""

from fractions import Fraction

import numpy as np
import pytest

from compare.signatures import signature
from entirety.compare.exact import by_frames, by_packets
from entirety.model.coverage import Layer, Piece
from entirety.model.signature import Signature

SHOWN = list(range(1, 301))
SOURCE = signature(SHOWN, name="source.mp4", packets=SHOWN)


def ranges(pieces: list[Piece]) -> list[tuple[int, int, int, int, bool]]:
    return [(p.clip_first, p.clip_end, p.source_first, p.source_end, p.reversed) for p in pieces]


def frames(clip: Signature, source: Signature = SOURCE) -> list[Piece]:
    return by_frames(clip, source, [(0, len(clip))])


def test_any_order_repeats_and_backwards() -> None:
    clip = signature([*SHOWN[100:150], *SHOWN[20:80], *SHOWN[199:229][::-1], *SHOWN[20:80]])
    found = frames(clip)
    assert ranges(found) == [
        (0, 50, 100, 150, False),
        (50, 110, 20, 80, False),
        (110, 140, 199, 229, True),
        (140, 200, 20, 80, False),
    ]
    assert {piece.speed for piece in found} == {1}
    assert {piece.matched_by for piece in found} == {Layer.FRAMES}
    assert found[2].source_span == (Fraction(199, 25), Fraction(229, 25))


def test_one_missing_picture_is_a_cut() -> None:
    clip = signature([*SHOWN[:100], *SHOWN[101:]])
    assert ranges(frames(clip)) == [(0, 100, 0, 100, False), (100, 299, 101, 300, False)]


@pytest.mark.parametrize("shown", [[0] * 40, [5] * 40, [5, 6] * 20, [*([400] * 5), 5, *([401] * 5)]])
def test_standing_blank_and_single_pictures_are_no_piece(shown: list[int]) -> None:
    assert frames(signature(shown)) == []


def test_blank_pictures_that_differ_are_no_piece() -> None:
    clip = signature(SHOWN[:50])
    black = np.zeros_like(clip.grey)
    blank = Signature(**{**{n: getattr(clip, n) for n in clip.__dataclass_fields__}, "grey": black})
    assert by_frames(blank, SOURCE, [(0, 50)]) == []
    assert by_packets(blank, SOURCE) == []


def test_a_standing_picture_is_placed_by_its_neighbours() -> None:
    clip = signature([*SHOWN[:50], *[999] * 60, *SHOWN[50:90]])
    source = signature([7000, *SHOWN[:50], *[999] * 60, *SHOWN[50:90]], name="source.mp4")
    assert ranges(frames(clip, source)) == [(0, 150, 1, 151, False)]


def test_a_cut_in_a_standing_picture_is_known_to_lie_in_it() -> None:
    clip = signature([*SHOWN[:50], *[999] * 20, *SHOWN[50:90]])
    source = signature([*SHOWN[:50], *[999] * 60, *SHOWN[50:90]], name="source.mp4")
    first, second = frames(clip, source)
    assert (first.clip_end, second.clip_first) == (70, 70)
    assert second.source_first - first.source_end == 40
    assert (first.uncertainty, second.uncertainty) == (20, 20)


@pytest.mark.parametrize(
    ("shown", "speed", "backwards"),
    [
        ([n for n in SHOWN if n % 5], Fraction(5, 4), False),
        ([s for n in SHOWN for s in ([n, n] if n % 4 == 0 else [n])], Fraction(4, 5), False),
        (SHOWN[::2], Fraction(2), False),
        (SHOWN[::-2], Fraction(2), True),
    ],
)
def test_speed_by_pictures_left_out_or_doubled(shown: list[int], speed: Fraction, backwards: bool) -> None:
    (piece,) = frames(signature(shown))
    assert (piece.speed, piece.reversed) == (speed, backwards)
    assert (piece.clip_first, piece.clip_end) == (0, len(shown))
    assert piece.source_end - piece.source_first >= 299


def test_half_the_frame_rate_is_no_change_of_speed() -> None:
    (piece,) = frames(signature(SHOWN[::2], pts=list(range(0, 300, 2)), last=2))
    assert (piece.speed, piece.source_first, piece.source_end) == (Fraction(1), 0, 300)


def test_speed_by_times() -> None:
    (piece,) = frames(signature(SHOWN[50:150], pts=[4 * n for n in range(100)], last=4, time_base=Fraction(1, 125)))
    assert piece.speed == Fraction(5, 4)


def test_only_the_gaps_are_asked_about() -> None:
    clip = signature(SHOWN[100:200])
    assert ranges(by_frames(clip, SOURCE, [(10, 40), (60, 100)])) == [
        (10, 40, 110, 140, False),
        (60, 100, 160, 200, False),
    ]


def test_packets_in_the_order_of_decoding() -> None:
    """Stored 0 3 1 2, 6 4 5, ...: a copy that ends after picture 6 as stored lacks 4 and 5 as shown."""
    stored = [0] + [n for g in range(1, 100, 3) for n in (g + 2, g, g + 1) if g + 2 < 100]
    shown = [n + 1 for n in range(len(stored))]
    source = signature(shown, name="s.mp4", packets=[5000 + n for n in stored], packet_pts=stored)
    copied = stored[30:64]
    rest = sorted(copied)
    assert rest != list(range(rest[0], rest[-1] + 1))
    clip = signature(
        [n + 1 for n in rest],
        pts=[n - rest[0] for n in rest],
        packets=[5000 + n for n in copied],
        packet_pts=[n - rest[0] for n in copied],
    )
    (piece,) = by_packets(clip, source)
    assert (piece.clip_first, piece.clip_end) == (0, len(rest))
    assert (piece.source_first, piece.source_end) == (rest[0], rest[-1] + 1)
    assert (piece.matched_by, piece.speed, piece.packets) == (Layer.PACKETS, Fraction(1), len(rest))


def test_a_picture_taken_out_of_a_copy_is_a_cut() -> None:
    kept = [*SHOWN[:40], *SHOWN[41:80]]
    clip = signature(kept, packets=kept)
    assert ranges(by_packets(clip, SOURCE)) == [(0, 40, 0, 40, False), (40, 79, 41, 80, False)]


def test_a_key_picture_with_other_settings_stays_in_its_piece() -> None:
    coded = [9000 + n if n % 25 == 0 else n for n in SHOWN[50:150]]
    (piece,) = by_packets(signature(SHOWN[50:150], packets=coded), SOURCE)
    assert (piece.clip_first, piece.clip_end, piece.source_first) == (0, 99, 50)
    assert piece.matched_by is Layer.FRAMES
    assert piece.packets == 96


def test_equal_bytes_that_show_other_pictures_are_no_piece() -> None:
    assert by_packets(signature([n + 5000 for n in SHOWN], packets=SHOWN), SOURCE) == []


def test_equal_packets_of_nothing_that_moves_are_no_piece() -> None:
    assert (
        by_packets(signature([7] * 60, packets=SHOWN[:60]), signature([7] * 60, name="s.mp4", packets=SHOWN[:60])) == []
    )
