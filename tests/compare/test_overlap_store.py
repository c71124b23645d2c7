"""Kept hashes: the same when read back, and nothing foreign is taken for them."""

from pathlib import Path

import numpy as np

from compare.moving import footage, signature
from entirety.compare.overlap import hashed
from entirety.compare.overlap_store import load_hashes, save_hashes


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    one = signature(footage(1, 3))
    assert load_hashes(tmp_path, one) is None
    made = hashed(one)
    save_hashes(tmp_path / "new", one, made)
    kept = load_hashes(tmp_path / "new", one)
    assert kept is not None
    assert np.array_equal(kept.bits, made.bits)
    assert np.array_equal(kept.moves, made.moves)
    assert np.array_equal(kept.times, made.times)
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_what_does_not_fit_counts_as_absent(tmp_path: Path) -> None:
    one = signature(footage(1, 3))
    save_hashes(tmp_path, one, hashed(one))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for content in (b"", b"text", whole[:-1], whole[:40], whole + b"\0" * 9999):
        path.write_bytes(content)
        assert load_hashes(tmp_path, one) is None
    for foreign in (np.zeros((2, 9), np.uint64), np.zeros((2, 75), np.float64), np.array([{}], dtype=object)):
        np.save(path, foreign, allow_pickle=True)
        assert load_hashes(tmp_path, one) is None
