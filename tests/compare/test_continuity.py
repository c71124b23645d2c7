"""Runs on one line are one piece; what the neighbour explains as well is none of its own."""

from dataclasses import replace

import numpy as np

from compare.scenes import as_strip, at, encoded, footage
from entirety.compare.align import Run
from entirety.compare.candidates import Candidate
from entirety.compare.continuity import bridged, needed
from entirety.compare.evidence import Evidence, Way, usual
from entirety.compare.geometry import IDENTITY
from entirety.compare.search import Line

THERE = as_strip(footage(1, at(0, 16)))


def _candidates(*offsets: float) -> list[Candidate]:
    clip = as_strip(encoded(np.concatenate([THERE.grey[100:175], THERE.grey[300:375]])))
    way = Way(clip, usual(clip))
    none = Evidence(0, np.zeros(len(clip)))
    first, second = Line(1, 4, 0, 2.96, 1), Line(1, 9, 3, 5.96, 1)
    lines = [replace(first, offset=one) if one < 9 else replace(second, offset=one) for one in offsets]
    return [Candidate(line, IDENTITY, way, none) for line in lines]


def test_two_places_are_two_pieces() -> None:
    runs = [Run(0, 0, 75, 200, 0), Run(1, 75, 150, 200, 0)]
    candidates = _candidates(4, 9)
    assert needed(candidates, runs, THERE) == runs
    assert bridged(candidates, runs, THERE) == runs


def test_a_lag_of_a_picture_belongs_to_the_piece_beside_it() -> None:
    (one,) = needed(_candidates(4, 3.96), [Run(0, 0, 60, 200, 0), Run(1, 60, 75, 60, 1)], THERE)
    assert (one.line, one.first, one.end) == (0, 0, 75)


def test_a_line_goes_on_through_a_gap_but_not_through_something_else() -> None:
    candidates = _candidates(4)
    (one,) = bridged(candidates, [Run(0, 0, 30, 90, 0), Run(0, 40, 75, 90, 0)], THERE)
    assert (one.first, one.end) == (0, 75)
    runs = [Run(0, 0, 75, 90, 0), Run(0, 140, 150, 90, 0)]
    assert bridged(candidates, runs, THERE) == runs
