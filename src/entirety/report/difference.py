"""Two audits, or two lists of frame hashes, side by side: what exactly differs, by name."""

import re
from collections.abc import Iterator, Sequence

from entirety.report.wording import Catalogue

VOLATILE = re.compile(r"run|stated|(custody|comparison\.(clip|sources\[\d+\]))\.(name|modified)")
"""The parts of audit.json in which two audits of the same bytes may differ: the run itself, what somebody stated about the case, and what a
copy of the file changes."""

MOST = 20
"""Differences that are listed by name; the rest are counted."""


def differences(recorded: object, again: object, words: Catalogue | None = None, path: str = "") -> Iterator[str]:
    """Each place where two JSON documents differ, as `path: recorded, now again`; VOLATILE parts are left out."""
    words = words or Catalogue("en")
    if isinstance(recorded, dict) and isinstance(again, dict):
        for name in sorted(recorded.keys() | again.keys()):
            place = f"{path}.{name}" if path else str(name)
            if not VOLATILE.fullmatch(place):
                yield from _member(name, recorded, again, words, place)
    elif isinstance(recorded, list) and isinstance(again, list):
        if len(recorded) != len(again):
            yield words.text("verify.part.entries", place=path, recorded=len(recorded), now=len(again))
        for number, (one, other) in enumerate(zip(recorded, again, strict=False)):
            yield from differences(one, other, words, f"{path}[{number}]")
    elif recorded != again or type(recorded) is not type(again):
        yield words.text("verify.part.other", place=path, recorded=_short(recorded), now=_short(again))


def _member(
    name: str, recorded: dict[str, object], again: dict[str, object], words: Catalogue, path: str
) -> Iterator[str]:
    if name not in again:
        yield words.text("verify.part.gone", place=path)
    elif name not in recorded:
        yield words.text("verify.part.new", place=path)
    else:
        yield from differences(recorded[name], again[name], words, path)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def first_difference(recorded: Sequence[str], again: Sequence[str], words: Catalogue | None = None) -> str | None:
    """Name the first frame in which two frame-hash lists differ; None where all frames are equal."""
    words = words or Catalogue("en")
    before, after = ([line for line in lines if line and not line.startswith("#")] for lines in (recorded, again))
    for number, (one, other) in enumerate(zip(before, after, strict=False)):
        if one != other:
            picture = one.rsplit(",", 1)[-1].strip() != other.rsplit(",", 1)[-1].strip()
            return words.text("verify.frame.picture" if picture else "verify.frame.time", frame=number)
    if len(before) != len(after):
        same = min(len(before), len(after))
        return words.text("verify.frame.number", same=same, recorded=len(before), now=len(after))
    return None
