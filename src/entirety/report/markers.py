"""The findings as OpenTimelineIO markers on the clip, for editing programs: a timeline with one clip, a marker per finding.

Where the clip has a constant rate, places are frame numbers at that rate; otherwise they are thousandths of a second, and no timecode is
invented. The clip is named by its bare file name; where it lies is not said, and the program asks for it.
"""

from fractions import Fraction

from entirety.model.audit import Audit, Numbered
from entirety.model.finding import Span, Weight
from entirety.report.case_names import address
from entirety.report.played import played
from entirety.report.record import Json, Object, times
from entirety.report.sarif import frames
from entirety.report.view import FindingView
from entirety.report.visible import visible

THOUSANDTHS = Fraction(1000)
COLOURS = {Weight.DIRECT: "MAGENTA", Weight.STRONG: "BLUE", Weight.SUPPORTING: "CYAN", Weight.NEUTRAL: "WHITE"}
"""Names that the format knows; none is a traffic light's."""


def markers(audit: Audit, found: tuple[FindingView, ...]) -> Object:
    """The whole timeline."""
    rate = _rate(audit)
    name, whole = visible(audit.custody.name), _range(Fraction(0), audit.shown, rate)
    listed: list[Json] = []
    without: list[Json] = []
    for one, shown in zip(audit.findings, found, strict=True):
        marker = _marker(audit, one, shown, rate)
        if marker is None:
            without.append({"id": shown.id, "title": shown.title, "claim": shown.claim})
        else:
            listed.append(marker)
    clip: Object = {
        "OTIO_SCHEMA": "Clip.2",
        "metadata": {"entirety": {"sha256": audit.custody.sha256, "findings_without_a_place": without}},
        "name": name,
        "source_range": whole,
        "effects": [],
        "markers": listed,
        "enabled": True,
        "media_references": {
            "DEFAULT_MEDIA": {
                "OTIO_SCHEMA": "ExternalReference.1",
                "metadata": {"entirety": {"sha256": audit.custody.sha256}},
                "name": name,
                "available_range": whole,
                "available_image_bounds": None,
                "target_url": address(audit.custody.name),
            }
        },
        "active_media_reference_key": "DEFAULT_MEDIA",
    }
    track: Object = {**_holder("Track.1", "V1", [clip]), "kind": "Video"}
    return {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {"entirety": {"version": audit.tool.version, "answer": audit.answer.value}},
        "name": name,
        "global_start_time": None,
        "tracks": _holder("Stack.1", "tracks", [track]),
    }


def _holder(schema: str, name: str, children: list[Json]) -> Object:
    return {
        "OTIO_SCHEMA": schema,
        "metadata": {},
        "name": name,
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
        "children": children,
    }


def _marker(audit: Audit, one: Numbered, shown: FindingView, rate: Fraction) -> Object | None:
    finding, span = one.finding, one.finding.span
    place = played(audit, span)
    if place is None:
        return None
    marked = _range(*place, rate)
    if rate != THOUSANDTHS:
        # The file's own times may begin with a part of a frame; the number of the frame does not.
        marked = _counted(span.first, _frames_long(span, rate), rate)
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {
            "entirety": {
                "id": one.id,
                "check": visible(finding.check),
                "code": visible(finding.code),
                "weight": finding.weight.value,
                "confidence": finding.confidence.value,
                **times(span.start, span.end),
                **frames(span.first, span.last),
                "sha256": audit.custody.sha256,
            }
        },
        "name": f"{shown.id} {shown.title}",
        "color": COLOURS[finding.weight],
        "comment": shown.claim,
        "marked_range": marked,
    }


def _frames_long(span: Span, rate: Fraction) -> int:
    """Frames from the first to the last, which counts as well where the finding lasts to the end of it, as one about the whole clip does."""
    apart = max(0, span.last - span.first)
    return apart + ((span.end - span.start) * rate > apart + Fraction(1, 2))


def _rate(audit: Audit) -> Fraction:
    """The clip's constant rate, where frames at it last as long as the clip; thousandths otherwise."""
    stream = audit.streams[audit.video] if 0 <= audit.video < len(audit.streams) else None
    rate = stream.rate if stream is not None else None
    fits = rate is not None and 0 < rate <= THOUSANDTHS and abs(audit.shown * rate - audit.frames) <= 1
    return rate if rate is not None and audit.constant_rate and fits else THOUSANDTHS


def _range(start: Fraction, end: Fraction, rate: Fraction) -> Object:
    first = round(start * rate)
    return _counted(first, max(0, round(end * rate) - first), rate)


def _counted(first: int, length: int, rate: Fraction) -> Object:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(first, rate),
        "duration": _time(length, rate),
    }


def _time(value: int, rate: Fraction) -> Object:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(value)}
