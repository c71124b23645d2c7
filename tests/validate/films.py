"""A film whose pictures carry their numbers, so that a finished clip can be held against what its plan says of it."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from entirety.read.ffmpeg import program
from entirety.validate import make
from entirety.validate.model import Base, Plan, Spec

WIDTH, HEIGHT, BITS, BLOCK = 320, 180, 11, 24
"""Eleven bits in blocks of 24 x 24 at the top: readable at half the size and after three encodings."""


def take(name: str, count: int, rate: int = 25, first: int = 0) -> Base:
    """A base that is drawn by `draw`; its pictures count from `first`."""
    return Base(
        id=name,
        source=name,
        file=name,
        origin="clips",
        sha256=name.encode().hex().ljust(64, "0"),
        first=first,
        count=count,
        rate=Fraction(rate),
        scene="moving",
        sound=True,
        half="tuning",
        why="drawn with numbers",
        size=(WIDTH, HEIGHT),
    )


def numbered(number: int) -> NDArray[np.uint8]:
    """One grey picture: the number's bits in black and white above a pattern that moves."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    picture = 128 + 50 * np.sin((x + 3 * number) / 19) * np.cos((y - 2 * number) / 23)
    for bit in range(BITS):
        level = 235 if number >> bit & 1 else 20
        picture[: 2 * BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = level
    return picture.astype(np.uint8)


def draw(base: Base, target: Path) -> None:
    """The master of a numbered take, with a tone for sound."""
    seconds = float(base.count / base.rate)
    form = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(base.rate), "-i", "-"]
    tone = ["-f", "lavfi", "-t", f"{seconds}", "-i", "sine=frequency=330:sample_rate=48000"]
    saved = ["-c:v", "libx264", "-g", "1", "-crf", "8", "-pix_fmt", "yuv420p", "-threads", "1", "-c:a", "pcm_s16le"]
    pictures = b"".join(numbered(base.first + number).tobytes() for number in range(base.count))
    command = [program(None), "-v", "error", "-y", *form, *tone, *saved, str(target)]
    subprocess.run(command, input=pictures, check=True)


def numbers(clip: Path) -> list[int]:
    """The numbers that can be read in the shown pictures, in the order of showing."""
    read: list[int] = []
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            grey = frame.reformat(width=WIDTH, height=HEIGHT, format="gray").to_ndarray()
            levels = [grey[8:40, bit * BLOCK + 6 : (bit + 1) * BLOCK - 6].mean() for bit in range(BITS)]
            read.append(sum((level > 110) << bit for bit, level in enumerate(levels)))
    return read


def greys(clip: Path) -> list[NDArray[np.int16]]:
    """The shown pictures, in grey."""
    with av.open(str(clip)) as container:
        return [
            frame.reformat(width=WIDTH, height=HEIGHT, format="gray").to_ndarray().astype(np.int16)
            for frame in container.decode(video=0)
        ]


def stored(clip: Path) -> int:
    """Video packets in the file, edit lists ignored."""
    options = {"ignore_editlist": "1"} if clip.suffix in (".mp4", ".mov") else {}
    with av.open(str(clip), options=options) as container:
        return sum(packet.size > 0 for packet in container.demux(video=0))


def carried_out(plan: Plan, base: Base, other: Base, bench: make.Bench) -> Path:
    """The clip of a plan; the masters are drawn on first use."""
    for one in (base, other):
        if not bench.master(one).exists():
            draw(one, bench.master(one))
    return make.clip(Spec(base, other, "test", "test", "test", plan), bench)
