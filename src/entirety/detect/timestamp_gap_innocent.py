"""The innocent explanations that timestamp-gap holds against each odd step, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "variable-rate": Explanation(
        cause="The device changes its picture rate by itself.",
        excluded="The usual step is {usual} s and other steps keep to it; a changing rate gives many odd steps, not {count}.",
        not_excluded="The steps of this file vary; a device that changes its picture rate also writes such steps.",
    ),
    "low-light": Explanation(
        cause="In low light a camera exposes longer and slows down.",
        excluded="Low light makes many steps in a row longer and none shorter or negative; this is another kind of step.",
        not_excluded="The steps of this file vary, and in low light a camera slows down.",
    ),
    "dropped-frames": Explanation(
        cause="A busy recorder or a lossy network drops pictures, sound blocks or packets.",
        excluded="A device that drops single pictures or sound blocks does not leave a step of this kind and size.",
        not_excluded="A device that drops pictures or sound blocks for a moment would leave the same step; ask for another recording of the same device.",
    ),
    "motion-triggered-recorder": Explanation(
        cause="A surveillance recorder pauses until something moves.",
        excluded="A pause makes a step longer, by half a second or more and in picture and sound alike, and never shorter; that is not what is seen.",
        not_excluded="A recorder that pauses until something moves would leave the same step; ask for its settings.",
    ),
    "start-up": Explanation(
        cause="In the first second of a recording the camera has not reached its rate yet.",
        excluded="The step does not lie in the first second.",
        not_excluded="The step lies in the first second, where many cameras have not reached their rate yet.",
    ),
    "millisecond-rounding": Explanation(
        cause="Times stored in whole milliseconds make equal steps look unequal.",
        excluded="Rounding can move a step of this file by {rounding} s at most, less than what is seen.",
    ),
    "clock-corrected": Explanation(
        cause="The clock of the device was set right, or a new segment of the recording begun, at one picture.",
        excluded="A clock that is set right for once leaves one step that is no whole number of pictures; that is not what is seen.",
        not_excluded="A clock set right by the network, or a new segment begun by the program that wrote the file, would leave the same single step; ask how the file was written.",
    ),
    "recorder-reconnect": Explanation(
        cause="The connection between camera and recorder broke and came back.",
        excluded="A lost connection makes a step longer, in picture and sound alike, and never shorter; that is not what is seen.",
        not_excluded="A recorder that lost its camera and connected again would leave the same; ask for its log.",
        not_tested="A lost connection usually makes a step longer by half a second or more, in picture and sound alike; this one is longer by {excess} s.",
    ),
}

TRANSPORT = {
    slug: Explanation(EXPLANATIONS[slug].cause, *said)
    for slug, said in {
        "variable-rate": ("A rate that changes leaves the running numbers of the packets as they are.",),
        "low-light": ("Low light leaves the running numbers of the packets as they are.",),
        "dropped-frames": (
            "Lost packets of the picture damage it or leave a hole in its times; neither is seen here.",
            "A network that loses packets breaks these numbers too; places of this kind in the file: {count}. Ask how the recording was received.",
        ),
        "motion-triggered-recorder": (
            "No pause is seen: the times of the pictures go on, go back, or step by less than half a second.",
            "A recorder that pauses until something moves and then starts its stream anew would leave the same; ask for its settings.",
        ),
        "start-up": (
            "The place does not lie in the first second.",
            "The place lies in the first second, where receivers and recorders often lose packets.",
        ),
        "millisecond-rounding": ("Running numbers are whole; nothing is rounded.",),
        "clock-corrected": ("A clock that is set right leaves the running numbers of the packets as they are.",),
        "recorder-reconnect": (
            "",
            "A receiver or recorder that lost its source and connected again within one file would leave the same; ask for its log.",
        ),
    }.items()
}
"""The same explanations, held against the packets of a transport stream."""
