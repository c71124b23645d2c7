"""Making one partial copy by ffmpeg, mkvmerge, melt or OpenCV, and reading back which picture of which piece each of its pictures shows.

For copies that are coded anew, ffmpeg does the same cuts and changes of rate a second time on tiny pictures that show nothing but their
number; so what shows where is read and not reckoned. Stream copies are recognised by hashes of the decoded pictures.
"""

import hashlib
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import cv2
import ffmpeg
import numpy as np
from numpy.typing import NDArray

from bench.partial_plan import Copy, Taken, number
from bench.partial_sources import Recording

Filter = tuple[str, tuple[Any, ...], dict[str, Any]]
NOWHERE = -1
TINY = 16
"""Samples across and down of a picture that shows only its number."""


@dataclass(frozen=True, slots=True)
class Programs:
    ffmpeg: str
    mkvmerge: str | None
    melt: str | None


def _filter(name: str, *arguments: Any, **options: Any) -> Filter:
    return name, arguments, options


def _logo() -> list[Filter]:
    white, red = "white@0.85", "0xc02020"
    return [
        _filter("drawbox", x="iw*0.80", y="ih*0.05", w="iw*0.15", h="ih*0.12", color=white, t="fill"),
        _filter("drawbox", x="iw*0.82", y="ih*0.07", w="iw*0.05", h="ih*0.08", color=red, t="fill"),
    ]


def _caption(name: str) -> list[Filter]:
    """A dark band with two lines of writing that take turns, each letter a box."""
    band = [_filter("drawbox", x="iw*0.05", y="ih*0.82", w="iw*0.9", h="ih*0.12", color="black@0.7", t="fill")]
    for line in range(2):
        shown = f"{'lt' if line else 'gte'}(mod(t,3),1.5)"
        for letter in range(8):
            wide = number(f"{name}/{line}/{letter}", 2, 7) / 100
            place = {"x": f"iw*{0.08 + letter * 0.105:.3f}", "y": "ih*0.85", "w": f"iw*{wide}", "h": "ih*0.05"}
            band.append(_filter("drawbox", color="white", t="fill", enable=shown, **place))
    return band


def _looks(label: str, name: str) -> list[Filter]:
    """What a condition does to the picture, in order."""
    even = "trunc({}/2)*2".format
    known = {
        "half": [_filter("scale", even("iw*0.5"), even("ih*0.5"))],
        "messenger": [_filter("scale", even("iw*0.5"), even("ih*0.5"))],
        "640x360": [_filter("scale", 640, 360)],
        "squeezed": [_filter("scale", 480, 480)],
        "crop2.5": [_filter("crop", even("iw*0.95"), even("ih*0.95"))],
        "crop5": [_filter("crop", even("iw*0.9"), even("ih*0.9"))],
        "letterbox": [_filter("pad", "iw", even("ih*4/3"), 0, "(oh-ih)/2")],
        "pillarbox": [_filter("pad", even("iw*4/3"), "ih", "(ow-iw)/2", 0)],
        "logo": _logo(),
        "caption": _caption(name),
        "grey": [_filter("hue", s=0)],
        "brighter": [_filter("eq", brightness=0.12)],
        "contrast": [_filter("eq", contrast=1.3, brightness=-0.05)],
        "gamma": [_filter("eq", gamma=1.4)],
        "mirrored": [_filter("hflip")],
    }
    return known.get(label, [])


NEW_RATES = {"25to30": 30, "30to25": 25, "30to15": 15, "60to30": 30}


def _coding(copy: Copy) -> tuple[str, dict[str, Any]]:
    """Ending of the file, and what the encoder is told."""
    labels = set(copy.conditions)
    crf = 32 if "messenger" in labels else 30 if "crf30" in labels else 18 if "crf18" in labels else 23
    h264 = {"c:v": "libx264", "preset": "veryfast", "crf": crf, "pix_fmt": "yuv420p"}
    special: dict[str, tuple[str, dict[str, Any]]] = {
        "mpeg4": (".mp4", {"c:v": "mpeg4", "q:v": 6, "pix_fmt": "yuv420p"}),
        "hevc": (
            ".mp4",
            {
                "c:v": "libx265",
                "preset": "ultrafast",
                "crf": 27,
                "x265-params": "log-level=error:pools=none:frame-threads=1",
            },
        ),
        "vp9": (".webm", {"c:v": "libvpx-vp9", "deadline": "realtime", "cpu-used": 8, "crf": 34, "b:v": 0}),
        "mjpeg": (".mov", {"c:v": "mjpeg", "q:v": 6, "pix_fmt": "yuvj420p"}),
    }
    return next((special[label] for label in copy.conditions if label in special), (".mp4", h264))


def ending(copy: Copy) -> str:
    if copy.editor == "mkvmerge":
        return ".mkv"
    if copy.editor == "ffmpeg copy":
        return (".mp4", ".mkv", ".mov")[number(f"{copy.name}/ending", 0, 2)]
    return ".avi" if copy.editor == "opencv" else _coding(copy)[0]


def graph(copy: Copy, recordings: dict[str, Recording], *, counted: bool) -> tuple[Any, Any]:
    """Picture and sound of a copy that is coded anew; `counted` paints numbers in place of the pictures."""
    base = recordings[copy.base]
    ids = sorted({taken.source for taken in copy.taken})
    inputs = {source: ffmpeg.input(str(recordings[source].path), noautorotate=None, threads=1) for source in ids}
    uses = {source: [n for n, taken in enumerate(copy.taken) if taken.source == source] for source in ids}
    seen: dict[int, Any] = {}
    for source, places in uses.items():
        picture = inputs[source].video
        if counted:
            bit = "255*mod(floor(N/pow(2,X)),2)"
            picture = (
                picture.filter("scale", TINY, TINY).filter("setsar", 1).filter("format", "gray").filter("geq", lum=bit)
            )
        parts = picture.filter_multi_output("split", len(places)) if len(places) > 1 else [picture]
        seen |= {place: parts[n] for n, place in enumerate(places)}
    steady = any(taken.speed != 1 for taken in copy.taken) or len(ids) > 1
    pieces = []
    for place, taken in enumerate(copy.taken):
        piece = seen[place].filter("trim", start_frame=taken.first, end_frame=taken.end)
        piece = piece.filter("setpts", f"(PTS-STARTPTS)/{float(taken.speed)}")
        if steady:
            piece = piece.filter("fps", str(base.rate))
        if counted:
            piece = piece.filter("geq", lum=f"if(lt(Y,8),lum(X,Y),255*mod(floor({place}/pow(2,X)),2))")
        else:
            piece = piece.filter("scale", *base.size).filter("setsar", 1).filter("format", "yuv420p")
        pieces.append(piece.filter("reverse") if taken.backwards else piece)
    picture = ffmpeg.concat(*pieces, v=1, a=0) if len(pieces) > 1 else pieces[0]
    if not counted:
        for label in copy.conditions:
            for name, arguments, options in _looks(label, copy.name):
                picture = picture.filter(name, *arguments, **options)
        picture = picture.filter("setsar", 1)
    rate = next((NEW_RATES[label] for label in copy.conditions if label in NEW_RATES), None)
    return (picture.filter("fps", rate) if rate else picture), _sound(copy, recordings, inputs)


def _sound(copy: Copy, recordings: dict[str, Recording], inputs: dict[str, Any]) -> Any:
    """The sound that belongs to the pieces, another one, or none."""
    if copy.sound == "removed" or not all(recordings[source].sound for source in inputs):
        return None
    length = sum(_length(taken, recordings) / float(taken.speed) for taken in copy.taken)
    if copy.sound == "other":
        return ffmpeg.input("sine=frequency=330:sample_rate=44100", f="lavfi", t=length)
    pieces = []
    for place, taken in enumerate(copy.taken):
        times = recordings[taken.source].times
        # A piece that is taken twice must not be the same to ffmpeg-python, which would want it split.
        start = float(times[taken.first]) + place * 1e-6
        piece = inputs[taken.source].audio.filter("atrim", start=start, end=float(times[taken.end]))
        piece = piece.filter("asetpts", "PTS-STARTPTS").filter("aformat", sample_rates=44100, channel_layouts="mono")
        if taken.backwards:
            piece = piece.filter("areverse")
        pieces.append(piece.filter("atempo", float(taken.speed)) if taken.speed != 1 else piece)
    return ffmpeg.concat(*pieces, v=0, a=1) if len(pieces) > 1 else pieces[0]


def _length(taken: Taken, recordings: dict[str, Recording]) -> float:
    times = recordings[taken.source].times
    return float(times[taken.end] - times[taken.first])


def _run(command: Sequence[str], passes: tuple[int, ...] = (0,)) -> bytes:
    done = subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode not in passes:
        raise RuntimeError(
            f"{' '.join(command)[:3000]}\n{(done.stderr or done.stdout).decode('utf-8', 'replace')[-1500:]}"
        )
    return done.stdout


def _numbers(raw: bytes) -> NDArray[np.int64]:
    """For every picture of the copy: the place of its piece, and the picture of the recording."""
    bits = (np.frombuffer(raw, np.uint8).reshape(-1, TINY, TINY) > 127).astype(np.int64)
    weights = 1 << np.arange(TINY)
    return np.stack([bits[:, 12] @ weights, bits[:, 2] @ weights], axis=1)


def make(copy: Copy, recordings: dict[str, Recording], target: Path, programs: Programs) -> NDArray[np.int64]:
    """Write the copy. For every picture it shows: place of the piece in `copy.taken`, and picture of that piece's recording."""
    doing = {"ffmpeg copy": _by_packets, "mkvmerge": _by_mkvmerge, "melt": _by_melt, "opencv": _by_opencv}
    if copy.editor in doing:
        return doing[copy.editor](copy, recordings, target, programs)
    picture, sound = graph(copy, recordings, counted=False)
    streams = [picture] if sound is None else [picture, sound]
    made = ffmpeg.output(*streams, str(target), fps_mode="passthrough", threads=1, **_coding(copy)[1])
    numbers, _ = graph(copy, recordings, counted=True)
    told = ffmpeg.output(numbers, "pipe:", format="rawvideo", pix_fmt="gray", fps_mode="passthrough")
    both = ffmpeg.merge_outputs(made, told).global_args("-v", "error")
    return _numbers(_run(both.compile(cmd=programs.ffmpeg, overwrite_output=True)))


def _by_packets(copy: Copy, recordings: dict[str, Recording], target: Path, programs: Programs) -> NDArray[np.int64]:
    """Pieces from key frame to key frame, copied and joined without coding anew."""
    parts = []
    for place, taken in enumerate(copy.taken):
        recording = recordings[taken.source]
        part = target.with_name(f"part{place}-{target.stem}{recording.path.suffix}")
        # ffmpeg looks for a key frame an eighth of a second before the time that is asked for, where pictures are coded in another order.
        start = float(recording.times[taken.first]) + (0.15 if taken.first else 0)
        clip = ffmpeg.input(str(recording.path), ss=start)
        made = ffmpeg.output(
            clip.video, str(part), c="copy", avoid_negative_ts="make_zero", **{"frames:v": taken.end - taken.first}
        )
        _run(made.global_args("-v", "error").compile(cmd=programs.ffmpeg, overwrite_output=True))
        parts.append(part)
    listed = target.with_suffix(".txt")
    listed.write_text("".join(f"file '{part.name}'\n" for part in parts))
    made = ffmpeg.output(ffmpeg.input(str(listed), f="concat", safe=0), str(target), c="copy")
    _run(made.global_args("-v", "error").compile(cmd=programs.ffmpeg, overwrite_output=True))
    for path in (*parts, listed):
        path.unlink()
    return _recognised(copy, recordings, target)


def _by_mkvmerge(copy: Copy, recordings: dict[str, Recording], target: Path, programs: Programs) -> NDArray[np.int64]:
    parts = []
    for place, taken in enumerate(copy.taken):
        times = recordings[taken.source].times
        part = target.with_name(f"part{place}-{target.stem}.mkv")
        end = f"{times[taken.end]:.6f}s" if taken.end < len(times) - 1 else ""
        first = f"{max(float(times[taken.first]) - 0.001, 0):.6f}s"
        command = [str(programs.mkvmerge), "-q", "-o", str(part), "--split", f"parts:{first}-{end}"]
        _run([*command, str(recordings[taken.source].path)], (0, 1))
        parts.append(part)
    joined = [word for place, part in enumerate(parts) for word in ([f"+{part}"] if place else [str(part)])]
    _run([str(programs.mkvmerge), "-q", "-o", str(target), *joined], (0, 1))
    for part in parts:
        part.unlink()
    return _recognised(copy, recordings, target)


def _by_melt(copy: Copy, recordings: dict[str, Recording], target: Path, programs: Programs) -> NDArray[np.int64]:
    """A timeline at the recording's own rate; melt counts pictures, ends included."""
    base = recordings[copy.base]
    width, height = base.size
    profile = target.with_suffix(".profile")
    rate = base.rate
    shape = f"width={width}\nheight={height}\nprogressive=1\nsample_aspect_num=1\nsample_aspect_den=1\n"
    shown = f"display_aspect_num={width}\ndisplay_aspect_den={height}\ncolorspace=709\n"
    profile.write_text(
        f"description=own\nframe_rate_num={rate.numerator}\nframe_rate_den={rate.denominator}\n{shape}{shown}"
    )
    pieces = [word for t in copy.taken for word in (str(base.path), f"in={t.first}", f"out={t.end - 1}")]
    coded = [
        "vcodec=libx264",
        "crf=23",
        "preset=veryfast",
        "acodec=aac",
        "real_time=-1",
        "threads=1",
        "terminate_on_pause=1",
    ]
    command = [str(programs.melt), "-profile", str(profile), *pieces, "-consumer", f"avformat:{target}", *coded]
    if not base.sound:
        command.append("an=1")
    _run(command)
    profile.unlink()
    return np.asarray([(place, n) for place, t in enumerate(copy.taken) for n in range(t.first, t.end)])


def _by_opencv(copy: Copy, recordings: dict[str, Recording], target: Path, programs: Programs) -> NDArray[np.int64]:
    """Decoded and written again by OpenCV, without sound, as many amateur tools do."""
    base = recordings[copy.base]
    wanted = {n for taken in copy.taken for n in range(taken.first, taken.end)}
    pictures = {n: frame.to_ndarray(format="bgr24") for n, frame in enumerate(_frames(base.path)) if n in wanted}
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"XVID"), float(base.rate), base.size)
    found = [(place, n) for place, taken in enumerate(copy.taken) for n in range(taken.first, taken.end)]
    for _, n in found:
        writer.write(pictures[n])
    writer.release()
    return np.asarray(found)


def _frames(path: Path) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.codec_context.thread_count = 1
        yield from container.decode(video)


@lru_cache(maxsize=8)
def _hashes(path: Path) -> list[bytes]:
    return [hashlib.sha256(frame.to_ndarray().tobytes()).digest() for frame in _frames(path)]


def _recognised(copy: Copy, recordings: dict[str, Recording], path: Path) -> NDArray[np.int64]:
    """Which piece each decoded picture of a stream copy belongs to: the picture must be that picture, sample for sample."""
    sources = {source: _hashes(recordings[source].path) for source in {taken.source for taken in copy.taken}}
    found: list[tuple[int, int]] = []
    place, at = 0, copy.taken[0].first
    for mark in _hashes(path):
        hashes = sources[copy.taken[place].source]
        # A picture or two may be lacking at the end of a piece, where pictures are coded in another order than shown.
        ahead = next((n for n in range(at, min(at + 5, len(hashes))) if hashes[n] == mark), None)
        if ahead is None and place + 1 < len(copy.taken):
            place += 1
            hashes, at = sources[copy.taken[place].source], copy.taken[place].first
            near = range(max(at - 60, 0), min(at + 60, len(hashes)))
            ahead = next((n for n in sorted(near, key=lambda n: abs(n - at)) if hashes[n] == mark), None)
        if ahead is None:
            raise RuntimeError(f"{path.name}: picture {len(found)} is none of the recording's")
        found.append((place, ahead))
        at = ahead + 1
    return np.asarray(found)
