"""Looks for groups of pictures that are off the file's own rhythm.

Most devices place a key picture at a fixed distance. What is left out without encoding again ends a group early, and so does a join;
where all times were written anew, this is often all that is left to be seen. Devices end a group early too, so it is a sign at most.
"""

from collections.abc import Iterator

import numpy as np

from entirety.detect import reproduce
from entirety.detect.innocent import declared
from entirety.detect.key_groups import FEWEST, SHARE, Groups, Habit, all_intra, groups
from entirety.detect.keyframe_rhythm_innocent import EXPLANATIONS, ID, held_against
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.odd_groups import OddGroup, odd_groups
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_of_packet, frame_time, join_span
from entirety.detect.steps import COUNTED, in_time
from entirety.model.clip import Clip
from entirety.model.finding import (
    Check,
    Confidence,
    Finding,
    Innocent,
    Measured,
    Need,
    Outcome,
    Question,
    Sentence,
    Value,
    Weight,
)
from entirety.model.time import clock

CLAIM = "The key picture at {at} comes {own} {unit} after the one before it; {regular} of the {all} other groups compared are {usual} {unit} long{about}."
CHANGE = "Up to {at} a key picture comes every {before} pictures, and from there on every {after}."
MEANINGS = {
    Weight.SUPPORTING: (
        "In our assessment this is consistent with a group whose end is not in the file, with a part joined on, and with the explanations below "
        "that are not excluded; it is a sign of a join only together with another sign at the same place."
    ),
    Weight.NEUTRAL: "In our assessment the explanations below that are not excluded could account for it; this alone does not tell whether footage is missing.",
}


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each group that is off the rhythm, and a note where the rhythm itself changes for good."""
    found = groups(clip)
    if len(found.habits) > 1:
        yield _changed(clip, found)
    count = sum(len(habit.odd) for habit in found.habits)
    for odd in odd_groups(clip, found):
        yield _finding(clip, found, odd, count)


def _finding(clip: Clip, found: Groups, odd: OddGroup, count: int) -> Finding:
    habit, before = odd.habit, max(0, odd.frame - 1)
    own = round(float(found.seconds[odd.group]), 3) if habit.timed else int(found.pictures[odd.group])
    usual, unit = (round(habit.length, 3), "s") if habit.timed else (int(habit.length), "pictures")
    others = habit.end - habit.first - 1
    values: dict[str, Value] = {"at": clock(frame_time(clip, odd.frame)), "own": own, "usual": usual, "unit": unit}
    seconds = found.seconds[odd.group]
    lasting = round(float(seconds), 4) if np.isfinite(seconds) else "not stated"
    return Finding(
        check=ID,
        code=odd.code,
        claim=say(f"{ID}.group.claim", CLAIM, **values, regular=habit.regular, all=others, about=_about(habit)),
        inference=say(f"{ID}.{odd.weight.value}.inference", MEANINGS[odd.weight]),
        span=join_span(clip, before, odd.frame, byte_ranges(clip, [odd.row])),
        weight=odd.weight,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("coded pictures in this group", int(found.pictures[odd.group]), None, "pictures"),
            Measured("length of this group", lasting, None, "s"),
            Measured("length of the others", usual, None, unit),
            Measured("groups of that length", habit.regular, FEWEST),
            Measured("groups of another length in the file", count, habit.regular // SHARE),
        ),
        innocent=held_against(odd.open, odd.untested, odd.reasons),
        reproduce=reproduce.picture_properties(clip),
        stills=tuple(dict.fromkeys((before, odd.frame))),
    )


def _about(habit: Habit) -> str:
    if habit.timed:
        return ", to within two pictures"
    return f", to within {2 * habit.slack} pictures" if habit.slack else ""


def _changed(clip: Clip, found: Groups) -> Finding:
    """The note that key pictures come at another distance from one place on."""
    former, latter = found.habits
    row = int(found.keys[latter.first])
    frame = min(frame_of_packet(clip, row), len(clip.frames) - 1)
    before = max(0, frame - 1)
    return Finding(
        check=ID,
        code="rhythm-change",
        claim=say(
            f"{ID}.change.claim",
            CHANGE,
            at=clock(frame_time(clip, frame)),
            before=int(former.length),
            after=int(latter.length),
        ),
        inference=say(f"{ID}.neutral.inference", MEANINGS[Weight.NEUTRAL]),
        span=join_span(clip, before, frame, byte_ranges(clip, [row])),
        weight=Weight.NEUTRAL,
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("groups before, of that length", former.regular, FEWEST),
            Measured("groups after, of that length", latter.regular, FEWEST),
        ),
        innocent=_of_change(clip, row),
        reproduce=reproduce.picture_properties(clip),
        stills=tuple(dict.fromkeys((before, frame))),
    )


def _of_change(clip: Clip, row: int) -> tuple[Innocent, ...]:
    reconnect, counted = frozenset(("recorder-reconnect",)), clip.container in COUNTED
    fits = frozenset(("new-setting",)) | (frozenset() if in_time(clip, row) else reconnect)
    reasons = {"recorder-reconnect": "counted"} if counted and not reconnect & fits else {}
    return held_against(fits, reconnect - fits, reasons)


def _intra(clip: Clip) -> Sentence | None:
    text = "Every picture of this {codec} stream stands on its own, so there are no groups."
    return say(f"{ID}.intra", text, codec=clip.stream.codec) if all_intra(clip) else None


def _too_few(clip: Clip) -> Sentence | None:
    text = "The stream has {groups} whole groups between key pictures; no rhythm can be read off fewer than {fewest}."
    count = len(groups(clip))
    return say(f"{ID}.few", text, groups=count, fewest=FEWEST) if count < FEWEST else None


def _no_rhythm(clip: Clip) -> Sentence | None:
    text = "The key pictures of this file keep no fixed distance, neither in pictures nor in seconds, so none is off a rhythm."
    return None if groups(clip).habits else say(f"{ID}.none", text)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.CONTINUOUS,
    title="Key pictures off the file's own rhythm",
    sees="Most devices store a key picture, from which playing can begin, at a fixed distance. The check reads that distance off the file and reports where the next key picture comes earlier or later than it should.",
    needs=(
        FRAMES,
        PACKETS,
        Need(_intra, Outcome.NOT_APPLICABLE),
        Need(_too_few),
        Need(_no_rhythm, Outcome.NOT_APPLICABLE),
    ),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A finding of this check never shows by itself that footage is missing.",
        "A cut that leaves whole groups keeps the rhythm: one made at key pictures on both sides.",
        "The last group may have any length; of the first an odd length is a note only.",
        "An encoder that begins groups where the picture changes, or places key pictures without a rule, leaves nothing to compare.",
        "After the whole clip was encoded again, the rhythm is that of the new encoder.",
        "Where the clock takes a step at the same place, timestamp-gap tells and weighs it, and the odd group is a note.",
        "Within a group that is too long no exact place can be named.",
    ),
    references=(
        "ITU-T H.264 (08/2021), 7.4.1.2.4 (IDR pictures), D.2.8 (recovery point)",
        "ISO/IEC 13818-2, 6.1.1.7 (I pictures and group of pictures)",
    ),
    run=run,
)
