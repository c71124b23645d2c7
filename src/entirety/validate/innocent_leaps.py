"""Innocent things that come near to a leap within one scene: the camera is struck, or its own display changes."""

from typing import Any

import ffmpeg

from entirety.validate.model import Base, Plan
from entirety.validate.variant import Variant, filmed, shown, steady


def _blow(base: Base, _: Base) -> Plan:
    """The view is thrown to and fro, and comes to rest within half a second."""
    half, ring = base.count // 2, f"gte(n,{base.count // 2})*exp(-(n-{base.count // 2})/4)"
    window = {
        "w": "trunc(iw*0.45)*2",
        "h": "trunc(ih*0.45)*2",
        "x": f"iw*0.05+iw*0.03*{ring}*sin((n-{half})*1.1+0.6)",
        "y": f"ih*0.05+ih*0.035*{ring}*sin((n-{half})*1.5+0.8)",
    }
    return shown(base.count, filmed(base, steady(base).filter("crop", **window)))


def _display(base: Base, _: Base) -> Plan:
    """Every second a bar in the upper edge takes another place, as figures of a clock do."""
    second = max(1, round(base.rate))
    bar: Any = ffmpeg.input(f"color=c=white:s=60x12:r={base.rate}:d=60", f="lavfi")
    video = ffmpeg.overlay(steady(base), bar, x=f"12+mod(floor(n/{second})*37,60)", y=12, eof_action="pass")
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count)))


LEAPS = (
    Variant("blow", "the camera is struck and comes to rest", (("jump-cut", "shake"),), _blow),
    Variant("display", "the camera's own display changes", (("jump-cut", "overlay-display"),), _display),
)
