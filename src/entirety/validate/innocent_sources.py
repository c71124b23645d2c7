"""Innocent changes of what belongs to a camera, within one take: zoom, focus, infrared light; and a phone that goes over to a darker place."""

from entirety.validate.model import Base, Place, Plan, Truth
from entirety.validate.variant import Variant, filmed, shown, steady


def _half(base: Base) -> int:
    return base.count // 2


def _zoomed(base: Base, _: Base) -> Plan | None:
    """A digital zoom to twice the size within a second."""
    width, height = base.size
    if not width:
        return None
    zoom = f"1+clip((in-{_half(base)})/{round(base.rate)},0,1)"
    look = {"z": zoom, "x": "iw/2-(iw/zoom/2)", "y": "ih/2-(ih/zoom/2)", "d": 1, "s": f"{width}x{height}"}
    return shown(base.count, filmed(base, steady(base).filter("zoompan", fps=base.rate, **look)))


def _refocused(base: Base, _: Base) -> Plan:
    """The lens loses the scene for a second and finds it again."""
    start, end = _half(base), _half(base) + max(1, round(base.rate))
    lost = steady(base).filter("boxblur", 3, 1, enable=f"between(n,{start},{end})")
    return shown(base.count, filmed(base, lost))


def _infrared(base: Base, _: Base) -> Plan:
    """From one picture to the next the camera goes over to infrared light: no colour, more noise."""
    later = f"gte(n,{_half(base)})"
    grey = steady(base).filter("hue", s=0, enable=later)
    return shown(base.count, filmed(base, grey.filter("noise", alls=14, allf="t", all_seed=7, enable=later)))


def _indoors(base: Base, _: Base) -> Plan | None:
    """Two shots in one file: the person filming stops for two seconds and goes on in a darker place, with more gain."""
    pause = max(1, round(base.rate))
    start, end = _half(base) - pause, _half(base) + pause
    if start < pause:
        return None
    kept = steady(base).filter("select", f"not(between(n,{start},{end - 1}))").filter("setpts", f"N/({base.rate}*TB)")
    dark = kept.filter("eq", brightness=-0.1, gamma=0.8, enable=f"gte(n,{start})")
    noisy = dark.filter("noise", alls=8, allf="t", all_seed=7, enable=f"gte(n,{start})")
    truth = Truth("device", base.count - (end - start), (Place(start, visible=True),), software=False)
    return Plan((filmed(base, noisy, sound=False),), "done.mp4", truth)


SOURCES = (
    Variant("zoomed", "the camera's digital zoom is used", (("source-change", "zoom"),), _zoomed),
    Variant("refocused", "the lens loses the scene for a second", (("source-change", "refocus"),), _refocused),
    Variant(
        "infrared",
        "a camera goes over to infrared light",
        (("source-change", "night-mode"), ("source-change", "light-change")),
        _infrared,
    ),
    Variant(
        "indoors",
        "the person filming paused and went on in a darker place",
        (("source-change", "several-shots-by-one-operator"),),
        _indoors,
        "device",
    ),
)
