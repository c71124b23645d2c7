"""Innocent edit lists: starts and ends that a device hides, and parts that it shows twice, everything staying in the file."""

from typing import Any

import ffmpeg

from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, filmed, steady

EXACT = {"movie_timescale": 90000, "use_editlist": 1}
"""Edit lists count in the movie's own clock; with ffmpeg's usual 1/1000 s a thirtieth of a second cannot be said."""


def plain_film(base: Base, target: str = "film.mp4", **more: Any) -> Step:
    return filmed(base, steady(base), target, sound=False, **{**EXACT, **more})


def _hidden(base: Base, *ranges: tuple[int, int]) -> Plan:
    """Pictures stored and not shown, by an edit list that a device wrote."""
    patch = Step("patch", ("edits", "film.mp4", "done.mp4", *(f"{first}-{end}" for first, end in ranges)))
    frames = sum(end - first for first, end in ranges)
    stored = {number for first, end in ranges for number in range(first, end)}
    starts, at = [], 0
    for first, end in ranges:
        starts.append((at, first))
        at += end - first
    # Where a range does not go on from the one before, the picture leaps; at the start and at the end nothing can be seen.
    places = [Place(0, visible=False)] if ranges[0][0] else []
    places += [Place(at, visible=True) for at, _ in starts[1:]]
    places += [Place(frames, visible=False)] if ranges[-1][1] < base.count else []
    truth = Truth("device", frames, tuple(places), base.count - len(stored), software=False)
    return Plan((plain_film(base), patch), "done.mp4", truth)


def _gallery(base: Base, _: Base) -> Plan:
    away = round(base.rate * 7 / 5)
    return _hidden(base, (away, base.count - away))


def _pre_roll(base: Base, _: Base) -> Plan:
    return _hidden(base, (round(base.rate * 3 / 2), base.count))


def _within(base: Base, _: Base) -> Plan:
    return _hidden(base, (max(2, round(base.rate / 5)), base.count))


def _start_up(base: Base, _: Base) -> Plan:
    done = _hidden(base, (0, 1), (3, base.count))
    # Two skipped pictures while a recorder starts are no break that anybody would speak of.
    return Plan(done.steps, done.result, Truth("continuous", done.truth.frames, (), done.truth.hidden, software=False))


def _loop(base: Base, _: Base) -> Plan:
    group = round(base.rate)
    return _hidden(base, (0, base.count), (group, 3 * group))


def _remuxed_loop(base: Base, other: Base) -> Plan | None:
    done = _loop(base, other)
    turn = command(ffmpeg.input("done.mp4").output("turned.mkv", c="copy"))
    # ffmpeg also copies the picture at which the second entry ends.
    truth = Truth("device", done.truth.frames + 1, done.truth.places, 0, software=True)
    return Plan((*done.steps, turn), "turned.mkv", truth)


EDIT_LISTS = (
    Variant(
        "gallery",
        "a phone's gallery trimmed the start and the end by hiding them",
        (("hidden-footage", "phone-gallery-trim"),),
        _gallery,
        "device",
    ),
    Variant(
        "pre-roll",
        "the second and a half before the alarm is stored and not shown",
        (("hidden-footage", "pre-roll"), ("hidden-footage", "pre-event-buffer")),
        _pre_roll,
        "device",
    ),
    Variant(
        "within-group",
        "the start that was asked for lies a fifth of a second after a key frame",
        (("hidden-footage", "start-within-group"),),
        _within,
        "device",
    ),
    Variant(
        "start-up",
        "the first picture is shown and the next two are skipped",
        (("hidden-footage", "start-up"),),
        _start_up,
    ),
    Variant("loop", "a loop effect shows two seconds again", (("hidden-footage", "loop-effect"),), _loop, "device"),
    Variant(
        "loop-remuxed",
        "a loop effect, put into another container",
        (("stream-join", "remux-of-edit-list"),),
        _remuxed_loop,
        "device",
    ),
)
