"""The sound of a take: mains hum, wind and traffic, footsteps. One continuous function of time for each seed.

The hum is a little off 50 Hz, as a real grid is, so that its phase tells of missing time even when whole seconds are
missing.
"""

import wave
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48000
LONGEST_S = 20
"""A take's sound is drawn this long once and then cut to length, so that it does not depend on the length asked; longer takes say how long."""


def _background(rng: np.random.Generator, count: int, longest: int) -> NDArray[np.float64]:
    """Noise that falls off with frequency, swelling and fading slowly."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(frequency, 40)) * (frequency < 9000), count)
    swell = np.interp(np.arange(count) / RATE, np.arange(longest + 1), rng.uniform(0.6, 1.4, longest + 1))
    return np.asarray(noise / noise.std() * swell, np.float64)


def _steps(rng: np.random.Generator, count: int, longest: int) -> NDArray[np.float64]:
    """Footsteps of three people: short dull knocks, each at their own pace and loudness."""
    heard = np.zeros(count)
    length = int(0.07 * RATE)
    for pace, loud in zip(rng.uniform(0.46, 0.62, 3), (1.0, 0.6, 0.4), strict=True):
        moment = float(rng.uniform(0, 0.5))
        while moment < longest - 0.2:
            knock = rng.standard_normal(length) * np.exp(-np.arange(length) / (0.012 * RATE))
            knock = np.convolve(knock, np.ones(24) / 24, "same")
            at = int(moment * RATE)
            heard[at : at + length] += loud * rng.uniform(0.7, 1.2) * knock
            moment += pace * rng.uniform(0.96, 1.04)
    return heard


@lru_cache(maxsize=4)
def samples(seed: int, longest: int = LONGEST_S) -> NDArray[np.int16]:
    """All samples of a take's sound, mono, 48 kHz."""
    rng = np.random.default_rng([seed, 7])
    count = longest * RATE
    time = np.arange(count) / RATE
    turn = 2 * np.pi * (49.97 * time + 0.02 * np.sin(2 * np.pi * time / 11))
    hum = np.sin(turn) + 0.5 * np.sin(2 * turn + 1) + 0.25 * np.sin(3 * turn + 2)
    mixed = 260 * hum + 420 * _background(rng, count, longest) + 7000 * _steps(rng, count, longest)
    return np.clip(np.round(mixed), -32768, 32767).astype(np.int16)


def write(path: Path, seed: int, seconds: float, longest: int = LONGEST_S) -> None:
    """Write the first `seconds` of a take's sound as a WAV file; ValueError where the sound is not that long."""
    if seconds > longest:
        raise ValueError(f"the sound of this take is {longest} s long, and {seconds} s were asked for")
    part = samples(seed, longest)[: round(seconds * RATE)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(part.astype("<i2").tobytes())
