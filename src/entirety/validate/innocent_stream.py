"""Innocent things in the coded stream: other sizes in the middle, lost packets, starts within a recording, field coding."""

from typing import Any

from entirety.validate.conditions import CHIP
from entirety.validate.innocent_times import one_after_another, part
from entirety.validate.model import Base, Place, Plan, Truth
from entirety.validate.variant import Variant, filmed, shown, steady


def _adapted(base: Base, _: Base) -> Plan:
    """The picture becomes smaller with the network and large again; no picture is missing."""
    third = base.count // 3
    small = ("scale", ("trunc(iw/4)*2", "trunc(ih/4)*2"))
    parts = (
        part(base, 0, third, "first"),
        part(base, third, 2 * third, "second", small),
        part(base, 2 * third, base.count, "third"),
    )
    return shown(base.count, *parts, *one_after_another(("first", "second", "third"), "done.ts", {}), result="done.ts")


def _turned(base: Base, _: Base) -> Plan:
    """The telephone is turned while it transmits."""
    half = base.count // 2
    parts = (part(base, 0, half, "first"), part(base, half, base.count, "second", ("transpose", (1,))))
    return shown(base.count, *parts, *one_after_another(("first", "second"), "done.ts", {}), result="done.ts")


def _set_anew(base: Base, _: Base) -> Plan:
    """By schedule the recorder goes over to a smaller picture; no picture is missing."""
    half = base.count // 2
    small = ("scale", ("trunc(iw*3/8)*2", "trunc(ih*3/8)*2"))
    parts = (part(base, 0, half, "first"), part(base, half, base.count, "second", small, **{"b:v": "500k"}))
    return shown(base.count, *parts, *one_after_another(("first", "second"), "done.ts", {}), result="done.ts")


def _lost(base: Base, _: Base) -> Plan:
    """Three coded pictures in the middle of a group never arrived."""
    group = round(base.rate)
    at = base.count // 2 // group * group + group // 2
    drop = f"filter_units=remove_types=6,noise=drop=between(n\\,{at}\\,{at + 2})"
    lossy: dict[str, Any] = {"bsf:v": drop}
    film = filmed(base, steady(base), sound=False, **lossy)
    return Plan((film,), "done.mp4", Truth("device", base.count - 3, (Place(at, visible=False),), software=False))


def _fields(base: Base, _: Base) -> Plan:
    """An interlacing encoder: each block is coded as a frame or as two fields."""
    settings: dict[str, Any] = {"x264-params": f"{CHIP}:tff=1", "flags:v": "+bitexact+ilme+ildct"}
    # Fields have half the height each, and it must be even.
    fitting = steady(base).filter("crop", "iw", "trunc(ih/4)*4")
    return shown(base.count, filmed(base, fitting, **settings))


STREAM = (
    Variant(
        "adapted",
        "a call lowers and raises the size of its picture",
        (("format-change", "webrtc-adaptation"), ("stream-join", "resolution-switch")),
        _adapted,
    ),
    Variant("turned", "a telephone is turned while it transmits", (("format-change", "rotation"),), _turned),
    Variant(
        "set-anew", "a recorder changes its settings by schedule", (("format-change", "recorder-setting"),), _set_anew
    ),
    Variant(
        "lost-packets",
        "three coded pictures were lost on the way",
        (("stream-join", "lost-packets"), ("damaged-frames", "lost-packets")),
        _lost,
        "device",
    ),
    Variant(
        "fields",
        "an encoder that codes fields where they serve",
        (("format-change", "adaptive-field-coding"),),
        _fields,
    ),
)
