"""Picks the steps that a file's own habit does not explain, and says how much each of them can carry.

A step back in time is the only one that no recorder makes while it runs. A long step can be a pause of the device, so it is
never more than a strong sign, and what a busy recorder or a slow start explains is worth a note only.
"""

from collections.abc import Container, Iterator
from fractions import Fraction

import numpy as np

from entirety.detect.decode_order import delay_changes
from entirety.detect.odd_step import OddStep, early
from entirety.detect.rate_model import rate_model
from entirety.detect.sound_steps import sound_breaks
from entirety.detect.steps import PAUSE, Steps, restarts, steps
from entirety.detect.uneven_steps import uneven_steps
from entirety.model.clip import Clip
from entirety.model.finding import Weight
from entirety.model.headers import SoundHeaders
from entirety.model.time import UNSET

MOST_LISTED = 20
"""Pauses told one by one where a file has many: chosen; the number of all of them stands with each."""
FEW_PICTURES = 5
"""Pictures lost in a row that a busy recorder explains: chosen; phone-like clips had gaps of 1 to 3 (first trials, one clip per kind of footage)."""
LONG = Fraction(1)
"""Seconds from which a single gap in a steady file is a strong sign: chosen; busy recorders lose fractions of a second."""
SOUND_OFF = 0.1
"""Share of the usual sound step (first trials, one clip per kind of footage): untouched clips stay below, joined ones reach 0.5."""
HABIT = 50
"""More than one backward step in so many packets is how this file was written, not an event in it: chosen."""
HEARD = Fraction(9, 10)
"""Share of a gap that sound must cover to count as recorded through it: chosen, one block of sound at either end aside."""


def odd_steps(clip: Clip) -> Iterator[OddStep]:
    """Backward steps, then long and short steps of the pictures, then steps of the sound."""
    back = restarts(clip.packets, clip.container)
    pictures = steps(clip, clip.video, back)
    if pictures is None:
        return
    yield from _backwards(clip, pictures, [int(row) for row in back])
    model = rate_model(pictures)
    uneven = list(uneven_steps(clip, pictures, model))
    yield from uneven
    yield from _long(clip, pictures, frozenset(step.after for step in uneven))
    if not model.whole:
        yield from _short(pictures)
    if not len(back):
        yield from delay_changes(clip, pictures)
    stated = {sound.stream for sound in clip.sounds if (sound.samples >= 0).any()}
    for stream in clip.streams:
        if stream.kind == "audio" and stream.index not in stated:
            yield from _sound(clip, stream.index)
    for sound in clip.sounds:
        yield from _held(clip, sound)


def _backwards(clip: Clip, pictures: Steps, back: list[int]) -> Iterator[OddStep]:
    often = len(back) * HABIT > max(len(clip.packets), HABIT)
    column = clip.packets.pts if clip.container.startswith("matroska") else clip.packets.dts
    for row in back[:1] if often else back:
        earlier = max(k for k in range(row) if column[k] != UNSET)
        size = (int(column[earlier]) - int(column[row])) * pictures.base
        weight = Weight.NEUTRAL if often else Weight.DIRECT
        yield OddStep("backwards", pictures, earlier, row, size, len(back), weight, frozenset({"recorder-reconnect"}))


def _long(clip: Clip, pictures: Steps, told: Container[int]) -> Iterator[OddStep]:
    """Long steps: one by one where they are rare; where shorter ones are this file's habit the longest pause alone, as a note."""
    every = pictures.long()
    pauses = [int(k) for k in pictures.pauses()]
    for k in pauses:
        if early(pictures, k):
            yield _gap(clip, pictures, k, Weight.NEUTRAL, {"start-up"})
    late = [k for k in pauses if not early(pictures, k)]
    small = [int(k) for k in every if int(k) not in set(pauses) and not early(pictures, int(k))]
    small = [k for k in small if int(pictures.after[k]) not in told]
    if len(small) > pictures.few and not pictures.steady:
        for k in late and [max(late, key=pictures.seconds)]:
            yield _gap(clip, pictures, k, Weight.NEUTRAL, {"variable-rate", "low-light"})
        return
    for k in small if len(small) <= pictures.few else ():
        yield _gap(clip, pictures, k, _weight(pictures, k), set())
    yield from _pauses(clip, pictures, late)


def _pauses(clip: Clip, pictures: Steps, late: list[int]) -> Iterator[OddStep]:
    """Each pause where they are few. Many of them are a device that pauses by itself or many cuts: then each long one is a sign at most."""
    if len(late) <= pictures.few_pauses:
        for k in late:
            yield _gap(clip, pictures, k, _weight(pictures, k), set())
        return
    ranked = sorted(late, key=pictures.seconds, reverse=True)
    long = [k for k in ranked if pictures.seconds(k) >= LONG] if pictures.steady else []
    for k in sorted(long[:MOST_LISTED]):
        yield _gap(clip, pictures, k, Weight.SUPPORTING, set())
    if not long:
        yield _gap(clip, pictures, ranked[0], Weight.NEUTRAL, {"variable-rate", "low-light"})


def _weight(pictures: Steps, k: int) -> Weight:
    step, usual = int(pictures.ticks[k]), pictures.usual
    lost = round(step / usual) - 1
    whole = abs(step - (lost + 1) * usual) <= pictures.tolerance * (1 if pictures.steady else 4)
    if lost <= FEW_PICTURES and (whole or not pictures.steady):
        return Weight.NEUTRAL
    return Weight.STRONG if pictures.steady and pictures.seconds(k) >= LONG else Weight.SUPPORTING


def _gap(clip: Clip, pictures: Steps, k: int, weight: Weight, more: set[str]) -> OddStep:
    still_open = more | ({"variable-rate", "low-light"} if not pictures.steady else set())
    long_enough = pictures.seconds(k) >= PAUSE
    lost = round(int(pictures.ticks[k]) / pictures.usual) - 1
    if lost <= FEW_PICTURES or _heard(clip, pictures, k) is not False:
        still_open |= {"dropped-frames"}
    if lost > FEW_PICTURES and long_enough and _heard(clip, pictures, k) is not True:
        still_open |= {"motion-triggered-recorder", "recorder-reconnect"}
    return _step("gap", pictures, k, len(pictures.long()), still_open, weight=weight)


def _heard(clip: Clip, pictures: Steps, k: int) -> bool | None:
    """Whether the sound goes on through a gap of the pictures; None where there is no sound to tell."""
    sound = next((s for s in clip.streams if s.kind == "audio" and len(clip.stored[s.index])), None)
    if sound is None:
        return None
    start = int(pictures.times[k]) * pictures.base
    blocks = clip.stored[sound.index]
    times = np.sort(blocks.pts[blocks.pts != UNSET])
    low, high = (int(t / sound.time_base) for t in (start, start + pictures.seconds(k)))
    inside = times[(times >= low) & (times <= high)]
    widest = np.diff(np.concatenate([[low], inside, [high]])).max()
    return bool(int(widest) * sound.time_base < (1 - HEARD) * pictures.seconds(k) + Fraction(1, 20))


def _short(pictures: Steps) -> Iterator[OddStep]:
    """A single step below half the usual one in a steady file, unless it makes up for a long one beside it."""
    if not pictures.steady:
        return
    short = [int(k) for k in np.flatnonzero(pictures.ticks * 2 < pictures.usual - pictures.tolerance)]
    alone = [k for k in short if not (early(pictures, k) or np.abs(pictures.long() - k).min(initial=9) <= 2)]
    for k in alone if len(alone) <= pictures.few else ():
        yield _step("overlap", pictures, k, len(alone), {"dropped-frames"})


def _sound(clip: Clip, stream: int) -> Iterator[OddStep]:
    """Single odd steps of the sound; the last two steps of a stream are often short and say nothing."""
    sound = steps(clip, stream, restarts(clip.stored[stream], clip.container))
    if sound is None:
        return
    off = np.abs(sound.ticks[:-2] - sound.usual) > sound_bound(sound)
    odd = [int(k) for k in np.flatnonzero(off) if not early(sound, int(k))]
    for k in odd if len(odd) <= sound.few else ():
        # A pause makes a step longer, and no recorder pauses or connects again within a fraction of a second.
        paused = {"motion-triggered-recorder", "recorder-reconnect"} if sound.seconds(k) >= PAUSE else set()
        yield _step("sound-step", sound, k, len(odd), {"dropped-frames"} | paused)


def _held(clip: Clip, sound: SoundHeaders) -> Iterator[OddStep]:
    """Places where the clock of the sound goes on by other than the samples that its blocks hold."""
    habit = steps(clip, sound.stream, restarts(clip.stored[sound.stream], clip.container))
    breaks = [found for found in sound_breaks(clip, sound) if found.step != found.held]
    if habit is None:
        return
    for found in breaks:
        paused = {"motion-triggered-recorder", "recorder-reconnect"} if found.step - found.held >= PAUSE else set()
        still_open = frozenset({"dropped-frames"} | paused)
        rows = (found.before, found.after)
        yield OddStep(
            "sound-samples",
            habit,
            *rows,
            found.step,
            len(breaks),
            Weight.SUPPORTING,
            still_open,
            found.held,
            found.bound,
        )


def sound_bound(sound: Steps) -> float:
    """Ticks by which a step of the sound may differ from the usual one."""
    return max(SOUND_OFF * sound.usual, sound.tolerance)


def _step(
    code: str, habit: Steps, k: int, count: int, causes: set[str], *, weight: Weight = Weight.SUPPORTING
) -> OddStep:
    before, after = int(habit.before[k]), int(habit.after[k])
    return OddStep(code, habit, before, after, habit.seconds(k), count, weight, frozenset(causes))
