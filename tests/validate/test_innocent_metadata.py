"""Each innocent variant of dates, notes and leftover bytes is made, and the check says of it what it should: nothing, or the cause by its name."""

from pathlib import Path

import pytest

from entirety.detect import CHECKS
from entirety.detect.run import run_check
from entirety.measure.clip import measure
from entirety.model.finding import Finding, Outcome, Status, Weight
from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.innocent import NOT_MADE, VARIANTS
from entirety.validate.innocent_metadata import METADATA
from entirety.validate.make import Bench
from entirety.validate.variant import Variant
from validate.films import carried_out, take

BASE, OTHER = take("numbered", 50), take("another", 50, first=1000)
BY_ID = {check.id: check for check in CHECKS}
SUPPORTING = {"gallery-export", "whole-export", "moved-tables"}
"""Variants that look like what they are not even to a careful reader: a later saving, or tables of an earlier state."""
SILENT = {"late-closing"}


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("bench"), program(None), version(program(None)))


def made(variant: Variant, bench: Bench) -> Path:
    plan = variant.plan(BASE, OTHER)
    assert plan is not None
    return carried_out(plan, BASE, OTHER, bench)


def said(check: str, clip: Path) -> tuple[Finding, ...]:
    result, findings = run_check(BY_ID[check], measure(clip))
    assert result.outcome in (Outcome.FOUND, Outcome.CLEAR), str(result.reason)
    return findings


@pytest.mark.parametrize("variant", METADATA, ids=lambda variant: variant.id)
def test_the_check_is_silent_or_names_the_cause(variant: Variant, bench: Bench) -> None:
    clip = made(variant, bench)
    for check, slug in variant.causes:
        findings = said(check, clip)
        weights = {finding.weight for finding in findings}
        assert weights <= ({Weight.NEUTRAL, Weight.SUPPORTING} if variant.id in SUPPORTING else {Weight.NEUTRAL})
        named = [
            i for finding in findings for i in finding.innocent if i.slug == slug and i.status is Status.NOT_EXCLUDED
        ]
        assert bool(named) is (variant.id not in SILENT), [str(finding.claim) for finding in findings]


@pytest.mark.parametrize("variant", [v for v in METADATA if v.id in SUPPORTING], ids=lambda variant: variant.id)
def test_what_carries_some_weight_is_known_to(variant: Variant, bench: Bench) -> None:
    clip = made(variant, bench)
    assert any(finding.weight is Weight.SUPPORTING for check, _ in variant.causes for finding in said(check, clip))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_declared_cause_is_made_or_said_not_to_be(check: object) -> None:
    declared = {(check.id, slug) for slug, _ in check.innocent}  # type: ignore[attr-defined]
    made_for = {cause for variant in VARIANTS for cause in variant.causes}
    assert declared <= made_for | NOT_MADE.keys()
    assert not declared & made_for & NOT_MADE.keys()
