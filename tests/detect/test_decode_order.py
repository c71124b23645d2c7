"""timestamp-gap: the delay between decoding and showing, from key picture to key picture."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from detect.clips import TICKS, make_clip
from detect.expectations import found, status
from detect.films import encode
from entirety.detect.timestamp_gap import CHECK
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from entirety.model.finding import Status, Weight
from entirety.model.time import UNSET

STEADY = np.arange(300, dtype=np.int64) * TICKS


def delayed(delay: NDArray[np.int64], container: str = "mov,mp4,m4a,3gp,3g2,mj2") -> Clip:
    """A clip whose pictures are decoded so many steps before they are shown."""
    return make_clip(300, packets={"pts": STEADY, "dts": STEADY - delay * TICKS}, clip={"container": container})


def test_steady_is_silent() -> None:
    assert found(CHECK, delayed(np.full(300, 2))) == []


def test_a_delay_that_changes_once_and_for_good() -> None:
    clip = delayed(np.where(np.arange(300) < 150, 2, 1))
    (finding,) = found(CHECK, clip)
    assert (finding.code, finding.weight) == ("delay", Weight.SUPPORTING)
    assert (finding.span.first, finding.span.last) == (149, 150)
    assert (finding.measured[0].value, finding.measured[0].threshold) == (0.04, 0.001)
    assert status(finding, "recorder-reconnect") is Status.NOT_EXCLUDED


@pytest.mark.parametrize("change", [25, 275])
def test_a_few_key_pictures_on_one_side_are_no_habit(change: int) -> None:
    assert found(CHECK, delayed(np.where(np.arange(300) < change, 2, 1))) == []


def test_a_delay_that_varies_says_nothing() -> None:
    assert found(CHECK, delayed(1 + np.arange(300) // 75 % 2)) == []


def test_times_that_are_not_stated_are_survived() -> None:
    """A file of the corpus has key pictures without a time."""
    clip = delayed(np.where(np.arange(300) < 150, 2, 1))
    for column in ("pts", "dts"):
        times = getattr(clip.packets, column).copy()
        times[[50, 100, 175]] = UNSET
        packets = replace(clip.packets, **{column: times})
        codes = [f.code for f in found(CHECK, replace(clip, stored=(packets,), shown=(packets,)))]
        assert codes.count("delay") <= 1


def test_matroska_stores_no_times_of_decoding() -> None:
    assert found(CHECK, delayed(np.where(np.arange(300) < 150, 2, 1), "matroska,webm")) == []


def test_pictures_that_lead_key_pictures_change_nothing() -> None:
    """From the middle on two pictures are shown before each key picture and stored behind it."""
    order = np.arange(300)
    for key in range(150, 300, 25):
        order[key : key + 3] = [key + 2, key, key + 1]
    clip = make_clip(300, packets={"pts": order * TICKS, "dts": STEADY - 2 * TICKS})
    assert found(CHECK, clip) == []


@pytest.mark.parametrize("parameters", ["open-gop=1", "open-gop=0"])
def test_real_films_are_silent(tmp_path: Path, parameters: str) -> None:
    options: dict[str, Any] = {"x264-params": parameters}
    film = encode(tmp_path / "film.mp4", seconds=8, sound=False, bf=3, g=25, **options)
    assert found(CHECK, measure(film)) == []
