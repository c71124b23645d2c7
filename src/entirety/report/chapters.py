"""The findings as WebVTT: any player that takes subtitles or chapters shows where each one lies.

Times are those of a player, from the start of the file. What lies in no shown picture is listed in a note at the top, not put anywhere;
stored pictures that are not shown are listed there too, and have a cue where the shown part meets them.
Texts out of the file hold neither markup nor an arrow that could pass for a time.
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.model.audit import Audit
from entirety.model.time import clock
from entirety.report.played import played
from entirety.report.view import FindingView
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

POINT = Fraction(1, 2)
"""Seconds for which a finding at one point stays on the screen; chosen."""


def chapters(audit: Audit, found: tuple[FindingView, ...], words: Catalogue) -> bytes:
    """The file: header, notes, one cue per finding in the order of playing."""
    cues: list[tuple[Fraction, int, str]] = []
    without, hidden = [], []
    for at, (one, shown) in enumerate(zip(audit.findings, found, strict=True)):
        place, line = played(audit, one.finding.span), f"{shown.id} {shown.title}: {shown.short}"
        if place is None:
            without.append(line)
            continue
        if one.finding.hidden:
            hidden.append(line)
        times = _on_screen(audit, *place)
        cues.append((times[0], at, _cue(times, shown, words)))
    blocks = ["WEBVTT", _note(_head(audit, words))]
    if hidden:
        blocks.append(_note([words.text("cue.hidden"), *hidden]))
    if without:
        blocks.append(_note([words.text("cue.without"), *without]))
    blocks += [text for _, _, text in sorted(cues)]
    return "\n\n".join(blocks).encode("utf-8") + b"\n"


def _on_screen(audit: Audit, start: Fraction, end: Fraction) -> tuple[Fraction, Fraction]:
    """A point stays for a while; one at the end of the clip comes as much before, or no player would show it."""
    last = audit.timeline.origin - audit.start + audit.shown
    begin = max(Fraction(0), min(start, last - POINT))
    return begin, max(end, begin + POINT)


def _head(audit: Audit, words: Catalogue) -> Iterator[str]:
    yield words.text("cue.clip", name=visible(audit.custody.name))
    yield f"SHA-256: {audit.custody.sha256}"
    yield words.text("cue.times")
    yield words.text("cue.at_least")


def _cue(times: tuple[Fraction, Fraction], shown: FindingView, words: Catalogue) -> str:
    return "\n".join(
        (
            shown.id,
            f"{clock(times[0])} --> {clock(times[1])}",
            _escaped(words.text("cue.line", id=shown.id, title=shown.title, weight=shown.weight)),
            _escaped(shown.short),
        )
    )


def _note(lines: Iterator[str] | list[str]) -> str:
    """A comment: it ends at a blank line and may hold no arrow."""
    return "NOTE\n" + "\n".join(_one_line(line).replace("-->", "-- >") for line in lines)


def _escaped(text: str) -> str:
    return _one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"
