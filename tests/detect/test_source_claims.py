"""What the claim of source-change gives as a reason, and what it calls alike."""

from dataclasses import replace

import pytest

from entirety.detect.source_claims import claim
from entirety.detect.source_groups import NOTHING
from entirety.model.finding import Value

SEPARATE = replace(NOTHING, odd=True, grain=1.2)
TOLD: dict[str, Value] = {"at": "4 s", "before": "A", "after": "B", "groups": 2}


@pytest.mark.parametrize(
    ("noise", "sharpness", "said"),
    [
        (0.06, 0.122, "sharpness (0.122; in nearly all test clips from one recording below 0.06); noise is alike. By"),
        (
            0.5,
            0.1,
            "sharpness (0.1; in nearly all test clips from one recording below 0.06); noise differs by less than",
        ),
        (0.0, 0.1, "sharpness (0.1; in nearly all test clips from one recording below 0.06). By"),
        (
            1.0,
            0.01,
            "noise (a factor of 2.72; in nearly all test clips from one recording below 2.01); sharpness is alike. By",
        ),
        (
            1.0,
            0.05,
            "noise (a factor of 2.72; in nearly all test clips from one recording below 2.01); sharpness differs by less",
        ),
        (0.6, 0.05, "noise and sharpness taken together (a factor of 1.82 and 0.05; neither alone reaches its bound)."),
        (
            1.0,
            0.1,
            "noise (a factor of 2.72; in nearly all test clips from one recording below 2.01) and sharpness (0.1; in nearly",
        ),
    ],
)
def test_only_what_differs_is_given_as_a_reason(noise: float, sharpness: float, said: str) -> None:
    told = str(claim("x", replace(SEPARATE, noise=noise, sharpness=sharpness), None, **TOLD))
    assert told.startswith(f"The parts before and after 4 s differ in {said}")
    assert told.endswith(
        "at least 2 groups (here A and B, the letters of the table of shots); one recording can fall into several."
    )


def test_all_reasons_are_named_each_under_its_own_message() -> None:
    layout = replace(NOTHING, layout=True, bars=9, overlay=2)
    both = claim("x", replace(layout, odd=True, noise=1.0, sharpness=0.1), None, **TOLD)
    assert (
        "2.01), sharpness (0.1; in nearly all test clips from one recording below 0.06) and black bars (by 9 lines"
        in str(both)
    )
    assert (both.id, claim("x", layout, "3 s", **TOLD).id) == ("x.cut.noise.sharpness.bars", "x.gradual.bars")
