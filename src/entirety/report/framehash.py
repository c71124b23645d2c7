"""Writes the list of frame hashes in the form that ffmpeg prints it, so that anybody can check every picture without this program.

The list equals, line by line, what `ffmpeg -noautorotate -i CLIP -map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -` prints,
except the line that names ffmpeg's own version, which is left out. Where a clip changes its picture size on the way, ffmpeg scales all
pictures to the first size unless `-noautoscale` is given; where it is damaged, `-threads 1` makes ffmpeg repair pictures the same way
each time, and that is the way listed here. ffmpeg counts the times of this list in frames of the guessed
frame rate; they are rounded, and serve to name a line only.
"""

import math
from collections.abc import Iterator
from fractions import Fraction

from entirety.model.clip import Clip
from entirety.model.time import UNSET

MICROSECOND = Fraction(1, 1_000_000)


def framehash_lines(clip: Clip) -> Iterator[str]:
    """Lines without line ends: eight that begin with #, then one per frame."""
    frames, stream = clip.frames, clip.stream
    base = time_base(clip)
    aspect = stream.aspect
    yield "#format: frame checksums"
    yield "#version: 2"
    yield "#hash: SHA256"
    yield f"#tb 0: {base.numerator}/{base.denominator}"
    yield "#media_type 0: video"
    yield "#codec_id 0: rawvideo"
    if len(frames):
        yield f"#dimensions 0: {frames.width[0]}x{frames.height[0]}"
    yield f"#sar 0: {aspect.numerator}/{aspect.denominator}"
    yield "#stream#, dts,        pts, duration,     size, hash"
    start, number = _start_ticks(clip), UNSET
    for row, (ticks, duration) in enumerate(_times(clip)):
        # ffmpeg's muxer lets no number be smaller than the one before, where times run backwards.
        number = max(number, _frame_number(ticks - start, frames.time_base, base))
        # ffmpeg's muxer puts one frame in place of none.
        length = _nearest_even(duration * frames.time_base / base) or 1
        yield f"0, {number:10d}, {number:10d}, {length:8d}, {frames.size[row]:8d}, {frames.sha256[row].tobytes().hex()}"


def time_base(clip: Clip) -> Fraction:
    """The length of one frame at the guessed rate, in which ffmpeg counts here; the stream's own ticks where no rate is known."""
    return 1 / clip.stream.rate if clip.stream.rate else clip.frames.time_base


def _start_ticks(clip: Clip) -> int:
    """The container's start in ticks of the video, rounded as ffmpeg rounds."""
    return rescale(-(clip.start / MICROSECOND), MICROSECOND, clip.frames.time_base) * -1


def _times(clip: Clip) -> Iterator[tuple[int, int]]:
    """Time and duration of every frame in ticks, guessed as ffmpeg guesses where the file states none."""
    last_time = last_length = UNSET
    for pts, duration in zip(clip.frames.pts.tolist(), clip.frames.duration.tolist(), strict=True):
        time = pts
        if pts == UNSET:
            time = 0 if last_time == UNSET else last_time + last_length
        length = _length(time - last_time if last_time != UNSET else -1, duration, clip, last_length)
        yield time, length
        last_time, last_length = time, length


def _length(step: int, duration: int, clip: Clip, last: int) -> int:
    """Ticks a frame is shown. A stated duration of one tick is a guess of the library where the last step was more than twice as long."""
    if duration > 0 and not (duration == 1 and step > 2):
        return duration
    if step > 0:
        return step
    if duration > 0:
        return duration
    guessed = rescale(1, 1 / clip.stream.rate, clip.frames.time_base) if clip.stream.rate else 0
    return guessed if guessed > 0 else max(last, 1)


def _frame_number(ticks: int, base: Fraction, target: Fraction) -> int:
    """Ticks counted in frames, half to even after ffmpeg's step through finer ticks, which keeps exact halves away from the edge."""
    extra = max(0, min(16, 29 - (target.denominator.bit_length() - 1)))
    fine = rescale(ticks, base, target / (1 << extra)) / (1 << extra)
    if not fine.is_integer():
        fine += math.copysign(1.0 / (1 << 17), fine)
    return round(fine)


def rescale(ticks: int | Fraction, base: Fraction, target: Fraction) -> int:
    """Ticks of one length in ticks of another, to the nearest, halves away from zero (libavutil's `av_rescale_q`)."""
    exact = ticks * base / target
    return int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)


def _nearest_even(value: Fraction) -> int:
    """C's `llrint`: to the nearest whole number, halves to the even one."""
    return round(value)
