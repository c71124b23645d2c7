"""Equal runs, held against a search that tries every pair."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.signatures import hashes
from entirety.compare.runs import RARE, Rows, equal_runs, numbered, rare

NUMBERS = st.lists(st.integers(0, 12), max_size=40)


def every_pair(clip: Rows, source: Rows) -> set[tuple[int, int, int]]:
    found = set()
    for i in np.flatnonzero(rare(clip, source)).tolist():
        for j in np.flatnonzero(source == clip[i]).tolist():
            before, length = 0, 1
            while min(i, j) > before and clip[i - before - 1] == source[j - before - 1]:
                before += 1
            while max(i + length - len(clip), j + length - len(source)) < 0 and clip[i + length] == source[j + length]:
                length += 1
            found.add((i - before, j - before, before + length))
    return found


@given(NUMBERS, NUMBERS)
@settings(deadline=None, max_examples=150)
def test_runs_are_those_of_a_search_that_tries_every_pair(one: list[int], other: list[int]) -> None:
    clip, source = np.array([*one, *other[:9], 3], np.int64), np.array([*other, *one[:7], 5], np.int64)
    runs = equal_runs(clip, source)
    assert set(zip(runs.clip.tolist(), runs.source.tolist(), runs.length.tolist(), strict=True)) == every_pair(
        clip, source
    )
    turned = equal_runs(clip, source, backwards=True)
    for first, place, length in zip(turned.clip, turned.source, turned.length, strict=True):
        shown = source[place - length + 1 : place + 1][::-1]
        assert np.array_equal(clip[first : first + length], shown)


def test_what_stands_everywhere_begins_no_run() -> None:
    source = np.array([7] * (RARE + 1) + [1, 2, 3], np.int64)
    assert len(equal_runs(np.array([7, 7, 7], np.int64), source)) == 0
    runs = equal_runs(np.array([7, 7, 1, 2], np.int64), source)
    assert (runs.clip.tolist(), runs.source.tolist(), runs.length.tolist()) == ([0], [RARE - 1], [4])


def test_hashes_that_share_eight_bytes_stay_apart() -> None:
    one = hashes([1, 2, 1])
    other = one.copy()
    other[:, 31] ^= 1
    ids, others = numbered(one, other)
    assert ids[0] == ids[2] != ids[1]
    assert not set(ids.tolist()) & set(others.tolist())


def test_nothing_to_compare() -> None:
    none = np.zeros(0, np.int64)
    assert len(equal_runs(none, none)) == len(equal_runs(none, np.array([1]))) == 0
