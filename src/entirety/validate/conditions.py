"""How the recordings of the set are made and sent on: cameras, phones, recorders, older codecs and containers, messengers.

Every recording imitates a device: key frames at a fixed distance, and no name of the software that in truth encodes it, as far as the
container can go without one. What was cut out of it, and saved again, bears the marks that ordinary software leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Options = Mapping[str, Any]

ONE_THREAD: dict[str, Any] = {"threads": 1}
"""Two clips are made side by side on two processors; and x264 gives the same bytes on every machine only when it works in one thread."""

NAMES: dict[str, Any] = {
    "map_metadata": -1,
    "fflags": "+bitexact",
    "flags:v": "+bitexact",
    "flags:a": "+bitexact",
    # ffmpeg would put its own name into the compressor field of the sample description.
    "metadata:s:v": "encoder=AVC Coding",
    "metadata:s:v:0": "handler_name=VideoHandle",
    "metadata:s:a": "handler_name=SoundHandle",
}
"""A device's own names in place of ffmpeg's."""

CHANNEL: dict[str, Any] = {"metadata": "service_provider=Camera"}
"""A transport stream names who provides it, and that would be FFmpeg."""

CHIP = "scenecut=0:bframes=0:ref=1:rc-lookahead=0:mbtree=0:weightp=0:sync-lookahead=0:open-gop=0:force-cfr=0"
"""What an encoder chip does without: looking ahead, B frames, key frames at cuts."""

NO_NOTES: dict[str, Any] = {"bsf:v": "filter_units=remove_types=6"}
"""Unit type 6 of H.264 is supplemental information: x264 writes its name and settings there."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One way in which footage comes in."""

    id: str
    says: str
    codec: str
    ending: str
    """File name ending, which names the container."""
    recording: Options
    """Encoder and muxer options of the device, but for the distance of key frames."""
    group_s: int = 1
    """Seconds from one key frame to the next."""
    rate: Fraction | None = None
    """Pictures per second where the device keeps fewer than the base has."""
    uneven: bool = False
    """Times jitter by 2 ms, and in the dark a third of the pictures is left out, as phones do."""
    afterwards: tuple[Options, ...] = ()
    """Encodings that follow after the edit, each of the whole clip."""
    step: int = 1
    """Pictures from one that is stored in the place in which it is shown to the next: 1 where none is stored ahead of others, 0 where the
    encoder decides it by the picture."""
    named: bool = False
    """The container itself names the library that wrote it, whatever one does."""


def _chip(kilobits: int, **more: Any) -> Options:
    speed = {"b:v": f"{kilobits}k", "maxrate": f"{kilobits * 9 // 8}k", "bufsize": f"{kilobits}k"}
    own = {"c:v": "libx264", "profile:v": "main", "preset": "veryfast", "x264-params": CHIP}
    return {**own, **speed, **NO_NOTES, **NAMES, **more}


MP4: dict[str, Any] = {"brand": "mp42", "video_track_timescale": 90000}
PHONE = {"profile:v": "high", "x264-params": "scenecut=0:bframes=2:b-pyramid=0:open-gop=0", "brand": "qt  "}
HEVC = "pools=none:frame-threads=1:log-level=error:info=0:scenecut=0:open-gop=0:bframes=2"
MESSENGER: dict[str, Any] = {
    "vf": "scale=trunc(iw/4)*2:trunc(ih/4)*2",
    "c:v": "libx264",
    "crf": 28,
    "preset": "veryfast",
}

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        "camera", "as a camera's chip writes it: H.264, a key frame a second, MP4", "h264", "mp4", _chip(1200, **MP4)
    ),
    Condition(
        "phone",
        "as a phone writes it: H.264 with B frames, QuickTime",
        "h264",
        "mov",
        _chip(1200, **PHONE),
        step=0,
    ),
    Condition(
        "recorder",
        "as a recorder keeps it: 10 pictures a second, a key frame every two seconds, few bits",
        "h264",
        "mp4",
        _chip(250, **MP4),
        group_s=2,
        rate=Fraction(10),
    ),
    Condition(
        "messenger",
        "sent through a messenger: half the size, strongly compressed",
        "h264",
        "mp4",
        _chip(1200, preset="superfast", **MP4),
        afterwards=({**MESSENGER, "movflags": "+faststart"},),
    ),
    Condition(
        "twice",
        "encoded twice more after the recording",
        "h264",
        "mp4",
        _chip(1200, preset="superfast", **MP4),
        afterwards=(
            {"c:v": "libx264", "crf": 23, "preset": "superfast"},
            {"c:v": "libx264", "crf": 26, "preset": "superfast"},
        ),
    ),
    Condition("variable", "with the uneven times of a phone", "h264", "mp4", _chip(1200, **MP4), uneven=True),
    Condition(
        "hevc",
        "as a newer phone writes it: HEVC, MP4",
        "hevc",
        "mp4",
        {
            "c:v": "libx265",
            "preset": "ultrafast",
            "crf": 24,
            "x265-params": HEVC,
            "tag:v": "hvc1",
            **NAMES,
            **MP4,
            "metadata:s:v": "encoder=HEVC Coding",
        },
        # This preset puts B frames without a look at the picture.
        step=3,
    ),
    Condition(
        "mpeg4",
        "as an older camera writes it: MPEG-4 part 2, AVI",
        "mpeg4",
        "avi",
        {"c:v": "mpeg4", "q:v": 4, "sc_threshold": 1000000000, "bf": 0, **NAMES},
    ),
    Condition(
        "mpeg2",
        "as a camcorder writes it: MPEG-2, transport stream",
        "mpeg2",
        "ts",
        {
            "c:v": "mpeg2video",
            "q:v": 4,
            "sc_threshold": 1000000000,
            "bf": 2,
            **NAMES,
            **CHANNEL,
            "flags:v": "+bitexact+cgop",
        },
        step=3,
    ),
    Condition(
        "vp9",
        "VP9 in WebM",
        "vp9",
        "webm",
        {
            "c:v": "libvpx-vp9",
            "deadline": "realtime",
            "cpu-used": 8,
            "lag-in-frames": 0,
            "auto-alt-ref": 0,
            "b:v": "900k",
            **NAMES,
        },
        named=True,
    ),
    Condition(
        "mjpeg", "every picture by itself: Motion JPEG, AVI", "mjpeg", "avi", {"c:v": "mjpeg", "q:v": 4, **NAMES}
    ),
    Condition("ts", "H.264 in a transport stream", "h264", "ts", _chip(1200, **CHANNEL)),
    Condition("mkv", "H.264 in Matroska", "h264", "mkv", _chip(1200), named=True),
)
