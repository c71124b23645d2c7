"""Reads the XMP packet of a file: its dates, the program that made it, and the list of steps that programs enter when they save.

A packet is XML and may be anything: declarations of types and entities are refused, and depth, steps and texts are bounded.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

ADOBE = "http://ns.adobe.com/xap/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
EVENT = f"{ADOBE}sType/ResourceEvent# "
HISTORY = f"{ADOBE}mm/ History"
DESCRIPTION, ITEM = f"{RDF} Description", f"{RDF} li"
OTHERS = frozenset((f"{ADOBE}mm/ Pantry", f"{ADOBE}mm/ Ingredients", f"{ADOBE}mm/ DerivedFrom"))
"""Parts that speak of the files that this one was made from."""
MAX_DEPTH = 64
"""Real packets nest about ten deep."""
MAX_STEPS = 500
"""A project that was saved a hundred times has about that many."""
MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history."""

    action: str
    when: str
    agent: str
    """The program that entered it."""
    changed: str
    """`/` for the whole file, `/metadata` for texts about it only; empty where not stated."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What one packet says; empty texts where it does not."""

    created: str = ""
    modified: str = ""
    described: str = ""
    """Date of the last change of the packet itself (`MetadataDate`)."""
    tool: str = ""
    steps: tuple[Step, ...] = ()


class _Refused(Exception):
    """The packet asks for what no packet needs."""


@dataclass(slots=True)
class _Reader:
    """What was met so far, and where in the packet the parser stands."""

    path: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    steps: list[dict[str, str]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > MAX_DEPTH:
            raise _Refused
        if OTHERS.intersection(self.path):
            return
        if HISTORY in self.path:
            if name == ITEM and len(self.steps) < MAX_STEPS:
                self.steps.append({})
            for key, text in attributes.items():
                self.event(key, text)
        elif name == DESCRIPTION:
            self.fields |= {key: text for key, text in attributes.items() if key.startswith(ADOBE)}

    def end(self, _: str) -> None:
        self.path.pop()

    def text(self, text: str) -> None:
        if len(self.path) < 2 or OTHERS.intersection(self.path):
            return
        name = self.path[-1]
        if HISTORY in self.path:
            self.event(name, text)
        elif self.path[-2] == DESCRIPTION and name.startswith(ADOBE):
            self.fields[name] = (self.fields.get(name, "") + text)[:MAX_TEXT]

    def event(self, name: str, text: str) -> None:
        if self.steps and name.startswith(EVENT):
            key = name.removeprefix(EVENT)
            self.steps[-1][key] = (self.steps[-1].get(key, "") + text)[:MAX_TEXT]

    def refuse(self, *_: object) -> None:
        raise _Refused


def read_packet(text: str) -> Packet:
    """What the packet says, up to the place where it is no longer well-formed; nothing at all where it declares a document type."""
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _Refused:
        return Packet()
    except expat.ExpatError:
        pass  # cut or damaged: what came before stands
    return Packet(
        created=_clean(reader.fields.get(f"{ADOBE} CreateDate", "")),
        modified=_clean(reader.fields.get(f"{ADOBE} ModifyDate", "")),
        described=_clean(reader.fields.get(f"{ADOBE} MetadataDate", "")),
        tool=_clean(reader.fields.get(f"{ADOBE} CreatorTool", "")),
        steps=tuple(
            Step(*(_clean(step.get(key, "")) for key in ("action", "when", "softwareAgent", "changed")))
            for step in reader.steps
        ),
    )


def _clean(text: str) -> str:
    return "".join(c for c in text[:MAX_TEXT] if c.isprintable()).strip()
