"""The street: a hand-held camera that pans along house fronts while people pass.

Far skyline, house fronts and roadside move at different rates, as distance demands, and the hand shakes. In the whip
variant the camera is thrown round by half a picture width and more within half a second, as happens when an operator
hears something.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from texture import Picture, brick, car, leaves, muted, octaves, plaster, tint, trunk, window
from walkers import Walker, crowd, draw

WORLD = (760, 2560)
"""Height and width of the painted street; the middle of the view lies near row 400."""
FAR, MIDDLE, NEAR = 0.35, 0.7, 1.0
"""How much of the camera's travel each layer shows."""
WHIP_AT, WHIP_LASTS, WHIP_REACH = 5.0, 0.55, 620.0
"""Start and duration (s) and reach (elements) of the fast pan."""


def _skyline(rng: np.random.Generator) -> Picture:
    height, width = WORLD
    layer = np.full((height, width, 4), 255, np.uint8)
    sky = 0.11 * octaves(rng, height, width, 16) + np.linspace(-0.15, 0.2, height, dtype=np.float32)[:, None]
    tint(layer, (0, 0, width, height), (214, 192, 172), np.asarray(sky, np.float32))
    left = 0
    while left < width - 60:
        wide, top = int(rng.integers(60, 150)), int(rng.integers(190, 330))
        wide = min(wide, width - left)
        shade = 0.08 * octaves(rng, height - top, wide)
        tint(layer, (left, top, wide, height - top), muted(rng, 148, 180, 0.03), shade)
        for y in range(top + 8, 420, 14):
            for x in range(left + 6, left + wide - 8, 12):
                layer[y : y + 7, x : x + 5, :3] = int(rng.integers(90, 150))
        left += wide + int(rng.integers(0, 40))
    return layer


def _shop(layer: Picture, rng: np.random.Generator, left: int, wide: int) -> None:
    """Ground floor of a house front: shop window, door, awning or sign."""
    window(layer, rng, (left + 20, 392, wide - 100, 72), (70, 74, 80))
    tint(layer, (left + wide - 62, 384, 40, 94), muted(rng, 40, 110, 0.12), 0.1 * octaves(rng, 94, 40))
    sign = muted(rng, 50, 170, 0.16)
    tint(layer, (left + 8, 356, wide - 16, 24), sign, 0.05 * octaves(rng, 24, wide - 16))
    for x in range(left + 24, left + wide - 40, int(rng.integers(11, 17))):
        stroke = (*rng.uniform(200, 245, 3).tolist(), 255)
        cv2.line(layer, (x, 362), (x + int(rng.integers(0, 7)), 374), stroke, 2, cv2.LINE_AA)


def _fronts(rng: np.random.Generator) -> Picture:
    height, width = WORLD
    layer = np.zeros((height, width, 4), np.uint8)
    left = 10
    while left < width - 180:
        wide, top = int(rng.integers(170, 300)), int(rng.integers(60, 210))
        wide = min(wide, width - left - 2)
        surface = brick(rng, 480 - top, wide) if rng.random() < 0.5 else plaster(rng, 480 - top, wide)
        tint(layer, (left, top, wide, 480 - top), muted(rng, 90, 165, 0.07), surface)
        layer[top:480, left : left + wide, 3] = 255
        cv2.rectangle(layer, (left, top), (left + wide, top + 10), (56, 58, 64, 255), -1)
        for y in range(top + 30, 300, 72):
            for x in range(left + 22, left + wide - 50, 58):
                window(layer, rng, (x, y, 28, 44), (190, 194, 198))
        _shop(layer, rng, left, wide)
        left += wide + int(rng.choice([0, 0, 34]))
    pavement = octaves(rng, 34, width, 1.3, 0.9) * 0.08 + 0.05 * (np.arange(width) % 46 < 2)
    tint(layer, (0, 476, width, 34), (140, 146, 150), np.asarray(pavement, np.float32))
    layer[476:, :, 3] = 255
    return layer


def _roadside(rng: np.random.Generator) -> Picture:
    height, width = WORLD
    layer = np.zeros((height, width, 4), np.uint8)
    road = 0.07 * octaves(rng, height - 506, width, 1.5, 0.95) + 0.05 * octaves(rng, height - 506, width, 24)
    tint(layer, (0, 506, width, height - 506), (92, 94, 98), road)
    layer[506:, :, 3] = 255
    tint(layer, (0, 500, width, 9), (170, 174, 176), 0.06 * octaves(rng, 9, width))
    layer[500:509, :, 3] = 255
    for x in range(40, width, 190):
        cv2.line(layer, (x, 640), (x + 90, 640), (196, 200, 202, 255), 6, cv2.LINE_AA)
    for x in range(120, width - 240, 410):
        at = x + int(rng.integers(-60, 60))
        car(layer, rng, (at, 536), 190, muted(rng, 40, 190, 0.14))
    for x in range(60, width - 60, 520):
        trunk(layer, rng, (x, 516), 300, 22)
        leaves(layer, rng, (x, 240), 78, 2300)
        cv2.line(layer, (x + 250, 516), (x + 250, 130), (50, 54, 56, 255), 8, cv2.LINE_AA)
        cv2.ellipse(layer, (x + 250, 128), (22, 9), 0, 0, 360, (170, 176, 178, 255), -1, cv2.LINE_AA)
    return layer


@lru_cache(maxsize=3)
def _layers(seed: int) -> tuple[tuple[float, Picture], ...]:
    rng = np.random.default_rng([seed, 3])
    return (FAR, _skyline(rng)), (MIDDLE, _fronts(rng)), (NEAR, _roadside(rng))


@lru_cache(maxsize=4)
def _people(seed: int) -> tuple[Walker, ...]:
    feet = [492.0, 494.0, 498.0, 496.0, 500.0, 548.0, 562.0, 491.0]
    heights = [78.0, 84.0, 88.0, 82.0, 90.0, 138.0, 150.0, 76.0]
    return crowd(np.random.default_rng([seed, 4]), feet, heights, 1800.0)


def _travel(time: float, *, whip: bool) -> float:
    """How far the camera has gone along the street, in elements of the near layer."""
    gone = 34.0 * time + 26.0 * np.sin(0.5 * time)
    if whip:
        part = float(np.clip((time - WHIP_AT) / WHIP_LASTS, 0, 1))
        gone += WHIP_REACH * (part * part * (3 - 2 * part))
    return float(gone)


def _shake(seed: int, time: float) -> tuple[float, float, float]:
    """Offset across and down (elements) and roll (degrees) of a hand: slow drift and fast tremor."""
    turns = np.random.default_rng([seed, 5]).uniform(0, 6.28, (3, 4))
    speeds = np.array([1.1, 2.7, 6.3, 13.1])
    sizes = np.array([[3.0, 2.0, 1.0, 0.3], [3.5, 1.6, 0.9, 0.35], [0.35, 0.2, 0.08, 0.02]])
    across, down, roll = (sizes * np.sin(speeds * time + turns)).sum(axis=1)
    return float(across), float(down), float(roll)


def _project(factor: float, pose: tuple[float, float, float, float], size: tuple[int, int]) -> NDArray[np.float64]:
    """The 2x3 matrix from a layer to the view for a camera pose (travel, across, down, roll)."""
    travel, across, down, roll = pose
    width, height = size
    middle = (60 + width / 2 + factor * travel + across, 400 + down)
    matrix = cv2.getRotationMatrix2D(middle, roll, 1.0)
    matrix[:, 2] += np.array([width / 2 - middle[0], height / 2 - middle[1]])
    return np.asarray(matrix, np.float64)


def street(seed: int, time: float, size: tuple[int, int], *, whip: bool) -> Picture:
    """The street `time` seconds after the start, blue-green-red; `size` is width and height of the view."""
    pose = (_travel(time, whip=whip), *_shake(seed, time))
    frame = np.zeros((size[1], size[0], 3), np.uint8)
    for factor, layer in _layers(seed):
        matrix = _project(factor, pose, size)
        view = cv2.warpAffine(layer, matrix, size, flags=cv2.INTER_LINEAR)
        cover = view[:, :, 3:].astype(np.uint16)
        mixed = (view[:, :, :3] * cover + frame * (255 - cover)) // 255
        frame = mixed.astype(np.uint8)
        for one in _people(seed):
            if factor == (NEAR if one.foot > 520 else MIDDLE):
                place = matrix @ (one.x(time, -100, 1700), one.foot, 1.0)
                draw(frame, one, time, float(place[0]), float(place[1]))
    return frame
