"""Edits without new encoding: what their recipes promise of groups, times and numbers, and what their recipes say of being seen."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from entirety.judge.examine import examine
from entirety.model.audit import Tool
from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.conditions import CONDITIONS, Condition
from entirety.validate.edits import EDITS, plan
from entirety.validate.make import Bench
from entirety.validate.model import Base, Plan
from entirety.validate.recordings import recorded
from entirety.validate.unseen import REASONS
from validate.films import carried_out, take

BASE, OTHER = take("copies", 205), take("copies-other", 130, first=1000)
SILENT, SILENT_OTHER = replace(BASE, id="copies", sound=False), replace(OTHER, sound=False)
BY_ID = {condition.id: condition for condition in CONDITIONS}
BY_EDIT = {edit.id: edit for edit in EDITS}
BARE = [c for c in CONDITIONS if not c.afterwards and c.codec in ("h264", "hevc", "mpeg4", "mpeg2")]
TOOL = Tool("entirety", "test", "", ())


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("copies"), program(None), version(program(None)))


def planned(edit: str, condition: str, base: Base = BASE, other: Base = OTHER) -> Plan:
    done = plan(BY_EDIT[edit], BY_ID[condition], base, other)
    assert done is not None
    return done


def made(edit: str, condition: str, bench: Bench) -> Path:
    done = planned(edit, condition)
    if bench.mkvmerge is None and any(step.program == "mkvmerge" for step in done.steps):
        pytest.skip("mkvmerge is not installed")
    return carried_out(done, BASE, OTHER, bench)


def times(clip: Path) -> list[Fraction]:
    with av.open(str(clip)) as container:
        shown = [(frame.pts, frame.time_base) for frame in container.decode(video=0)]
    return [pts * base for pts, base in shown if pts is not None and base is not None]


@pytest.mark.parametrize("condition", BARE, ids=lambda condition: condition.id)
def test_pictures_taken_out_of_their_container_are_timed_as_if_nothing_had_been_done(
    condition: Condition, bench: Bench
) -> None:
    clip = made("cut-within-raw", condition.id, bench)
    with av.open(str(clip)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    shown = times(clip)
    step = 1 / recorded(condition, BASE).rate
    rounding = 0.0005 if condition.ending == "mkv" else 0
    assert len(shown) == planned("cut-within-raw", condition.id).truth.frames
    assert all(abs(after - before - step) <= rounding for before, after in pairwise(shown))


@pytest.mark.slow
@pytest.mark.parametrize("edit", ["cut-2-copy", "cut-2-mkvmerge", "cut-2-chain"])
@pytest.mark.parametrize("condition", ["camera", "phone", "hevc", "ts"])
def test_without_sound_a_program_carries_the_times_on_as_if_nothing_had_been_done(
    edit: str, condition: str, bench: Bench
) -> None:
    """What the definition of an invisible place takes for granted of parts that hold pictures only."""
    done = planned(edit, condition, SILENT, SILENT_OTHER)
    assert done.truth.unseen
    if bench.mkvmerge is None and edit == "cut-2-mkvmerge":
        pytest.skip("mkvmerge is not installed")
    clip = carried_out(done, SILENT, SILENT_OTHER, bench)
    assert {after - before for before, after in pairwise(times(clip))} == {1 / SILENT.rate}


@pytest.mark.parametrize("condition", BARE, ids=lambda condition: condition.id)
def test_a_cut_within_a_group_ends_it_early_and_goes_on_at_a_key_frame(condition: Condition, bench: Bench) -> None:
    group, place = recorded(condition, BASE).group, planned("cut-within-copy", condition.id).truth.places[0].frame
    with av.open(str(made("cut-within-copy", condition.id, bench))) as container:
        keys = [at for at, packet in enumerate(p for p in container.demux(video=0) if p.size) if packet.is_keyframe]
    lengths = [after - before for before, after in pairwise(keys)]
    assert place in keys
    short = lengths.pop(keys.index(place) - 1)
    assert 0 < short < group
    assert set(lengths) <= {group}


def test_h264_numbers_go_on_over_an_even_number_of_groups_and_not_over_an_odd_one(bench: Bench) -> None:
    """What the reason `h264-even-groups` rests on, read back from the finished clips."""
    for edit, regular in (("cut-2-raw", True), ("cut-1-copy", False)):
        headers = examine(made(edit, "camera", bench), TOOL, second=False).clip.headers
        assert headers is not None
        ids = [int(headers.idr_pic_id[row]) for row in range(len(headers)) if headers.idr[row]]
        assert set(ids) == {0, 1}
        assert all(before != after for before, after in pairwise(ids)) is regular


def test_the_recipe_says_what_cannot_be_seen() -> None:
    silent = {
        (edit, condition): planned(edit, condition, SILENT, SILENT_OTHER).truth.unseen
        for edit in ("cut-1-copy", "cut-2-copy", "cut-within-copy", "cut-within-raw")
        for condition in ("camera", "hevc", "mpeg4", "mpeg2")
    }
    assert {key: why for key, why in silent.items() if why} == {
        ("cut-2-copy", "camera"): "h264-even-groups",
        ("cut-1-copy", "hevc"): "hevc-closed-groups",
        ("cut-2-copy", "hevc"): "hevc-closed-groups",
    }


def test_beside_sound_and_with_clocks_of_their_own_parts_are_held_to_be_visible() -> None:
    for edit in ("cut-2-copy", "cut-2-mkvmerge", "cut-2-chain", "cut-2-cat", "hide-2-list", "hide-2-unlisted"):
        assert planned(edit, "hevc").truth.unseen == ""
    assert planned("cut-2-cat", "hevc", SILENT, SILENT_OTHER).truth.unseen == ""
    assert planned("cut-2-raw", "hevc").truth.unseen == "hevc-closed-groups"


def test_takes_of_another_size_or_rate_describe_themselves_and_can_be_seen() -> None:
    assert planned("join-copy", "hevc", SILENT, SILENT_OTHER).truth.unseen == "hevc-closed-groups"
    faster = replace(SILENT_OTHER, rate=SILENT_OTHER.rate * 2, count=2 * SILENT_OTHER.count)
    for other in (replace(SILENT_OTHER, size=(160, 90)), faster):
        assert planned("join-copy", "hevc", SILENT, other).truth.unseen == ""


def test_every_reason_is_given_and_every_given_reason_is_in_words() -> None:
    plans = [plan(edit, c, SILENT, SILENT_OTHER) for edit in EDITS for c in CONDITIONS if edit.how == "copy"]
    long = replace(SILENT, count=600)
    plans += [plan(edit, c, long, SILENT_OTHER) for edit in EDITS for c in CONDITIONS if edit.how == "copy"]
    assert {done.truth.unseen for done in plans if done} == {"", *REASONS}


def test_what_is_encoded_again_or_untouched_has_no_such_reason() -> None:
    plans = [plan(edit, c, SILENT, SILENT_OTHER) for edit in EDITS for c in CONDITIONS if edit.how != "copy"]
    assert {done.truth.unseen for done in plans if done} == {""}
