"""The signals of the timeline as JSON values, and back; what an older program did not keep is read as absent."""

import math
from collections.abc import Iterable
from dataclasses import replace

from entirety.model.timeline import ClockLine, Timeline
from entirety.report.lanes import SILENCE
from entirety.report.part import Part
from entirety.report.record import Json, Object, decimal, exact

LATER = ("kinds", "quantiser", "steps", "usual_step", "clocks")
"""Members that audits of older programs lack, all of them."""

SOUND = ("sound", "silence")
"""Members that audits of programs lack which drew no sound, both of them."""


def timeline_part(timeline: Timeline) -> Object:
    """Signals for drawing only; what is not finite is drawn as 0."""
    kinds: list[Json] = [{"type": letter, "packet_bytes": _signal(values)} for letter, values in timeline.kinds]
    clocks: list[Json] = [
        {"source": line.source, "times": _signal(line.times), "ahead": _signal(line.ahead)} for line in timeline.clocks
    ]
    return {
        "bins": timeline.bins,
        "duration": exact(timeline.duration),
        "duration_s": decimal(timeline.duration),
        "origin": exact(timeline.origin),
        "keys": _signal(timeline.keys),
        "packet_bytes": _signal(timeline.packet_bytes),
        "change": _signal(timeline.change),
        "luma": _signal(timeline.luma),
        "kinds": kinds,
        "quantiser": _signal(timeline.quantiser),
        "steps": _signal(timeline.steps),
        "usual_step": round(timeline.usual_step, 6),
        "clocks": clocks,
        "sound": _signal(timeline.sound),
        "silence": SILENCE,
    }


def timeline_of(part: Part) -> Timeline:
    """The timeline of a saved document. Raises CannotOpen where a member is missing or wrong; LATER may be absent together, and SOUND."""
    timeline = Timeline(
        bins=part.whole("bins"),
        origin=part.time("origin"),
        duration=part.time("duration"),
        keys=part.numbers("keys"),
        packet_bytes=part.numbers("packet_bytes"),
        change=part.numbers("change"),
        luma=part.numbers("luma"),
    )
    if set(SOUND) & set(part.names()):
        if part.number("silence") != SILENCE:
            raise part.wrong("silence")
        timeline = replace(timeline, sound=part.numbers("sound"))
    if not set(LATER) & set(part.names()):
        return timeline
    return replace(
        timeline,
        kinds=part.each("kinds", _kind),
        quantiser=part.numbers("quantiser"),
        steps=part.numbers("steps"),
        usual_step=part.number("usual_step"),
        clocks=part.each("clocks", _clock),
    )


def _kind(part: Part) -> tuple[str, tuple[float, ...]]:
    return part.text("type"), part.numbers("packet_bytes")


def _clock(part: Part) -> ClockLine:
    times, ahead = part.numbers("times"), part.numbers("ahead")
    if len(times) != len(ahead):
        raise part.wrong("ahead")
    return ClockLine(part.text("source"), times, ahead)


def _signal(values: Iterable[float]) -> list[Json]:
    return [round(float(number), 6) if math.isfinite(number) else 0.0 for number in values]
