"""Every edit does what its truth says, to the frame: pictures carry numbers, and the numbers are read back from the finished clip."""

from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from entirety.knowledge.performance import GROUPS
from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.conditions import CONDITIONS, Condition
from entirety.validate.edits import EDITS, plan
from entirety.validate.make import Bench
from entirety.validate.model import Place, Plan
from entirety.validate.recordings import pictures_kept
from entirety.validate.scene import Edit
from validate.films import carried_out, greys, numbers, stored, take

BASE, OTHER = take("numbered", 330), take("another", 130, first=1000)
BY_ID = {condition.id: condition for condition in CONDITIONS}
SOUND_ONLY = ("sound-silenced",)
HELD = ("freeze", "freeze-0.5", "freeze-2")
DISSOLVED = ("dissolve", "dissolve-other", "dissolve-other-0.3", "dissolve-other-1", "dissolve-other-2", "wipe-other")
TRANSITIONS = ("dissolve-other-0.3", "dissolve-other-2", "wipe-other")
CHANGED_WITHIN = (*HELD, *DISSOLVED, "slower", "faster", "fade")
"""Edits whose pictures do not count on by one within a stretch: their places are tested by hand below."""
EACH_KIND = (
    "trim-start-copy",
    "trim-start-key-copy",
    "trim-end-encode",
    "cut-2-copy",
    "cut-2-mkvmerge",
    "cut-2-chain",
    "cut-1-encode",
    "cut-0.2-encode-again",
    "cut-within-copy",
    "cut-within-cat",
    "cut-within-raw",
    "join-copy",
    "join-raw",
    "insert-copy",
    "insert-encode",
    "rejoin",
    "hide-2-list",
    "hide-2-unlisted",
    "hide-2-mp4",
    "second-track-off",
    "dissolve",
    "repeat-copy",
    "repeat-encode",
    "reverse",
    "sound-silenced",
    "overlay-blur",
)
"""One edit of each kind that no other test here makes of a camera file. The others differ from one of them in length, place or look only: by hand."""


def each_kind(edits: Iterable[Edit], kinds: Container[str]) -> list[ParameterSet]:
    """Edits as parameters; those that are none of these kinds are slow."""
    return [pytest.param(one, id=one.id, marks=[] if one.id in kinds else [pytest.mark.slow]) for one in edits]


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make.bench(tmp_path_factory.mktemp("bench"), program(None), version(program(None)))


def made(edit: Edit, condition: Condition, bench: Bench) -> tuple[Plan, Path]:
    done = plan(edit, condition, BASE, OTHER)
    if done is None:
        pytest.skip(f"{edit.id} is not made under {condition.id}")
    if bench.mkvmerge is None and any(step.program == "mkvmerge" for step in done.steps):
        pytest.skip("mkvmerge is not installed")
    return done, carried_out(done, BASE, OTHER, bench)


def shown(done: Plan, clip: Path) -> list[int]:
    """The numbers in the clip's pictures, which are as many, and hide as many, as its truth says."""
    read = numbers(clip)
    assert len(read) == done.truth.frames
    assert stored(clip) - len(read) == done.truth.hidden
    return read


def holds(edit: Edit, condition: Condition, bench: Bench) -> None:
    done, clip = made(edit, condition, bench)
    read, truth = shown(done, clip), done.truth
    inner = {place.frame for place in truth.places} - {0, truth.frames}
    if edit.id in CHANGED_WITHIN or edit.id in SOUND_ONLY or edit.group == "overlay":
        return
    usual = (1,) if condition.rate is None and not condition.uneven else (1, 2, 3)
    steps = {at for at in range(1, len(read)) if read[at] - read[at - 1] not in usual}
    backwards = {at for at in steps if read[at] - read[at - 1] == -usual[0]} if edit.id.startswith("reverse") else set()
    assert inner <= steps | backwards
    assert steps - backwards <= inner


@pytest.mark.parametrize("edit", each_kind(EDITS, EACH_KIND))
def test_an_edit_of_a_camera_file_is_what_its_truth_says(edit: Edit, bench: Bench) -> None:
    holds(edit, BY_ID["camera"], bench)


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS[1:], ids=lambda condition: condition.id)
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.id)
def test_an_edit_under_every_condition_is_what_its_truth_says(edit: Edit, condition: Condition, bench: Bench) -> None:
    holds(edit, condition, bench)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_an_untouched_recording_is_continuous(condition: Condition, bench: Bench) -> None:
    done, _ = made(EDITS[0], condition, bench)
    assert (done.truth.nature, done.truth.places, done.truth.hidden) == ("continuous", (), 0)
    holds(EDITS[0], condition, bench)


@pytest.mark.parametrize("edit", each_kind([one for one in EDITS if one.id in HELD], ["freeze"]))
def test_a_held_picture_stands_where_the_truth_says(edit: Edit, bench: Bench) -> None:
    done, clip = made(edit, BY_ID["camera"], bench)
    read, (start, end) = shown(done, clip), [place.frame for place in done.truth.places]
    assert read[start - 1 : end] == [read[start - 1]] * (end - start + 1)
    assert read[start - 2] == read[start - 1] - 1
    assert read[end] == read[start - 1] + 1


@pytest.mark.parametrize(
    "edit", each_kind([one for one in EDITS if one.id in TRANSITIONS], ["dissolve-other-0.3", "wipe-other"])
)
def test_a_transition_goes_on_for_as_long_as_the_truth_says(edit: Edit, bench: Bench) -> None:
    done, clip = made(edit, BY_ID["camera"], bench)
    read, (place,) = shown(done, clip), done.truth.places
    first, end = place.frame - place.over // 2, place.frame + place.over // 2
    assert read[: first + 1] == list(range(first + 1))
    assert read[end:] == [OTHER.first + place.over + n for n in range(len(read) - end)]
    assert read[place.frame] not in (place.frame, OTHER.first + place.over // 2)


@pytest.mark.parametrize(
    "name",
    [
        "overlay-caption",
        # Each draws two films more: by hand.
        pytest.param("overlay-circle", marks=pytest.mark.slow),
        pytest.param("overlay-frame", marks=pytest.mark.slow),
        # The numbered film is even where the blur lies: nothing of it would be seen.
    ],
)
def test_what_is_laid_over_is_there_between_its_places_and_nowhere_else(name: str, bench: Bench) -> None:
    done, clip = made(next(edit for edit in EDITS if edit.id == name), BY_ID["camera"], bench)
    shown(done, clip)
    bare, laid = (greys(one) for one in (made(EDITS[0], BY_ID["camera"], bench)[1], clip))
    start, end = (place.frame for place in done.truth.places)
    changed = [float((abs(one - other) > 40).mean()) for one, other in zip(bare, laid, strict=True)]
    assert min(changed[start:end]) > 0.004
    assert max(changed[:start] + changed[end:]) < 0.002


def test_what_is_skipped_is_visible_in_a_moving_scene_from_a_second_on() -> None:
    still = replace(BASE, scene="static")
    seen = {
        (edit.id, base.scene): done.truth.places[0].visible
        for edit in EDITS
        for base in (BASE, still)
        if edit.id in ("cut-0.5-encode", "cut-1-encode", "cut-2-copy", "reverse-1", "join-encode", "insert-encode")
        and (done := plan(edit, BY_ID["camera"], base, OTHER)) is not None
    }
    moving = {name: visible for (name, scene), visible in seen.items() if scene == "moving"}
    assert moving == dict.fromkeys(moving, True) | {"cut-0.5-encode": False}
    static = {name: visible for (name, scene), visible in seen.items() if scene == "static"}
    assert {name for name, visible in static.items() if visible} == {"join-encode", "insert-encode"}


def test_a_cut_at_another_place_leaves_out_other_pictures() -> None:
    places = {edit.id: plan(edit, BY_ID["camera"], BASE, OTHER) for edit in EDITS if edit.id.startswith("cut-1-encode")}
    (one,), (other,) = (done.truth.places for done in places.values() if done)
    assert abs(one.frame - other.frame) > 3 * BASE.rate
    assert one.meets == (one.frame - 1, one.frame + 25)


def test_a_recording_shows_the_pictures_of_its_master_that_it_says(bench: Bench) -> None:
    for name in ("camera", "recorder", "variable"):
        _, clip = made(EDITS[0], BY_ID[name], bench)
        assert numbers(clip) == list(pictures_kept(BY_ID[name], BASE))


def test_a_fade_lies_around_its_place_and_leaves_two_seconds_out(bench: Bench) -> None:
    done, clip = made(next(edit for edit in EDITS if edit.id == "fade"), BY_ID["camera"], bench)
    read, at = shown(done, clip), done.truth.places[0].frame
    # Half a second on either side is dark, and its numbers cannot be read.
    dark = round(BASE.rate / 2) + 1
    assert read[: at - dark] == list(range(at - dark))
    assert read[at + dark :] == [number + 2 * BASE.rate for number in range(at + dark, len(read))]


@pytest.mark.parametrize(("name", "step"), [("slower", 0.8), ("faster", 1.25)])
def test_a_changed_speed_holds_between_its_places(name: str, step: float, bench: Bench) -> None:
    done, clip = made(next(edit for edit in EDITS if edit.id == name), BY_ID["camera"], bench)
    read, (start, end) = shown(done, clip), [place.frame for place in done.truth.places]
    assert read[start] == read[start - 1] + 1
    assert read[end] - read[start] == pytest.approx((end - start) * step, abs=1)


def test_known_cuts_of_a_base_are_truth_of_its_untouched_clip_and_nothing_else_is_made_of_it() -> None:
    film = replace(BASE, cuts=(30, 90))
    done = plan(EDITS[0], BY_ID["camera"], film, OTHER)
    assert done is not None
    assert done.truth.nature == "edited"
    assert done.truth.places == (Place(30, visible=True), Place(90, visible=True))
    assert all(plan(edit, BY_ID["camera"], film, OTHER) is None for edit in EDITS[1:])


def test_too_short_a_base_gives_no_plan_instead_of_a_wrong_one() -> None:
    short = replace(BASE, count=40)
    plans = [plan(edit, BY_ID["camera"], short, OTHER) for edit in EDITS if edit.how != "none"]
    assert sum(done is None for done in plans) > len(plans) // 2


def test_each_group_of_edits_is_made_by_default() -> None:
    by_hand = ("freeze", *TRANSITIONS, "fade", "slower", "faster", "overlay-caption", "untouched")
    assert set(EACH_KIND) <= {edit.id for edit in EDITS}
    assert {edit.group for edit in EDITS if edit.id in (*EACH_KIND, *by_hand)} == {edit.group for edit in EDITS}


def test_the_catalogue_is_wide_and_well_named() -> None:
    assert len({edit.id for edit in EDITS}) == len(EDITS) >= 28
    assert {edit.group for edit in EDITS} <= set(GROUPS)
    assert {edit.how for edit in EDITS} == {"none", "copy", "encode"}
    assert len({condition.id for condition in CONDITIONS}) == len(CONDITIONS) >= 12
    assert {condition.ending for condition in CONDITIONS} == {"mp4", "mov", "mkv", "avi", "webm", "ts"}
