"""One common axis: places, gaps, what is covered twice, and overlaps that do not fit."""

from fractions import Fraction

from compare.moving import footage, signature
from entirety.compare.overlap import overlaps
from entirety.compare.overlap_groups import compared, groups
from entirety.model.coverage import Layer
from entirety.model.overlap import Overlap
from entirety.model.signature import Signature


def seconds(*spans: tuple[float, float]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(start), Fraction(end)) for start, end in spans)


def clips(*lengths: float) -> list[Signature]:
    return [signature(footage(number, length)) for number, length in enumerate(lengths)]


def overlap(one: int, other: int, offset: Fraction | int, compared: int = 5) -> Overlap:
    spans = (Fraction(0), Fraction(1)), (Fraction(0), Fraction(1))
    rows = (0, 25), (0, 25)
    return Overlap((one, other), Fraction(offset), rows, spans, Layer.PICTURES, Fraction(compared), 3.0, 0.9)


def test_clips_are_placed_in_order_of_start_on_one_axis() -> None:
    whole = footage(1, 40)
    cut = [whole[25 * 20 : 25 * 40], whole[: 25 * 10], whole[25 * 6 : 25 * 24]]
    signatures = [signature(part, start=500 * number) for number, part in enumerate(cut)]
    (group,) = groups(signatures, overlaps(signatures))
    assert [one.clip for one in group.placed] == [1, 2, 0]
    assert tuple(one.span for one in group.placed) == seconds((0, 10), (6, 24), (20, 40))
    assert [one.others for one in group.placed] == [1, 2, 1]
    assert group.gaps == ()
    assert group.covered_twice == seconds((6, 10), (20, 24))
    assert not group.conflicts


def test_a_part_that_no_clip_covers_is_a_gap() -> None:
    # The third clip is a summary that was put together: it places both others, though neither reaches the other.
    (group,) = groups(clips(5, 5, 1), [overlap(0, 2, 2), overlap(1, 2, -9)])
    assert [one.clip for one in group.placed] == [0, 2, 1]
    assert tuple(one.span for one in group.placed) == seconds((0, 5), (2, 3), (11, 16))
    assert group.gaps == seconds((5, 11))
    assert group.covered_twice == seconds((2, 3))


def test_a_cycle_that_does_not_close_is_listed_and_moves_nothing() -> None:
    odd = overlap(0, 2, 9, compared=3)
    found = [odd, overlap(0, 1, 2), overlap(1, 2, 2)]
    (group,) = groups(clips(5, 5, 5), found)
    assert group.conflicts == (odd,)
    assert tuple(one.span for one in group.placed) == seconds((0, 5), (2, 7), (4, 9))
    assert set(group.overlaps) == {found[1], found[2]}


def test_the_same_cycle_closes_within_two_pictures() -> None:
    (group,) = groups(clips(5, 5, 5), [overlap(0, 1, 2), overlap(1, 2, 2), overlap(0, 2, Fraction(408, 100), 3)])
    assert not group.conflicts


def test_groups_that_nothing_links_stay_apart_and_the_rest_is_alone() -> None:
    signatures = clips(5, 5, 5, 5, 5)
    result = compared(signatures, [overlap(0, 3, 1), overlap(1, 4, 1)])
    assert [[one.clip for one in group.placed] for group in result.groups] == [[0, 3], [1, 4]]
    assert result.alone == (2,)
    assert result.clips[0].frames == 125
    assert result.clips[0].length == 5
