"""Candidates: what copies are put through leaves them at their place; what is none is refused."""

from dataclasses import replace

import numpy as np
import pytest

from compare.scenes import as_strip, as_way, at, captioned, encoded, footage, recording
from entirety.compare.align import Run
from entirety.compare.candidates import (
    MOST_LINES,
    OF_PICTURES,
    WORTH_A_LOOK,
    Candidate,
    again,
    distinct,
    joined,
    laid,
    weighed,
)
from entirety.compare.evidence import Evidence
from entirety.compare.geometry import IDENTITY
from entirety.compare.search import Line
from entirety.compare.strip import turned

ROUGH = Line(1.02, 4.02, 0, 3.9, 1)
"""As near as the search may leave a copy of the pictures 40 to 80."""


@pytest.mark.parametrize(
    ("edit", "hand"), [("none", False), ("caption", True), ("contrast", False), ("crop", False), ("crop", True)]
)
def test_an_edited_copy_is_laid_where_it_comes_from(edit: str, hand: bool) -> None:
    piece = recording(hand=hand)[40:80]
    clip = {
        "none": encoded(piece),
        "caption": encoded(captioned(piece)),
        "contrast": encoded(piece, contrast=0.6, level=60),
        "crop": encoded(footage(1, at(4, 8), hand=hand, window=(0.05, 0.95, 0.05, 0.95))),
    }[edit]
    found = laid(as_way(as_strip(clip)), ROUGH, as_strip(recording(hand=hand)), OF_PICTURES)
    assert found is not None
    assert found.line.slope == pytest.approx(1, rel=0.01)
    assert found.line.at(2) == pytest.approx(6, abs=0.04)
    assert found.along.weight.sum() > 60


@pytest.mark.parametrize("rate", [6, 15])
def test_a_converted_rate_is_laid_where_it_comes_from(rate: int) -> None:
    one = as_strip(encoded(footage(1, at(4, 8, rate))), rate)
    found = laid(as_way(one), replace(ROUGH, last=3.8), as_strip(recording()), OF_PICTURES)
    assert found is not None
    assert found.line.at(2) == pytest.approx(6, abs=0.05)


@pytest.mark.parametrize("hand", [False, True])
def test_another_time_and_a_still_are_refused(hand: bool) -> None:
    there = as_strip(recording(hand=hand))
    for clip in (footage(1, at(60, 64), hand=hand), np.repeat(recording(hand=hand)[60:61], 40, axis=0)):
        assert laid(as_way(as_strip(encoded(clip))), replace(ROUGH, slope=1, offset=4), there, OF_PICTURES) is None


def test_evidence_is_taken_beside_the_line_too_but_only_where_the_recording_goes_on() -> None:
    way = as_way(as_strip(encoded(recording()[20:])))
    seen = Line(1, 2, 4, 5, 1)
    found = weighed(way, seen, IDENTITY, as_strip(recording()[:90]), WORTH_A_LOOK)
    assert found is not None
    # Ten seconds to either side are more than the clip has; picture 70 would lie on the first behind the recording's last.
    assert (found.along.first, len(found.along.weight)) == (0, 70)


def test_evidence_of_what_runs_backwards_stands_in_the_order_of_the_clip() -> None:
    # Backwards from picture 79 to 40 of the recording, then one second of something else.
    clip = np.concatenate([recording()[40:80][::-1], footage(7, at(0, 1), camera=9)])
    way = as_way(turned(as_strip(encoded(clip)), reversed_=True, mirrored=False))
    found = weighed(way, Line(1, 3, 1, 4.9, 1), IDENTITY, as_strip(recording()), WORTH_A_LOOK)
    assert found is not None
    said = found.along.weight[np.arange(50) - found.along.first]
    assert said[:40].sum() > 100
    assert said[40:].sum() <= 0


@pytest.mark.parametrize("backwards", [False, True])
def test_a_candidate_is_laid_again_on_its_own_pictures(backwards: bool) -> None:
    there = as_strip(recording())
    parts = [recording()[40:80][:: -1 if backwards else 1], footage(7, at(0, 2), camera=9)]
    way = as_way(turned(as_strip(encoded(np.concatenate(parts))), reversed_=backwards, mirrored=False))
    place = 2.0 if backwards else 4.0
    wide = Candidate(Line(1, place + 0.05, 0, 5.9, 1), IDENTITY, way, Evidence(0, np.zeros(60)))
    anew = again(wide, Run(0, 0, 40, 100, 1), there, None)
    assert anew is not None
    assert anew.line.at(3) == pytest.approx(place + 3, abs=0.02)
    # The run is counted in the clip, the line in the strip.
    assert (anew.line.first, anew.line.last) == pytest.approx((2, 5.9) if backwards else (0, 3.9))
    assert again(wide, Run(0, 40, 60, 100, 1), there, None) is None


def spans(found: list[Line]) -> list[tuple[float, float, float]]:
    return [(round(one.slope, 6), one.first, one.last) for one in found]


def test_lines_of_neighbouring_windows_are_one_and_each_stays_a_candidate() -> None:
    windows = [Line(1, 4, k * 2, k * 2 + 4, 2) for k in range(4)]
    other = Line(1, 9, 0, 4, 1)
    found = joined([*windows[::-1], other])
    assert spans(found) == [(1, 0, 10), *((1, one.first, one.last) for one in windows), (1, 0, 4)]
    assert [one.weight for one in found] == [8, 2, 2, 2, 2, 1]


@pytest.mark.parametrize(
    "after",
    [Line(1.1, 3.7, 2, 6, 2), Line(1, 4.4, 2, 6, 2), Line(1, 4, 8.5, 12, 2)],
    ids=["another speed", "another place", "too late"],
)
def test_lines_that_do_not_go_on_from_each_other_stay_apart(after: Line) -> None:
    assert spans(joined([Line(1, 4, 0, 4, 2), after])) == [(1, 0, 4), (after.slope, after.first, after.last)]


def test_a_chain_has_the_speed_of_its_places_not_of_its_parts() -> None:
    parts = [Line(1.02, 0.95 * (k * 2 + 2) - 1.02 * (k * 2 + 2), k * 2, k * 2 + 4, 2) for k in range(6)]
    chain = joined(parts)[0]
    assert (chain.slope, chain.offset) == pytest.approx((0.95, 0))


def test_only_the_heaviest_lines_are_kept() -> None:
    many = [Line(1, 100 * k, 0, 4, k) for k in range(3 * MOST_LINES)]
    assert [one.weight for one in joined(many)] == list(range(3 * MOST_LINES - 1, 2 * MOST_LINES - 1, -1))
    assert joined([]) == []


def test_a_long_line_among_many_short_ones_stays_whole() -> None:
    """Each window also names places that go on nowhere."""
    chance = np.random.default_rng(2)
    found = [Line(1, 20, 2.0 * k, 2.0 * k + 4, 5) for k in range(100)]
    found += [Line(1, float(chance.uniform(50, 900)), 2.0 * k, 2.0 * k + 4, 1) for k in range(100) for _ in range(3)]
    whole = joined(found)[0]
    assert (whole.first, whole.last) == (0, 202)
    assert whole.at(50) == pytest.approx(70, abs=0.01)


def test_lines_along_a_heavier_one_are_left_out() -> None:
    heavy, along, beside, beyond = (
        Line(1, 20, 0, 60, 9),
        Line(1.0002, 20.01, 10, 30, 3),
        Line(1, 20.2, 10, 30, 3),
        Line(1, 20, 70, 90, 3),
    )
    assert distinct([heavy, along, beside, beyond], 0.1) == [heavy, beside, beyond]


def test_lines_of_one_moment_keep_the_slope_of_the_heaviest() -> None:
    """Warnings are errors here: three windows seen at one moment carry no slope."""
    one = joined([Line(1.03, 20, 4, 5, 2), Line(1, 20.1, 4, 5, 7), Line(0.98, 20.2, 4, 5, 3)])[0]
    assert (one.slope, one.offset, one.weight) == (1, 20.1, 12)
