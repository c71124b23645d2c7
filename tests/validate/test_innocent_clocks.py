"""What timecode-break says of clips in which a clock does something by itself."""

from pathlib import Path

import pytest

from entirety.detect.run import run_check
from entirety.detect.timecode_break import CHECK
from entirety.measure.clip import measure
from entirety.model.finding import Status, Weight
from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.innocent_clocks import CLOCKS
from entirety.validate.make import Bench
from entirety.validate.variant import Variant
from validate.films import carried_out, take

BASE, OTHER = take("clocks", 250), take("second", 250, first=1000)
TOLD = {
    "clock-steady": (),
    "clock-winter": (("back", Weight.NEUTRAL),),
    "clock-fix": (("back", Weight.NEUTRAL),),
    "clock-lapse": (("speed", Weight.NEUTRAL),),
    "clock-resting": (("stands", Weight.NEUTRAL),),
    "clock-uneven": (("unsteady", Weight.NEUTRAL),),
    "clock-rec-run": (("stands", Weight.NEUTRAL),),
    "clock-free-run": (("jump", Weight.STRONG),),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("clocks"), program(None), version(program(None)))


@pytest.mark.parametrize("variant", CLOCKS, ids=lambda variant: variant.id)
def test_names_what_it_sees(variant: Variant, bench: Bench) -> None:
    done = variant.plan(BASE, OTHER)
    assert done is not None
    clip: Path = carried_out(done, BASE, OTHER, bench)
    result, findings = run_check(CHECK, measure(clip))
    assert tuple((finding.code, finding.weight) for finding in findings) == TOLD[variant.id], str(result.reason)
    for finding in findings:
        statuses = {innocent.slug: innocent.status for innocent in finding.innocent}
        assert statuses[variant.causes[0][1]] is Status.NOT_EXCLUDED
