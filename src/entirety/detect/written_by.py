"""Which entries of the table of writers fit a file, and whether one of them is a site or messenger that writes every video anew.

Such a service gives each file a structure, dates and free space of its own. What the container looked like before is gone, so what
it looks like now says nothing about the recording.
"""

from dataclasses import dataclass, replace

from entirety.detect.sentences import say
from entirety.detect.traces import Trace, traces
from entirety.knowledge import Family, Writer, writers
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Weight

SOFTWARE: tuple[Family, ...] = ("editor", "converter", "platform", "library")
"""Families of which none is a camera or a recorder."""


@dataclass(frozen=True, slots=True)
class Match:
    """A table entry that fits this file, with the text it was recognised by."""

    writer: Writer
    found: tuple[Trace, ...]


def matches(clip: Clip) -> list[Match]:
    """Every entry of which all signs are there, in the order of the table."""
    found = traces(clip)
    fitting = []
    for writer in writers():
        hits = [
            next((t for t in found if t.where == s.where and t.key == s.key and s.fits(t.text)), None)
            for s in writer.signs
        ]
        whole = tuple(hit for hit in hits if hit is not None)
        if len(whole) == len(writer.signs):
            fitting.append(Match(writer, whole))
    return fitting


def platforms(clip: Clip) -> str:
    """Names of the sites and messengers that left their traces, each once; empty where none did."""
    named = [m.writer.name for m in matches(clip) if m.writer.family == "platform" and m.writer.sure != "low"]
    return "; ".join(dict.fromkeys(named))


def held_back(finding: Finding, services: str) -> Finding:
    """The finding as it stands where `services` wrote the file anew: neutral, and saying why. Unchanged where that is empty."""
    if not services or finding.weight is Weight.NEUTRAL:
        return finding
    text = (
        "In our assessment nothing follows from this here: the file bears traces of {services}. Such a service writes every video anew, with "
        "dates, structure and free space of its own, so the container says nothing about the recording."
    )
    inference = say(f"{finding.check}.platform.inference", text, services=services)
    return replace(finding, weight=Weight.NEUTRAL, inference=inference)
