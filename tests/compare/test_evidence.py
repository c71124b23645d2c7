"""Evidence: a copy speaks for its place, something else against it, and what stands for none."""

import numpy as np

from compare.scenes import Greys, as_strip, at, encoded, footage
from entirety.compare.evidence import Way, evidence, explained, usual
from entirety.compare.geometry import IDENTITY
from entirety.compare.search import Line

SOURCE = as_strip(footage(1, at(0, 12)))
LINE = Line(1, 4, 0, 2.96, 1)


def _weights(clip: Greys) -> float:
    one = as_strip(clip)
    return float(evidence(LINE, IDENTITY, Way(one, usual(one)), SOURCE, range(len(clip))).weight.sum())


def test_a_copy_speaks_for_its_place_and_another_time_against_it() -> None:
    assert _weights(encoded(SOURCE.grey[100:175])) > 60
    assert _weights(encoded(footage(1, at(60, 63)))) < 0


def test_what_stands_speaks_for_no_place() -> None:
    assert _weights(encoded(footage(1, at(0, 3), things=0))) < 60


def test_a_copy_is_explained_and_another_time_is_not() -> None:
    rows = np.arange(0, 75, 5)
    copy, other = as_strip(encoded(SOURCE.grey[100:175])), as_strip(encoded(footage(1, at(60, 63))))
    assert np.nanmedian(explained(LINE, IDENTITY, copy, SOURCE, rows)) > 0.9
    assert np.nanmedian(explained(LINE, IDENTITY, other, SOURCE, rows)) < 0.5


def test_a_new_shot_has_a_usual_of_its_own() -> None:
    both = np.concatenate([footage(1, at(0, 2)), footage(2, at(0, 2), camera=9)])
    assert usual(as_strip(both)).shot.tolist() == [0] * 50 + [1] * 50
