"""Other detectors on the same clips: PySceneDetect, ffmpeg's scdet, and a bare list of gaps between packets.

They look for changes of shot or for gaps and for nothing else; each runs with its own default settings. All times count from the first
shown picture.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import cv2
import ffmpeg
import numpy as np

from entirety.errors import EntiretyError
from entirety.read.programs import run
from entirety.read.streams import main_video, open_clip, video_stream

Times = tuple[float, ...]
WIDTH = 256
"""Pixels across of the pictures that PySceneDetect compares: its own downscale brings a master to about this."""
GAP = 1.5
"""Times the usual step: a picture more would have had room."""
SECONDS = 300
SCORED = re.compile(r"lavfi\.scd\.time:\s*([0-9.]+)|lavfi\.scd\.time=([0-9.]+)")


def seen(clip: Path, program: str) -> tuple[tuple[str, Times], ...]:
    """Name of each rival that ran, and the times at which it reports a cut."""
    found: list[tuple[str, Times]] = []
    found += _scenedetect(clip)
    for name, look in (("ffmpeg scdet", partial(_scdet, program=program)), ("packet gaps", _gaps)):
        try:
            found.append((name, look(clip)))
        except EntiretyError:
            continue  # a rival that cannot read a clip has said nothing about it
    return tuple(found)


@cache
def revision(ffmpeg_version: str) -> str:
    """Changes with how rivals are called here, and with their own versions; one that is not installed has none."""
    detectors = ("scenedetect", "scenedetect-headless")
    versions = sorted(f"{one.name} {one.version}" for one in distributions() if one.name in detectors)
    text = "\0".join((Path(__file__).read_text(encoding="utf-8"), ffmpeg_version, *versions))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _scenedetect(clip: Path) -> list[tuple[str, Times]]:
    """Both detectors over one decode; empty where the library is not installed or OpenCV cannot read the clip."""
    try:
        from scenedetect import AdaptiveDetector, ContentDetector, FrameTimecode  # noqa: PLC0415 - an extra of the tests
    except ImportError:
        return []
    code: Any = FrameTimecode
    film = cv2.VideoCapture(str(clip))
    rate = film.get(cv2.CAP_PROP_FPS)
    if not film.isOpened() or not 0 < rate < 1000:
        return []
    kinds: dict[str, Any] = {"PySceneDetect content": ContentDetector, "PySceneDetect adaptive": AdaptiveDetector}
    detectors = {name: kind() for name, kind in kinds.items()}
    cuts: dict[str, list[int]] = {name: [] for name in detectors}
    times: list[float] = []
    while True:
        read, picture = film.read()
        if not read:
            break
        at = code(len(times), fps=rate)
        times.append(film.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        small = cv2.resize(picture, (WIDTH, max(2, WIDTH * picture.shape[0] // picture.shape[1])))
        for name, detector in detectors.items():
            cuts[name] += [cut.frame_num for cut in detector.process_frame(at, small)]
    film.release()
    if not times:
        return []
    last = code(len(times) - 1, fps=rate)
    for name, detector in detectors.items():
        cuts[name] += [cut.frame_num for cut in detector.post_process(last)]
    # The times that OpenCV states are the file's own; where it states none, the number of the picture is all there is.
    stated = len(set(times)) == len(times)
    clock = [time - times[0] if stated else number / rate for number, time in enumerate(times)]
    return [(name, _rounded(clock[cut] for cut in found if cut < len(clock))) for name, found in cuts.items()]


def _scdet(clip: Path, program: str) -> Times:
    """Raises Environment where ffmpeg fails."""
    source = ffmpeg.input(f"file:{clip.absolute()}", threads=1, protocol_whitelist="file")
    # The times count from the first picture, as ours do.
    looked = source.video.filter("setpts", "PTS-STARTPTS").filter("scdet").filter("metadata", "print", file="-")
    output = looked.output("-", f="null", fps_mode="passthrough", threads=1)
    arguments = output.global_args("-v", "error", "-nostdin").get_args()
    printed = run([program, *(str(part) for part in arguments)], SECONDS)
    return _rounded(float(a or b) for a, b in SCORED.findall(printed))


def _gaps(clip: Path) -> Times:
    """Raises CannotOpen and its like where the container cannot be read."""
    with open_clip(clip) as container:
        stream = video_stream(container, main_video(container, clip))
        times = np.sort([packet.pts for packet in container.demux(stream) if packet.pts is not None])
        base = float(stream.time_base or 0)
    steps = np.diff(times)
    late = np.flatnonzero(steps > GAP * np.median(steps)) + 1 if len(steps) else ()
    return _rounded(float(times[row] - times[0]) * base for row in late)


def _rounded(times: Iterable[float]) -> Times:
    return tuple(sorted(round(time, 6) for time in times))
