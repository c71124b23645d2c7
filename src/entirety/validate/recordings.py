"""A base as a device recorded it: what the recording holds, the command that makes it, and the encodings that follow when it is sent on."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ffmpeg

from entirety.validate.conditions import ONE_THREAD, Condition
from entirety.validate.model import Base, Plan, Step


@dataclass(frozen=True, slots=True)
class Recording:
    """A base as a condition's device recorded it."""

    condition: Condition
    rate: Fraction
    frames: int
    """Pictures in it."""
    group: int
    """Pictures from one key frame to the next."""
    sound: bool
    size: tuple[int, int]
    """Width and height."""


def sounds(condition: Condition) -> dict[str, Any]:
    """How sound is encoded in the container of a condition."""
    # ffmpeg's own MP2 encoder leaves no name in the sound, as LAME does.
    kinds = {"avi": "mp2", "webm": "libopus", "ts": "mp2"}
    return {"c:a": kinds.get(condition.ending, "aac"), "b:a": "64k", "ar": 48000, "ac": 1}


def recorded(condition: Condition, base: Base) -> Recording:
    """What the recording of a base holds."""
    rate = base.rate if condition.rate is None or condition.rate > base.rate else condition.rate
    frames = int(base.count * rate / base.rate)
    if condition.uneven:
        frames = len(pictures_kept(condition, base))
    group = max(1, round(rate * condition.group_s))
    if condition.codec == "mpeg2":
        # A closed group ends with a reference picture, and ffmpeg puts two others between any two of them.
        group = (group - 1) // 3 * 3 + 1
    return Recording(condition, rate, frames, group, base.sound, base.size)


def pictures_kept(condition: Condition, base: Base) -> tuple[int, ...]:
    """For each picture of a recording, which one of the base's master it shows."""
    if condition.uneven:
        return tuple(number for number in range(base.count) if not _left_out(number, base.count))
    rate = base.rate if condition.rate is None or condition.rate > base.rate else condition.rate
    # Of the pictures that fall on one step of the slower clock, a rate filter keeps the last; before the first it repeats none.
    steps = [int(number * rate / base.rate + Fraction(1, 2)) for number in range(base.count)]
    kept, at = [], 0
    for step in range(int(base.count * rate / base.rate)):
        while at + 1 < base.count and steps[at + 1] <= step:
            at += 1
        kept.append(at)
    return tuple(kept)


def record(condition: Condition, base: Base, *, name: str = "base", target: str = "recording") -> tuple[Step, ...]:
    """The steps that make a device's recording of a base's master."""
    made = recorded(condition, base)
    source = ffmpeg.input(f"{name}.mkv", **ONE_THREAD)
    # Matroska counts in milliseconds; a device's clock is exact, so the times are counted anew from the rate.
    video = source.video.filter("settb", "1/90000").filter("setpts", f"N/({base.rate}*TB)")
    if made.rate != base.rate:
        video = video.filter("fps", str(made.rate))
    if condition.uneven:
        video = _uneven(video, base)
    options = {
        **condition.recording,
        "pix_fmt": "yuvj420p" if condition.codec == "mjpeg" else "yuv420p",
        "g": made.group,
        "keyint_min": made.group,
        "fps_mode": "passthrough",
        "frames:v": made.frames,
        **ONE_THREAD,
    }
    if condition.codec == "hevc":
        options["x265-params"] = f"{options['x265-params']}:keyint={made.group}:min-keyint={made.group}"
    if condition.uneven:
        options["enc_time_base:v"] = "1:90000"
    streams = [video, source.audio] if base.sound else [video]
    heard = sounds(condition) if base.sound else {}
    file = f"{target}.{condition.ending}"
    encoded = command(ffmpeg.output(*streams, file, **options, **heard))
    # ffmpeg writes minor version 512 into every QuickTime file, cameras write 0.
    return (encoded, Step("patch", ("minor", file, "0"))) if condition.ending == "mov" else (encoded,)


def left_as_recorded(plan: Plan, base: Base) -> Plan:
    """The plan with a device's own sound track header in place of ffmpeg's, where no software is to have written the file."""
    if plan.truth.software or not base.sound or not plan.result.endswith((".mp4", ".mov")):
        return plan
    return Plan((*plan.steps, Step("patch", ("sound-header", plan.result))), plan.result, plan.truth)


def afterwards(condition: Condition, made: str, *, sound: bool) -> tuple[tuple[Step, ...], str]:
    """The encodings that follow, and the name of the last file."""
    steps, name = [], made
    for number, options in enumerate(condition.afterwards):
        target = f"sent{number}.{condition.ending}"
        heard = sounds(condition) if sound else {"an": None}
        given = {"pix_fmt": "yuv420p", "fps_mode": "passthrough", **options, **heard, **ONE_THREAD}
        steps.append(command(ffmpeg.input(name, **ONE_THREAD).output(target, **given)))
        name = target
    return tuple(steps), name


def command(output: Any) -> Step:
    """An ffmpeg-python output as a step."""
    given = output.global_args("-v", "error", "-nostdin", "-y", "-filter_complex_threads", "1").get_args()
    return Step("ffmpeg", tuple(str(part) for part in given))


def _left_out(number: int, frames: int) -> bool:
    """Pictures that a phone leaves out in the dark: every third between the third and the half of the clip."""
    return frames // 3 <= number <= frames // 2 and number % 3 == 2


def _uneven(video: Any, base: Base) -> Any:
    first, last = base.count // 3, base.count // 2
    kept = video.filter("select", f"not(between(n,{first},{last})*eq(mod(n,3),2))")
    # Steps of 1 ms, in a pattern of five pictures; the clock of cameras counts in 1/90000 s.
    return kept.filter("setpts", "PTS+90*mod(N*7,5)-90*mod(N*3,4)+270")
