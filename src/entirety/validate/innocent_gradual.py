"""Innocent things that change the whole picture slowly: the camera turns, the light or the exposure goes down, a hand, a lorry, the focus."""

from typing import Any

import ffmpeg

from entirety.validate.encoded import FITTED
from entirety.validate.model import Base, Plan
from entirety.validate.variant import Variant, filmed, shown, steady


def _ramp(base: Base, seconds: float = 1) -> str:
    """Goes from 0 to 1 within so many seconds around the middle, by the number of the picture."""
    length = max(2, round(base.rate * seconds))
    return f"clip((n-{base.count // 2 - length // 2})/{length},0,1)"


def _pan(base: Base, _: Base) -> Plan:
    """A part of the scene is seen, and within two seconds another one."""
    window = {"w": "trunc(iw*0.25)*2", "h": "trunc(ih*0.25)*2", "x": f"iw*0.5*{_ramp(base, 2)}", "y": "ih*0.2"}
    return shown(base.count, filmed(base, steady(base).filter("crop", **window)))


def _level(base: Base, **change: str) -> Plan:
    return shown(base.count, filmed(base, steady(base).filter("eq", eval="frame", **change)))


def _exposure(base: Base, _: Base) -> Plan:
    return _level(base, gamma=f"1-0.6*{_ramp(base)}", brightness=f"-0.2*{_ramp(base)}")


def _dimmed(base: Base, _: Base) -> Plan:
    return _level(base, contrast=f"1-0.85*{_ramp(base)}", brightness=f"-0.38*{_ramp(base)}")


def _hand(base: Base, _: Base) -> Plan:
    """A dark hand comes before the lens from the side within a third of a second, stays for a second, and goes."""
    start, end, pace = base.count // 2, base.count // 2 + round(base.rate), max(2, round(base.rate / 3))
    hand = ffmpeg.input(f"color=c=0x0c0807:s=900x700:r={base.rate}:d=60", f="lavfi")
    way = f"W-(W+40)*clip(min((n-{start})/{pace},({end}-n)/{pace}),0,1)"
    video = ffmpeg.overlay(steady(base), hand, x=way, y=-20, shortest=0, eof_action="pass")
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count)))


def _focus(base: Base, _: Base) -> Plan:
    parts = steady(base).filter_multi_output("split")
    share = _ramp(base).replace("(n-", "(N-")
    video = ffmpeg.filter([parts[0], parts[1].filter("gblur", sigma=10)], "blend", all_expr=f"A+(B-A)*{share}")
    return shown(base.count, filmed(base, video))


def _lorry(base: Base, other: Base) -> Plan:
    """Something large with a picture of its own passes close before the lens within two seconds."""
    start, pace = base.count // 2 - round(base.rate), round(2 * base.rate)
    side = steady(other, "other").filter("trim", end_frame=1).filter("scale", 2 * FITTED[0], 2 * FITTED[1])
    side = side.filter("loop", loop=base.count, size=1).filter("setpts", f"N/({base.rate}*TB)")
    way: dict[str, Any] = {"x": f"W-(W+w)*clip((n-{start})/{pace},0,1)", "y": -20}
    video = ffmpeg.overlay(steady(base), side, shortest=0, eof_action="pass", **way)
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count)))


GRADUAL = (
    Variant("slow-pan", "the camera is turned within two seconds", (("gradual-transition", "slow-pan"),), _pan),
    Variant("exposure", "the exposure goes down in a second", (("gradual-transition", "exposure-change"),), _exposure),
    Variant("lamp-dimmed", "a lamp is dimmed in a second", (("gradual-transition", "light-dimmed"),), _dimmed),
    Variant("hand", "a hand covers the lens from the side", (("gradual-transition", "lens-covered"),), _hand),
    Variant("focus", "the focus is lost in a second", (("gradual-transition", "focus-pulled"),), _focus),
    Variant("lorry", "something large passes close by", (("gradual-transition", "thing-passing"),), _lorry),
)
