"""`entirety doctor`: what is installed, what is missing, and a self-test of the parts that everything else rests on."""

import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from entirety.cli.terminal import Ffmpeg
from entirety.errors import EntiretyError, Environment


def doctor(ffmpeg: Ffmpeg = None) -> None:
    """Test the installation.

    Versions are shown, what is missing is named, hashes are compared with those of ffmpeg and imagehash, and a small PDF is made.
    """
    from entirety.cli.tool import tool

    made = tool()
    sys.stdout.write(
        f"entirety {made.version}, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n"
    )
    sys.stdout.write(f"decoder {made.decoder}\n")
    sys.stdout.write("".join(f"{name} {version}\n" for name, version in made.libraries))
    tests: tuple[tuple[str, Callable[[], str]], ...] = (
        ("ffmpeg program", lambda: _ffmpeg(ffmpeg)),
        ("frame hashes equal ffmpeg's", lambda: _framehash(ffmpeg)),
        ("perceptual hashes equal imagehash's", _perceptual),
        ("PDF", _pdf),
    )
    failed = [name for name, test in tests if not _passed(name, test)]
    sys.stdout.write(_second())
    if failed:
        raise Environment(
            f"Not ready: {', '.join(failed)}. Install again with the command in README, then run `entirety doctor`."
        )
    sys.stdout.write("Everything is installed and works.\n")


def _passed(name: str, test: Callable[[], str]) -> bool:
    # A self-test reports whatever goes wrong, of whatever kind: finding that out is its job.
    try:
        sys.stdout.write(f"ok      {name}: {test()}\n")
    except (EntiretyError, ImportError, OSError, RuntimeError, ValueError) as error:
        sys.stdout.write(f"MISSING {name}: {error}\n")
        return False
    return True


def _ffmpeg(named: str | None) -> str:
    from entirety.read.ffmpeg import program, version

    return version(program(named))


def _framehash(named: str | None) -> str:
    """A drawn second of film, hashed by us and by ffmpeg."""
    from entirety.measure.clip import measure
    from entirety.read.ffmpeg import draw_test_film, framehash, program
    from entirety.report.difference import first_difference
    from entirety.report.framehash import framehash_lines

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        draw_test_film(program(named), film)
        ours, theirs = list(framehash_lines(measure(film))), framehash(program(named), film)
    if (different := first_difference(theirs, ours)) is not None:
        raise Environment(different)
    return f"{sum(not line.startswith('#') for line in ours)} frames"


def _perceptual() -> str:
    """Our batch hash of a drawn picture against the library that defines it."""
    import imagehash
    import numpy as np
    from PIL import Image

    from entirety.measure.perceptual import dhash, phash

    across, down = np.meshgrid(np.arange(160), np.arange(90))
    grey = ((across * 3 + down * down // 5) % 256).astype(np.uint8)
    picture = Image.fromarray(grey)
    ours = (f"{int(phash(grey[None])[0]):016x}", f"{int(dhash(grey[None])[0]):016x}")
    theirs = (str(imagehash.phash(picture)), str(imagehash.dhash(picture)))
    if ours != theirs:
        raise Environment(f"{ours} is not {theirs}")
    return theirs[0]


def _second() -> str:
    """A line on the second program; audits go on without it and say so, so its absence is no failure."""
    from entirety.judge.second_opinion import REASONS
    from entirety.read.ffmpeg import draw_test_film, program
    from entirety.read.second_opinion import read_second

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        try:
            draw_test_film(program(None), film)
        except Environment:
            return "without second opinion: no film could be drawn to ask it about\n"
        told = read_second(film)
    if told.trouble is not None:
        return f"without second opinion: {REASONS[told.trouble]}\n"
    return f"ok      second opinion: {told.program}\n"


def _pdf() -> str:
    from entirety.read.page_setter import set_pages

    with tempfile.TemporaryDirectory() as folder:
        made = set_pages("#set document(date: none)\nentirety", "null", folder, ())
    return f"{len(made):,} bytes"
