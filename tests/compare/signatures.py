"""Signatures written by hand: pictures are numbers, equal numbers are equal pictures."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from entirety.model.clip import Custody, Packets
from entirety.model.signature import ACROSS, DOWN, Signature


def hashes(numbers: Sequence[int]) -> np.ndarray:
    """One SHA-256 a number."""
    joined = b"".join(hashlib.sha256(str(number).encode()).digest() for number in numbers)
    return np.frombuffer(joined, np.uint8).reshape(-1, 32)


def grey(numbers: Sequence[int]) -> np.ndarray:
    """A thumbnail for each number: noise drawn from it; 0 is black."""
    drawn = {n: np.random.default_rng(n).integers(16, 235, (DOWN, ACROSS), dtype=np.uint8) for n in set(numbers)}
    drawn[0] = np.full((DOWN, ACROSS), 16, np.uint8)
    return np.stack([drawn[n] for n in numbers]) if len(numbers) else np.zeros((0, DOWN, ACROSS), np.uint8)


def signature(
    numbers: Sequence[int],
    *,
    name: str = "clip.mp4",
    pts: Sequence[int] | None = None,
    last: int = 1,
    time_base: Fraction = Fraction(1, 25),
    start: Fraction = Fraction(0),
    packets: Sequence[int] | None = None,
    packet_pts: Sequence[int] | None = None,
) -> Signature:
    """A recording that shows these pictures, one tick each unless `pts` says otherwise; without `packets` none is equal to any other."""
    ticks = np.arange(len(numbers)) if pts is None else np.array(pts, np.int64)
    coded = [hash((name, at)) for at in range(len(numbers))] if packets is None else packets
    when = ticks if packet_pts is None else np.array(packet_pts, np.int64)
    count = len(coded)
    sha256 = hashlib.sha256(f"{name} {list(numbers)} {coded}".encode("utf-8", "surrogatepass")).hexdigest()
    return Signature(
        custody=Custody(name, 1000 + len(numbers), sha256, "2024-01-01T00:00:00Z"),
        start=start,
        time_base=time_base,
        codec="h264",
        width=640,
        height=360,
        pts=ticks.astype(np.int64),
        duration=np.append(np.diff(ticks), last).astype(np.int64)[: len(numbers)],
        sha256=hashes(numbers),
        grey=grey(numbers),
        phash=np.array([n * 0x9E3779B97F4A7C15 % 2**64 for n in numbers], np.uint64),
        packets=Packets(
            pts=when.astype(np.int64)[:count],
            dts=np.arange(count, dtype=np.int64),
            duration=np.ones(count, np.int64),
            size=np.full(count, 1000, np.int64),
            position=np.arange(count, dtype=np.int64) * 1000,
            key=np.arange(count) % 25 == 0,
            corrupt=np.zeros(count, np.bool_),
            discard=np.zeros(count, np.bool_),
            sha256=hashes(coded),
        ),
        sound=None,
        decoder="libavcodec 0",
    )
