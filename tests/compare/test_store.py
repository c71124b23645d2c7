import json
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entirety.compare.store import load, save
from entirety.measure.clip import decoder_version
from entirety.model.clip import Custody, Packets
from entirety.model.signature import BANDS, Signature, SoundOutline
from entirety.model.time import UNSET

NAME = "ab" * 32


def signature(rows: int = 5, *, sound: bool = True) -> Signature:
    """Hand-written columns."""
    ticks = np.arange(rows, dtype=np.int64)
    hashes = np.arange(rows * 32, dtype=np.uint8).reshape(rows, 32)
    yes = ticks % 2 == 0
    return Signature(
        custody=Custody("ü.mp4", 7, NAME, "2026-01-01T00:00:00Z"),
        start=Fraction(-1, 3),
        time_base=Fraction(1, 25),
        codec="h264",
        width=64,
        height=48,
        pts=ticks * 3,
        duration=np.full(rows, 3),
        sha256=hashes,
        grey=np.arange(rows * 1296, dtype=np.int64).astype(np.uint8).reshape(rows, 27, 48),
        phash=np.arange(rows, dtype=np.uint64) + 2**63,
        packets=Packets(ticks, np.full(rows, UNSET), ticks, ticks, ticks, yes, ~yes, yes, hashes),
        sound=SoundOutline(Fraction(1, 50), np.ones((9, BANDS), np.uint8)) if sound else None,
        decoder=decoder_version(),
    )


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, Signature | Packets | SoundOutline):
        return type(one) is type(other) and all(same(value, vars(other)[name]) for name, value in vars(one).items())
    return one == other


@pytest.mark.parametrize("sound", [True, False])
def test_what_is_kept_comes_back(tmp_path: Path, sound: bool) -> None:
    kept = signature(sound=sound)
    save(tmp_path / "deep" / "store", kept)
    assert same(kept, load(tmp_path / "deep" / "store", NAME))
    assert [p.name for p in (tmp_path / "deep" / "store").iterdir()] == [NAME]


def test_saving_again_replaces(tmp_path: Path) -> None:
    save(tmp_path, signature())
    save(tmp_path, signature(8))
    found = load(tmp_path, NAME)
    assert found is not None
    assert len(found) == 8


def test_the_arrays_are_plain(tmp_path: Path) -> None:
    save(tmp_path, signature())
    assert np.array_equal(np.load(tmp_path / NAME / "grey.npy", allow_pickle=False), signature().grey)


@pytest.mark.parametrize("name", ["", "..", "../" + NAME, NAME.upper(), NAME[:-1], NAME + "\n", "g" * 64])
def test_only_a_hash_names_a_signature(tmp_path: Path, name: str) -> None:
    save(tmp_path, signature())
    assert load(tmp_path, name) is None
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        save(tmp_path, replace(signature(), custody=replace(signature().custody, sha256=name)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("form", 0), ("decoder", "libavcodec 1.0"), ("pictures", 6), ("pictures", -1), ("pictures", 10**30), ("packets", True),
        ("start", "1/0"), ("start", "x"), ("time_base", "-1/25"), ("time_base", 3), ("sound", []), ("sound", {"start": "0/1", "rows": 10}),
        ("custody", None), ("custody", {"name": "x", "size": 1, "sha256": "cd" * 32, "modified": ""}), ("sha256", "0"), ("codec", 1),
    ],
)  # fmt: skip
def test_a_foreign_description_counts_as_absent(tmp_path: Path, key: str, value: object) -> None:
    save(tmp_path, signature())
    about = tmp_path / NAME / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")
    assert load(tmp_path, NAME) is None


@pytest.mark.parametrize("content", [b"", b"[" * 60_000, b"[]", b"null", b"\xff", b"{}", b"{" + b" " * 70_000 + b"}"])
def test_a_broken_description_counts_as_absent(tmp_path: Path, content: bytes) -> None:
    save(tmp_path, signature())
    (tmp_path / NAME / "about.json").write_bytes(content)
    assert load(tmp_path, NAME) is None


def test_other_arrays_count_as_absent(tmp_path: Path) -> None:
    for foreign in (np.zeros(5, np.float64), np.zeros((5, 1), np.int64), np.arange(6), np.array([{}] * 5)):
        save(tmp_path, signature())
        np.save(tmp_path / NAME / "pts.npy", foreign, allow_pickle=True)
        assert load(tmp_path, NAME) is None
    save(tmp_path, signature())
    np.save(tmp_path / NAME / "pts.npy", np.array([0, 3, 6, 9, 13]))
    assert load(tmp_path, NAME) is None


def test_times_that_no_signature_has_count_as_absent(tmp_path: Path) -> None:
    for pts in (np.array([0, 3, 3, 9, 12]), np.array([0, 3, 6, 9, 2**62])):
        save(tmp_path, replace(signature(), pts=pts, duration=np.append(np.diff(pts), 3)))
        assert load(tmp_path, NAME) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_link_is_not_read(tmp_path: Path) -> None:
    save(tmp_path, signature())
    column = tmp_path / NAME / "phash.npy"
    column.rename(tmp_path / "elsewhere.npy")
    column.symlink_to(tmp_path / "elsewhere.npy")
    assert load(tmp_path, NAME) is None
    column.unlink()
    os.mkfifo(column)
    assert load(tmp_path, NAME) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_broken_bytes_are_never_taken_for_a_signature(tmp_path: Path, data: st.DataObject) -> None:
    save(tmp_path, signature())
    path = data.draw(st.sampled_from(sorted(p for p in (tmp_path / NAME).iterdir() if p.name != "grey.npy")))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    found = load(tmp_path, NAME)
    # A letter of the name or a digit of the start may change; the columns never do.
    assert found is None or path.name in ("about.json", "packets-key.npy", "packets-corrupt.npy", "packets-discard.npy")
    assert found is None or same(found.pts, signature().pts)
