"""Innocent things in the rhythm of key pictures and in the level of coding: scene-cut detection, requests, losses, rate control, night mode."""

from typing import Any

from entirety.validate.conditions import CHIP
from entirety.validate.innocent_times import one_after_another, part
from entirety.validate.model import Base, Place, Plan, Truth
from entirety.validate.variant import Variant, filmed, shown, steady

DETECTS = CHIP.replace("scenecut=0", "scenecut=40").replace("rc-lookahead=0", "rc-lookahead=10")


def _second(base: Base) -> int:
    return max(1, round(base.rate))


def _within(base: Base) -> int:
    """A picture two fifths into a group in the middle of the clip."""
    group = _second(base)
    return base.count // 2 // group * group + group * 2 // 5


def _scene(base: Base, _: Base) -> Plan:
    """A lamp is switched on before an encoder that begins a group where the picture changes."""
    lit = steady(base).filter("eq", enable=f"gte(n,{_within(base)})", brightness=0.35, gamma=1.6, contrast=0.6)
    own: dict[str, Any] = {"x264-params": DETECTS, "keyint_min": 1}
    return shown(base.count, filmed(base, lit, **own))


def _requested(base: Base, _: Base) -> Plan:
    """Somebody begins to watch: the camera sends a key picture at once and counts its groups anew."""
    at = _within(base)
    return shown(base.count, filmed(base, steady(base), force_key_frames=f"{float(at / base.rate):.6f}"))


def _started(base: Base, _: Base) -> Plan:
    """The camera begins its rhythm a little after it began to record."""
    at = _second(base) * 2 // 5
    return shown(base.count, filmed(base, steady(base), force_key_frames=f"{float(at / base.rate):.6f}"))


def _lost(base: Base, _: Base) -> Plan:
    """The last four pictures of a group never arrived."""
    group = _second(base)
    end = base.count // 2 // group * group
    drop = f"filter_units=remove_types=6,noise=drop=between(n\\,{end - 4}\\,{end - 1})"
    lossy: dict[str, Any] = {"bsf:v": drop}
    film = filmed(base, steady(base), sound=False, **lossy)
    place = Place(end - 4, visible=True)
    return Plan((film,), "done.mp4", Truth("device", base.count - 4, (place,), software=False))


def _reconnected(base: Base, _: Base) -> Plan | None:
    """The recorder lost its camera for a second and a half within a group; its encoder came back with the same settings."""
    start, end = _within(base), _within(base) + _second(base) * 3 // 2
    if base.count - end < _second(base):
        return None
    first, second = part(base, 0, start, "first"), part(base, end, base.count, "second")
    joined = one_after_another(("first", "second"), "done.mp4", {"first": float(end / base.rate)})
    kept = base.count - (end - start)
    return Plan(
        (first, second, *joined), "done.mp4", Truth("device", kept, (Place(start, visible=True),), software=False)
    )


def _other_distance(base: Base, _: Base) -> Plan:
    """By schedule the recorder places key pictures at half the distance; no picture is missing."""
    half = base.count // 2 // _second(base) * _second(base)
    group = max(2, _second(base) // 2)
    parts = (part(base, 0, half, "first"), part(base, half, base.count, "second", g=group, keyint_min=group))
    return shown(base.count, *parts, *one_after_another(("first", "second"), "done.ts", {}), result="done.ts")


def _regime(base: Base, _: Base) -> Plan:
    """From the middle on the encoder has a quarter of its rate: its network became slow."""
    own: dict[str, Any] = {"x264-params": f"{CHIP}:zones={base.count // 2},{base.count},b=0.25"}
    return shown(base.count, filmed(base, steady(base), **own))


def _night(base: Base, _: Base) -> Plan:
    """The light goes, the camera turns to night mode: dark, without colour, full of noise."""
    on = f"gte(n,{base.count // 2})"
    video = steady(base).filter("eq", enable=on, brightness=-0.25, saturation=0)
    return shown(base.count, filmed(base, video.filter("noise", enable=on, alls=22, allf="t", all_seed=7)))


def _door(base: Base, _: Base) -> Plan:
    """A door is closed before the camera: most of the picture stands still from then on."""
    video = steady(base).filter(
        "drawbox", enable=f"gte(n,{base.count // 2})", x="iw*0.2", y=0, w="iw*0.8", h="ih", color="0x606468", t="fill"
    )
    return shown(base.count, filmed(base, video))


RHYTHM = (
    Variant(
        "scene-cut-encoder",
        "an encoder begins a group where a lamp is switched on",
        (("keyframe-rhythm", "scene-cut-encoder"),),
        _scene,
    ),
    Variant("key-requested", "a viewer asks for a key picture", (("keyframe-rhythm", "key-on-request"),), _requested),
    Variant("rhythm-starts", "the rhythm begins after the start", (("keyframe-rhythm", "start-up"),), _started),
    Variant(
        "lost-before-key",
        "the end of a group was lost on the way",
        (("keyframe-rhythm", "dropped-frames"),),
        _lost,
        "device",
    ),
    Variant(
        "reconnected-within",
        "a recorder lost its camera within a group and connected again",
        (("keyframe-rhythm", "recorder-reconnect"),),
        _reconnected,
        "device",
    ),
    Variant(
        "other-distance",
        "a recorder halves the distance of key pictures by schedule",
        (("keyframe-rhythm", "new-setting"),),
        _other_distance,
    ),
    Variant(
        "slow-network",
        "the encoder has a quarter of its rate from the middle on",
        (
            ("quantiser-step", "rate-control"),
            ("quantiser-step", "variable-network"),
            ("source-change", "quality-change"),
        ),
        _regime,
    ),
    Variant("night", "a camera goes over to night mode", (("quantiser-step", "night-mode"),), _night),
    Variant("door", "a door is closed before the camera", (("quantiser-step", "scene-change"),), _door),
)
