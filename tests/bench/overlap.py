"""Finds overlaps planted among 1,000 drawn clips of 100 hours, 9 million motion hashes: recall, false ones, time and memory.

    python tests/bench/overlap.py [--clips 1000] [--minutes 6] [--planted 400]

The hashes are drawn with rich motion, as of a hand-held camera or of several people, and pauses in which nothing moves. A planted overlap is
a stretch of another clip, each with noise of its own: some 5 of 64 bits differ, as on re-encoded clips. A lone thing on a smooth path says much
less, and its hashes do not suffice: there the thumbnails must agree too, which are not drawn here.
"""

import argparse
import resource
import sys
import time

import numpy as np
from numpy.typing import NDArray

from entirety.compare.motion_hash import BACK, MotionHashes, differing
from entirety.compare.overlap_lines import agreeing

RATE = 25
LIMIT_SECONDS, LIMIT_MIB, LEAST_RECALL = 300, 2048, 0.99
Floats = NDArray[np.float32]


MOVES = 0.06
"""Strength of the drawn change from which something moves."""


def things(chance: np.random.Generator, seconds: float) -> tuple[Floats, Floats]:
    """What is projected on each pattern of the change over BACK seconds, n x 64, and its strength: rich motion that takes BACK to become another,
    and pauses."""
    count, step = int(seconds * RATE) + 1, round(BACK * RATE)
    points = chance.normal(0, 1, (count // step + 2, 64)).astype(np.float32)
    at, part = np.divmod(np.arange(count), step)
    share = (part / step).astype(np.float32)[:, None]
    change = points[at] * (1 - share) + points[at + 1] * share
    pauses = np.repeat(chance.random(count // 100 + 1) < 0.15, 100)[:count]
    return change, np.where(pauses, 0, 1).astype(np.float32)


def clip_of(chance: np.random.Generator, change: Floats, strength: Floats, noise: float) -> MotionHashes:
    """The hashes of one encoding of it."""
    # Errors of an encoder stay for some pictures: a key frame's until the next one, others shorter.
    raw = chance.normal(0, 1, (len(change) // 6 + 2, 64)).astype(np.float32)
    error = np.repeat(raw, 6, axis=0)[: len(change)]
    bits = np.packbits(change + noise * error > 0, axis=1, bitorder="little").view(np.uint64)[:, 0]
    return MotionHashes(np.arange(len(change)) / RATE, bits, strength > MOVES)


def draw(
    clips: int, minutes: float, planted: int, noise: float
) -> tuple[list[MotionHashes], list[tuple[int, int, float, float]]]:
    """All clips, and what was planted: the two clips, the offset and the seconds."""
    chance = np.random.default_rng(7)
    made: list[MotionHashes] = []
    truth: list[tuple[int, int, float, float]] = []
    givers: list[tuple[int, Floats, Floats]] = []
    for number in range(clips):
        change, strength = things(chance, minutes * 60 * chance.uniform(0.5, 1.5))
        giving = True
        if givers and len(truth) < planted and chance.random() < 1.5 * planted / clips:
            giver, theirs, how = givers[int(chance.integers(len(givers)))]
            length = int(chance.uniform(3, 60 if chance.random() < 0.5 else 6) * RATE)
            here, there = int(chance.integers(len(change) - length)), int(chance.integers(len(theirs) - length))
            back = round(BACK * RATE)
            # Of the first pictures the change reaches back beyond the cut: those are the clip's own.
            inner, mine = slice(there + back, there + length), slice(here + back, here + length)
            if (how[inner] > MOVES).mean() >= 0.9:  # else it is mostly a pause, and there is nothing to find it by
                change[mine], strength[mine] = theirs[inner], how[inner]
                truth.append((giver, number, (there - here) / RATE, length / RATE))
                giving = False
        made.append(clip_of(chance, change, strength, noise))
        if giving:
            givers = [*givers[-19:], (number, change, strength)]
    return made, truth


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clips", type=int, default=1000)
    options.add_argument("--minutes", type=float, default=6)
    options.add_argument("--planted", type=int, default=400)
    options.add_argument("--noise", type=float, default=0.13)
    chosen = options.parse_args()
    clips, truth = draw(chosen.clips, chosen.minutes, chosen.planted, chosen.noise)
    total = sum(map(len, clips))
    print(f"{len(clips):,} clips, {total / RATE / 3600:.1f} hours, {total:,} pictures, {len(truth)} planted overlaps")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, spent = time.monotonic(), time.process_time()
    found = agreeing(clips)
    took, cpu = time.monotonic() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    met, false = set(), set()
    for first, second, stretch in found:
        same = [
            at for at, one in enumerate(truth) if one[:2] == (first, second) and abs(one[2] - stretch.offset) <= 0.1
        ]
        met.update(same)
        if not same and not from_one_giver(truth, first, second, stretch.offset):
            false.add((first, second))
    noise = [bits_apart(clips, one) for one in truth]
    print(f"bits of 64 that differ in planted overlaps: mean {np.mean(noise):.1f}, highest {max(noise, default=0):.1f}")
    print(f"index and all pairs: {took:.0f} s ({cpu:.0f} s of one processor)")
    print(f"peak memory {peak:.0f} MiB, of which {before:.0f} before the search began")
    print(f"found {len(met)} of {len(truth)} planted, {len(false)} pairs with something else")
    for at in sorted(set(range(len(truth))) - met):
        print("  not found:", truth[at], f"{noise[at]:.1f} bits")
    for pair in sorted(false):
        print("  not planted:", next(one for one in found if one[:2] == pair))
    good = took <= LIMIT_SECONDS and peak <= LIMIT_MIB and len(met) >= LEAST_RECALL * len(truth) and not false
    sys.exit(0 if good else 1)


def from_one_giver(truth: list[tuple[int, int, float, float]], first: int, second: int, offset: float) -> bool:
    """Whether both clips were given parts of one third clip that lie so: then they share footage too, though it was not planted from one to the other."""
    here = [(giver, apart) for giver, taker, apart, _ in truth if taker == first]
    there = [(giver, apart) for giver, taker, apart, _ in truth if taker == second]
    return any(one == other and abs(b - a - offset) <= 0.25 for one, a in here for other, b in there)


def bits_apart(clips: list[MotionHashes], planted: tuple[int, int, float, float]) -> float:
    """Mean bits that differ along a planted overlap, anywhere on its line where they agree best over three seconds."""
    one, other = clips[planted[0]], clips[planted[1]]
    rows = np.arange(max(0, round(planted[2] * RATE)), min(len(one), len(other) + round(planted[2] * RATE)))
    theirs = rows - round(planted[2] * RATE)
    apart = np.where(one.moves[rows] & other.moves[theirs], differing(one.bits[rows], other.bits[theirs]), 32)
    window = round((planted[3] - BACK) * RATE) - 1
    sums = np.append(0, np.cumsum(apart))
    return float((sums[window:] - sums[:-window]).min() / window)


if __name__ == "__main__":
    main()
