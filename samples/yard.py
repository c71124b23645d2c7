"""The yard: a fixed camera over a courtyard that people cross all the time, with a date and time burned in.

The camera does not move; walkers at different speeds and directions do, and the leaves stir. What is missing after a
cut is therefore only seen in the walkers, in the clock and in the sound.
"""

from datetime import datetime, timedelta
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from texture import Picture, Plane, brick, car, leaves, muted, octaves, plaster, tint, trunk, window
from walkers import Walker, crowd, draw

WIDTH, HEIGHT = 640, 360
HORIZON = 150
CROWN = (slice(0, 190), slice(430, 640))
"""Rows and columns where the leaves stir."""


def _ground(canvas: Picture, rng: np.random.Generator, top: int) -> None:
    """Paving in perspective: grain, slabs and joints that grow towards the camera."""
    height, width = canvas.shape[0] - top, canvas.shape[1]
    y, x = np.mgrid[top : top + height, 0:width].astype(np.float32)
    depth = 30000 / (y - 2 * HORIZON + 8)
    across = (x - width * 0.45) * depth / 420
    grain = octaves(rng, 512, 512, 1.5)
    sampled = grain[(depth * 3).astype(int) % 512, (across * 2).astype(int) % 512]
    slab = rng.normal(0, 0.05, (64, 64)).astype(np.float32)
    shade = 0.09 * sampled + slab[(depth / 14).astype(int) % 64, (across / 26).astype(int) % 64]
    joint = (np.abs(depth % 14) < depth / 160) | (np.abs(across % 26) < depth / 130)
    shade[joint] -= 0.22
    shade += 0.07 * octaves(rng, height, width, 16) + 0.03 * octaves(rng, height, width, 1.5)
    tint(canvas, (0, top, width, height), (122, 128, 134), np.asarray(shade, np.float32))


def _house(canvas: Picture, rng: np.random.Generator, box: tuple[int, int, int, int], *, bricks: bool) -> None:
    """A house front with a roof edge, rows of windows and a drainpipe."""
    x, y, width, height = box
    surface = brick(rng, height, width) if bricks else plaster(rng, height, width)
    tint(canvas, box, (84, 96, 138) if bricks else (150, 166, 178), surface)
    cv2.rectangle(canvas, (x, y), (x + width, y + 9), (58, 60, 66), -1)
    cv2.rectangle(canvas, (x, y + 10), (x + width, y + 16), (40, 44, 56), -1)
    for row in range(2):
        for left in range(x + 44, x + width - 80, 128):
            window(canvas, rng, (left, y + 46 + row * 150, 54, 84), (196, 200, 204) if bricks else (60, 76, 92))
    cv2.line(canvas, (x + width - 22, y + 10), (x + width - 22, y + height), (70, 72, 78), 7)
    cv2.line(canvas, (x + width - 24, y + 10), (x + width - 24, y + height), (120, 122, 126), 2)


@lru_cache(maxsize=4)
def _background(seed: int) -> Picture:
    """The empty yard, painted at twice the size and shrunk."""
    rng = np.random.default_rng([seed, 1])
    canvas = np.zeros((2 * HEIGHT, 2 * WIDTH, 3), np.uint8)
    sky = 0.10 * octaves(rng, 400, 2 * WIDTH, 12) + np.linspace(-0.08, 0.1, 400, dtype=np.float32)[:, None]
    tint(canvas, (0, 0, 2 * WIDTH, 400), (216, 204, 192), np.asarray(sky, np.float32))
    split = int(rng.integers(700, 840))
    _house(canvas, rng, (split, 96, 2 * WIDTH - split, 300), bricks=False)
    _house(canvas, rng, (0, int(rng.integers(20, 60)), split, 384), bricks=True)
    _ground(canvas, rng, 396)
    lawn = octaves(rng, 40, 2 * WIDTH, 1.2, 0.9)
    tint(canvas, (0, 392, 2 * WIDTH, 40), (62, 112, 96), 0.28 * lawn)
    door = 110 + 128 * int(rng.integers(1, 4))
    cv2.rectangle(canvas, (door - 4, 270), (door + 50, 404), (150, 156, 160), -1)
    tint(canvas, (door, 274, 46, 130), (58, 60, 82), 0.12 * octaves(rng, 130, 46, 2))
    car(canvas, rng, (int(rng.integers(560, 640)), 452), 250, muted(rng, 60, 180, 0.2))
    trunk(canvas, rng, (1090, 470), 200, 34)
    leaves(canvas, rng, (1090, 170), 160, 5200)
    cv2.line(canvas, (150, 520), (150, 40), (52, 54, 58), 11, cv2.LINE_AA)
    cv2.line(canvas, (147, 520), (147, 40), (112, 114, 118), 3, cv2.LINE_AA)
    cv2.ellipse(canvas, (150, 38), (34, 14), 0, 0, 360, (186, 190, 192), -1, cv2.LINE_AA)
    return cv2.resize(canvas, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.uint8)


@lru_cache(maxsize=4)
def _people(seed: int) -> tuple[Walker, ...]:
    feet = [226.0, 238.0, 252.0, 268.0, 290.0, 318.0, 342.0]
    heights = [(foot - HORIZON) * 0.68 for foot in feet]
    return crowd(np.random.default_rng([seed, 2]), feet, heights, WIDTH + 160.0)


@lru_cache(maxsize=64)
def _glyph(letter: str) -> tuple[Picture, Picture]:
    """A letter of the burned-in text: cover of the white face and of the black outline."""
    font = ImageFont.load_default(size=19)
    planes = []
    for outline in (0, 2):
        cell = Image.new("L", (14, 28))
        ImageDraw.Draw(cell).text((7, 22), letter, font=font, fill=255, stroke_width=outline, anchor="ms")
        planes.append(np.asarray(cell, np.uint8))
    return planes[0], planes[1]


def burn(planes: Plane, text: str, left: int, top: int) -> None:
    """Write white text with a black outline into 4:2:0 planes, every letter in a cell of the same width."""
    chroma = planes[HEIGHT:].reshape(2, HEIGHT // 2, WIDTH // 2)
    for index, letter in enumerate(text):
        face, outline = _glyph(letter)
        x = left + index * 12
        covered = outline.astype(np.float32) / 255
        below = planes[top : top + 28, x : x + 14]
        below *= 1 - covered
        below += 16 * covered + 215 * face.astype(np.float32) / 255
        tinted = chroma[:, top // 2 : top // 2 + 14, x // 2 : x // 2 + 7]
        tinted += (128 - tinted) * covered[::2, ::2]


def clock(time: float) -> str:
    """The burned-in date and time, with tenths of a second."""
    tenths = int(np.floor(time * 10 + 1e-6))
    now = datetime.fromisoformat("2024-05-14T16:31:52") + timedelta(seconds=tenths // 10)
    return f"{now:%Y-%m-%d %H:%M:%S}.{tenths % 10}"


def _stir(frame: Picture, time: float) -> None:
    """Leaves moved by a light wind: less than a pixel, never all the same way."""
    y, x = np.mgrid[CROWN].astype(np.float32)
    sway = 0.8 * np.sin(1.9 * time + x / 17) + 0.4 * np.sin(3.1 * time + y / 11)
    # The edge of the region stands still, so that no seam shows.
    sway *= np.clip((x - 450) / 30, 0, 1) * np.clip((630 - x) / 20, 0, 1) * np.clip((170 - y) / 20, 0, 1)
    frame[CROWN] = cv2.remap(frame, np.asarray(x + sway, np.float32), y, cv2.INTER_LINEAR)


def yard(seed: int, time: float) -> Picture:
    """The yard `time` seconds after the start, blue-green-red, shape (360, 640, 3)."""
    frame = _background(seed).copy()
    _stir(frame, time)
    for one in _people(seed):
        draw(frame, one, time, one.x(time, -80, WIDTH + 80), one.foot)
    return frame


def overlay(planes: Plane, time: float, camera: int) -> None:
    """Burn the camera's name and the running clock in, as the recorder does: after the lens, the light and the noise."""
    burn(planes, clock(time), 14, HEIGHT - 38)
    burn(planes, f"CAM {camera}", WIDTH - 84, 10)
