"""Innocent explanations for a difference between a clip and a recording, each held against the kind of difference and how it was found."""

from entirety.detect.innocent import Explanation, Explanations, weighed
from entirety.model.coverage import Layer
from entirety.model.finding import Innocent

ID = "against-recording"

SKIPS = frozenset({"left-out", "part"})
"""Findings that say that the recording has more."""
PACE, SOUND = "speed", "sound"

EXPLANATIONS: Explanations = {
    "recording-put-together": Explanation(
        "The recording was put together later, from the clip and other footage: the longer file need not be the older one.",
        not_tested=(
            "The comparison does not show which of the two files is older. Have the recording examined by itself (`entirety audit`), and "
            "ask for its original as it lies on the recorder."
        ),
    ),
    "recorder-gaps": Explanation(
        "A recorder that is triggered by motion or by a schedule, or its export, leaves parts out by itself.",
        excluded="A recorder that leaves parts out makes a file shorter; it does not make what is reported here.",
        not_excluded="What the clip lacks may have been left out by a recorder or its export. Ask for the recorder's settings and its export log.",
    ),
    "two-recorders": Explanation(
        "Two recorders took the picture of one camera, and one of them paused, started later or stopped earlier.",
        excluded="Two recorders of one camera differ in what they lack, not in the way reported here.",
        not_excluded=(
            "Two recorders of one camera can hold equal footage of different length. Ask which device wrote each of the two files."
        ),
    ),
    "chosen-parts": Explanation(
        "Parts were chosen openly: at the request of a court, for a broadcast, or to spare those who are seen.",
        not_tested="A choice that was announced looks like any other in the files. Ask for the request or the record of the export.",
    ),
    "lost-pictures": Explanation(
        "Pictures were lost when the clip was sent or stored, without anybody's doing.",
        excluded="A loss leaves pictures out; it does not make what is reported here.",
        not_excluded="Lost pictures are missing just as pictures left out are. The findings on damage and on times may say more.",
    ),
    "pace-converted": Explanation(
        "A program or a device brought the clip to another pace: another broadcast standard, time lapse, slow motion.",
        excluded="The pace is the recording's own here.",
        not_excluded="The clip runs at {speed} of the recording's pace; between two broadcast standards it is 0.96 or 1.04.",
    ),
    "other-track": Explanation(
        "The recording has several sound tracks, or the sound was left out or added openly, as for privacy or with a comment.",
        excluded="The finding concerns the picture, not the sound.",
        not_excluded="Only the first sound track of each file was compared. Ask which tracks the recorder writes.",
    ),
    "looks-alike": Explanation(
        "Footage of two different times, or from two cameras side by side, looks alike.",
        excluded="The pictures on which this rests are equal sample for sample, which two different takes are not.",
        not_excluded="The pictures were matched by likeness: a scene that repeats itself can look like this at another time.",
    ),
}


def weigh(code: str, layer: Layer, speed: str) -> tuple[Innocent, ...]:
    """Every declared cause for a finding of this kind, resting on pictures that were matched by this layer."""
    still_open = {"looks-alike"} if layer is Layer.PICTURES else set()
    if code in SKIPS:
        still_open |= {"recorder-gaps", "two-recorders", "lost-pictures"}
    if code == PACE:
        still_open.add("pace-converted")
    if code == SOUND:
        still_open |= {"other-track", "two-recorders"}
    return weighed(ID, EXPLANATIONS, still_open, ("recording-put-together", "chosen-parts"), speed=speed)
