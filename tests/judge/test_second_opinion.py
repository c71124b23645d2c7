"""Two readers of one file: where they agree, where they differ, and where nothing can be said."""

import importlib.util
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from detect.clips import make_clip, make_stream
from entirety.errors import EntiretyError
from entirety.judge.examine import examine
from entirety.judge.second_opinion import REASONS, second_opinion
from entirety.model.audit import Tool
from entirety.model.second_opinion import Point
from entirety.model.second_reading import SecondReading, SecondVideo, Trouble

STEADY = make_clip(100, sound=True)
SIZE = (STEADY.stream.width, STEADY.stream.height)
VIDEO = SecondVideo("AVC", *SIZE, None, 100, Fraction(4))
SAME = SecondReading(
    None, "MediaInfo 24.12", "MPEG-4", Fraction(4), videos=1, sounds=1, video=VIDEO, stated=(("pace", "CFR"),)
)
TOOL = Tool("entirety", "test", "test", ())


def compared(told: SecondReading, **changes: object) -> dict[Point, bool | None]:
    clip = replace(STEADY, second=told, **changes)  # type: ignore[arg-type] # fields by name
    opinion = second_opinion(clip, Fraction(4))
    assert opinion is not None
    assert opinion.reason is None
    assert [one.point for one in opinion.compared] == list(Point)
    return {one.point: one.agree for one in opinion.compared}


def test_two_that_agree() -> None:
    assert set(compared(SAME).values()) == {True}


@pytest.mark.parametrize(
    ("told", "point"),
    [
        (replace(SAME, form="AVI"), Point.CONTAINER),
        (replace(SAME, video=replace(VIDEO, codec="HEVC")), Point.CODEC),
        (replace(SAME, video=replace(VIDEO, width=SIZE[0] + 2)), Point.PICTURE),
        (replace(SAME, video=replace(VIDEO, frames=99)), Point.PICTURES),
        (replace(SAME, duration=Fraction(5), video=replace(VIDEO, duration=Fraction(5))), Point.DURATION),
        (replace(SAME, videos=2), Point.VIDEOS),
        (replace(SAME, sounds=0), Point.SOUNDS),
    ],
)
def test_one_planted_difference(told: SecondReading, point: Point) -> None:
    assert [name for name, agree in compared(told).items() if agree is not True] == [point]


def test_numbers_of_pictures_are_held_against_each_other_pair_by_pair() -> None:
    hidden = make_clip(97).frames
    for stored, shown, same in ((100, 97, True), (100, 100, False), (97, 97, False), (97, 100, False)):
        told = replace(SAME, video=replace(VIDEO, stored=stored, frames=shown))
        assert compared(told, frames=hidden)[Point.PICTURES] is same
    for alone, same in ((100, True), (97, True), (98, False)):
        assert compared(replace(SAME, video=replace(VIDEO, frames=alone)), frames=hidden)[Point.PICTURES] is same


def test_lengths_are_held_against_each_other_pair_by_pair() -> None:
    for whole, video, same in ((4, 4, True), (5, 4, False), (4, 5, False), (5, None, False), (None, 4, True)):
        told = replace(
            SAME,
            duration=None if whole is None else Fraction(whole),
            video=replace(VIDEO, duration=None if video is None else Fraction(video)),
        )
        assert compared(told, duration=Fraction(4))[Point.DURATION] is same
    declared = {"duration": Fraction(6)}
    assert compared(replace(SAME, duration=Fraction(6)), **declared)[Point.DURATION] is True
    assert compared(replace(SAME, duration=Fraction(4)), **declared)[Point.DURATION] is False
    alone = replace(SAME, video=replace(VIDEO, duration=None))
    assert compared(alone, **declared)[Point.DURATION] is True


def test_a_number_that_was_only_worked_out_is_no_difference() -> None:
    told = replace(SAME, form="WebM", video=replace(VIDEO, frames=102))
    assert compared(told, container="matroska,webm")[Point.PICTURES] is None
    assert compared(replace(told, video=VIDEO), container="matroska,webm")[Point.PICTURES] is True


def test_a_block_of_sound_more_is_no_difference() -> None:
    video = replace(VIDEO, duration=None)
    assert compared(replace(SAME, duration=Fraction(4046, 1000), video=video))[Point.DURATION] is True
    assert compared(replace(SAME, duration=Fraction(4060, 1000), video=video))[Point.DURATION] is False


def test_what_is_not_stated_or_not_known_is_not_compared() -> None:
    bare = replace(SAME, form="iso6", duration=None, video=SecondVideo("Something new", None, None, None, None, None))
    told = compared(bare)
    assert {point for point, agree in told.items() if agree is None} == {
        Point.CONTAINER,
        Point.CODEC,
        Point.PICTURE,
        Point.PICTURES,
        Point.DURATION,
    }
    assert compared(replace(SAME, video=None))[Point.CODEC] is None


def test_a_cover_picture_may_be_counted_or_not() -> None:
    cover = replace(make_stream("video", 1), index=2, codec="mjpeg")
    for videos in (1, 2):
        assert compared(replace(SAME, videos=videos), streams=(*STEADY.streams, cover))[Point.VIDEOS] is True


@pytest.mark.parametrize("trouble", list(Trouble))
def test_no_opinion_says_why(trouble: Trouble) -> None:
    opinion = second_opinion(replace(STEADY, second=SecondReading(trouble)), Fraction(4))
    assert opinion is not None
    assert (opinion.reason, opinion.compared) == (REASONS[trouble], ())


def test_nobody_asked() -> None:
    assert second_opinion(STEADY, Fraction(4)) is None


def test_an_audit_carries_it_and_goes_on_without_it(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = examine(samples / "rotated.mp4", TOOL).audit
    monkeypatch.setattr("entirety.measure.clip.read_second", lambda _: SecondReading(Trouble.NOT_INSTALLED))
    without = examine(samples / "rotated.mp4", TOOL).audit
    assert without.second is not None
    assert without.second.reason == REASONS[Trouble.NOT_INSTALLED]
    assert replace(whole, second=None) == replace(without, second=None)
    if importlib.util.find_spec("pymediainfo") is not None:
        assert whole.second is not None
        assert {one.agree for one in whole.second.compared} == {True}


@pytest.mark.slow
def test_where_the_two_differ_over_the_corpus(corpus: Path) -> None:
    """Lists and does not judge: a difference is worth a look, not a failure."""
    if importlib.util.find_spec("pymediainfo") is None:
        pytest.skip("MediaInfo (pymediainfo) is not installed")
    asked = 0
    for clip in sorted(path for folder in ("device", "processed") for path in (corpus / folder).iterdir()):
        try:
            opinion = examine(clip, TOOL).audit.second
        except EntiretyError:
            continue
        assert opinion is not None
        asked += 1
        for one in opinion.compared:
            if one.agree is not True:
                print(f"{clip.name}: {one.point.value} {one.agree}: {one.ours} | {one.theirs}")
        if opinion.reason is not None:
            print(f"{clip.name}: {opinion.reason}")
    assert asked > 40
