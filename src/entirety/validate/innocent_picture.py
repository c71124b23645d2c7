"""Innocent things in the picture: light, fast movement, compression, a covered lens; and breaks that a device makes by itself."""

from typing import Any

import ffmpeg

from entirety.validate.encoded import FITTED
from entirety.validate.model import Base, Place, Plan, Truth
from entirety.validate.variant import Variant, filmed, shown, steady, still


def _half(base: Base) -> int:
    return base.count // 2


def _second(base: Base, seconds: float = 1.0) -> int:
    return max(1, round(base.rate * seconds))


def _plain(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base)))


def _light(base: Base, first: int, end: int, **change: Any) -> Plan:
    lit = steady(base).filter("eq", enable=f"between(n,{first},{end})", **change)
    return shown(base.count, filmed(base, lit))


def _flash(base: Base, _: Base) -> Plan:
    return _light(base, _half(base), _half(base) + 1, brightness=0.45)


def _lamp(base: Base, _: Base) -> Plan:
    return _light(base, _half(base), base.count, brightness=0.2, gamma=1.4)


def _object(base: Base, _: Base) -> Plan:
    """Something dark comes before the lens within three pictures, stays for a second and goes."""
    start, end = _half(base), _half(base) + _second(base)
    thing = ffmpeg.input(f"color=c=0x303438:s=300x400:r={base.rate}:d=60", f="lavfi")
    way = f"W-W*0.55*clip(min((n-{start})/3,({end}-n)/3),0,1)"
    video = ffmpeg.overlay(steady(base), thing, x=way, y=0, shortest=0, eof_action="pass")
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count)))


def _pumping(base: Base, _: Base) -> Plan:
    weak: dict[str, Any] = {"b:v": "70k", "maxrate": "90k", "bufsize": "120k"}
    return shown(base.count, filmed(base, steady(base), **weak))


def _static(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, still(base).filter("noise", alls=5, allf="t", all_seed=7)))


def _screen(base: Base, _: Base) -> Plan:
    pointer = ffmpeg.input(f"color=c=white:s=12x16:r={base.rate}:d=60", f="lavfi")
    # It moves for a second, and rests for a second.
    pace = _second(base)
    way = f"40+60*(floor(n/{2 * pace})+min(1,mod(n,{2 * pace})/{pace}))"
    video = ffmpeg.overlay(still(base), pointer, x=way, y=90, eof_action="pass")
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count), sound=False))


def _covered(base: Base, _: Base) -> Plan:
    start, end = _half(base) - _second(base, 0.6), _half(base) + _second(base, 0.6)
    dark = f"-0.95*clip(min((n-{start})/8,({end}-n)/8),0,1)"
    video = steady(base).filter("eq", brightness=dark, eval="frame").filter("noise", alls=3, allf="t", all_seed=7)
    return shown(base.count, filmed(base, video))


def _device(frames: int, place: int, *steps: Any, visible: bool = True) -> Plan:
    return Plan(steps, "done.mp4", Truth("device", frames, (Place(place, visible),), software=False))


def _shots(base: Base, _: Base) -> Plan | None:
    """Two shots in one file: the camera stops for two seconds and goes on, with times that go on too."""
    start, end = _half(base) - _second(base), _half(base) + _second(base)
    if start < _second(base):
        return None
    kept = steady(base).filter("select", f"not(between(n,{start},{end - 1}))").filter("setpts", f"N/({base.rate}*TB)")
    return _device(base.count - (end - start), start, filmed(base, kept, sound=False))


def _switch(base: Base, other: Base) -> Plan | None:
    """A recorder goes over to its other camera."""
    start = _half(base)
    if other.rate != base.rate:
        return None
    first = steady(base).filter("trim", end_frame=start)
    second = steady(other, "other").filter("trim", end_frame=start)
    fitted = [
        part.filter("setpts", "PTS-STARTPTS").filter("scale", *FITTED).filter("setsar", 1) for part in (first, second)
    ]
    video = ffmpeg.concat(*fitted).filter("settb", "1/90000").filter("setpts", f"N/({base.rate}*TB)")
    frames = start + min(start, other.count)
    return _device(frames, start, filmed(base, video, sound=False))


def _preset(base: Base, _: Base) -> Plan:
    """The view jumps from one side of the scene to the other."""
    window = {"w": "trunc(iw*0.3)*2", "h": "trunc(ih*0.3)*2", "x": f"if(lt(n,{_half(base)}),0,iw*0.4)", "y": "ih*0.2"}
    return _device(base.count, _half(base), filmed(base, steady(base).filter("crop", **window)))


PICTURE = (
    Variant("flash", "a camera flash of two pictures", (("hard-cut", "flash"), ("jump-cut", "flash")), _flash),
    Variant(
        "flashes-drawn",
        "two flashes and a lamp in a drawn evening",
        (("hard-cut", "flash"), ("hard-cut", "light-switched")),
        _plain,
        trait="flashes",
    ),
    Variant("lamp", "a light is switched on", (("hard-cut", "light-switched"), ("jump-cut", "light-switched")), _lamp),
    Variant(
        "whip",
        "the camera is swung round in half a second",
        (("hard-cut", "fast-pan"), ("jump-cut", "fast-pan")),
        _plain,
        trait="whip",
    ),
    Variant(
        "object",
        "something comes before the lens at once",
        (("hard-cut", "sudden-motion"), ("jump-cut", "sudden-motion")),
        _object,
    ),
    Variant(
        "pumping",
        "very strong compression that every key frame renews",
        (("hard-cut", "key-frame-pumping"), ("jump-cut", "key-frame-pumping"), ("added-overlay", "compression")),
        _pumping,
    ),
    Variant("static", "nothing moves but the sensor's noise", (("frozen-picture", "static-scene"),), _static),
    Variant(
        "screen",
        "a screen with a pointer that moves and rests",
        (("frozen-picture", "screen-content"), ("jump-cut", "screen-content"), ("added-overlay", "screen-content")),
        _screen,
    ),
    Variant(
        "covered",
        "the lens is covered for a second",
        (("frozen-picture", "lens-covered"), ("blank-picture", "lens-covered")),
        _covered,
    ),
    Variant("upright", "an upright phone, pictures stored on their side", (), _plain, trait="portrait"),
    Variant(
        "two-shots",
        "the person filming paused for two seconds",
        (("hard-cut", "several-shots-by-one-operator"), ("jump-cut", "several-shots-by-one-operator")),
        _shots,
        "device",
    ),
    Variant(
        "camera-switch",
        "a recorder goes over to its other camera",
        (("hard-cut", "camera-switch"), ("source-change", "camera-switch")),
        _switch,
        "device",
    ),
    Variant(
        "preset",
        "a remote-controlled camera jumps to a stored position",
        (("hard-cut", "ptz-preset"),),
        _preset,
        "device",
    ),
)
