"""What a recipe for a sample clip says, the takes that are filmed, and how the less simple clips are made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import boxes
import editing
from camera import record
from scenes import DIM_FROM, Take, dimness

YARD, STREET = Take("yard", 11, 25), Take("street", 21, 30)
YARD_PICTURES, STREET_PICTURES = 325, 345
OTHER_YARD = Take("yard", 12, 25, camera=5, later_s=5400)
EVENING, DUSK = Take("yard", 13, 25, light="flashes"), Take("street", 22, 30, light="dim")
WHIP, UPRIGHT = Take("street", 23, 30, whip=True), Take("street", 24, 30, portrait=True)

RE_ENCODED = ("writer-trace", "double-encoding", "metadata-conflict")
"""What any file written again by software may show."""
MISSING_TIME = ("hard-cut", "jump-cut", "on-screen-clock", "sound-splice", "mains-hum-phase", "encoding-break")
"""What missing time may show besides the check a clip was made for."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at `frame`, counted as shown: the first picture after it.

    `seen_by` names the checks that must place a finding there.
    """

    kind: str
    frame: int
    seen_by: tuple[str, ...] = ()
    removed_s: float = 0.0
    added_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """One clip. `make` gets the folder of finished clips and the file to write; `shows` lists what is seen in it.

    `shows` holds runs of pictures as shown: (take, number of the first picture in the take, how many). It lets
    anybody compare the decoded clip with the drawn scene.
    """

    name: str
    done: str
    make: Callable[[Path, Path], None]
    answer: str
    shows: tuple[tuple[Take, int, int], ...] = ()
    checks: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    hidden_frames: int = 0
    camera_like: bool = False
    continuous: bool = True


def film(take: Take, count: int, kilobits: int = 720) -> Callable[[Path, Path], None]:
    """A recipe's `make` for an untouched take of `count` pictures."""
    return lambda _, target: record(take, range(count), target, count / take.rate, kilobits=kilobits)


def low_light_stamps() -> list[int]:
    """Presentation times in ms: 30 pictures/s by day, 20 in low light, jitter of a phone's clock, five dropped."""
    rng = np.random.default_rng(5)
    dropped = {61, 118, 119, 160, 201}
    stamps, now = [0], 0.0
    while len(stamps) < 225:
        now += (1000 / 30 + (50 - 1000 / 30) * dimness(now / 1000)) * (2 if len(stamps) in dropped else 1)
        stamps.append(round(now + float(np.clip(rng.normal(0, 1.2), -4, 4))))
    return stamps


def low_light(_: Path, target: Path) -> None:
    stamps = low_light_stamps()
    steps = [f"{step}*gte(N,{index})" for index, step in enumerate(np.diff(stamps).tolist(), 1)]
    # ffmpeg's expressions may be nested 100 deep, and every plus counts: groups in brackets keep it shallow.
    expression = "+".join(f"({'+'.join(steps[at : at + 30])})" for at in range(0, len(steps), 30))
    numbers = [ms * DUSK.rate / 1000 for ms in stamps]
    record(DUSK, numbers, target, (stamps[-1] + 50) / 1000, stamps=expression, kilobits=640)


def low_light_events() -> tuple[Event, ...]:
    stamps = low_light_stamps()
    slow = next(index for index, ms in enumerate(stamps) if ms >= DIM_FROM * 1000)
    lost = [Event("picture-dropped-by-camera", n) for n in (61, 118, 119, 160, 201)]
    return (Event("light-goes-down", slow), *lost)


def other_camera(done: Path, target: Path) -> None:
    other, again = target.with_name("other-camera.mp4"), target.with_name("other-encoder.mp4")
    record(OTHER_YARD, range(125), other, 5.0, kilobits=1500)
    editing.encode_otherwise(other, again)
    editing.join_by_copy(done / "untouched-static.mp4", again, target, 5)
    other.unlink()
    again.unlink()


def upright(_: Path, target: Path) -> None:
    flat = target.with_name("flat.mp4")
    record(UPRIGHT, range(250), flat, 250 / 30, kilobits=640)
    boxes.turn(flat, target)
    flat.unlink()


STATIC, HANDHELD = "untouched-static.mp4", "untouched-handheld.mp4"
