"""blank-picture: stretches in which nothing can be seen; a note and never more."""

import numpy as np
import pytest

from detect.clips import make_clip, ripple
from detect.expectations import found, status
from entirety.detect.blank_picture import CHECK, MOST
from entirety.detect.run import run_check
from entirety.model.clip import Clip
from entirety.model.finding import Outcome, Status, Weight

N = 200


def empty(first: int, last: int, luma: float = 16) -> Clip:
    contrast, brightness = ripple(N, 40, 1), ripple(N, 110, 1)
    contrast[first : last + 1], brightness[first : last + 1] = 0.5, luma
    return make_clip(N, contrast=contrast, luma=brightness)


def test_steady_is_silent() -> None:
    assert found(CHECK, make_clip(N)) == []


@pytest.mark.parametrize(("luma", "colour"), [(16, "black"), (30, "dark"), (120, "even"), (235, "bright")])
def test_an_empty_stretch_is_a_note(luma: float, colour: str) -> None:
    (finding,) = found(CHECK, empty(80, 99, luma))
    assert (finding.weight, finding.span.first, finding.span.last) == (Weight.NEUTRAL, 80, 99)
    assert f"empty: {colour}, mean brightness {luma:.0f} of 255" in str(finding.claim)
    assert finding.stills == (79, 80, 99, 100)
    assert finding.reproduce.count("between") == 3
    assert "between(n,79,80)" in finding.reproduce.replace("\\", "")


def test_two_pictures_are_too_few() -> None:
    assert found(CHECK, empty(80, 81)) == []
    assert len(found(CHECK, empty(80, 82))) == 1


def test_no_more_than_the_most() -> None:
    contrast = ripple(N, 40, 1)
    contrast[np.arange(N) % 8 < 4] = 0.5
    said = found(CHECK, make_clip(N, contrast=contrast))
    assert len(said) == MOST
    assert "Stretches of this kind: 25" in str(said[0].claim)


def test_damage_is_left_alone() -> None:
    clip = empty(80, 99)
    clip.frames.corrupt[85] = True
    assert found(CHECK, clip) == []


def test_innocent_lens_covered() -> None:
    assert status(found(CHECK, empty(80, 99))[0], "lens-covered") is Status.NOT_EXCLUDED


def test_innocent_infrared_switch() -> None:
    assert status(found(CHECK, empty(80, 99))[0], "infrared-switch") is Status.NOT_EXCLUDED
    assert status(found(CHECK, empty(0, 19))[0], "infrared-switch") is Status.EXCLUDED


def test_innocent_player_black() -> None:
    assert status(found(CHECK, empty(80, 99))[0], "player-black") is Status.EXCLUDED
    assert status(found(CHECK, empty(190, N - 1))[0], "player-black") is Status.NOT_EXCLUDED


def test_innocent_program_black() -> None:
    for stretch in ((80, 99), (190, N - 1)):
        assert status(found(CHECK, empty(*stretch))[0], "program-black") is Status.NOT_EXCLUDED


def test_skipped_without_pictures() -> None:
    assert run_check(CHECK, make_clip(0))[0].outcome is Outcome.SKIPPED
