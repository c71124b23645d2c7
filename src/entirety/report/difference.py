"""Two audits, or two lists of frame hashes, side by side: what exactly differs, by name."""

import re
from collections.abc import Iterator, Sequence

VOLATILE = re.compile(r"run|stated|(custody|comparison\.(clip|sources\[\d+\]))\.(name|modified)")
"""The parts of audit.json in which two audits of the same bytes may differ: the run itself, what somebody stated, and what a
copy of the file changes."""

MOST = 20
"""Differences that are listed by name; the rest are counted."""


def differences(recorded: object, again: object, path: str = "") -> Iterator[str]:
    """Each place where two JSON documents differ, as `path: recorded, now again`; VOLATILE parts are left out."""
    if isinstance(recorded, dict) and isinstance(again, dict):
        for name in sorted(recorded.keys() | again.keys()):
            place = f"{path}.{name}" if path else str(name)
            if not VOLATILE.fullmatch(place):
                yield from _member(name, recorded, again, place)
    elif isinstance(recorded, list) and isinstance(again, list):
        if len(recorded) != len(again):
            yield f"{path}: {len(recorded)} entries recorded, now {len(again)}"
        for number, (one, other) in enumerate(zip(recorded, again, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
    elif recorded != again or type(recorded) is not type(again):
        yield f"{path}: recorded {_short(recorded)}, now {_short(again)}"


def _member(name: str, recorded: dict[str, object], again: dict[str, object], path: str) -> Iterator[str]:
    if name not in again:
        yield f"{path}: recorded, now absent"
    elif name not in recorded:
        yield f"{path}: not recorded, now there"
    else:
        yield from differences(recorded[name], again[name], path)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def first_difference(recorded: Sequence[str], again: Sequence[str]) -> str | None:
    """Name the first frame in which two frame-hash lists differ; None where all frames are equal."""
    before, after = ([line for line in lines if line and not line.startswith("#")] for lines in (recorded, again))
    for number, (one, other) in enumerate(zip(before, after, strict=False)):
        if one != other:
            picture = (
                "its picture" if one.rsplit(",", 1)[-1].strip() != other.rsplit(",", 1)[-1].strip() else "its time"
            )
            return f"the first frame that differs is frame {number}: {picture} is not the recorded one"
    if len(before) != len(after):
        return f"the first {min(len(before), len(after))} frames are equal; {len(before)} frames were recorded, now there are {len(after)}"
    return None
