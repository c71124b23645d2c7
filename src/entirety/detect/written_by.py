"""Which entries of the table of writers fit a file, and whether one of them is a site or messenger that writes every video anew.

Such a service gives each file a structure, dates and free space of its own. What the container looked like before is gone, so what
it looks like now says nothing about the recording.
"""

from dataclasses import replace

from entirety.detect.known_writers import known
from entirety.detect.sentences import say
from entirety.detect.traces import traces
from entirety.knowledge import Place, Writer
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Weight

NAMING: frozenset[Place] = frozenset(("tag", "stream-tag", "handler", "note", "brand"))
"""Places of texts by which a service names itself; structure alone may be that of another program that writes likewise."""


def platforms(clip: Clip) -> str:
    """Names of the sites and messengers that left a text of theirs, each once; empty where none did."""
    named = [m.writer.name for m in known(traces(clip)) if m.writer.family == "platform" and _by_text(m.writer)]
    return "; ".join(dict.fromkeys(named))


def _by_text(writer: Writer) -> bool:
    return writer.sure != "low" and any(sign.where in NAMING for sign in writer.signs)


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
