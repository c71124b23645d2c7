"""People who walk through the drawn scenes at a steady pace, each at their own speed, with swinging arms and legs.

Where a walker is and how the limbs stand follows from the time alone; nothing is carried from picture to picture.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from texture import Colour, Picture, darker, muted, octaves

FINE = 3
"""Figures are drawn this many times larger and then shrunk, which gives soft edges and positions between pixels."""


@dataclass(frozen=True, slots=True)
class Walker:
    """One person; lengths in picture elements, speed in elements per second, negative to the left."""

    start: float
    speed: float
    foot: float
    height: float
    phase: float
    jacket: Colour
    trousers: Colour
    skin: Colour
    hair: Colour
    bag: bool
    cloth: NDArray[np.float32]

    def x(self, time: float, low: float, high: float) -> float:
        """Where the walker is between `low` and `high`; who leaves at one side comes back at the other."""
        return low + (self.start + self.speed * time) % (high - low)


def crowd(rng: np.random.Generator, feet: list[float], heights: list[float], span: float) -> tuple[Walker, ...]:
    """Walkers for the given foot rows, spread over `span`, every second one going the other way."""
    people = []
    for index, (foot, height) in enumerate(zip(feet, heights, strict=True)):
        pace = float(rng.uniform(0.55, 1.15)) * height * (1 if index % 2 else -1)
        place = (index + float(rng.uniform(0.2, 0.8))) / len(feet) * span
        people.append(
            Walker(
                start=place,
                speed=pace,
                foot=foot,
                height=height,
                phase=float(rng.uniform(0, 6.28)),
                jacket=muted(rng, 35, 190, 0.17),
                trousers=muted(rng, 35, 100, 0.14),
                skin=(112 * rng.uniform(0.6, 1.1), 142 * rng.uniform(0.7, 1.1), 186.0),
                hair=muted(rng, 18, 80, 0.12),
                bag=bool(rng.random() < 0.5),
                cloth=octaves(rng, 96, 64, 3),
            )
        )
    return tuple(sorted(people, key=lambda one: one.foot))


def _limb(canvas: Picture, points: list[tuple[float, float]], width: float, colour: Colour) -> None:
    """A bent limb: thick lines through the points, given in canvas elements."""
    fixed = [(round(x * 16), round(y * 16)) for x, y in points]
    for first, second in pairwise(fixed):
        cv2.line(canvas, first, second, (*colour, 255), max(1, round(width)), cv2.LINE_AA, 4)


def _ball(canvas: Picture, place: tuple[float, float], size: float, colour: Colour) -> None:
    """A head, or the hair on it: an upright ellipse."""
    spot, axes = (round(place[0] * 16), round(place[1] * 16)), (round(size * 16), round(size * 18.4))
    cv2.ellipse(canvas, spot, axes, 0, 0, 360, (*colour, 255), -1, cv2.LINE_AA, 4)


def _swing(hip: tuple[float, float], angle: float, bend: float, length: float) -> list[tuple[float, float]]:
    """Hip, knee and foot (or shoulder, elbow and hand) for a limb swung by `angle` and bent by `bend` radians."""
    knee = (hip[0] + 0.5 * length * np.sin(angle), hip[1] + 0.5 * length * np.cos(angle))
    foot = (knee[0] + 0.5 * length * np.sin(angle - bend), knee[1] + 0.5 * length * np.cos(angle - bend))
    return [hip, knee, foot]


def _figure(one: Walker, time: float, offset: tuple[float, float]) -> Picture:
    """The walker alone, FINE times too large, blue-green-red-alpha, feet near the bottom middle."""
    tall = one.height * FINE
    width, height = int(one.height * 0.9) * FINE, int(one.height * 1.25) * FINE
    canvas = np.zeros((height, width, 4), np.uint8)
    way = 1.0 if one.speed > 0 else -1.0
    stride = one.phase + 2 * np.pi * time * abs(one.speed) / one.height / 0.85
    x = width / 2 + offset[0] * FINE
    ground = height - tall * 0.08 + offset[1] * FINE
    hip = (x, ground - 0.48 * tall - 0.012 * tall * abs(np.cos(stride)))
    neck = (x + way * 0.02 * tall, hip[1] - 0.33 * tall)
    dark = darker(one.jacket, 0.7)
    for side, cloth in ((np.pi, dark), (0.0, one.jacket)):
        turn = np.sin(stride + side)
        trousers = one.trousers if side == 0 else darker(one.trousers, 0.75)
        leg = _swing(hip, way * 0.46 * turn, way * 0.5 * max(0.0, np.cos(stride + side)), 0.48 * tall)
        _limb(canvas, leg, 0.085 * tall, trousers)
        _limb(canvas, [leg[2], (leg[2][0] + way * 0.06 * tall, leg[2][1])], 0.05 * tall, (30, 30, 34))
        if side == np.pi:
            arm = _swing((neck[0], neck[1] + 0.05 * tall), -way * 0.45 * turn, -way * 0.35, 0.36 * tall)
            _limb(canvas, arm, 0.055 * tall, cloth)
    _limb(canvas, [(neck[0], neck[1] + 0.05 * tall), hip], 0.19 * tall, one.jacket)
    if one.bag:
        _limb(
            canvas, [(x - way * 0.12 * tall, neck[1] + 0.1 * tall), (x - way * 0.11 * tall, hip[1])], 0.1 * tall, dark
        )
    arm = _swing((neck[0], neck[1] + 0.05 * tall), -way * 0.45 * np.sin(stride), -way * 0.35, 0.36 * tall)
    _limb(canvas, arm, 0.055 * tall, darker(one.jacket, 0.88))
    _limb(canvas, [arm[2], arm[2]], 0.045 * tall, one.skin)
    head = (neck[0] + way * 0.012 * tall, neck[1] - 0.09 * tall)
    _limb(canvas, [neck, head], 0.07 * tall, one.skin)
    _ball(canvas, head, 0.068 * tall, one.skin)
    _ball(canvas, (head[0] - way * 0.018 * tall, head[1] - 0.022 * tall), 0.062 * tall, one.hair)
    return canvas


def _blend(frame: Picture, left: int, top: int, colour: NDArray[np.float32], alpha: NDArray[np.float32]) -> None:
    """Lay `colour` over the frame at (left, top) as far as it is inside; `alpha` is 0 to 1."""
    height, width = alpha.shape
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(frame.shape[0], top + height), min(frame.shape[1], left + width)
    if y1 <= y0 or x1 <= x0:
        return
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    cover = alpha[part][:, :, None]
    below = frame[y0:y1, x0:x1].astype(np.float32)
    frame[y0:y1, x0:x1] = np.clip(below + (colour[part] - below) * cover, 0, 255).astype(np.uint8)


def draw(frame: Picture, one: Walker, time: float, x: float, foot: float) -> None:
    """Draw the walker with the feet at (x, foot) of the frame, a soft shadow under them."""
    if not -one.height < x < frame.shape[1] + one.height:
        return
    whole = (int(np.floor(x)), int(np.floor(foot)))
    figure = _figure(one, time, (x - whole[0], foot - whole[1]))
    width, height = figure.shape[1] // FINE, figure.shape[0] // FINE
    small = cv2.resize(figure, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    alpha = small[:, :, 3] / 255
    light = 1.06 - 0.22 * np.linspace(0, 1, width, dtype=np.float32)[None, :]
    folds = 1 + 0.10 * cv2.resize(one.cloth, (width, height), interpolation=cv2.INTER_LINEAR)
    # Drawing on transparent black darkens the edge; dividing by the cover brings the colour back.
    colour = small[:, :, :3] / np.maximum(alpha, 0.05)[:, :, None] * (light * folds)[:, :, None]
    left, top = whole[0] - width // 2, whole[1] - height + round(one.height * 0.08)
    shadow = np.zeros((max(4, height // 6), width * 2), np.float32)
    middle = (width * 16, shadow.shape[0] * 8)
    cv2.ellipse(shadow, middle, (round(width * 7), round(shadow.shape[0] * 4.5)), 0, 0, 360, 0.5, -1, cv2.LINE_8, 4)
    shadow = np.asarray(cv2.GaussianBlur(shadow, (0, 0), max(1.0, height / 40)), np.float32)
    black = np.full((*shadow.shape, 3), 18, np.float32)
    _blend(frame, whole[0] - width + width // 6, whole[1] - shadow.shape[0] // 2, black, shadow)
    _blend(frame, left, top, np.asarray(colour, np.float32), np.asarray(np.clip(alpha, 0, 1), np.float32))
