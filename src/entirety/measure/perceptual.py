"""Perceptual hashes: 64 bits per picture that stay nearly the same when the picture is coded again, and differ between pictures.

They equal `imagehash.phash` and `imagehash.dhash` of the 160 x 90 grey picture bit for bit, so that anybody can compute them with a
public library. For that, Pillow's integer scaler and the library's cosine transform are followed step by step, for many pictures at once.
"""

import math

import numpy as np
from numpy.typing import NDArray

from entirety.measure.grey import HEIGHT, WIDTH

PRECISION_BITS = 22
"""Pillow keeps 32 bits for a sum of 8-bit samples, two of them as reserve: 32 - 8 - 2."""
LANCZOS_SUPPORT = 3.0
SIDE = 32
"""imagehash takes the cosine transform of a picture four times as large as the 8 x 8 hash."""
LOW = 8
STRIP = HEIGHT // 2
"""Lines multiplied at once: below 262,144 products OpenBLAS works on the calling thread; above, waking its other threads costs
more processor time than all hashes together."""

Greys = NDArray[np.uint8]
Floats = NDArray[np.float64]


def phash(greys: Greys) -> NDArray[np.uint64]:
    """N x 90 x 160 grey pictures to n hashes, the first bit most significant."""
    small = _resize(greys, SIDE, SIDE).astype(np.float64)
    columns = _dct(small.swapaxes(1, 2))[..., :LOW].swapaxes(1, 2)
    low = _dct(columns)[..., :LOW].reshape(len(greys), LOW * LOW)
    return _pack(low > np.median(low, axis=1, keepdims=True))


def dhash(greys: Greys) -> NDArray[np.uint64]:
    """N x 90 x 160 grey pictures to n hashes: is each sample brighter than its left neighbour?"""
    small = _resize(greys, LOW + 1, LOW)
    return _pack((small[:, :, 1:] > small[:, :, :-1]).reshape(len(greys), LOW * LOW))


def _pack(bits: NDArray[np.bool_]) -> NDArray[np.uint64]:
    return np.packbits(bits, axis=1).view(">u8")[:, 0].astype(np.uint64)


def _weights(length: int, target: int) -> Floats:
    """Pillow's Lanczos weights, length x target, as the integers it computes with."""
    scale = length / target
    support = LANCZOS_SUPPORT * scale
    weights = np.zeros((length, target))
    for place in range(target):
        centre = (place + 0.5) * scale
        first, end = max(int(centre - support + 0.5), 0), min(int(centre + support + 0.5), length)
        taps = [_lanczos((x - centre + 0.5) * (1.0 / scale)) for x in range(first, end)]
        total = 0.0
        for tap in taps:
            total += tap
        fixed = [tap / total * (1 << PRECISION_BITS) for tap in taps]
        weights[first:end, place] = [int(value + math.copysign(0.5, value)) for value in fixed]
    return weights


def _lanczos(x: float) -> float:
    return _sinc(x) * _sinc(x / LANCZOS_SUPPORT) if -LANCZOS_SUPPORT <= x < LANCZOS_SUPPORT else 0.0


def _sinc(x: float) -> float:
    return 1.0 if x == 0.0 else math.sin(x * math.pi) / (x * math.pi)


def _halves(target: int) -> list[tuple[slice, slice, Floats]]:
    """Samples in, samples out and weights of the left and the right half: a third of the whole table is zeros."""
    weights = _weights(WIDTH, target)
    result = []
    for go in (slice(0, target // 2), slice(target // 2, target)):
        used = np.flatnonzero(weights[:, go].any(axis=1))
        come = slice(int(used[0]), int(used[-1]) + 1)
        result.append((come, go, np.ascontiguousarray(weights[come, go])))
    return result


_ACROSS = {target: _halves(target) for target in (SIDE, LOW + 1)}
_DOWN = {target: np.ascontiguousarray(_weights(HEIGHT, target).T) for target in (SIDE, LOW)}


def _resize(greys: Greys, width: int, height: int) -> Greys:
    """Pillow's `resize(..., LANCZOS)`. The sums stay below 2**34, so float64 adds the integers exactly in any order."""
    strips = greys.reshape(-1, STRIP, WIDTH).astype(np.float64)
    across = np.empty((*strips.shape[:2], width))
    for come, go, weights in _ACROSS[width]:
        np.matmul(strips[:, :, come], weights, out=across[:, :, go])
    _round(across)
    return _round(_DOWN[height] @ across.reshape(-1, HEIGHT, width)).astype(np.uint8)


def _round(sums: Floats) -> Floats:
    """Back to 8 bits: half a unit added, shifted down, kept within 0 and 255."""
    sums += 1 << (PRECISION_BITS - 1)
    sums *= 2.0**-PRECISION_BITS
    np.floor(sums, out=sums)
    return np.clip(sums, 0, 255, out=sums)


def _twiddle(number: int) -> float:
    """cos(2 pi number / 128) with the rounding of the library's table: the product of a coarse and a fine angle, 16 steps apart."""
    turn = 0.25 * math.pi / (4 * SIDE)
    coarse, fine = divmod(number, 16)
    if not fine:
        # Its octants: up to an eighth of the circle by cosine, then by the sine of what is left to a quarter.
        return math.cos(8 * number * turn) if number < 16 else math.sin((8 * SIDE - 8 * number) * turn)
    if not coarse:
        return math.cos(8 * fine * turn)
    return math.sin(8 * (SIDE - 16) * turn) * math.cos(8 * fine * turn) - math.cos(8 * (SIDE - 16) * turn) * math.sin(
        8 * fine * turn
    )


_TWIDDLES = np.array([_twiddle(k) for k in range(1, SIDE)])
_NEAR, _FAR = _TWIDDLES[: SIDE // 2 - 1], _TWIDDLES[: SIDE // 2 - 1 : -1]


def _dct(rows: Floats) -> Floats:
    """Cosine transform (type II, not scaled) along the last axis of length 32.

    The same butterflies in the same order as the library beneath scipy, around the real Fourier transform that numpy shares with
    it: another order of additions would turn bits where a coefficient lies on the median, as in flat pictures.
    """
    odd, even = rows[..., 1:-1:2], rows[..., 2::2]
    spectrum = np.zeros((*rows.shape[:-1], SIDE // 2 + 1), np.complex128)
    spectrum.real[..., 0] = rows[..., 0] * 2
    spectrum.real[..., 1:-1] = even + odd
    spectrum.imag[..., 1:-1] = even - odd
    spectrum.real[..., -1] = rows[..., -1] * 2
    waves = np.fft.irfft(spectrum, SIDE, norm="forward")
    rising, falling = waves[..., 1 : SIDE // 2].copy(), waves[..., : SIDE // 2 : -1].copy()
    first = _NEAR * falling + _FAR * rising
    second = _NEAR * rising - _FAR * falling
    waves[..., 1 : SIDE // 2] = 0.5 * (first + second)
    waves[..., : SIDE // 2 : -1] = 0.5 * (first - second)
    waves[..., SIDE // 2] *= _TWIDDLES[SIDE // 2 - 1]
    return waves
