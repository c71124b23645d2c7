"""What a check says where a file lacks what it needs."""

import pytest

from detect.clips import make_clip
from entirety.detect import cadence_change, frozen_picture, gradual_transition, jump_cut, repeated_footage
from entirety.detect.needs import TIMES
from entirety.detect.run import run_check
from entirety.model.finding import Check, Outcome
from entirety.model.time import UNSET

N = 200


@pytest.mark.parametrize(
    "check",
    [module.CHECK for module in (cadence_change, frozen_picture, gradual_transition, jump_cut, repeated_footage)],
)
@pytest.mark.parametrize("without", [1, 60, N])
def test_pictures_without_a_time_are_said_and_not_passed_over(check: Check, without: int) -> None:
    times = make_clip(N).frames.pts.copy()
    times[:without] = UNSET
    result, findings = run_check(check, make_clip(N, pts=times))
    assert result.outcome is Outcome.SKIPPED
    assert not findings
    assert f"no times for {without} of its {N} pictures" in str(result.reason)
    assert run_check(check, make_clip(N))[0].outcome is Outcome.CLEAR


def test_no_pictures_lack_no_times() -> None:
    assert TIMES.missing(make_clip(0)) is None
    assert TIMES.missing(make_clip(1)) is None
