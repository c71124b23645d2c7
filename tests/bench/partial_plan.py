"""Which partial copies are made: what is taken from which recording, in which order, and what is done to it.

Nothing is left to chance: every choice follows from the name of the copy, so that the set is the same on every machine.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bench.partial_sources import BY_ID, SOURCES, Recording, Source

STRUCTURES = ("one", "two", "three", "four", "jump", "swapped", "again", "backwards", "foreign", "two-sources")
"""How pieces are put together; `jump` leaves out less than a second."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece as an editor takes it: pictures [first, end) of a recording."""

    source: str
    first: int
    end: int
    speed: Fraction = Fraction(1)
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """One partial copy."""

    name: str
    base: str
    given: tuple[str, ...]
    """The recordings that it is held against; what is taken from others is foreign."""
    taken: tuple[Taken, ...]
    conditions: tuple[str, ...]
    structure: str
    editor: str
    sound: str
    """What becomes of the sound: same, removed, or other."""

    @property
    def half(self) -> str:
        return BY_ID[self.base].half


def number(name: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`, which follows from a name."""
    return low + int.from_bytes(hashlib.sha256(name.encode()).digest()[:6]) % (high - low + 1)


ALONE = {
    "copy": 12, "mkvmerge": 6, "melt": 6, "opencv": 4,
    "crf18": 4, "crf23": 5, "crf30": 5, "mpeg4": 4, "hevc": 4, "vp9": 4, "mjpeg": 4,
    "half": 4, "640x360": 3, "squeezed": 4, "crop2.5": 4, "crop5": 5, "letterbox": 4, "pillarbox": 4,
    "logo": 4, "caption": 4, "grey": 4, "brighter": 3, "contrast": 3, "gamma": 3, "mirrored": 5,
    "25to30": 3, "30to25": 3, "30to15": 3, "60to30": 3,
    "speed0.8": 4, "speed0.9": 4, "speed1.1": 4, "speed1.25": 4, "messenger": 6,
}  # fmt: skip
"""Conditions that come alone, and in how many copies."""

TOGETHER = (
    ("crop5", "grey"), ("crop2.5", "messenger"), ("letterbox", "logo"), ("mirrored", "crop5"), ("grey", "caption", "crf30"),
    ("half", "brighter"), ("mirrored", "grey", "messenger"), ("pillarbox", "vp9"), ("25to30", "half"), ("30to25", "logo"),
    ("30to15", "messenger"), ("60to30", "crop2.5"), ("speed0.8", "half"), ("speed1.25", "crop2.5"), ("speed1.1", "logo"),
    ("speed0.9", "messenger"), ("contrast", "logo", "hevc"), ("gamma", "squeezed"), ("letterbox", "messenger"),
    ("crop5", "mirrored", "crf30"), ("squeezed", "mpeg4"), ("caption", "messenger"), ("brighter", "crop2.5", "logo"),
    ("mirrored", "speed1.1"), ("640x360", "gamma", "mjpeg"), ("crop5", "logo", "messenger"), ("grey", "30to25"),
)  # fmt: skip
"""Conditions that come together; each in two copies, one of either half."""

RATES = {"25to30": 25, "30to25": 30, "30to15": 30, "60to30": 60}
"""Pictures per second that a recording must have for a change of rate."""
EXACT = {"copy", "mkvmerge"}


def rate_of(source: Source) -> int:
    """Pictures per second of a recording, as far as it is known beforehand; 0 where it is not steady."""
    if source.file.startswith(("yard", "street")):
        return int(source.file.split()[2])
    return {"motorway": 25, "road": 25, "walk": 30, "bottles": 30, "tree": 15}.get(source.scene or source.id, 10)


def outline() -> list[tuple[str, Source, tuple[str, ...], str]]:
    """Name, base, conditions and structure of every copy, halves in turn."""
    wanted: list[tuple[str, ...]] = [(label,) for label, count in ALONE.items() for _ in range(count)]
    wanted += [labels for labels in TOGETHER for _ in range(2)]
    halves = {half: [source for source in SOURCES if source.half == half] for half in ("tuning", "reporting")}
    turns = {"tuning": 0, "reporting": 0}
    found = []
    for place, labels in enumerate(wanted):
        half = ("tuning", "reporting")[place % 2]
        fitting = halves[half]
        turn = turns[half]
        turns[half] += 1
        needed = next((RATES[label] for label in labels if label in RATES), 0)
        if needed:
            fitting = [source for source in fitting if rate_of(source) == needed]
        if labels in {("copy",), ("mkvmerge",)}:
            # AVI from a camera of its own format cannot be joined without coding anew by every program.
            fitting = [source for source in fitting if not source.file.endswith(".avi") or source.count]
        base = fitting[turn % len(fitting)]
        structure = STRUCTURES[(place // 2 * 7 + place % 2 * 3) % len(STRUCTURES)]
        if labels[0] in EXACT | {"opencv", "melt"} and structure in {"backwards", "foreign", "two-sources"}:
            structure = {"backwards": "again", "foreign": "swapped", "two-sources": "three"}[structure]
        if labels[0] in EXACT and structure == "jump":
            structure = "two"
        found.append((f"{place:03d}-{'-'.join(labels)}-{base.id}-{structure}", base, labels, structure))
    return found


def planned(
    name: str, base: Source, labels: tuple[str, ...], structure: str, recordings: dict[str, Recording]
) -> Copy | None:
    """The copy in full; None where the other recording that it needs is not there."""
    recording = recordings[base.id]
    other: str | None = None
    if structure in {"foreign", "two-sources"}:
        others = [s.id for s in SOURCES if s.half == base.half and (s.scene or s.id) != (base.scene or base.id)]
        other = others[number(f"{name}/other", 0, len(others) - 1)]
        if other not in recordings:
            return None
    taken = _taken(name, recording, structure)
    if labels[0] in EXACT:
        taken = tuple(_on_keys(piece, recording) for piece in taken)
        taken = tuple(piece for n, piece in enumerate(taken) if not any(_meet(piece, t) for t in taken[:n]))
    if other is not None:
        length = len(recordings[other])
        count = min(round(number(f"{name}/long", 20, 40) / 10 * float(recordings[other].rate)), length)
        first = number(f"{name}/there", 0, length - count)
        taken = (taken[0], Taken(other, first, first + count), *taken[1:])
    speed = next((Fraction(label[5:]) for label in labels if label.startswith("speed")), Fraction(1))
    if speed != 1:
        taken = tuple(replace(piece, speed=speed) for piece in taken)
    given = (base.id, other) if structure == "two-sources" and other else (base.id,)
    editor = {"copy": "ffmpeg copy", "mkvmerge": "mkvmerge", "melt": "melt", "opencv": "opencv"}.get(
        labels[0], "ffmpeg"
    )
    sound = ("same", "same", "removed", "other")[number(f"{name}/sound", 0, 3)]
    return Copy(name, base.id, given, taken, labels, structure, editor, sound)


def _taken(name: str, recording: Recording, structure: str) -> tuple[Taken, ...]:
    source, rate, total = recording.source.id, float(recording.rate), len(recording)
    count = {"one": 1, "three": 3, "four": 4}.get(structure, 2)
    if structure == "swapped":
        count = number(f"{name}/count", 2, 3)
    longest = min(12.0 if count == 1 else 8.0 if count == 2 else 5.0, 0.75 * total / rate / count)
    lengths = [number(f"{name}/length{n}", 200, max(round(longest * 100), 220)) / 100 for n in range(count)]
    sizes = [round(length * rate) for length in lengths]
    gaps = [max(round(rate / 2), 3)] * (count - 1)
    if structure == "jump":
        gaps = [number(f"{name}/gap", 5, 15)]
    free = total - sum(sizes) - sum(gaps)
    shares = sorted(number(f"{name}/share{n}", 0, free) for n in range(count))
    if structure == "jump":
        shares = shares[:1] * 2
    pieces, at = [], 0
    for n, size in enumerate(sizes):
        first = at + shares[n] - (shares[n - 1] if n else 0)
        pieces.append(Taken(source, first, first + size))
        at = first + size + (gaps[n] if n < len(gaps) else 0)
    if structure == "swapped":
        return (pieces[1], pieces[0]) if count == 2 else (pieces[1], pieces[2], pieces[0])
    if structure == "again":
        return (pieces[0], pieces[1], pieces[0])
    if structure == "backwards":
        turned = replace(pieces[1], backwards=True)
        return ((pieces[0], turned), (turned, pieces[0]), (pieces[0], replace(pieces[0], backwards=True)))[
            number(f"{name}/turned", 0, 2)
        ]
    return tuple(pieces)


def _on_keys(piece: Taken, recording: Recording) -> Taken:
    """The piece from the nearest key frame on, to another or the end."""
    keys: Sequence[int] = [int(key) for key in recording.keys.nonzero()[0]] + [len(recording)]
    first = min(keys[:-1], key=lambda key: abs(key - piece.first))
    behind = [key for key in keys if key > first]
    return replace(piece, first=first, end=min(behind, key=lambda key: abs(key - piece.end)))


def _meet(one: Taken, two: Taken) -> bool:
    """Whether two pieces adjoin or share pictures without being the same."""
    return one != two and one.first <= two.end and two.first <= one.end
