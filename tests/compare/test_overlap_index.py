"""The index: copies meet, strangers hardly, and nothing depends on how many share a key."""

import numpy as np

from entirety.compare.motion_hash import MotionHashes
from entirety.compare.overlap_index import BUCKET, candidates, index, meetings


def clip(seed: int, count: int = 250, rate: int = 25) -> MotionHashes:
    bits = np.random.default_rng(seed).integers(0, 2**63, count).astype(np.uint64) * np.uint64(2)
    return MotionHashes(np.arange(count) / rate, bits, np.ones(count, np.bool_))


def noisy(whole: MotionHashes, first: int, end: int, flips: int, seed: int = 9) -> MotionHashes:
    chance = np.random.default_rng(seed)
    bits = whole.bits[first:end].copy()
    for row in range(len(bits)):
        for bit in chance.choice(64, flips, replace=False):
            bits[row] ^= np.uint64(1 << int(bit))
    return MotionHashes(whole.times[first:end] - whole.times[first], bits, np.ones(len(bits), np.bool_))


def test_a_copy_with_five_of_64_bits_wrong_is_found_at_its_offset() -> None:
    whole = clip(1)
    found = candidates(index([clip(2), whole, noisy(whole, 100, 200, 5)]))
    assert [(one.first, one.second, round(one.offset, 2)) for one in found] == [(1, 2, 4.0)]


def test_strangers_are_not_looked_at() -> None:
    assert candidates(index([clip(seed) for seed in range(40)])) == []


def test_what_does_not_move_is_not_in_the_index() -> None:
    whole = clip(1)
    still = MotionHashes(whole.times, whole.bits, np.zeros(len(whole), np.bool_))
    assert len(index([still, still]).bits) == 0
    assert candidates(index([still, still])) == []
    assert candidates(index([])) == []


def test_a_run_of_equal_rows_counts_once() -> None:
    one = clip(1, 100)
    held = index([MotionHashes(one.times, np.full(100, 77, np.uint64), one.moves)])
    assert len(held.bits) == 1


def test_forty_copies_of_one_piece_are_linked_in_a_chain_though_each_meets_only_some() -> None:
    whole = clip(1, 200)
    found = candidates(index([noisy(whole, 0, 200, 1, seed) for seed in range(40)]))
    linked = {0}
    for one in sorted(found, key=lambda one: one.first):
        assert round(one.offset, 2) == 0
        if one.first in linked:
            linked.add(one.second)
    assert linked == set(range(40))


def test_places_meet_up_to_a_bound() -> None:
    keys = np.array([1, 2, 2, 2, 5], np.uint64)
    assert sorted((int(a), int(b)) for one, other in meetings(keys) for a, b in zip(one, other, strict=True)) == [
        (1, 2),
        (1, 3),
        (2, 3),
    ]
    many = np.zeros(1000, np.uint64)
    assert sum(len(one) for one, _ in meetings(many)) == sum(1000 - apart for apart in range(1, BUCKET + 1))
