"""What is said of a difference between a clip and a recording: the observation, what it can mean, and how to see it with plain ffmpeg."""

import shlex

import ffmpeg

from entirety.detect.reproduce import CLIP
from entirety.model.clip import Clip
from entirety.model.coverage import Layer

RECORDING = "RECORDING"
"""Stands for the file that the clip was held against."""

LAYERS = {
    Layer.PACKETS: "equal coded pictures, byte for byte",
    Layer.FRAMES: "equal decoded pictures, sample for sample",
    Layer.PICTURES: "likeness of pictures and movement",
}

CLAIMS = {
    "left-out": (
        "Frame {before} of the clip shows recording {recording} up to {start}; the next picture of it in the clip, frame {after}, shows it "
        "from {end} on. In between the recording has {gap} s. Of that, {seconds} s were found nowhere in the clip."
    ),
    "order": (
        "Frame {before} of the clip shows recording {recording} up to {start}, and frame {after} goes on with it from {end}: in the recording "
        "the two stand in another order, or with footage between them that the clip shows elsewhere."
    ),
    "repeated": (
        "Frames {first} to {last} of the clip show footage of recording {recording} that the clip has shown before, from frame {earlier} on. "
        "Shown again: {pictures} pictures of the recording between {start} and {end}."
    ),
    "reversed": "Frames {first} to {last} of the clip show recording {recording} from {end} back to {start}: it runs backwards here.",
    "mirrored": "Frames {first} to {last} of the clip show recording {recording} from {start} to {end} as in a mirror.",
    "speed": (
        "Frames {first} to {last} of the clip show recording {recording} from {start} to {end} at {speed} of its pace: {seconds} s of the "
        "recording in {length} s of the clip."
    ),
    "sound-other": "Frames {first} to {last} of the clip show recording {recording} from {start} to {end}, with another sound than the recording's, as far as it could be compared.",
    "sound-removed": (
        "Frames {first} to {last} of the clip show recording {recording} from {start} to {end}. The recording has sound there, the clip none."
    ),
    "sound-added": (
        "Frames {first} to {last} of the clip show recording {recording} from {start} to {end}. The clip has sound there, the recording none."
    ),
    "other-recording": (
        "Up to frame {before} the clip shows recording {recording}, there at {start}; from frame {after} on it shows recording {other}, "
        "there at {end}."
    ),
    "next-recording": (
        "Up to frame {before} the clip shows the end of recording {recording}; from frame {after} on it shows the beginning of recording {other}."
    ),
    "foreign": (
        "Frames {first} to {last} of the clip, {seconds} s, were found in none of the recordings, while footage of a recording stands beside them."
    ),
    "foreign-still": (
        "Frames {first} to {last} of the clip, {seconds} s, were found in none of the recordings. Nothing moves there, and a standing or "
        "empty picture can be placed nowhere."
    ),
    "beyond": (
        "Frames {first} to {last} of the clip, {seconds} s, were found in none of the recordings. They lie outside what the recording "
        "beside them covers: it begins or ends there."
    ),
    "part": (
        "Recording {recording} has {earlier} s before the earliest and {later} s after the latest part of it that is in the clip; neither was "
        "found in the clip."
    ),
}

MEANS = {
    "left-out": (
        "In our assessment the two files hold the same footage on both sides of this place, and one of them alone holds what lies between: it "
        "was left out of the clip, or added to the recording. The comparison does not say which."
    ),
    "order": "In our assessment one of the two files was put together in another order than the other. The comparison does not say which.",
    "repeated": "In our assessment one of the two files was put together from parts, so that this footage stands twice in the clip.",
    "reversed": "In our assessment the footage was turned round in one of the two files.",
    "mirrored": "In our assessment the picture was mirrored in one of the two files, as some cameras and programs do by themselves.",
    "speed": "In our assessment the footage was sped up or slowed down in one of the two files.",
    "sound": "In our assessment the sound of one of the two files does not come from the same recording as its picture, or was not kept with it.",
    "other-recording": "In our assessment the clip holds parts of two recordings, joined here.",
    "next-recording": "In our assessment this is how a recorder's files, each of which begins where the one before ends, look when put into one.",
    "foreign": "In our assessment the clip holds something here that the recordings lack, or that was changed too much to be recognised.",
    "foreign-still": "In our assessment nothing can be said of what cannot be placed.",
    "beyond": "In our assessment the clip reaches beyond the recording. That is no sign of anything.",
    "part": (
        "In our assessment the clip is a part of what the recording shows. That the clip has a beginning and an end within the recording does "
        "not say why; what lies outside is listed in annex H."
    ),
}


def both_hashed(clip: Clip, layer: Layer) -> str:
    """Print hashes of both files: lines starting 0 are the clip's, lines starting 1 the recording's."""
    here, there = (
        ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)],
        ffmpeg.input(RECORDING, noautorotate=None)["v:0"],
    )
    how = {"c": "copy"} if layer is Layer.PACKETS else {"fps_mode": "passthrough"}
    return _line(ffmpeg.output(here, there, "-", format="framehash", hash="sha256", **how))


def both_seen(clip: Clip, frames: tuple[int, int], rows: tuple[int, int]) -> str:
    """Save these frames of the clip as lossless pictures, and those of the recording where there are any, to be laid side by side."""
    here, there = (
        ffmpeg.input(CLIP, noautorotate=None)[str(clip.video)],
        ffmpeg.input(RECORDING, noautorotate=None)["v:0"],
    )
    both = ((here, "clip", frames), (there, "recording", tuple(sorted(rows))))
    outputs = [
        stream.output(f"{name}-%d.png", vf=f"select='eq(n,{first})+eq(n,{last})'", fps_mode="passthrough")
        for stream, name, (first, last) in both
        if first >= 0
    ]
    return _line(ffmpeg.merge_outputs(*outputs))


def _line(stream: object) -> str:
    return shlex.join(ffmpeg.compile(stream, cmd="ffmpeg"))
