"""Holds each group that is off the file's own rhythm against what an innocent device does, and says how much it can carry.

What is left out of a stream without encoding it again ends a group early, for the part that follows must begin with a key picture. A device
ends a group early too: where a viewer asks for a key picture, where the picture changes, where it starts. So no group is more than a
supporting sign, and one for which the file itself shows such a cause is a note.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from entirety.detect.break_rules import ALIKE, LIGHT, distances
from entirety.detect.encoder_runs import frame_numbers
from entirety.detect.key_groups import Groups, Habit
from entirety.detect.same_view import resized
from entirety.detect.spans import frame_of_packet
from entirety.detect.steps import COUNTED, in_time, restarts
from entirety.model.clip import Clip
from entirety.model.finding import Weight

SEEN = (-1, 2)
"""Pictures before and after the key picture at which its change may be seen: copied parts with B pictures overlap where they meet."""
RESTLESS = 8
"""Bits of 128 between neighbours, median, from which the picture changes all the time: the one take of 28 (tuning half) in which x264 began
groups at no cut, a camera swung by hand, has 10; of 21 others two have 9 and 15 at their worst."""
EXPLAINED = 0.5
"""Share of the missing pictures for which the times must leave room, so that they were lost and not left out: chosen; lost ones leave room for
all, and a copied MPEG-2 part for one of 8 to 13 (101 cuts of the tuning half)."""
AROUND = 15
"""Pictures on either side that are taken for comparison, as in hard-cut."""
MANY = 20
"""Odd groups that are events of their own; more is how this device works: chosen, as for pauses in timestamp-gap."""
NO_SCENE_CUT = ("scenecut=0", "no-scenecut")
"""Settings under which x264 and x265 sign when they place no key picture at a change of scene."""


@dataclass(frozen=True, slots=True)
class OddGroup:
    """One group that is off the rhythm, ended by the key picture at `row`."""

    code: str
    """`short-group` or `long-group`; `first-group` for a first one, whatever its length."""
    group: int
    row: int
    frame: int
    """Shown frame of that key picture."""
    habit: Habit
    weight: Weight
    open: frozenset[str]
    untested: frozenset[str]
    reasons: Mapping[str, str]
    """By slug: which of several things decides an explanation."""


def odd_groups(clip: Clip, found: Groups) -> Iterator[OddGroup]:
    """Each odd group, in the order of the stream; of more than MANY the first alone, as a note."""
    every = [(habit, int(group)) for habit in found.habits for group in habit.odd]
    if not every:
        return
    broken = _broken_numbers(clip)
    for habit, group in every if len(every) <= MANY else every[:1]:
        odd = _weighed(clip, found, habit, group, broken)
        yield odd if len(every) <= MANY else replace(odd, weight=Weight.NEUTRAL)


def _split(found: Groups, habit: Habit) -> set[int]:
    """Groups that make up one regular group together with a neighbour: the rhythm goes on, and one key picture came besides."""
    own = found.seconds if habit.timed else found.pictures.astype(np.float64)
    slack = found.step if habit.timed else 0.0
    pairs = [int(k) for k in habit.odd if k + 1 in habit.odd and abs(own[k] + own[k + 1] - habit.length) <= slack]
    return {group for k in pairs for group in (k, k + 1)}


def _weighed(clip: Clip, found: Groups, habit: Habit, group: int, broken: list[int]) -> OddGroup:
    row = int(found.keys[group + 1])
    frame = min(frame_of_packet(clip, row), len(clip.frames) - 1)
    own = found.seconds[group] if habit.timed else found.pictures[group]
    short = bool(own < habit.length)
    goes_on, lossy = in_time(clip, row), _lossy(found, habit, group, broken)
    steady, anew = keeps_scene(clip, frame), resized(clip, row)
    scene, counted = not steady, clip.container in COUNTED
    fits = {"key-on-request"} if short else set()
    fits |= {"scene-cut-encoder"} if short and scene else set()
    fits |= {"dropped-frames"} if lossy or not short else set()
    fits |= {"recorder-reconnect"} if not goes_on or row in restarts(clip.packets, clip.container) else set()
    fits |= {"start-up"} if group == 0 else set()
    fits |= {"new-setting"} if anew else set()
    # A new size of the picture is told, and weighed, by format-change: one fact is not to count as two signs.
    # Of groups that are alike to within a picture or two only, one more that differs says little.
    sign = (
        short
        and goes_on
        and group > 0
        and not habit.slack
        and not (scene or lossy or anew or group in _split(found, habit))
    )
    code = "first-group" if group == 0 else "short-group" if short else "long-group"
    untested = ({"dropped-frames", "recorder-reconnect"} if counted else {"recorder-reconnect"}) - fits
    reasons = {} if short and scene else {"scene-cut-encoder": steady if short else "long"}
    reasons |= {"recorder-reconnect": "counted"} if counted and "recorder-reconnect" in untested else {}
    weight = Weight.SUPPORTING if sign else Weight.NEUTRAL
    return OddGroup(code, group, row, frame, habit, weight, frozenset(fits), frozenset(untested), reasons)


def _broken_numbers(clip: Clip) -> list[int]:
    """Packets at which the picture numbers of H.264 break: those that stream-join tells, and those where the container changes the settings."""
    if clip.headers is None:
        return []
    return [each.row for each in frame_numbers(clip.headers, np.zeros(len(clip.headers), np.bool_))]


def _lossy(found: Groups, habit: Habit, group: int, broken: list[int]) -> bool:
    """Pictures are missing within the group, by its times or by its picture numbers."""
    first, end = int(found.keys[group]), int(found.keys[group + 1])
    if not habit.timed and np.isfinite(found.seconds[group]):
        missing = habit.length - int(found.pictures[group])
        room = found.seconds[group] / found.step - int(found.pictures[group])
        # Copied parts with reordered pictures leave room for one where they meet, whatever is left out: it must account for most.
        if missing > 0 and room >= EXPLAINED * missing:
            return True
    return any(first < row < end for row in broken)


def keeps_scene(clip: Clip, frame: int) -> str:
    """Why no encoder began a group at this frame for a change of the picture: `still`, `set` or `passed`; empty where one may have.

    `set`: this one says that it does not; `passed`: it did not at another change; `still`: the picture does not change enough.

    With scene-cut detection on, x264 began groups at cuts of 47 bits of 128 and more, at a lamp and a flash of 84 grey levels and more, and in one
    restless take at 4 to 23 bits (38 takes, some with a lamp, a flash, an object or time left out); ALIKE and LIGHT leave room for quicker encoders.
    """
    frames = clip.frames
    if any(sign in note.text.split() for note in clip.notes for sign in NO_SCENE_CUT):
        return "set"
    if frame < 1:
        return "still"
    distance, first = distances(frames, 1), max(1, frame + SEEN[0])
    here = int(distance[first : frame + SEEN[1] + 1].max())
    light = np.abs(np.diff(frames.luma[first - 1 : frame + SEEN[1] + 1].astype(np.float64))).max()
    restless = float(np.median(distance[max(1, frame - AROUND) : frame + AROUND + 1])) >= RESTLESS
    if not (here >= ALIKE or light >= LIGHT or restless):
        return "still"
    # An encoder that minds such changes would have begun a group at another one that is as large.
    other = ~frames.key & (distance >= max(here, ALIKE))
    other[:2] = other[first : frame + SEEN[1] + 1] = False
    return "passed" if other.any() and not restless else ""
