"""Runs on one line are one piece; what the neighbour explains as well is none of its own."""

import numpy as np
import pytest

from compare.scenes import Greys, as_strip, as_way, encoded, footage, recording
from entirety.compare.align import Run
from entirety.compare.candidates import Candidate
from entirety.compare.continuity import bridged, needed
from entirety.compare.evidence import Evidence
from entirety.compare.geometry import IDENTITY
from entirety.compare.search import Line
from entirety.compare.strip import Strip, turned


@pytest.fixture(scope="module")
def there() -> Strip:
    return as_strip(recording())


def along(clip: Greys, *lines: tuple[float, float], backwards: bool = False) -> list[Candidate]:
    """Candidates at these speeds and places."""
    way = as_way(turned(as_strip(encoded(clip)), reversed_=backwards, mirrored=False))
    last = float(way.strip.times[-2])
    none = Evidence(0, np.zeros(len(clip)))
    return [Candidate(Line(speed, place, 0, last, 1), IDENTITY, way, none) for speed, place in lines]


def bounds(runs: list[Run]) -> list[tuple[int, int, int]]:
    return [(run.line, run.first, run.end) for run in runs]


def test_two_places_are_two_pieces(there: Strip) -> None:
    candidates = along(np.concatenate([recording()[20:50], recording()[80:110]]), (1, 2), (1, 5))
    runs = [Run(0, 0, 30, 200, 0), Run(1, 30, 60, 200, 0)]
    assert needed(candidates, runs, there) == runs
    assert bridged(candidates, runs, there) == runs


@pytest.mark.parametrize("backwards", [False, True])
def test_a_lag_of_a_picture_belongs_to_the_piece_beside_it(backwards: bool, there: Strip) -> None:
    clip = recording()[20:50][:: -1 if backwards else 1]
    candidates = along(clip, (1, 2), (1, 1.9), backwards=backwards)
    one = needed(candidates, [Run(0, 0, 22, 200, 0), Run(1, 22, 30, 60, 1)], there)
    assert one == [Run(0, 0, 30, 260, 1)]
    assert bounds(needed(candidates, [Run(1, 0, 8, 60, 1), Run(0, 8, 30, 200, 0)], there)) == [(0, 0, 30)]


def test_a_run_that_its_neighbour_explains_as_well_belongs_to_it(there: Strip) -> None:
    # Far enough beside the line at the end to be no lag, and worse than the line.
    candidates = along(recording()[20:60], (1, 2), (1.02, 2.4))
    runs = [Run(0, 0, 25, 200, 0), Run(1, 25, 40, 60, 0)]
    assert bounds(needed(candidates, runs, there)) == [(0, 0, 40)]


def test_a_few_pictures_left_out_are_two_pieces(there: Strip) -> None:
    candidates = along(np.concatenate([recording()[20:50], recording()[56:80]]), (1, 2), (1, 2.6))
    runs = [Run(0, 0, 30, 200, 0), Run(1, 30, 54, 150, 0)]
    assert needed(candidates, runs, there) == runs


def test_a_run_forwards_is_not_held_against_one_backwards(there: Strip) -> None:
    clip = recording()[20:60]
    candidates = [*along(clip, (1, 2)), *along(clip, (1, 2), backwards=True)]
    runs = [Run(0, 0, 25, 200, 0), Run(1, 25, 40, 60, 0)]
    assert needed(candidates, runs, there) == runs
    apart = [Run(0, 0, 15, 90, 0), Run(1, 20, 40, 90, 0)]
    assert bridged(candidates, apart, there) == apart


def test_runs_that_do_not_touch_are_both_needed(there: Strip) -> None:
    runs = [Run(0, 0, 20, 200, 0), Run(0, 25, 40, 60, 0)]
    assert needed(along(recording()[20:60], (1, 2)), runs, there) == runs


def test_a_line_goes_on_through_what_the_recording_shows_there_too(there: Strip) -> None:
    candidates = along(recording()[20:60], (1, 2), (1.01, 2))
    for line in (0, 1):
        runs = [Run(0, 0, 15, 90, 2), Run(line, 20, 40, 95, 1)]
        (one,) = bridged(candidates, runs, there)
        assert (one.first, one.end, one.weight, one.uncertainty) == (0, 40, 185, 2)


def test_a_line_goes_on_through_pictures_that_stand() -> None:
    still = footage(1, np.arange(20) / 10, things=0)
    whole = np.concatenate([recording()[:20], still, recording()[20:40]])
    candidates = along(whole, (1, 0))
    (one,) = bridged(candidates, [Run(0, 0, 20, 90, 0), Run(0, 40, 60, 90, 0)], as_strip(whole))
    assert (one.first, one.end) == (0, 60)


def test_a_line_does_not_go_on_through_something_else(there: Strip) -> None:
    clip = recording()[20:60].copy()
    clip[15:25] = footage(7, np.arange(10) / 10, camera=9)
    runs = [Run(0, 0, 15, 90, 0), Run(0, 25, 40, 90, 0)]
    assert bridged(along(clip, (1, 2)), runs, there) == runs


def test_two_lines_are_not_bridged(there: Strip) -> None:
    runs = [Run(0, 0, 15, 90, 0), Run(1, 20, 40, 90, 0)]
    for other in ((1, 2.3), (1.05, 1.9)):
        assert bridged(along(recording()[20:60], (1, 2), other), runs, there) == runs


def test_a_lag_between_two_runs_of_one_line_belongs_to_them(there: Strip) -> None:
    candidates = along(recording()[20:60], (1, 2), (1, 1.9), (1, 7))
    for line, expected in ((1, [(0, 0, 40)]), (2, [(0, 0, 15), (2, 16, 22), (0, 24, 40)])):
        runs = [Run(0, 0, 15, 90, 0), Run(line, 16, 22, 60, 0), Run(0, 24, 40, 90, 0)]
        assert bounds(bridged(candidates, runs, there)) == expected
