"""Every innocent cause that a check declares has a clip in which it is at work, or a stated reason why there is none; and each clip is what its truth says."""

from pathlib import Path

import pytest

from entirety.judge.checks import LISTED
from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.innocent import NOT_MADE, VARIANTS
from entirety.validate.make import Bench
from entirety.validate.matrix import SLOW
from entirety.validate.model import Plan
from entirety.validate.variant import Variant
from validate.films import carried_out, numbers, stored, take

BASE, OTHER = take("innocent", 180), take("second", 180, first=1000)
UNREADABLE = ("spoiled", "lost-packets", "preset")
"""Damage covers the numbers, or they lie outside the view."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("innocent"), program(None), version(program(None)))


def made(variant: Variant, bench: Bench) -> tuple[Plan, Path]:
    done = variant.plan(BASE, OTHER)
    assert done is not None, f"{variant.id} finds no room in seven seconds"
    if bench.mkvmerge is None and any(step.program == "mkvmerge" for step in done.steps):
        pytest.skip("mkvmerge is not installed")
    return done, carried_out(done, BASE, OTHER, bench)


def test_every_declared_cause_has_a_clip_or_a_reason() -> None:
    declared = {(check.id, slug) for check in LISTED for slug, _ in check.innocent}
    stood_for = {cause for variant in VARIANTS for cause in variant.causes}
    assert declared == stood_for | set(NOT_MADE)
    assert not stood_for & set(NOT_MADE)
    assert all(reason.endswith(".") for reason in NOT_MADE.values())


def test_variants_have_names_of_their_own() -> None:
    assert len({variant.id for variant in VARIANTS}) == len(VARIANTS)


LATER = frozenset(variant.id for variant in SLOW)
"""Variants that the small run leaves out: making all of them takes minutes, so they are tried by hand (`-m slow`)."""


@pytest.mark.parametrize(
    "variant",
    [pytest.param(one, id=one.id, marks=[pytest.mark.slow] if one.id in LATER else []) for one in VARIANTS],
)
def test_a_variant_is_what_its_truth_says(variant: Variant, bench: Bench) -> None:
    done, clip = made(variant, bench)
    read, truth = numbers(clip), done.truth
    assert truth.nature == variant.nature
    assert len(read) == truth.frames
    if clip.suffix == ".mp4" and "loop" not in variant.id and variant.id != "lost-end":
        assert stored(clip) - len(read) == truth.hidden
    if variant.nature == "continuous":
        assert not truth.places
        return
    leaps = {at for at in range(1, len(read)) if read[at] - read[at - 1] not in (1, 0)}
    if variant.id not in UNREADABLE:
        assert {place.frame for place in truth.places if place.visible} == leaps
