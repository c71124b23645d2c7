"""Clips made to make the search explode: what is looked at stays within bounds, and what is real is found all the same."""

import hashlib
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from compare.moving import encoded, footage, signature
from entirety.compare import overlap_equal, overlap_index, overlap_lines
from entirety.compare.motion_hash import MotionHashes
from entirety.compare.overlap import overlaps
from entirety.compare.overlap_equal import equal_runs
from entirety.compare.overlap_groups import groups
from entirety.compare.overlap_index import fits
from entirety.compare.overlap_lines import agreeing
from entirety.model.coverage import Layer
from entirety.model.overlap import Overlap
from entirety.model.signature import ACROSS, DOWN, Signature


def hashed(numbers: list[int]) -> Signature:
    """A clip whose pictures are known by number alone."""
    one = signature(np.zeros((len(numbers), DOWN, ACROSS), np.uint8))
    sha256 = b"".join(hashlib.sha256(number.to_bytes(4, "big")).digest() for number in numbers)
    return replace(one, sha256=np.frombuffer(sha256, np.uint8).reshape(-1, 32))


def shuffled(blocks: int, size: int) -> Signature:
    """The same pictures in another order: each block lies at a distance of its own."""
    order = np.random.default_rng(3).permutation(blocks)
    return hashed([int(block) * size + row for block in order for row in range(size)])


def test_of_many_lines_those_with_most_anchors_are_looked_along(monkeypatch: pytest.MonkeyPatch) -> None:
    clips = [hashed(list(range(60 * 30 + 200))), shuffled(60, 30)]
    moved = [*range(60 * 30, 60 * 30 + 200), *(int(row) for row in np.random.default_rng(1).integers(9**6, 9**7, 50))]
    clips.append(hashed(moved))
    assert len(equal_runs(clips)) > 40
    monkeypatch.setattr(overlap_equal, "MOST", 5)
    few = equal_runs(clips)
    assert 1 < sum(run.clips == (0, 1) for run in few) <= 5
    assert [(run.first, run.count) for run in few if run.clips == (0, 2)] == [((1800, 0), 200)]


def test_of_many_runs_the_longest_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = list(range(2000))
    broken = [number + 10**6 if number % (40 + number // 500) == 0 else number for number in numbers]
    monkeypatch.setattr(overlap_equal, "MOST", 7)
    runs = equal_runs([hashed(numbers), hashed(broken)])
    assert [run.count for run in runs] == sorted((run.count for run in runs), reverse=True)[:7]
    assert [run.first[0] for run in runs] == sorted(run.first[0] for run in runs)


def test_a_clip_of_a_million_pictures_in_a_second_costs_no_more_than_another(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(2)
    bits = chance.integers(0, 2**63, 60_000, dtype=np.uint64)
    clips = [MotionHashes(np.arange(60_000) / 20_000 * turn, bits, np.ones(60_000, np.bool_)) for turn in (1.0, 1.0)]
    looked: list[int] = []

    def noted(times: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        looked.append(len(wanted))
        return np.zeros(len(wanted), np.int64)

    monkeypatch.setattr(overlap_lines, "nearest", noted)
    for candidate in overlap_index.candidates(overlap_index.index(clips)):
        overlap_lines.nearest_offset(clips[0], clips[1], candidate)
    assert looked
    assert max(looked) <= 2_000 * len(overlap_lines.NUDGES)


def test_places_beyond_the_bound_are_not_looked_at_and_the_strongest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = footage(1, 30)
    clips = [signature(whole), signature(encoded(whole[200:500], 2))]
    every = overlaps(clips)
    monkeypatch.setattr(overlap_lines, "MOST_LOOKED", 1)
    assert overlaps(clips) == every
    monkeypatch.setattr(overlap_lines, "MOST_LOOKED", 0)
    assert agreeing([overlap_hashes(one) for one in clips]) == []


def overlap_hashes(one: Signature) -> MotionHashes:
    from entirety.compare.overlap import hashed as motion

    return motion(one)


def test_votes_joined_on_the_way_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = footage(1, 20)
    held = overlap_index.index([overlap_hashes(signature(encoded(whole, seed))) for seed in range(4)])
    every = overlap_index.candidates(held)
    monkeypatch.setattr(overlap_index, "MOST_VOTES", 10)
    assert every
    assert overlap_index.candidates(held) == every


def test_what_fits_an_index() -> None:
    assert fits(1, 1e30)
    assert fits(1000, 3 * 86_400)
    assert fits(2000, 86_000)
    assert not fits(2**20, 86_400)


def test_a_long_chain_of_clips_with_clocks_of_their_own_keeps_short_fractions() -> None:
    primes = [number for number in range(10_000, 14_000) if all(number % part for part in range(2, 120))][:200]
    clips = [signature(footage(1, 1), f"{prime}") for prime in primes]
    links = [
        Overlap((at, at + 1), Fraction(prime // 3, prime), ((0, 9), (0, 9)), ((Fraction(0), Fraction(1)),) * 2, Layer.FRAMES, Fraction(1), None, None)
        for at, prime in enumerate(primes[:-1])
    ]  # fmt: skip
    (group,) = groups(clips, links)
    assert len(group.placed) == 200
    assert group.conflicts == ()
    assert max(one.zero.denominator for one in group.placed) < 10**20
    exact = sum((link.offset for link in links), Fraction(0))
    last = next(one for one in group.placed if one.clip == 199)
    assert float(last.zero) == pytest.approx(float(exact), abs=1e-6)
