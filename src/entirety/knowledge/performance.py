"""The measured error rates that reports print: how often each check found an edit that was there, and spoke where there was none.

The table is made by `entirety validate` from clips whose truth is known, and is stored with the hash of that set, the date, the version
and the commit. It was counted on clips made for the purpose; it is not the chance that some other clip was edited.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

GROUPS = (
    "untouched",
    "trim-copy",
    "trim-encode",
    "remove-copy",
    "remove-encode",
    "join-copy",
    "join-encode",
    "transition",
    "freeze",
    "repeat",
    "speed",
    "overlay",
    "sound",
    "innocent",
    "device",
)
"""Families of edits that are summed up in reports; `copy` is without new encoding, `encode` with it. `innocent` is continuous, `device` is
a break or a trim that the recording device itself made."""

FORMAT = 3
"""Formats 1 and 2 are still read: the first has no `Together`, neither has `Seen`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the cuts in the clips of one row, by the checks that compare pictures."""

    scene: str
    """Where two parts of one take meet: `moving`, `stirred` or `still`; where two takes do: `one-camera` or `two-cameras`; see validate.stirred.
    Empty for all other edits."""
    frame: int
    """Clips in which at least one of the checks for cuts placed a finding within one frame of what was done."""
    near: int
    """Clips in which one did so within half a second; those within one frame are among them."""
    grouped: int
    """Clips whose parts were told rightly to be of one source or of two."""
    parts: int
    """Clips in which there was something to tell: two recordings, or one whose cut was seen."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one check did in the clips of one row."""

    frame: int
    """Clips in which it placed a finding within one frame of what was done."""
    near: int
    """Clips in which it placed one within half a second; those within one frame are among them."""
    false: int
    """Findings that lie elsewhere, or where nothing was done."""
    false_clips: int
    """Clips that have such findings."""
    not_run: int
    """Clips in which it was skipped, did not apply or broke."""


NOTHING = (0, 0, 0, 0, 0)
_counted = cache(Counted)
"""43,750 entries hold 40 different counts, three in four of them NOTHING: one object for each, and the table loads in a quarter of the time."""


@dataclass(frozen=True, slots=True)
class Together:
    """What all checks together did in the clips of one row, by any finding above neutral but those about what wrote the file."""

    frame: int
    """Clips in which at least one placed a finding within one frame of what was done."""
    near: int
    """Clips in which at least one did so within half a second; those within one frame are among them."""
    lost: tuple[tuple[str, str], ...]
    """The others, with none within one frame: base, and why. `missed`, or the name of the reason for which nothing can be seen; the reason
    follows from how the clip was made and not from what was found, and stands in validate.unseen."""


@dataclass(frozen=True, slots=True)
class Row:
    """All clips of one half, condition, kind of file and edit."""

    half: str
    nature: str
    condition: str
    kind: str
    """Kind of file as judge.kind names it; a report reads the rows of its file's kind."""
    edit: str
    group: str
    clips: int
    seconds: float
    answers: tuple[tuple[str, int], ...]
    """Answer on page one and in how many clips."""
    checks: tuple[tuple[str, Counted], ...]
    """Every check in the order of the code."""
    together: Together | None = None
    """For edits without new encoding; None for all others, and where the table was measured before this was counted."""
    seen: Seen | None = None
    """For edits; None for continuous clips, and where the table was measured before this was counted."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A detector of shot changes, ours among them, on the clips of one half, nature and condition."""

    half: str
    nature: str
    condition: str
    name: str
    clips: int
    seconds: float
    visible: int
    """Places at which the picture itself breaks."""
    frame: int
    near: int
    reported: int
    """Cuts that it reported."""
    off: int
    """Reported cuts more than one frame away from every place where something was done."""
    false: int
    """Those of them that are more than half a second away."""


@dataclass(frozen=True, slots=True)
class Table:
    """The whole measurement."""

    set_sha256: str
    """Over the names and recipes of all clips, sorted; a recipe holds the commands, the bases' own hashes and ffmpeg's version."""
    date: str
    tool: str
    commit: str
    ffmpeg: str
    clips: int
    bases: int
    revisions: tuple[tuple[str, int], ...]
    """Check id and revision that was measured."""
    rows: tuple[Row, ...]
    rivals: tuple[Rival, ...]


@cache
def table() -> Table | None:
    """The table in this package, or None where it holds none."""
    place = resources.files("entirety.knowledge").joinpath("performance.json")
    return restore(json.loads(place.read_text(encoding="utf-8"))) if place.is_file() else None


def store(table: Table) -> str:
    """The table as JSON, one row a line so that a change of one row shows as one line."""
    head = {
        "format": FORMAT,
        "set_sha256": table.set_sha256,
        "date": table.date,
        "tool": table.tool,
        "commit": table.commit,
        "ffmpeg": table.ffmpeg,
        "clips": table.clips,
        "bases": table.bases,
        "revisions": dict(table.revisions),
    }
    lines = [f" {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    rows = ",\n".join(f"  {json.dumps(_row(row), separators=(',', ':'))}" for row in table.rows)
    rivals = ",\n".join(f"  {json.dumps(_rival(rival), separators=(',', ':'))}" for rival in table.rivals)
    return "{\n" + "\n".join(lines) + f'\n "rows": [\n{rows}\n ],\n "rivals": [\n{rivals}\n ]\n}}\n'


def restore(document: Mapping[str, Any]) -> Table:
    """The table from its JSON. Raises ValueError where it is of another format, KeyError or TypeError where it is none."""
    if document["format"] not in (1, 2, FORMAT):
        raise ValueError(f"the table of error rates has format {document['format']}; this version reads {FORMAT}")
    revisions = tuple((str(check), int(revision)) for check, revision in document["revisions"].items())
    return Table(
        set_sha256=document["set_sha256"],
        date=document["date"],
        tool=document["tool"],
        commit=document["commit"],
        ffmpeg=document["ffmpeg"],
        clips=document["clips"],
        bases=document["bases"],
        revisions=revisions,
        rows=tuple(_row_from(row, [check for check, _ in revisions]) for row in document["rows"]),
        rivals=tuple(Rival(*rival) for rival in document["rivals"]),
    )


def _row(row: Row) -> list[object]:
    # Checks stand in the order of `revisions`; one that did nothing and always ran is 0.
    counted = [[c.frame, c.near, c.false, c.false_clips, c.not_run] for _, c in row.checks]
    told = [c if any(c) else 0 for c in counted]
    head = [row.half, row.nature, row.condition, row.kind, row.edit, row.group, row.clips, round(row.seconds, 2)]
    whole = [*head, dict(row.answers), told]
    together = row.together and [row.together.frame, row.together.near, row.together.lost]
    seen = row.seen and [row.seen.scene, row.seen.frame, row.seen.near, row.seen.grouped, row.seen.parts]
    return [*whole, together, seen] if seen else [*whole, together] if together else whole


def _row_from(row: list[Any], checks: list[str]) -> Row:
    half, nature, condition, kind, edit, group, clips, seconds, answers, told, *more = row
    counted = [_counted(*(c or NOTHING)) for c in told]
    done = tuple(zip(checks, counted, strict=True))
    together = _together_from(*more[0]) if more and more[0] else None
    seen = Seen(*more[1]) if more[1:] else None
    return Row(half, nature, condition, kind, edit, group, clips, seconds, tuple(answers.items()), done, together, seen)


def _together_from(frame: int, near: int, lost: list[list[str]]) -> Together:
    return Together(frame, near, tuple((base, why) for base, why in lost))


def _rival(rival: Rival) -> list[object]:
    counts = [rival.visible, rival.frame, rival.near, rival.reported, rival.off, rival.false]
    return [rival.half, rival.nature, rival.condition, rival.name, rival.clips, round(rival.seconds, 2), *counts]
