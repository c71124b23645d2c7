"""Innocent things that stand, come back, or keep a rhythm: periodic motion, a looped screen, converted rates, a camera in the dark."""

from fractions import Fraction
from typing import Any

import ffmpeg

from entirety.validate.model import Base, Plan
from entirety.validate.variant import Variant, filmed, shown, steady, still


def _noisy(video: Any) -> Any:
    return video.filter("noise", alls=5, allf="t", all_seed=11)


def _fan(base: Base, _: Base) -> Plan:
    """Something turns before the camera, once in 1.7 seconds, for as long as it films."""
    turn = round(base.rate * Fraction(17, 10))
    wheel = ffmpeg.input(f"smptebars=s=120x120:r={base.rate}:d=60", f="lavfi")
    wheel = wheel.filter("rotate", a=f"2*PI*n/{turn}.3", c="0x606060")
    video = ffmpeg.overlay(still(base), wheel, x=90, y=60, eof_action="pass")
    return shown(base.count, filmed(base, _noisy(video.filter("trim", end_frame=base.count)), sound=False))


def _looped(base: Base, _: Base) -> Plan | None:
    """A camera films a screen that shows one second and a half again and again."""
    length = round(base.rate * Fraction(3, 2))
    if base.count < 3 * length:
        return None
    first = steady(base).filter("trim", end_frame=length).filter("loop", loop=-1, size=length)
    film = first.filter("trim", end_frame=base.count).filter("setpts", f"N/({base.rate}*TB)")
    return shown(base.count, filmed(base, _noisy(film), sound=False))


def _at_rate(video: Any, base: Base, share: Fraction, count: int) -> Any:
    """The pictures at a lower rate, brought back to the base's by repeating; how the filter rounds at the end shall not decide their number."""
    there = video.filter("fps", str(base.rate * share)).filter("fps", str(base.rate))
    return there.filter("tpad", stop_mode="clone", stop=8).filter("trim", end_frame=count)


def _converted(base: Base, _: Base) -> Plan:
    """A film with four fifths of the pictures was brought to this rate as a whole, as from 24 to 30 a second."""
    return shown(base.count, filmed(base, _at_rate(steady(base), base, Fraction(4, 5), base.count)))


def _lowered(base: Base, _: Base) -> Plan:
    """Every fifth picture was left out of the whole clip, as from 30 to 24 a second."""
    kept = base.count - base.count // 5
    video = steady(base).filter("select", "lt(mod(n,5),4)").filter("setpts", f"N/({base.rate}*TB)")
    return shown(kept, filmed(base, video.filter("trim", end_frame=kept), sound=False))


def _dark(base: Base, _: Base) -> Plan:
    """In the second half the camera exposes twice as long and shows every picture twice."""
    half = base.count // 2
    parts = steady(base).split()
    second = parts[1].filter("trim", start_frame=half).filter("setpts", "PTS-STARTPTS")
    late = _at_rate(second, base, Fraction(1, 2), base.count - half).filter("eq", brightness=-0.1, gamma=0.8)
    joined = ffmpeg.concat(parts[0].filter("trim", end_frame=half), late)
    video = joined.filter("settb", "1/90000").filter("setpts", f"N/({base.rate}*TB)")
    return shown(base.count, filmed(base, video, sound=False))


def _night(base: Base, _: Base) -> Plan:
    """The camera goes over to infrared: for half a second the picture is white, then grey."""
    start, end = base.count // 2, base.count // 2 + round(base.rate / 2)
    white = steady(base).filter("eq", enable=f"between(n,{start},{end})", contrast=0.0, brightness=0.4)
    return shown(base.count, filmed(base, white.filter("hue", s=0, enable=f"gte(n,{start})")))


STANDING = (
    Variant("fan", "something turns before the camera", (("repeated-footage", "periodic-motion"),), _fan),
    Variant("looped", "a screen that runs in a loop", (("repeated-footage", "looped-screen"),), _looped),
    Variant("raised-rate", "repeated to a rate of five fourths", (("cadence-change", "rate-conversion"),), _converted),
    Variant("lowered-rate", "every fifth picture left out", (("cadence-change", "rate-conversion"),), _lowered),
    Variant("dark", "half the rate in the dark", (("cadence-change", "low-light"),), _dark),
    Variant("dazzled", "the camera goes over to infrared", (("blank-picture", "infrared-switch"),), _night),
)
