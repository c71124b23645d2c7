"""Edits without new encoding: packets are left out, repeated or put together as they are, by the programs that people use for it.

Such cuts lie at key frames. Nothing of the picture changes, which is why nothing but the stream can show them.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import ffmpeg

from entirety.validate.conditions import ONE_THREAD
from entirety.validate.model import Step
from entirety.validate.recordings import Recording, command

COPY: dict[str, Any] = {"map": 0, "c": "copy", **ONE_THREAD}

MKVMERGE = ("--quiet", "--deterministic", "entirety")


RAW: Mapping[str, str] = {"h264": "h264", "hevc": "hevc", "mpeg4": "m4v", "mpeg2": "mpeg2video"}
"""Codecs whose stream can stand without a container, and ffmpeg's name for that form."""


def parted(
    made: Recording, at: Sequence[int], *, source: str = "recording", part: str = "part", within: bool = False
) -> Step:
    """A recording in parts that begin at the key frames `at`: part0, part1, ... in its own container.

    With `within`, a part begins after so many stored pictures whatever they are; what cannot be decoded without the part before is for the
    caller to leave out.
    """
    frames = ",".join(str(frame) for frame in at)
    options = {**COPY, "f": "segment", "segment_frames": frames, "reset_timestamps": 1}
    if within:
        options["break_non_keyframes"] = 1
    return command(
        ffmpeg.input(f"{source}.{made.condition.ending}").output(f"{part}%d.{made.condition.ending}", **options)
    )


def concatenated(made: Recording, parts: Sequence[str], target: str) -> tuple[Step, ...]:
    """Parts one after another through ffmpeg's list of files."""
    lines = "".join(f"file '{part}.{made.condition.ending}'\n" for part in parts)
    joined = ffmpeg.input("parts.txt", format="concat", safe=0).output(target, **COPY)
    return Step("write", ("parts.txt", lines)), command(joined)


def chained(made: Recording, parts: Sequence[str], target: str) -> tuple[Step, ...]:
    """Parts as transport streams, byte after byte, and that written into the recording's container."""
    turned = _in_transport(made, parts)
    chain = "concat:" + "|".join(f"{part}-{n}.ts" for n, part in enumerate(parts))
    return *turned, command(ffmpeg.input(chain).output(target, **COPY))


def byte_after_byte(made: Recording, parts: Sequence[str], target: str) -> tuple[Step, ...]:
    """Parts as transport streams, the bytes of one behind those of the other: the result is a transport stream whose clock starts anew."""
    turned = _in_transport(made, parts)
    return *turned, Step("patch", ("cat", target, *(f"{part}-{n}.ts" for n, part in enumerate(parts))))


def _in_transport(made: Recording, parts: Sequence[str]) -> list[Step]:
    return [
        command(ffmpeg.input(f"{part}.{made.condition.ending}").output(f"{part}-{n}.ts", **COPY))
        for n, part in enumerate(parts)
    ]


def timed_anew(made: Recording, parts: Sequence[str], target: str) -> tuple[Step, ...]:
    """The pictures alone, taken out of their container, put together and given times that follow from the rate and their order."""
    form = RAW[made.condition.codec]
    pictures = {"map": "0:v", "c": "copy", **ONE_THREAD}
    names = [f"{part}-{n}.raw" for n, part in enumerate(parts)]
    # Said in so many words: ffmpeg guesses from the first bytes, and a picture of 256 to 511 bytes deceives it.
    framed = {"bsf:v": f"{form}_mp4toannexb"} if form in ("h264", "hevc") else {}
    bare = [
        command(ffmpeg.input(f"{part}.{made.condition.ending}").output(name, **pictures, **framed, f=form))
        for part, name in zip(parts, names, strict=True)
    ]
    steps = [*bare, Step("patch", ("cat", "all.raw", *names))]
    if target.endswith((".mp4", ".mov")):
        pictures["video_track_timescale"] = 90000
    if made.condition.step == 1:
        counted = {"bsf:v": f"setts=ts=N/(({made.rate})*TB)"}
        return *steps, command(ffmpeg.input("all.raw", f=form, r=str(made.rate)).output(target, **pictures, **counted))
    # ffmpeg gives the pictures of such a stream no times in the order of showing; mkvmerge does, here to 1/100000 s.
    rate = f"0:{made.rate.numerator}/{made.rate.denominator}p"
    exact = ("--timestamp-scale", "10000", "--default-duration", rate)
    shown = Step("mkvmerge", (*MKVMERGE, "-o", "all.mkv", *exact, "all.raw"))
    return *steps, shown, command(ffmpeg.input("all.mkv").output(target, **pictures))


def appended(made: Recording, parts: Sequence[str], target: str) -> Step:
    """Parts appended by mkvmerge, which takes its identifiers from the given word and not from chance."""
    files: list[str] = []
    for part in parts:
        files += ["+"] * bool(files) + [f"{part}.{made.condition.ending}"]
    return Step("mkvmerge", (*MKVMERGE, "-o", target, *files))


def started_late(made: Recording, first: int, target: str) -> Step:
    """From picture `first` on, as `ffmpeg -ss` does it: the stored packets begin at the key frame before."""
    start = f"{float(first / made.rate + _nudge(made, first)):.6f}"
    return command(ffmpeg.input(f"recording.{made.condition.ending}", ss=start).output(target, **COPY))


def _nudge(made: Recording, first: int) -> Fraction:
    """Seconds by which the search is to miss the picture's own time, so that rounding does not decide where it ends."""
    if made.condition.codec == "mjpeg":
        # Every picture is a key frame, and its own time is the one that finds it.
        return Fraction(0)
    if made.condition.ending not in ("mp4", "mov"):
        return Fraction(1, 2) / made.rate
    # In an edit list a microsecond is nothing, while a picture whose time has passed by a millisecond is not shown.
    return Fraction(1, 1_000_000) if first % made.group == 0 else Fraction(-1, 1000)


def ended_early(made: Recording, frames: int, target: str) -> Step:
    """The first `frames` pictures, up to a key frame."""
    # The sound goes on to the end of the picture's last group.
    length = f"{float((frames + Fraction(1, 2)) / made.rate):.6f}"
    return command(
        ffmpeg.input(f"recording.{made.condition.ending}").output(target, **COPY, **{"frames:v": frames, "t": length})
    )
