"""The recordings that partial copies are made from, as files: real ones as they are, stretches of a long one, and drawn takes.

Real recordings are those that validate/bases.toml calls continuous, in the same halves, and two that OpenCV hands out as examples (vtest.avi,
tree.avi; Debian package opencv-doc, its examples/data). Two stretches of one recording are two sources of one scene, in one half.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
import ffmpeg
import numpy as np
from numpy.typing import NDArray

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ACROSS, DOWN = 160, 90
"""Samples of the pictures that truth is checked on."""


@dataclass(frozen=True, slots=True)
class Source:
    """One recording. Two with the same `scene` name were filmed by one camera in one place."""

    id: str
    half: Literal["tuning", "reporting"]
    static: bool
    """Whether the camera stood still."""
    file: str
    """Name in the corpus, or the arguments of samples/take.py."""
    scene: str = ""
    first: int = 0
    count: int = 0
    """Pictures [first, first + count) of a longer file, coded anew; 0 for a file as it is."""
    rate: int = 0
    """Pictures per second, where the file does not state them in order."""


def _drawn(half: Literal["tuning", "reporting"], *takes: str) -> list[Source]:
    return [Source("-".join(take.split()[:2]), half, take.startswith("yard"), take) for take in takes]


PERSONS, VTEST = "processed/one-by-one-person-detection.mp4", "vtest.avi"
SOURCES = (
    Source("bottles-1", "tuning", True, "processed/bottle-detection.mp4", "bottles", 0, 590),
    Source("bottles-2", "tuning", True, "processed/bottle-detection.mp4", "bottles", 590, 599),
    Source("motorway", "tuning", True, "processed/traffic_camera.mp4"),
    Source("walk", "tuning", False, "device/hero7.mp4"),
    Source("people-1", "tuning", True, VTEST, "people", 0, 395),
    Source("people-2", "tuning", True, VTEST, "people", 395, 400),
    *_drawn("tuning", "yard 34 25 575 --sound 24", "street 44 30 700 --sound 24", "yard 71 25 800 --sound 33"),
    *_drawn("tuning", "street 75 30 690 --sound 24", "street 81 60 720 --sound 13", "yard 79 15 450 --sound 31"),
    Source("road", "reporting", True, "processed/video02.avi", count=748, rate=25),
    Source("persons-1", "reporting", True, PERSONS, "persons", 0, 460),
    Source("persons-2", "reporting", True, PERSONS, "persons", 460, 460),
    Source("persons-3", "reporting", True, PERSONS, "persons", 920, 460),
    Source("tree", "reporting", True, "tree.avi"),
    *_drawn("reporting", "yard 35 25 575 --sound 24", "street 45 30 700 --sound 24", "yard 72 25 800 --sound 33"),
    *_drawn("reporting", "street 76 30 690 --sound 24", "street 82 60 720 --sound 13", "yard 80 15 450 --sound 31"),
)
BY_ID = {source.id: source for source in SOURCES}


@dataclass(frozen=True)
class Recording:
    """A recording's file, and what decoding it showed."""

    source: Source
    path: Path
    times: NDArray[np.float64]
    """Seconds from the container's start at which each shown picture appears; one more for the end of the last."""
    keys: NDArray[np.bool_]
    size: tuple[int, int]
    sound: bool

    def __len__(self) -> int:
        return len(self.times) - 1

    @property
    def rate(self) -> Fraction:
        """Pictures per second over the whole."""
        rate = len(self) / float(self.times[-1] - self.times[0])
        # Matroska rounds times to milliseconds.
        near = (Fraction(rate).limit_denominator(most) for most in (1, 6, 1001))
        return next((one for one in near if abs(one / rate - 1) < 2e-4), Fraction(rate).limit_denominator(1001))


def is_drawn(source: Source) -> bool:
    return source.file.startswith(("yard", "street"))


def opened(source: Source, folders: Sequence[Path], cache: Path, program: str) -> Recording:
    """The recording as a file in `cache`, made now where it is not there yet. Raises FileNotFoundError where it lies in none of `folders`."""
    folder = cache / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _file_name(source)
    if not path.exists():
        part = path.with_name(f"part{os.getpid()}-{path.name}")
        if is_drawn(source):
            _code(source, _taken(source, cache), part, program)
        elif source.count:
            _code(source, _found(source, folders), part, program)
        else:
            shutil.copyfile(_found(source, folders), part)
        part.replace(path)
    known = cache / "read" / f"{path.name}.npz"
    if not known.exists():
        times, keys, size, sound = read(path)
        known.parent.mkdir(exist_ok=True)
        part = known.with_name(f"part{os.getpid()}-{known.name}")
        np.savez(part, times=times, keys=keys, size=np.asarray(size), sound=np.asarray(sound))
        part.replace(known)
    with np.load(known) as kept:
        times, keys, sound = kept["times"], kept["keys"], bool(kept["sound"])
        size = int(kept["size"][0]), int(kept["size"][1])
    return Recording(source, path, times, keys, size, sound)


def _found(source: Source, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (folder / source.file).is_file():
            return folder / source.file
    raise FileNotFoundError(f"{source.file} is in none of the folders that were named.")


def _file_name(source: Source) -> str:
    """Recordings come in several containers: real ones in their own, the others by turns."""
    if not is_drawn(source) and not source.count:
        return source.id + Path(source.file).suffix
    return source.id + (".mp4", ".mkv", ".mov")[SOURCES.index(source) % 3]


def _taken(source: Source, cache: Path) -> Path:
    master = cache / "masters" / f"{source.id}.mkv"
    if not master.exists():
        master.parent.mkdir(parents=True, exist_ok=True)
        part = master.with_name(f"part{os.getpid()}-{master.name}")
        scene, seed, rate, count, *more = source.file.split()
        command = [sys.executable, str(SAMPLES / "take.py"), scene, seed, rate, count, str(part), *more]
        subprocess.run(command, check=True, capture_output=True)
        part.replace(master)
    return master


def _code(source: Source, file: Path, target: Path, program: str) -> None:
    """As a recorder or a phone codes it: with and without pictures in two directions, in H.264 and HEVC, a key frame every two seconds."""
    clip = ffmpeg.input(str(file), threads=1)
    chosen = clip.video
    if source.count:
        chosen = chosen.filter("trim", start_frame=source.first, end_frame=source.first + source.count)
        # Times as they are, except where the file counts them in the order of coding.
        chosen = chosen.filter("setpts", f"N/({source.rate}*TB)" if source.rate else "PTS-STARTPTS")
    turn = SOURCES.index(source) % 4
    options: dict[str, Any] = {"c:v": "libx264", "preset": "veryfast", "crf": 20, "bf": 2 * (turn % 2), "g": 50}
    if turn == 2:
        hevc = "keyint=50:min-keyint=50:scenecut=0:open-gop=0:log-level=error:pools=none:frame-threads=1"
        options = {"c:v": "libx265", "preset": "ultrafast", "crf": 22, "x265-params": hevc}
    with av.open(str(file)) as container:
        sound = bool(container.streams.audio) and not source.count
    streams = [chosen, clip.audio] if sound else [chosen]
    made = ffmpeg.output(*streams, str(target), fps_mode="passthrough", pix_fmt="yuv420p", threads=1, **options)
    subprocess.run(made.compile(cmd=program, overwrite_output=True), check=True, capture_output=True)


def read(path: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_], tuple[int, int], bool]:
    """Times and key frames of all shown pictures, width and height, and whether there is sound."""
    times, keys, last = [], [], 0.0
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.codec_context.thread_count = 1
        start = (container.start_time or 0) / av.time_base
        for frame in container.decode(video):
            if frame.pts is None or frame.time_base is None:
                raise ValueError(f"{path.name} has a picture without a time")
            times.append(float(frame.pts * frame.time_base) - start)
            keys.append(bool(frame.key_frame))
            last = float((frame.duration or 0) * frame.time_base)
        size, sound = (video.width, video.height), bool(container.streams.audio)
    end = times[-1] + (last or float(np.median(np.diff(times))))
    return np.asarray([*times, end]), np.asarray(keys), size, sound


def small(path: Path) -> NDArray[np.uint8]:
    """All shown pictures as small grey ones."""
    pictures = []
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.codec_context.thread_count = 1
        for frame in container.decode(video):
            grey = frame.reformat(ACROSS, DOWN, "gray", interpolation="AREA")
            pictures.append(grey.to_ndarray())
    return np.asarray(pictures)
