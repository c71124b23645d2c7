"""The data block of the page: what its own program draws, the same numbers as in audit.json, and every word that it says.

The program has no words and no numbers of its own. Without it the page says all of this too, in its tables and its drawing.
"""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

from entirety.model.audit import Audit, Numbered, Still, has_place
from entirety.model.copies import REVIEW_FILE
from entirety.model.time import clock
from entirety.report.drawn import timeline_part
from entirety.report.facts import grouped
from entirety.report.figure import MOST_CLOCKS, drawn_shots, has_hidden_place, short_clock_name
from entirety.report.record import Json, Object
from entirety.report.view import FindingView
from entirety.report.view_live import LiveView, StripPicture
from entirety.report.wording import Catalogue

GAPS: Mapping[str, tuple[str, ...]] = {
    "pin": ("id", "word", "time", "title"),
    "pins_near": ("value", "time", "id"),
    "none": (),
    "shot": ("number", "group"),
    "bytes": ("value",),
    "bytes_of": ("type", "value"),
    "key": ("time",),
    "seconds": ("value",),
    "decibels": ("value",),
    "hashing": ("name",),
    "rate": ("done", "total", "rate"),
    "stopped": (),
    "empty": ("name",),
    "unreadable": ("name",),
    "one": (),
    "same": ("name",),
    "other": ("name",),
    "review": ("name",),
    "unplayable": (),
    "unplayable_review": (),
    "video": (),
    "play": (),
    "pause": (),
    "mute": (),
    "unmute": (),
    "shown": ("time",),
    "wipe_at": ("value",),
}
"""Messages that the program says, and the gaps that it fills itself."""
LANES = ("shots", "change", "bytes", "keys", "quantiser", "steps", "sound", "hidden", "unexamined")
"""Lanes, and what is laid over them, by the names that the drawing gives them."""

STRIP = ("strip", "shot")
"""Roles of the small copies; of two of one picture the first is taken."""


def live_view(
    audit: Audit, told: Iterable[FindingView], words: Catalogue, outputs: Iterable[tuple[str, str]]
) -> LiveView:
    """`told` are the findings of the view, `outputs` names and hashes of the files beside the page."""
    strip, review = _strip(audit), dict(outputs).get(REVIEW_FILE, "")
    data: Object = {
        "clip": {
            "sha256": audit.custody.sha256,
            "bytes": audit.custody.size,
            "start": round(float(audit.start), 6),
            "origin": round(float(audit.timeline.origin), 6),
        },
        "review": {"file": REVIEW_FILE, "sha256": review} if review else None,
        "timeline": timeline_part(audit.timeline),
        "clocks": _clocks(audit, words),
        "findings": [_finding(one, view, audit) for one, view in zip(audit.findings, told, strict=True)],
        "shots": [[round(start, 6), round(end, 6), group] for start, end, group in drawn_shots(audit)],
        "unexamined": [
            [_since(part.start, audit), _since(part.end, audit)] for part in audit.unexamined if has_place(part)
        ],
        "strip": [0.0 if still.time is None else _since(still.time, audit) for still in strip],
        "words": _words(words),
    }
    pictures = tuple(_picture(still, words) for still in strip)
    return LiveView(embedded(data), pictures, grouped(review) if review else "")


def embedded(data: Object) -> str:
    """JSON in ASCII without any character that could end the element in which it stands or begin another one."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _clocks(audit: Audit, words: Catalogue) -> list[Json]:
    """Place and name of the clocks that are drawn."""
    drawn = [(at, line) for at, line in enumerate(audit.timeline.clocks) if line.times][:MOST_CLOCKS]
    return [
        {"row": at, "name": f"{words.text('timeline.clock', number=number)}: {short_clock_name(line, words)}"}
        for number, (at, line) in enumerate(drawn, 1)
    ]


def _finding(one: Numbered, view: FindingView, audit: Audit) -> Json:
    return {
        "id": view.id,
        "at": _since(one.finding.span.start, audit),
        "end": _since(one.finding.span.end, audit),
        "weight": view.weight_code,
        "word": view.weight,
        "title": view.title,
        "hidden": has_hidden_place(one.finding),
    }


def _since(time: Fraction, audit: Audit) -> float:
    return round(float(time - audit.timeline.origin), 6)


def _words(words: Catalogue) -> Object:
    said: Object = {
        name: words.text(f"live.{name}", **{gap: f"{{{gap}}}" for gap in gaps}) for name, gaps in GAPS.items()
    }
    lanes: Object = {name: words.text(f"timeline.{name}") for name in LANES}
    return said | {"lanes": lanes | {"time": words.text("live.time")}}


def _strip(audit: Audit) -> list[Still]:
    """The small copies there are, one of each picture, in the order of their times."""
    kept: dict[int, Still] = {}
    for role in STRIP:
        for still in audit.stills:
            if still.role == role and still.time is not None:
                kept.setdefault(still.frame, still)
    return [kept[frame] for frame in sorted(kept)]


def _picture(still: Still, words: Catalogue) -> StripPicture:
    time = words.text("picture.no_time") if still.time is None else clock(still.time)
    described = words.text("live.strip_alt", number=still.frame, time=time)
    return StripPicture(still.file, time, described, still.width, still.height)
