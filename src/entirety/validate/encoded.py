"""Edits that encode again: what an editing program does to a recording and saves under its own name.

Each is a list of pieces in the order of showing. From the same pieces follow the picture and sound filters and, without a look at the
finished clip, the truth: how many pictures it has and at which of them something was done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import ffmpeg

from entirety.validate.conditions import ONE_THREAD, Options
from entirety.validate.model import Place, Step
from entirety.validate.recordings import Recording, command, sounds
from entirety.validate.scene import Scene

FITTED = (480, 270)
"""Size to which two recordings are brought when they are joined."""

EXPORT: Mapping[str, Options] = {
    "h264": {"c:v": "libx264", "crf": 23, "preset": "veryfast"},
    "hevc": {
        "c:v": "libx265",
        "crf": 26,
        "preset": "ultrafast",
        "x265-params": "pools=none:frame-threads=1:log-level=error",
    },
    "mpeg4": {"c:v": "mpeg4", "q:v": 5},
    "mpeg2": {"c:v": "mpeg2video", "q:v": 5},
    "vp9": {"c:v": "libvpx-vp9", "deadline": "realtime", "cpu-used": 8, "b:v": "700k"},
    "mjpeg": {"c:v": "mjpeg", "q:v": 5},
}
"""What an editor does by default when it saves in a codec: its encoder's own settings, key frames where it likes, its own name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Pictures first..end-1 of a recording, as they are shown in the edited clip."""

    source: str
    """`recording` or `second`."""
    first: int
    end: int
    held: int = 0
    """Times that the last picture is shown again."""
    backwards: bool = False
    speed: Fraction = Fraction(1)
    fade_in: int = 0
    fade_out: int = 0
    """Pictures over which it comes from or goes to black."""

    @property
    def shown(self) -> int:
        """Pictures in the edited clip."""
        return int((self.end - self.first) / self.speed) + self.held

    @property
    def start(self) -> int:
        """Picture of its recording that it shows first."""
        return self.end - 1 if self.backwards else self.first

    @property
    def last(self) -> int:
        """Picture of its recording that it shows last."""
        return self.first if self.backwards else self.end - 1


def seams(pieces: Sequence[Piece], scene: Scene) -> tuple[Place, ...]:
    """The place where each piece but the first begins."""
    places, at = [], 0
    for before, after in pairwise(pieces):
        at += before.shown
        one_take = before.source == after.source
        places.append(scene.seam(at, before.last, after.start) if one_take else Place(at, visible=True))
    return tuple(places)


def assembled(pieces: Sequence[Piece], made: Recording, target: str, *, sound: bool) -> Step:
    """One after another."""
    fitted = len({piece.source for piece in pieces}) > 1
    streams = []
    for piece in pieces:
        # An input for each piece: one input that feeds several would have to be held in memory as a whole.
        clip = ffmpeg.input(f"{piece.source}.{made.condition.ending}", **ONE_THREAD)
        streams.append(pictures(clip, piece, made, fitted=fitted))
        if sound:
            streams.append(heard(clip, piece, made))
    joined = ffmpeg.concat(*streams, v=1, a=int(sound)).node
    return saved([joined[0], joined[1]] if sound else [joined[0]], made, target, sound=sound)


def dissolved(
    before: Piece, after: Piece, over: int, made: Recording, target: str, *, sound: bool, kind: str = "fade"
) -> Step:
    """The first piece turns into the second over `over` pictures, which both have, by a transition of ffmpeg's."""
    fitted = before.source != after.source
    clips = [ffmpeg.input(f"{piece.source}.{made.condition.ending}", **ONE_THREAD) for piece in (before, after)]
    seconds = float(over / made.rate)
    shown = [pictures(c, p, made, fitted=fitted) for c, p in zip(clips, (before, after), strict=True)]
    offset = float((before.shown - over) / made.rate)
    streams = [ffmpeg.filter(shown, "xfade", transition=kind, duration=seconds, offset=offset)]
    if sound:
        sounding = [heard(c, p, made) for c, p in zip(clips, (before, after), strict=True)]
        streams.append(ffmpeg.filter(sounding, "acrossfade", d=seconds))
    return saved(streams, made, target, sound=sound)


def resounded(made: Recording, first_s: float, end_s: float, target: str) -> Step:
    """The pictures as they are stored; of the sound, a stretch is replaced by silence."""
    clip = ffmpeg.input(f"recording.{made.condition.ending}", **ONE_THREAD)
    quiet = clip.audio.filter("volume", 0, enable=f"between(t,{first_s:.3f},{end_s:.3f})")
    return command(ffmpeg.output(clip.video, quiet, target, **{"c:v": "copy", **sounds(made.condition), **ONE_THREAD}))


def pictures(clip: Any, piece: Piece, made: Recording, *, fitted: bool) -> Any:
    """The pictures of a piece, from time 0, at a steady rate unless the recording has none."""
    stream = clip.video.filter("trim", start_frame=piece.first, end_frame=piece.end).filter("setpts", "PTS-STARTPTS")
    if piece.backwards:
        stream = stream.filter("reverse")
    if piece.speed != 1:
        stream = stream.filter("setpts", f"PTS/{float(piece.speed)}").filter("fps", str(made.rate))
        # How the rate filter rounds at the end shall not decide how many pictures there are.
        stream = stream.filter("tpad", stop_mode="clone", stop=3).filter("trim", end_frame=piece.shown)
    if piece.held:
        stream = stream.filter("tpad", stop_mode="clone", stop=piece.held)
    if piece.fade_out:
        stream = stream.filter("fade", type="out", start_frame=piece.shown - piece.fade_out, nb_frames=piece.fade_out)
    if piece.fade_in:
        stream = stream.filter("fade", type="in", start_frame=0, nb_frames=piece.fade_in)
    if fitted:
        stream = stream.filter("scale", *FITTED).filter("setsar", 1)
    if fitted and made.condition.ending == "avi":
        # An AVI counts in whole pictures of its own rate, which the other recording's need not be.
        stream = stream.filter("settb", "1/90000")
    # Of a variable rate every picture keeps its time; else the clock is set anew, so that pieces meet without a gap.
    return (
        stream
        if made.condition.uneven
        else stream.filter("setpts", f"N/({made.rate}*TB)").filter("fps", str(made.rate))
    )


def heard(clip: Any, piece: Piece, made: Recording) -> Any:
    start, end = float(piece.first / made.rate), float(piece.end / made.rate)
    stream = clip.audio.filter("atrim", start=start, end=end).filter("asetpts", "PTS-STARTPTS")
    if piece.backwards:
        stream = stream.filter("areverse")
    if piece.speed != 1:
        stream = stream.filter("atempo", float(piece.speed))
    return stream.filter("apad", pad_dur=float(piece.held / made.rate)) if piece.held else stream


def saved(streams: list[Any], made: Recording, target: str, *, sound: bool) -> Step:
    """The editor's export: its encoder's defaults, its own name."""
    form = "yuvj420p" if made.condition.codec == "mjpeg" else "yuv420p"
    track = sounds(made.condition) if sound else {}
    options = {**EXPORT[made.condition.codec], "pix_fmt": form, "fps_mode": "passthrough", **track, **ONE_THREAD}
    return command(ffmpeg.output(*streams, target, **options))
