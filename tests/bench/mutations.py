"""Files that nobody wrote: real ones, damaged by a numbered, repeatable series of changes."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD, TAIL = 200_000, 65_536
"""Bytes kept of a long file, from its two ends: all its headers as a rule, and little enough for thousands of readings."""
EXTREMES = (0, 1, 7, 8, 9, 15, 16, 127, 255, 0x7FFF, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1)
MOST_CHANGES = 6


@dataclass(frozen=True)
class Seed:
    """A real file, and where its blocks begin."""

    name: str
    form: str
    data: bytes
    places: tuple[int, ...]


def cut(data: bytes) -> bytes:
    """The two ends of a long file."""
    return data if len(data) <= HEAD + TAIL else data[:HEAD] + data[-TAIL:]


def mutate(seeds: Sequence[Seed], number: int) -> tuple[Seed, bytes]:
    """The file of a number: always the same for the same seeds."""
    chance = random.Random(number)
    # Half of them by form, so that a form with few files gets its share.
    form = chance.choice(sorted({seed.form for seed in seeds}))
    seed = chance.choice(seeds if chance.random() < 0.5 else [seed for seed in seeds if seed.form == form])
    data = bytearray(seed.data)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        other = chance.choice(seeds).data
        chance.choice(CHANGES)(chance, data, seed.places, other)
    return seed, bytes(data[: 2 * (HEAD + TAIL)])


def tell(wrong: Sequence[str]) -> int:
    """Print every violation, a hundred at most in words; returns the exit code."""
    print(f"{len(wrong)} violations")
    for words in wrong[:100]:
        print(words)
    return 1 if wrong else 0


Change = Callable[[random.Random, bytearray, Sequence[int], bytes], None]


def _place(chance: random.Random, data: bytearray, places: Sequence[int]) -> int:
    """Somewhere in a header, more often than not."""
    kind = chance.random()
    if kind < 0.5 and places:
        return min(chance.choice(places) + chance.randrange(32), max(0, len(data) - 1))
    return chance.randrange(max(1, min(len(data), 1024) if kind < 0.8 else len(data)))


def _range(chance: random.Random, data: Sequence[int]) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 8, 188, 512, 4096, 50_000)))


def flip(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    for _ in range(chance.randint(1, 8)):
        if data:
            data[_place(chance, data, places)] ^= 1 << chance.randrange(8)


def extreme(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    """A number as large or small as its bytes can hold, or as the file is long."""
    at, octets = _place(chance, data, places), chance.choice((1, 2, 4, 8))
    value = chance.choice((*EXTREMES, len(data), len(data) - 1, len(data) + 1)) % 2 ** (8 * octets)
    data[at : at + octets] = value.to_bytes(octets, chance.choice(("big", "little")))


def truncate(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    del data[_place(chance, data, places) if chance.random() < 0.3 else chance.randrange(len(data) + 1) :]


def remove(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    start, end = _range(chance, data)
    del data[start:end]


def repeat(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    start, end = _range(chance, data)
    data[end:end] = data[start:end] * chance.choice((1, 1, 1, 5, 50))
    del data[4 * (HEAD + TAIL) :]


def blank(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    start, end = _range(chance, data)
    data[start:end] = bytes([chance.choice((0, 0, 0xFF, 0x47))]) * (end - start)


def splice(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    """A piece of another file, put between or in place of what stands there."""
    start, end = _range(chance, other)
    at = chance.randrange(len(data) + 1)
    data[at : at if chance.random() < 0.5 else at + end - start] = other[start:end]


def join(chance: random.Random, data: bytearray, places: Sequence[int], other: bytes) -> None:
    """The beginning of this file and the end of another."""
    del data[chance.randrange(len(data) + 1) :]
    data += other[chance.randrange(len(other) + 1) :]


CHANGES: tuple[Change, ...] = (
    flip,
    flip,
    flip,
    extreme,
    extreme,
    extreme,
    truncate,
    remove,
    repeat,
    blank,
    splice,
    join,
)
