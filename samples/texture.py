"""Surfaces for the drawn scenes: noise, brick, plaster, windows, leaves, cars.

Everything is painted once for a seed and then only moved about, so that a picture of a scene depends on nothing but
the seed and its number. The aim is footage with detail everywhere, as a camera sees it, not a cartoon.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Colour = tuple[float, float, float]


def octaves(rng: np.random.Generator, height: int, width: int, finest: float = 2.0, falloff: float = 0.7) -> Plane:
    """Noise of many sizes, zero mean and unit spread, shape (height, width)."""
    total = np.zeros((height, width), np.float32)
    size, weight = finest, 1.0
    while size < max(height, width):
        grid = rng.standard_normal((int(height / size) + 2, int(width / size) + 2)).astype(np.float32)
        total += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        size, weight = size * 2, weight / falloff * 0.8
    total -= total.mean()
    return np.asarray(total / (total.std() + 1e-6), np.float32)


def muted(rng: np.random.Generator, low: float, high: float, colourful: float = 0.16) -> Colour:
    """A colour between two brightnesses as cloth, paint and walls have it: never far from grey."""
    light = rng.uniform(low, high)
    blue, green, red = light * (1 + rng.normal(0, colourful, 3) + np.array([-0.04, 0.0, 0.05]))
    return float(np.clip(blue, 8, 240)), float(np.clip(green, 8, 240)), float(np.clip(red, 8, 240))


def darker(colour: Colour, share: float) -> Colour:
    """The same colour with only a share of its light."""
    return colour[0] * share, colour[1] * share, colour[2] * share


def tint(canvas: Picture, box: tuple[int, int, int, int], colour: Colour, shade: Plane) -> None:
    """Fill a box (x, y, width, height) with a colour made lighter and darker by `shade` (fractions)."""
    x, y, width, height = box
    filled = np.asarray(colour, np.float32) * (1 + shade[:, :, None])
    canvas[y : y + height, x : x + width, :3] = np.clip(filled, 0, 255).astype(np.uint8)


def brick(rng: np.random.Generator, height: int, width: int) -> Plane:
    """Shade of a brick wall: each brick its own tone, light mortar, stains."""
    rows, columns = height // 8 + 2, width // 20 + 3
    tone = rng.normal(0, 0.11, (rows, columns)).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width]
    row = y // 8
    column = (x + (row % 2) * 10) // 20
    shade = tone[row, column]
    mortar = (y % 8 == 0) | ((x + (row % 2) * 10) % 20 == 0)
    shade[mortar] += 0.22
    return np.asarray(shade + 0.06 * octaves(rng, height, width), np.float32)


def plaster(rng: np.random.Generator, height: int, width: int) -> Plane:
    """Shade of a rendered wall: grain, stains that run down, darker towards the foot."""
    streaks = cv2.GaussianBlur(octaves(rng, height, width), (0, 0), 1, sigmaY=14)
    foot = np.linspace(0.04, -0.10, height, dtype=np.float32)[:, None]
    return np.asarray(0.05 * octaves(rng, height, width) + 0.08 * streaks + foot, np.float32)


def window(canvas: Picture, rng: np.random.Generator, box: tuple[int, int, int, int], frame: Colour) -> None:
    """A window with a frame, a sill, a glazing bar and something dim behind the glass."""
    x, y, width, height = box
    cv2.rectangle(canvas, (x - 4, y - 4), (x + width + 3, y + height + 3), (*frame, 255), -1)
    glass = 0.30 * octaves(rng, height, width, 6) + np.linspace(0.5, -0.3, height, dtype=np.float32)[:, None]
    tint(canvas, box, muted(rng, 45, 105, 0.1), np.asarray(glass, np.float32))
    if rng.random() < 0.6:
        drawn = int(width * rng.uniform(0.2, 0.5))
        tint(canvas, (x, y, drawn, height), (150, 160, 168), 0.12 * octaves(rng, height, drawn, 3))
    cv2.line(canvas, (x + width // 2, y), (x + width // 2, y + height), (*frame, 255), 3)
    cv2.line(canvas, (x, y + height // 3), (x + width, y + height // 3), (*frame, 255), 2)
    cv2.rectangle(canvas, (x - 8, y + height + 4), (x + width + 8, y + height + 9), (168, 172, 176, 255), -1)
    cv2.rectangle(canvas, (x - 8, y + height + 10), (x + width + 8, y + height + 14), (44, 46, 52, 255), -1)


def leaves(canvas: Picture, rng: np.random.Generator, centre: tuple[int, int], radius: int, count: int = 2600) -> None:
    """A tree crown: thousands of small leaves, those on top in the light."""
    for _ in range(count):
        angle, reach = rng.uniform(0, 2 * np.pi), radius * np.sqrt(rng.random()) * rng.uniform(0.75, 1.1)
        x, y = centre[0] + reach * np.cos(angle) * 1.15, centre[1] + reach * np.sin(angle)
        lit = 0.72 - 0.42 * (y - centre[1]) / radius + rng.normal(0, 0.22)
        colour = np.clip(np.array([46, 104, 84]) * lit + rng.normal(0, 7, 3), 4, 230)
        axes = (int(rng.integers(2, 7)), int(rng.integers(2, 5)))
        turn = float(rng.uniform(0, 180))
        cv2.ellipse(canvas, (int(x), int(y)), axes, turn, 0, 360, (*colour.tolist(), 255), -1, cv2.LINE_AA)


def trunk(canvas: Picture, rng: np.random.Generator, foot: tuple[int, int], top: int, width: int) -> None:
    """A tree trunk with bark, from `foot` up to the row `top`."""
    height = foot[1] - top
    round_off = -0.55 * np.abs(np.linspace(-1, 1, width, dtype=np.float32))[None, :] ** 2
    bark = 0.25 * cv2.GaussianBlur(octaves(rng, height, width), (0, 0), 0.6, sigmaY=5) + round_off
    tint(canvas, (foot[0] - width // 2, top, width, height), (52, 66, 80), np.asarray(bark, np.float32))
    canvas[top : foot[1], foot[0] - width // 2 : foot[0] - width // 2 + width, 3:] = 255


def car(canvas: Picture, rng: np.random.Generator, foot: tuple[int, int], length: int, paint: Colour) -> None:
    """A parked car seen from the side, standing on the row `foot[1]`."""
    x, y = foot
    unit = length / 100

    def place(across: float, up: float) -> tuple[int, int]:
        return int(x + across * unit), int(y - up * unit)

    cv2.ellipse(canvas, place(50, 1), (int(54 * unit), int(5 * unit)), 0, 0, 360, (30, 30, 32, 255), -1)
    body = [(0, 8), (1, 20), (14, 25), (28, 38), (66, 39), (82, 26), (97, 22), (100, 9)]
    cabin = [(20, 25), (31, 36), (64, 37), (77, 26)]
    painted = np.zeros(canvas.shape[:2], np.uint8)
    cv2.fillPoly(painted, [np.array([place(*p) for p in body], np.int32)], 255, cv2.LINE_AA)
    rows, columns = np.nonzero(painted)
    gloss = 0.22 * np.sin((y - rows) / (unit * 8)) + 0.03 * rng.standard_normal(rows.size)
    canvas[rows, columns, :3] = np.clip(np.asarray(paint) * (1 + gloss)[:, None], 0, 255).astype(np.uint8)
    canvas[rows, columns, 3:] = 255
    cv2.fillPoly(canvas, [np.array([place(*p) for p in cabin], np.int32)], (66, 58, 50, 255), cv2.LINE_AA)
    cv2.line(canvas, place(48, 9), place(48, 37), (*darker(paint, 0.5), 255), max(1, int(unit * 2)))
    cv2.line(canvas, place(34, 30), place(42, 35), (150, 146, 140, 255), max(1, int(unit * 2)), cv2.LINE_AA)
    for wheel in (20, 80):
        cv2.circle(canvas, place(wheel, 8), int(8.5 * unit), (24, 24, 26, 255), -1, cv2.LINE_AA)
        cv2.circle(canvas, place(wheel, 8), int(4.5 * unit), (128, 126, 124, 255), -1, cv2.LINE_AA)
    cv2.circle(canvas, place(97, 17), max(1, int(2.5 * unit)), (60, 60, 190, 255), -1, cv2.LINE_AA)
