"""What every structure must hold, whatever the bytes: blocks and leftovers cover the file, children lie in their parents."""

import re
from collections.abc import Iterable, Sequence

from entirety.model.container import Box, Structure

PROBLEM = re.compile(r"At byte \d+: .*[^.]\.", re.DOTALL)
MOST_PROBLEMS = 201


def violations(structure: Structure, length: int) -> list[str]:
    """Sentences about what does not hold; empty for a sound structure."""
    parts = [(box.offset, box.end, box.path) for box in structure.boxes]
    parts += [(start, end, "leftover") for start, end in structure.leftovers]
    found = list(_gaps(sorted(parts), length))
    for box in structure.walk():
        found += _inside(box)
    found += [f"fact {path!r} is too long" for path, value in structure.facts if len(value) > 500]
    found += [f"fact {path!r} is not printable" for path, value in structure.facts if not (path + value).isprintable()]
    found += [f"no sentence with a place: {words!r}" for words in structure.problems if not PROBLEM.fullmatch(words)]
    if len(structure.problems) > MOST_PROBLEMS:
        found.append(f"{len(structure.problems)} problems")
    return found


def _gaps(parts: Sequence[tuple[int, int, str]], length: int) -> Iterable[str]:
    at = 0
    for start, end, name in parts:
        if start != at:
            yield f"{name} begins at {start}, and what is before it ends at {at}"
        if end <= start:
            yield f"{name} has no bytes: {start} to {end}"
        at = end
    if at != length:
        yield f"the parts end at {at}, and the file at {length}"


def _inside(box: Box) -> list[str]:
    found = []
    if not 0 <= box.header <= box.size + 4:  # the version and flags of a cut ISO box may be missing
        found.append(f"{box.path}: header of {box.header} bytes in {box.size}")
    at = box.offset
    for child in box.children:
        if child.offset < at or child.end > box.end:
            found.append(f"{child.path} ({child.offset} to {child.end}) overlaps or leaves {box.path}")
        at = child.end
    return found
