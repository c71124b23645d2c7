"""A take: one uninterrupted recording of a drawn scene, every picture a pure function of the take and its number.

Because picture 217 can be drawn at any time without the 216 before it, the place of every cut in the samples is known
exactly and can be checked against the decoded clip.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from street import WHIP_AT, WHIP_LASTS, WHIP_REACH, street
from texture import Picture
from yard import overlay, yard

FLASHES = {60: 150.0, 142: 165.0, 143: 70.0}
"""Picture number -> brightness a camera flash adds in the take with flashes: one of one picture, one of two."""
LAMP_FROM = 200
"""First picture with the lamp switched on in the take with flashes."""
DIM_FROM, DIM_TO = 3.0, 4.5
"""Seconds over which the light of the low-light take goes down."""


@dataclass(frozen=True, slots=True)
class Take:
    """What is filmed: `scene` is yard or street, `rate` in pictures per second, `light` is day, flashes or dim.

    The yard's burned-in text gives the number of the `camera` and a clock that started `later_s` seconds later.
    """

    scene: str
    seed: int
    rate: int
    light: str = "day"
    whip: bool = False
    portrait: bool = False
    camera: int = 2
    later_s: int = 0


@lru_cache(maxsize=2)
def _falloff(height: int, width: int) -> NDArray[np.float32]:
    """How much light the lens loses towards the corners."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.asarray(1 - 0.16 * (x * x + y * y) / 2, np.float32)


def dimness(time: float) -> float:
    """0 by day, 1 in the low light of the low-light take."""
    part = float(np.clip((time - DIM_FROM) / (DIM_TO - DIM_FROM), 0, 1))
    return part * part * (3 - 2 * part)


def _lamp(height: int, width: int) -> NDArray[np.float32]:
    """Extra light of the lamp on the post at the left of the yard."""
    y, x = np.mgrid[0:height, 0:width]
    return np.asarray(0.30 + 1.1 * np.exp(-(((x - 75) / 260) ** 2 + ((y - 60) / 210) ** 2)), np.float32)


def _exposure(take: Take, number: float, shape: tuple[int, int]) -> tuple[NDArray[np.float32], float, float]:
    """Gain for every pixel, brightness added, and noise level, as the light and the camera's own control have it."""
    time = number / take.rate
    gain = _falloff(*shape) * (1 + 0.02 * np.sin(2 * np.pi * time / 17 + take.seed))
    if take.light == "flashes":
        gain = 0.60 * gain
        if number >= LAMP_FROM:
            settled = 1 - 0.12 * (1 - np.exp(-(number - LAMP_FROM) / 15))
            gain = gain * (1 + _lamp(*shape)) * settled
        return gain.astype(np.float32), FLASHES.get(int(number), 0.0), 2.2
    if take.light == "dim":
        dark = dimness(time)
        return ((1 - 0.42 * dark) * gain).astype(np.float32), 0.0, 1.8 + 1.8 * dark
    return gain.astype(np.float32), 0.0, 1.7


def _drawn(take: Take, time: float) -> Picture:
    """The scene before the camera's lens."""
    if take.scene == "yard":
        return yard(take.seed, time)
    size = (360, 640) if take.portrait else (640, 360)
    frame = street(take.seed, time, size, whip=take.whip)
    if take.whip and WHIP_AT < time < WHIP_AT + WHIP_LASTS:
        part = (time - WHIP_AT) / WHIP_LASTS
        # The shutter is open for half of a picture's time: the smear is half of the way between two pictures.
        smear = round(0.5 / take.rate * WHIP_REACH / WHIP_LASTS * 6 * part * (1 - part))
        if smear > 1:
            frame = cv2.blur(frame, (smear, 1)).astype(np.uint8)
    # A phone held upright stores the picture lying on its side and says so in the display matrix.
    return np.ascontiguousarray(np.rot90(frame)) if take.portrait else frame


def picture(take: Take, number: float) -> NDArray[np.uint8]:
    """Picture `number` of the take as planar 4:2:0, shape (540, 640): luma, then both chroma planes.

    A fraction stands for a moment between two pictures (for takes of variable rate).
    """
    time = number / take.rate
    frame = cv2.GaussianBlur(_drawn(take, time), (0, 0), 0.6).astype(np.uint8)
    height, width = frame.shape[:2]
    gain, added, noise = _exposure(take, number, (height, width))
    planes = cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).astype(np.float32)
    rng = np.random.default_rng([take.seed, 6, round(number * 1000)])
    grain = rng.standard_normal((height, width), dtype=np.float32)
    luma = (planes[:height] - 16) * gain + 16 + added
    luma += noise * (0.7 + np.sqrt(np.maximum(luma, 0)) / 25) * (0.75 * grain + 0.5 * np.roll(grain, 1, axis=1))
    planes[:height] = luma
    chroma = planes[height:]
    chroma += 0.5 * noise * rng.standard_normal(chroma.shape, dtype=np.float32)
    if take.light != "day":
        chroma[:] = 128 + (chroma - 128) * float(np.clip(gain.mean(), 0, 1)) * (1 - added / 255)
    if take.scene == "yard":
        overlay(planes, time + take.later_s, take.camera)
    return np.asarray(np.clip(planes + 0.5, 1, 254), np.uint8)
