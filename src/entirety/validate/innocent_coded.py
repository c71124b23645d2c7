"""Innocent ways of coding: encoders that put key frames where they like, open groups, refreshed stripes, other codecs and their habits.

In most of them one uninterrupted take is coded by one run of one encoder; whatever is reported in them as a break is a false alarm.
"""

from dataclasses import replace
from typing import Any

import ffmpeg

from entirety.validate.conditions import CHANNEL, CHIP, HEVC, MP4, NAMES, NO_NOTES, ONE_THREAD, Options
from entirety.validate.innocent_times import HEADERS
from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, filmed, shown, steady, without

LOOKS_AHEAD = "scenecut=40:bframes=3:b-adapt=1:rc-lookahead=20:weightp=1"
"""What x264 does unless told otherwise, but for the threads."""

X265 = "pools=none:frame-threads=1:log-level=error:info=0"


def _h264(base: Base, settings: str, target: str = "done.mp4", **more: Any) -> Plan:
    """The camera's H.264 with other habits."""
    own: dict[str, Any] = {"profile:v": "high", "x264-params": settings}
    return shown(base.count, filmed(base, steady(base), target, sound=False, **{**own, **more}), result=target)


def _marked(base: Base, settings: str, target: str = "done.mp4", **more: Any) -> Plan:
    """The same with the stream's own marks of where a player may begin; x264's name stands beside them and stays."""
    done = _h264(base, settings, target, **{"bsf:v": "null", **more})
    return Plan(done.steps, done.result, replace(done.truth, software=True))


def _other(base: Base, target: str, options: Options, *, named: bool = False, video: Any = None, gone: int = 0) -> Plan:
    """Another codec's own habits, with a device's names."""
    form = "yuvj420p" if options["c:v"] == "mjpeg" else "yuv420p"
    whole = {**NAMES, "pix_fmt": form, "fps_mode": "passthrough", **ONE_THREAD, **options}
    film = command(ffmpeg.output(steady(base) if video is None else video, target, **whole))
    return shown(base.count - gone, film, result=target, software=named)


def _scene_cuts(base: Base, _: Base) -> Plan:
    return _h264(base, f"{LOOKS_AHEAD}:open-gop=0:force-cfr=0", g=100, keyint_min=10)


def _quality(base: Base, _: Base) -> Plan:
    """Bits are spent as the picture needs them, without a bound."""
    settings: dict[str, Any] = {"g": 100, "keyint_min": 10, "crf": 24}
    own = {"profile:v": "high", "x264-params": f"{LOOKS_AHEAD}:open-gop=0:force-cfr=0"}
    options = {**NAMES, **NO_NOTES, **MP4, "c:v": "libx264", "preset": "veryfast", **own, **settings}
    return _other(base, "done.mp4", options)


def _open_groups(base: Base, _: Base) -> Plan:
    return _marked(base, "scenecut=0:bframes=2:b-pyramid=0:open-gop=1:force-cfr=0")


def _open_transport(base: Base, _: Base) -> Plan:
    return _marked(base, f"scenecut=0:bframes=2:open-gop=1:{HEADERS}", "done.ts", **CHANNEL)


def _refreshed(base: Base, _: Base) -> Plan:
    return _marked(base, "scenecut=0:bframes=0:intra-refresh=1:force-cfr=0", "done.ts", **CHANNEL)


def _pyramid(base: Base, _: Base) -> Plan:
    return _h264(base, "scenecut=0:bframes=3:b-pyramid=2:ref=3:open-gop=0:force-cfr=0")


def _flash_video(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base), "done.flv", sound=False), result="done.flv")


def _hevc(base: Base, settings: str, *, video: Any = None, gone: int = 0) -> Plan:
    own = {"c:v": "libx265", "preset": "ultrafast", "crf": 24, "x265-params": settings, "tag:v": "hvc1"}
    options = {**own, **MP4, "metadata:s:v": "encoder=HEVC Coding"}
    return _other(base, "done.mp4", options, video=video, gone=gone)


def _hevc_cuts(base: Base, _: Base) -> Plan:
    return _hevc(base, f"{X265}:scenecut=40:open-gop=1:bframes=4:keyint=60:min-keyint=10")


def _hevc_dropped(base: Base, _: Base) -> Plan:
    """Three single pictures never reached the encoder, and the clock says so."""
    pace = round(base.rate)
    gone = [base.count // 4, base.count // 2, base.count * 3 // 4]
    kept = without(steady(base), gone)
    return _hevc(base, f"{HEVC}:keyint={pace}:min-keyint={pace}", video=kept, gone=len(gone))


def _mpeg2(base: Base, target: str, **more: Any) -> Plan:
    own = {"c:v": "mpeg2video", "q:v": 4, "bf": 2, "g": 15, "sc_threshold": 40}
    return _other(base, target, {**own, **CHANNEL, **more})


def _mpeg4_ahead(base: Base, _: Base) -> Plan:
    return _other(base, "done.avi", {"c:v": "mpeg4", "q:v": 4, "bf": 2, "g": 100, "sc_threshold": 40})


def _xvid(base: Base, _: Base) -> Plan:
    """An older recording program, which leaves its name in the stream and never gets the last picture out of its encoder."""
    return _other(base, "done.avi", {"c:v": "libxvid", "q:v": 4, "bf": 1, "g": 100}, named=True, gone=1)


def _mjpeg_rate(base: Base, _: Base) -> Plan:
    return _other(base, "done.avi", {"c:v": "mjpeg", "b:v": "2500k", "maxrate": "3M", "bufsize": "1M"})


def _av1(base: Base, _: Base) -> Plan:
    own = {"c:v": "libsvtav1", "preset": 10, "crf": 40, "g": 2 * round(base.rate), "svtav1-params": "lp=1"}
    return _other(base, "done.mp4", {**own, **MP4})


def _vp8(base: Base, _: Base) -> Plan:
    own = {"c:v": "libvpx", "deadline": "realtime", "cpu-used": 8, "b:v": "700k", "g": 120, "auto-alt-ref": 0}
    return _other(base, "done.webm", own, named=True)


def _pieces(base: Base, _: Base) -> Plan:
    """A recorder transmits in pieces of some seconds, and they are stored one behind the other: nothing is missing between them."""
    pace = round(base.rate)
    at = list(range(2 * pace, base.count - pace, 2 * pace))
    film = filmed(base, steady(base), "film.ts", sound=False, **CHANNEL, **{"x264-params": f"{CHIP}:{HEADERS}"})
    frames = ",".join(str(frame) for frame in at)
    parts = {"c": "copy", "f": "segment", "segment_frames": frames, "segment_format": "mpegts", **ONE_THREAD}
    names = [f"part{number}.ts" for number in range(len(at) + 1)]
    split = command(ffmpeg.input("film.ts", copyts=None).output("part%d.ts", **parts, **CHANNEL, copyts=None))
    places = tuple(Place(frame, visible=False) for frame in at)
    truth = Truth("device", base.count, places, software=False)
    return Plan((film, split, Step("patch", ("cat", "done.ts", *names))), "done.ts", truth)


CODED = (
    Variant("scene-cuts", "an encoder that puts key frames where the picture changes", (), _scene_cuts),
    Variant("scene-cuts-whip", "the same while the camera is swung round", (), _scene_cuts, trait="whip"),
    Variant("quality", "an encoder that keeps the quality and lets the rate vary", (), _quality),
    Variant("open-groups", "groups whose first pictures lean on the group before", (), _open_groups),
    Variant("open-groups-ts", "the same in a transport stream", (), _open_transport),
    Variant("refreshed", "stripes are renewed one by one in place of key frames", (), _refreshed),
    Variant("pyramid", "B frames that other B frames lean on", (), _pyramid),
    Variant("flash-video", "a container that counts in whole milliseconds", (), _flash_video),
    Variant("hevc-scene-cuts", "HEVC with open groups and key frames where the picture changes", (), _hevc_cuts),
    Variant("hevc-dropped", "HEVC, and the phone dropped three single pictures", (), _hevc_dropped),
    Variant(
        "mpeg2-open",
        "MPEG-2 with open groups and key frames where the picture changes",
        (),
        lambda base, _: _mpeg2(base, "done.ts"),
    ),
    Variant(
        "mpeg2-fields",
        "MPEG-2 that codes fields where they serve, in a program stream",
        (),
        lambda base, _: _mpeg2(base, "done.mpg", **{"flags:v": "+bitexact+ilme+ildct", "alternate_scan": 1}),
    ),
    Variant("mpeg4-b-frames", "MPEG-4 with B frames in AVI", (), _mpeg4_ahead),
    Variant("mpeg4-packed", "MPEG-4 whose B frames are packed with the picture before, in AVI", (), _xvid),
    Variant("mjpeg-rate", "Motion JPEG at a steady rate of bits", (), _mjpeg_rate),
    Variant("av1", "AV1 in MP4", (), _av1),
    Variant("vp8", "VP8 in WebM", (), _vp8),
    Variant("pieces", "a recorder's pieces, stored one behind the other without a loss", (), _pieces, "device"),
)
