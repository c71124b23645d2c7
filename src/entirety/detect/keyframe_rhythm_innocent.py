"""The innocent explanations that keyframe-rhythm holds against each odd group, and what it says of them."""

from collections.abc import Mapping
from dataclasses import replace

from entirety.detect.innocent import Explanation, weighed
from entirety.detect.sentences import say
from entirety.model.finding import Innocent

ID = "keyframe-rhythm"

EXPLANATIONS = {
    "scene-cut-encoder": Explanation(
        cause="The encoder begins a group of its own accord where the picture changes.",
        excluded="From here on groups have another length for good; a change of the picture begins a single one.",
        not_excluded="The picture changes here, and an encoder that begins a group at such places would do so; whether this one does cannot be told.",
    ),
    "key-on-request": Explanation(
        cause="A key picture was asked for: by a viewer or recorder that connected, an alarm, or a receiver that had lost data.",
        excluded="A key picture on request makes a group shorter, not longer.",
        not_excluded="A key picture on request leaves the same; ask for the log of the camera and the recorder.",
    ),
    "dropped-frames": Explanation(
        cause="Pictures within the group were lost on the way or dropped by a busy device.",
        excluded="The times up to the next key picture do not leave room for the missing pictures, and no picture number is missing in the group.",
        not_excluded="By its times or its picture numbers the group may have lost pictures, or a key picture; ask for the log of the recorder.",
        not_tested="The file states no time for each picture, so whether pictures were lost in time cannot be told.",
    ),
    "recorder-reconnect": Explanation(
        cause="The recorder lost its camera, paused or started again, which begins a group.",
        not_excluded="The clock takes an unusual step here; a recorder that paused or connected again would leave that.",
        not_tested="The clock goes on without a step here; a recorder that starts again would usually leave one.",
    ),
    "new-setting": Explanation(
        cause="The device was set to another distance of key pictures, or to another rate, while it ran.",
        excluded="The groups after this one are as long as those before, and the picture keeps its size.",
        not_excluded="From here on the distance is another one, or the picture has another size while what is seen goes on; new settings would leave that.",
    ),
    "start-up": Explanation(
        cause="The device had just started: its first group may have another length.",
        excluded="It is not the first group of the file.",
        not_excluded="It is the first group of the file, and devices settle while they start.",
    ),
}

REASONS = {
    "scene-cut-encoder": {
        "still": "The picture does not change here by more than around it.",
        "set": "By the settings that it left in the stream, the encoder begins no group where the picture changes.",
        "passed": "The picture changes as much at another place of this file, and the encoder began no group there.",
        "long": "The group is too long, not too short.",
    },
    "recorder-reconnect": {
        "counted": "The file states no time for each picture, so whether the recorder paused cannot be told.",
    },
}
"""What decides an explanation where more than one thing can, by slug: the sentence that is printed instead of the general one."""


def held_against(
    still_open: frozenset[str], untested: frozenset[str], reasons: Mapping[str, str]
) -> tuple[Innocent, ...]:
    """Each explanation with its status; `reasons` names, by slug, the one of REASONS that applies."""
    every = weighed(ID, EXPLANATIONS, still_open, untested)
    return tuple(_because(one, reasons[one.slug]) if one.slug in reasons else one for one in every)


def _because(one: Innocent, reason: str) -> Innocent:
    return replace(one, why=say(f"{one.why.id}.{reason}", REASONS[one.slug][reason]))
