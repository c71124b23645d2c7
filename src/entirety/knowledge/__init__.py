"""What is known about the programs and devices that write video files: data with sources, kept apart from the code that uses it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

Family = Literal["device", "recorder", "editor", "converter", "platform", "library"]
Place = Literal[
    "tag", "stream-tag", "handler", "brand", "brands", "minor", "note", "box", "order", "field", "container"
]
Rule = Literal["exact", "prefix", "contains", "regex"]
Sure = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One trace: a text that stands at a certain place of a file."""

    where: Place
    key: str
    """Name of the tag, path of the box, or path and name of the field, in lower case; empty for places that have one text only."""
    rule: Rule
    text: str

    def fits(self, found: str) -> bool:
        """Whether the text found there is the one that is looked for; letters count as written."""
        match self.rule:
            case "exact":
                return found == self.text
            case "prefix":
                return found.startswith(self.text)
            case "contains":
                return self.text in found
            case "regex":
                return re.fullmatch(self.text, found) is not None


@dataclass(frozen=True, slots=True)
class Writer:
    """One entry: what leaves these signs, and how we know."""

    id: str
    family: Family
    name: str
    signs: tuple[Sign, ...]
    """All of them must hold."""
    sure: Sure
    source: str


@cache
def writers() -> tuple[Writer, ...]:
    """The table of writers, in file order. Raises ValueError where an entry is not of the stated form."""
    text = resources.files(__name__).joinpath("writers.toml").read_text("utf-8")
    return tuple(_writer(entry) for entry in tomllib.loads(text)["writer"])


def _writer(entry: dict[str, object]) -> Writer:
    name = str(entry["id"])
    if set(entry) != {"id", "family", "name", "signs", "sure", "source"} or not entry["signs"]:
        raise ValueError(f"the entry {name} lacks a field, has one too many, or no sign")
    signs = cast("list[dict[str, str]]", entry["signs"])
    for value, allowed in (
        (entry["family"], Family),
        (entry["sure"], Sure),
        *((s["where"], Place) for s in signs),
        *((s["rule"], Rule) for s in signs),
    ):
        if value not in get_args(allowed):
            raise ValueError(f"the entry {name} says {value!r}, which is none of {get_args(allowed)}")
    return Writer(
        id=name,
        family=cast(Family, entry["family"]),
        name=str(entry["name"]),
        signs=tuple(Sign(cast(Place, s["where"]), s["key"], cast(Rule, s["rule"]), s["text"]) for s in signs),
        sure=cast(Sure, entry["sure"]),
        source=str(entry["source"]),
    )
