"""Innocent things about clocks inside the footage: a subtitle that shows the time, as drones and dashcams write it.

The pictures are those of a camera; beneath them, one line a second, stands a date or a sentence of a satellite receiver.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

import ffmpeg

from entirety.model.time import clock
from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, camera, shown, steady

BEGINNING = datetime(2021, 7, 5, 12, 0, 0)  # noqa: DTZ001 - the clock of a made-up camera, in its own zone
Line = Callable[[int], str]
"""What stands beneath the pictures in second k of the recording."""


def _date(seconds: float) -> str:
    return (BEGINNING + timedelta(seconds=seconds)).isoformat(sep=" ", timespec="seconds")


def _sentence(seconds: float) -> str:
    moment = BEGINNING + timedelta(seconds=seconds)
    return f"$GPRMC,{moment:%H%M%S}.000,A,4807.038,N,01131.000,E,022.4,084.4,{moment:%d%m%y},003.1,W*6A"


def _subtitles(seconds: range, line: Line, later: Callable[[int], float]) -> Step:
    """One line for each second; `later` is the time of the file at which second k is shown."""
    lines = (
        f"{number}\n{_time(later(k))} --> {_time(later(k) + 0.9)}\n{line(k)}\n" for number, k in enumerate(seconds, 1)
    )
    return Step("write", ("clock.srt", "\n".join(lines)))


def _time(seconds: float) -> str:
    """As subtitles write it."""
    return clock(Fraction(seconds)).replace(".", ",")


def _filmed(base: Base, filters: tuple[tuple[str, str], ...] = ()) -> Step:
    video = steady(base)
    for kind, value in filters:
        video = video.filter(kind, value)
    return command(
        ffmpeg.output(video, ffmpeg.input("clock.srt")["s"], "done.mp4", **camera(base), **{"c:s": "mov_text"})
    )


def _seconds(base: Base) -> range:
    return range(int(base.count / base.rate))


def _beneath(base: Base, line: Line) -> Plan:
    """All pictures of the base, with these lines."""
    lines = _subtitles(_seconds(base), line, float)
    return shown(base.count, lines, _filmed(base))


def _steady(base: Base, _: Base) -> Plan:
    return _beneath(base, _date)


def _winter(base: Base, _: Base) -> Plan:
    half = len(_seconds(base)) // 2
    return _beneath(base, lambda k: _date(k - 3_600 * (k >= half)))


def _first_fix(base: Base, _: Base) -> Plan:
    half = len(_seconds(base)) // 2
    return _beneath(base, lambda k: _sentence(k - 18 * (k >= half)))


def _lapse(base: Base, _: Base) -> Plan:
    return _beneath(base, lambda k: _date(30 * k))


def _resting(base: Base, _: Base) -> Plan:
    return _beneath(base, lambda _k: _date(0))


def _uneven(base: Base, _: Base) -> Plan | None:
    """A receiver that is late by many seconds at every second reading or so."""
    return _beneath(base, lambda k: _date(k + 7 * (k % 3 == 1))) if len(_seconds(base)) >= 6 else None


def _paused(base: Base, *, times_leap: bool) -> Plan | None:
    """Two seconds are not recorded, from a full second on; either the times of the file leap, or the date does."""
    every = _seconds(base)
    first, gone = len(every) // 2 - 1, 2
    start, end = (round(k * base.rate) for k in (first, first + gone))
    if first < 2:
        return None
    kept = [("select", f"not(between(n,{start},{end - 1}))")]
    if times_leap:
        lines = _subtitles(range(every.stop - gone), _date, lambda k: float(k + gone * (k >= first)))
    else:
        kept.append(("setpts", f"PTS-gte(PTS*TB,{end}/{base.rate})*({end - start}/({base.rate}*TB))"))
        lines = _subtitles(range(every.stop - gone), lambda k: _date(k + gone * (k >= first)), float)
    truth = Truth("device", base.count - (end - start), (Place(start, visible=True),), software=False)
    return Plan((lines, _filmed(base, tuple(kept))), "done.mp4", truth)


def _by_recorded(base: Base, _: Base) -> Plan | None:
    return _paused(base, times_leap=True)


def _by_wall(base: Base, _: Base) -> Plan | None:
    return _paused(base, times_leap=False)


CHECK = "timecode-break"
CLOCKS = (
    Variant("clock-steady", "the date beneath the pictures, whole seconds", ((CHECK, "rounding"),), _steady),
    Variant("clock-winter", "the camera's clock changes to winter time", ((CHECK, "summer-time"),), _winter),
    Variant("clock-fix", "a satellite receiver learns of the leap seconds", ((CHECK, "gps-loss"),), _first_fix),
    Variant("clock-lapse", "a clock that runs thirty times as fast", ((CHECK, "time-lapse"),), _lapse),
    Variant("clock-resting", "a clock that was never started", ((CHECK, "not-running"),), _resting),
    Variant("clock-uneven", "a clock that is late again and again", ((CHECK, "unsteady-clock"),), _uneven),
    Variant(
        "clock-rec-run", "a clock that stands while the recorder pauses", ((CHECK, "rec-run"),), _by_recorded, "device"
    ),
    Variant(
        "clock-free-run",
        "a clock that runs on while pictures are not recorded",
        ((CHECK, "recorder-pause"), (CHECK, "lost-pictures")),
        _by_wall,
        "device",
    ),
)
