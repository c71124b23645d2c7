"""What was done to the camera files: cut and joined without or with encoding again, trimmed, frozen, sent on.

Each function is what an ordinary user or programme does, with ordinary settings and ordinary traces left behind.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ffmpeg

from camera import ONE_THREAD, run

EXPORT: dict[str, Any] = {"c:v": "libx264", "pix_fmt": "yuv420p", "c:a": "aac", "b:a": "64k", **ONE_THREAD}
"""An editor's export: x264 with its defaults (CRF 23, B frames, key frames where it likes), ffmpeg's own tags."""


def _pictures(source: Any, first: int, end: int) -> Any:
    """Pictures first..end-1 of an input, starting at time 0."""
    return source.video.filter("trim", start_frame=first, end_frame=end).filter("setpts", "PTS-STARTPTS")


def _heard(source: Any, start_s: float, end_s: float) -> Any:
    """The sound of an input from start_s to end_s, starting at time 0."""
    return source.audio.filter("atrim", start=start_s, end=end_s).filter("asetpts", "PTS-STARTPTS")


def _export(parts: list[tuple[Any, Any]], target: Path, **options: Any) -> None:
    joined = ffmpeg.concat(*(stream for part in parts for stream in part), v=1, a=1).node
    run(ffmpeg.output(joined[0], joined[1], str(target), **{**EXPORT, **options}))


def cut_and_encode(source: Path, target: Path, rate: int, kept: list[tuple[int, int]]) -> None:
    """Keep the given picture ranges (first, end) with their sound and encode the result."""
    parts = []
    for first, end in kept:
        clip = ffmpeg.input(str(source), **ONE_THREAD)
        parts.append((_pictures(clip, first, end), _heard(clip, first / rate, end / rate)))
    _export(parts, target)


def cut_by_copy(source: Path, target: Path, kept_s: list[tuple[int, int]]) -> None:
    """Keep the given whole seconds (each begins with a key frame) by stream copy, joined by the concat demuxer."""
    with TemporaryDirectory() as folder:
        lines = []
        for index, (start, end) in enumerate(kept_s):
            part = Path(folder) / f"part{index}.mp4"
            # A little before the end, so that rounding never lets the next key frame in.
            options: dict[str, Any] = {"c": "copy", "t": end - start - 0.01}
            begin = {"ss": start} if start else {}
            run(ffmpeg.input(str(source), **begin).output(str(part), **options))
            lines.append(f"file '{part.name}'\n")
        listing = Path(folder) / "parts.txt"
        listing.write_text("".join(lines), encoding="utf-8")
        run(ffmpeg.input(str(listing), format="concat", safe=0).output(str(target), c="copy"))


def join_and_encode(first: Path, second: Path, target: Path, first_end: int, second_range: tuple[int, int]) -> None:
    """The start of one recording and a piece of another at 30 pictures/s, both brought to 640x360 at 25, encoded."""
    yard, street = ffmpeg.input(str(first), **ONE_THREAD), ffmpeg.input(str(second), **ONE_THREAD)
    begin, end = second_range
    fitted = _pictures(street, begin, end).filter("fps", 25).filter("scale", 640, 360).filter("setsar", 1)
    opening = _pictures(yard, 0, first_end).filter("scale", 640, 360).filter("setsar", 1)
    parts = [(opening, _heard(yard, 0, first_end / 25)), (fitted, _heard(street, begin / 30, end / 30))]
    _export(parts, target, r=25)


def join_by_copy(first: Path, second: Path, target: Path, first_s: int) -> None:
    """The first whole seconds of one file and all of another, through MPEG-TS, joined without encoding."""
    with TemporaryDirectory() as folder:
        parts = [Path(folder) / "a.ts", Path(folder) / "b.ts"]
        run(ffmpeg.input(str(first)).output(str(parts[0]), c="copy", t=first_s - 0.01))
        run(ffmpeg.input(str(second)).output(str(parts[1]), c="copy"))
        listing = Path(folder) / "parts.txt"
        listing.write_text("file 'a.ts'\nfile 'b.ts'\n", encoding="utf-8")
        run(ffmpeg.input(str(listing), format="concat", safe=0).output(str(target), c="copy"))


def freeze(source: Path, target: Path, *, rate: int, at: int, held: int, end: int) -> None:
    """Hold picture `at` - 1 for `held` more pictures, in silence, then go on to `end`; encoded."""
    before, after = ffmpeg.input(str(source), **ONE_THREAD), ffmpeg.input(str(source), **ONE_THREAD)
    still = _pictures(before, 0, at).filter("tpad", stop_mode="clone", stop=held)
    quiet = _heard(before, 0, at / rate).filter("apad", pad_dur=held / rate)
    _export([(still, quiet), (_pictures(after, at, end), _heard(after, at / rate, end / rate))], target)


def send_on(source: Path, target: Path) -> None:
    """What a messenger does: half the size, stronger compression, its own key frames; nothing left out."""
    clip = ffmpeg.input(str(source), **ONE_THREAD)
    options = {**EXPORT, "crf": 28, "b:a": "48k", "movflags": "+faststart"}
    run(ffmpeg.output(clip.video.filter("scale", 320, 180), clip.audio, str(target), **options))


def encode_otherwise(source: Path, target: Path) -> None:
    """Another maker's encoder for the same kind of scene: other profile, B frames, other parameter sets."""
    clip = ffmpeg.input(str(source), **ONE_THREAD)
    run(clip.output(str(target), **{**EXPORT, "c:a": "copy", "crf": 25, "g": 50, "profile:v": "high", "refs": 4}))
