"""Looks for signs that a file is one piece of a longer recording, and says what to ask for.

Cameras split long recordings, loop recorders write one short file after another, and exports are cut by the hour. A piece is a whole
file, so nothing in it is missing; what came before and after lies in its neighbours.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.innocent import Explanation, Explanations, declared, weighed
from entirety.detect.needs import FRAMES
from entirety.detect.sentences import say
from entirety.detect.sequence_signs import Sign, signs
from entirety.detect.spans import whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Weight

ID = "sequence-position"
EXPLANATIONS: Explanations = {
    "loop-recorder": Explanation(
        "Dashboard and surveillance cameras write files of a fixed length one after another, and write over the oldest.",
        excluded="The length is none that recorders split at, no fragment before this one is counted, and the name is not that of a recorder.",
        not_excluded="Such a recorder gives every file a place in a row: the neighbours exist until they are written over, so ask soon.",
    ),
    "size-split": Explanation(
        "A camera begins a new file when one reaches 4 GiB, and numbers the parts.",
        excluded="The size is not close to such a limit, and the name is not that of a chapter.",
        not_excluded="The size or the name is that of a file which a camera splits for its size; the next part goes on where this one ends.",
    ),
    "running-number": Explanation(
        "Cameras, phones and messengers number all their files; the neighbours may show something else altogether.",
        excluded="The name bears no such number.",
        not_excluded="A number in the name counts files, not parts of one recording: gaps and neighbours can have nothing to do with this one.",
    ),
    "time-of-day": Explanation(
        "A time code or clock can show the time of day, or run on since the device was switched on.",
        excluded="No time code and no clock is concerned.",
        not_excluded="Such a clock need not have begun with the recording.",
    ),
}
OPEN = {
    "loop-recorder": {
        "length",
        "fragment",
        "clock",
        "name-dashcam",
        "name-recorder-channel",
        "name-numbered-recorder-file",
        "name-dated",
    },
    "size-split": {"size", "name-gopro-chapter", "name-gopro-first-chapter", "name-gopro-later-chapter"},
    "running-number": {
        "name-avchd",
        "name-camera-number",
        "name-messenger",
        "name-numbered-recorder-file",
        "name-segment",
    },
    "time-of-day": {"timecode", "clock"},
}
"""By explanation: the signs that it would produce."""


def _run(clip: Clip) -> Iterator[Finding]:
    found = list(signs(clip))
    # Most phones name every video by its date: alone that is no place in a row.
    if any(sign.slug != "name-dated" for sign in found):
        yield _finding(clip, found)


def _finding(clip: Clip, found: list[Sign]) -> Finding:
    asked = [sign.ask for sign in found if sign.ask]
    text = "The file has signs of a place in a row of files: {signs}."
    meaning = (
        "In our assessment this says nothing against the file; it says what to ask for: the recordings directly before and after it, by the "
        "same device{asked}, and the list of files on the device or card."
    )
    slugs = {sign.slug for sign in found}
    return Finding(
        check=ID,
        code="neighbours",
        claim=say(f"{ID}.neighbours.claim", text, signs="; ".join(sign.says for sign in found)),
        inference=say(f"{ID}.neighbours.inference", meaning, asked=f" ({'; '.join(asked)})" if asked else ""),
        span=whole_clip(clip),
        weight=Weight.NEUTRAL,
        confidence=Confidence.MEDIUM if len(found) > 1 else Confidence.LOW,
        measured=(*(sign.measured for sign in found), Measured("signs", len(found), 1)),
        innocent=weighed(ID, EXPLANATIONS, [slug for slug, which in OPEN.items() if which & slugs]),
        reproduce=reproduce.stored_times(clip, clip.video)
        if slugs & {"clock", "length"}
        else reproduce.container_tags(),
    )


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.WHOLE,
    title="Signs that the file is one of a row",
    sees=(
        "The name of the file is compared with the ways in which cameras, phones, recorders and messengers number and date their files. The "
        "first time code, the clock at the first picture, the number of the first fragment, the length and the size are held against what "
        "loop recorders and cameras that split long recordings give them. What was before and after is to be asked for."
    ),
    needs=(FRAMES,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "A file that was renamed loses its name's number, and a file that was written anew loses clock, fragment numbers and size.",
        "Names of devices that are not in the list are not recognised; nothing found does not mean that there were no neighbours.",
        "Whether the neighbours show the same event cannot be told from this file.",
    ),
    references=(
        "JEITA CP-3461, Design rule for Camera File system (DCF): numbering of files.",
        "GoPro, Camera File Naming Convention and chaptering of long recordings.",
        "ISO/IEC 14496-12, 8.8.5 (movie fragment header: sequence number); the source of each form of name stands in detect/file_names.py.",
    ),
    run=_run,
)
