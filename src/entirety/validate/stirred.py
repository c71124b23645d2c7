"""Whether anything moved where two parts of one take meet: looked up in the master, by none of the measures that the checks work with.

A cut within one take can be seen only if the two pictures that meet at it differ by more than a moment of the take does. Each clip with
such a cut belongs to one of three classes:

- `moving`: the camera moves in this take, as a person said who looked at it.
- `stirred`: the camera stands still, and something moved between the two pictures: somebody walked, a leaf turned, an arm was lowered.
- `still`: nothing moved. A check that compares pictures cannot see such a cut, and its clips show what is reported all the same.

The two pictures are taken from the master in grey. Each is smoothed a little against noise, and its own blurred copy is subtracted, so
that edges and texture remain and light and shadow do not count. In blocks of 16 x 16 pixels that hold any detail, the two are correlated:
a change of light leaves the correlation at 1, an edge that moved by a few pixels brings it down. A block has changed where the correlation
is below a bound and the difference is several times that between neighbouring pictures in the same block, so that noise and leaves that
flutter all the time do not count. From a few changed blocks on, something moved.

The bounds were set by looking at the pairs of all middle cuts of the static takes. Pairs in which a person sees nothing but noise, shadow
and exposure have no changed block, at most 1; in those in which somebody turns a hand or shifts his weight there are 3 to 40, of walkers 10 to
120. The pairs at the border (2 and 3 blocks) are a person's arm in the background of a still room.
"""

import hashlib
import json
import os
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from entirety.errors import Damaged
from entirety.validate.conditions import CONDITIONS
from entirety.validate.edits import TWO_TAKES
from entirety.validate.make import Bench
from entirety.validate.model import Base, Spec
from entirety.validate.recordings import pictures_kept

MOVING, STIRRED, STILL = "moving", "stirred", "still"
ONE_CAMERA, TWO_CAMERAS = "one-camera", "two-cameras"
"""Where two takes meet: all drawn takes of one kind were drawn with one and the same camera."""

BLOCK = 16
"""Pixels: a head of somebody who stands at the back of a yard."""
SMOOTHED, SUBTRACTED = 1.0, 6.0
"""Standard deviations, pixels: what is finer is noise, what is coarser is light."""
DETAIL = 4.0
"""Grey levels, root mean square: blocks with less hold nothing whose movement could be seen."""
APART = 0.2
"""How far below 1 the correlation must be."""
UNUSUAL = 3.0
"""How many times the usual difference of neighbouring pictures in the block."""
FEWEST = 3
"""Changed blocks from which something moved."""
ROUND = 6
"""Neighbouring pictures on either side from which the usual difference is taken: a fifth of a second."""

Picture = NDArray[np.float32]


def scene(spec: Spec, bench: Bench) -> str:
    """The class of a clip; empty where nothing of what it names meets in it. Needs the master where two parts of one take meet."""
    pairs = [place.meets for place in spec.plan.truth.places if place.meets]
    if spec.edit in TWO_TAKES:
        return ONE_CAMERA if _drawn_by(spec.base) == _drawn_by(spec.other) else TWO_CAMERAS
    if not pairs:
        return ""
    if spec.base.scene == "moving":
        return MOVING
    condition = next(one for one in CONDITIONS if one.id == spec.condition)
    kept = pictures_kept(condition, spec.base)
    changed = [_kept(bench, bench.master(spec.base), kept[before], kept[after]) for before, after in pairs]
    return STIRRED if max(changed) >= FEWEST else STILL


def _drawn_by(base: Base) -> str:
    """The drawn camera, which all drawn takes of one kind share; of a real take, its recording."""
    return base.file.split()[0] if base.origin == "drawn" else base.source


def _kept(bench: Bench, master: Path, before: int, after: int) -> int:
    """Changed blocks, computed once for each pair of pictures of a master."""
    file = bench.cache / "stirred" / _revision() / f"{master.stem}-{before}-{after}.json"
    if file.exists():
        return int(json.loads(file.read_text(encoding="utf-8")))
    found = changed_blocks(master, before, after)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    draft.write_text(json.dumps(found), encoding="utf-8")
    draft.replace(file)
    return found


@cache
def _revision() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


def changed_blocks(master: Path, before: int, after: int) -> int:
    """In how many blocks picture `after` shows something else than picture `before`, by more than neighbouring pictures do."""
    sides = [range(max(0, before - ROUND), before + 1), range(after, after + ROUND + 1)]
    shown = _edges(master, {number for side in sides for number in side})
    if before not in shown or after not in shown:
        raise Damaged(f"The master {master.name} does not hold the pictures {before} and {after}.")
    neighbours = [(n, n + 1) for side in sides for n in side[:-1] if n in shown and n + 1 in shown]
    between = [_block_means(np.square(shown[one] - shown[other])) for one, other in neighbours]
    first, second = shown[before], shown[after]
    usual = np.sqrt(np.median(between, axis=0)) if between else np.zeros(1)
    of_first, of_second = _block_means(np.square(first)), _block_means(np.square(second))
    alike = _block_means(first * second) / np.sqrt(of_first * of_second + 1e-3)
    differs = np.sqrt(_block_means(np.square(first - second)))
    detailed = np.maximum(of_first, of_second) > DETAIL**2
    return int(np.count_nonzero(detailed & (alike < 1 - APART) & (differs > UNUSUAL * usual)))


def _edges(master: Path, wanted: set[int]) -> dict[int, Picture]:
    """Edges and texture of these pictures of a master."""
    film, shown = cv2.VideoCapture(str(master)), dict[int, Picture]()
    for number in range(max(wanted) + 1):
        if not film.grab():
            break
        if number in wanted:
            grey = cv2.cvtColor(film.retrieve()[1], cv2.COLOR_BGR2GRAY).astype(np.float32)
            smooth = cv2.GaussianBlur(grey, (0, 0), SMOOTHED)
            shown[number] = np.asarray(smooth - cv2.GaussianBlur(smooth, (0, 0), SUBTRACTED), np.float32)
    film.release()
    return shown


def _block_means(picture: Picture) -> Picture:
    height, width = picture.shape
    size = (max(1, width // BLOCK), max(1, height // BLOCK))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)
