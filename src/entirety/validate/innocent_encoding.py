"""Innocent things about encodings: whole clips saved again, encoders that refresh without key frames, scenes with a rhythm of their own."""

from typing import Any

import ffmpeg

from entirety.validate.conditions import CHIP, ONE_THREAD
from entirety.validate.model import Base, Plan, Step
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, filmed, shown, steady

FINE: dict[str, Any] = {
    "c:v": "libx264",
    "crf": 20,
    "preset": "veryfast",
    "pix_fmt": "yuv420p",
    "fps_mode": "passthrough",
}
"""A second encoding that is finer than the first, with the encoder's own key frames."""


def _again(source: str) -> Step:
    return command(ffmpeg.output(ffmpeg.input(source, **ONE_THREAD).video, "done.mp4", **FINE, **ONE_THREAD))


def _saved(base: Base, _: Base) -> Plan:
    """A camera's clip with a key frame every half second, saved again as a whole."""
    group = max(8, round(base.rate / 2))
    film = filmed(base, steady(base), "once.mp4", sound=False, g=group, keyint_min=group)
    return shown(base.count, film, _again("once.mp4"), software=True)


def _anew(base: Base, _: Base) -> Plan:
    """The camera sets a key frame off its rhythm and counts on from there; then the clip is saved again as a whole."""
    group = max(8, round(base.rate / 2))
    at = base.count // 2 // group * group + group // 3
    forced: dict[str, Any] = {"force_key_frames": f"expr:eq(n,{at})"}
    film = filmed(base, steady(base), "once.mp4", sound=False, g=group, keyint_min=1, **forced)
    return shown(base.count, film, _again("once.mp4"), software=True)


def _refreshed(base: Base, _: Base) -> Plan:
    """Instead of key frames a column of blocks coded alone wanders through the picture, once a second."""
    settings: dict[str, Any] = {"x264-params": f"{CHIP}:intra-refresh=1"}
    return shown(base.count, filmed(base, steady(base), **settings))


def _flickering(base: Base, _: Base) -> Plan:
    """A lamp flares up in every twentieth picture."""
    lamp = "if(eq(mod(n,20),7),0.08,0)"
    return shown(base.count, filmed(base, steady(base).filter("eq", brightness=lamp, eval="frame")))


def _corrected(base: Base, _: Base) -> Plan:
    """The device's clock is set right by 17 ms at a key picture in the middle."""
    group = max(1, round(base.rate))
    at = base.count // 2 // group * group
    late = steady(base).filter("setpts", f"PTS+gte(N,{at})*0.017/TB")
    return shown(base.count, filmed(base, late, sound=False))


ENCODING = (
    Variant(
        "saved-again",
        "a camera's clip is saved again as a whole",
        (("double-encoding", "saved-again"), ("double-encoding", "device-encodes-twice")),
        _saved,
        again=True,
    ),
    Variant(
        "key-frame-off-rhythm",
        "a camera sets a key frame off its rhythm, and the clip is saved again as a whole",
        (("encoding-break", "former-rhythm-irregular"),),
        _anew,
        again=True,
    ),
    Variant(
        "refreshed-once-a-second",
        "an encoder refreshes the picture bit by bit, without key frames",
        (("double-encoding", "refresh-without-key-frames"),),
        _refreshed,
    ),
    Variant(
        "clock-corrected", "a clock is set right at a key picture", (("timestamp-gap", "clock-corrected"),), _corrected
    ),
    Variant("flickering", "a lamp flickers in a rhythm", (("double-encoding", "periodic-scene"),), _flickering),
)
