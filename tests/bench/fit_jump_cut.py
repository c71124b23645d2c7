"""Fits the weights of jump-cut on the tuning half of the validation set, prints them, and prints what they reach on recordings left out.

usage: python tests/bench/fit_jump_cut.py CACHE CORPUS

CACHE is the folder in which `entirety validate` has made its clips, CORPUS that of the listed real clips. Only the tuning half is read. A
candidate at a cut is to get a high score, every candidate in a continuous clip and away from the cut of an edited one a low score. With
`left out`, each recording is judged by weights fitted on all the others: that is what to expect of a clip nobody has seen. The weights in
the package are judged beside them, and are replaced where others find more at the same number of false leaps. It takes half an hour.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entirety.detect.jump_explained import alike, eligible
from entirety.detect.jump_leaps import features
from entirety.detect.jump_signals import candidates
from entirety.detect.jump_weights import FIRST, WEIGHTS
from entirety.measure.clip import measure
from entirety.model.clip import Frames
from entirety.read.ffmpeg import program, version
from entirety.validate.bases import Places, listed
from entirety.validate.make import bench, key
from entirety.validate.matrix import specs
from entirety.validate.model import Truth
from entirety.validate.stirred import scene

NEAR = 4
"""Pictures around a cut that are no example of either kind."""
PENALTY = 3.0
"""Of the squares of the weights: keeps signals that say the same from being played off against each other."""
SHARE = 0.3
"""Weight of all cuts together, as a share of all other candidates."""
STEPS = 30
BOUNDS = (-2, -1.5, -1, -0.5, 0, 0.5, 1, 2, 3)
"""Scores at which false leaps and found cuts are counted."""
SAMPLES = Path(__file__).resolve().parents[2] / "samples"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip of the set, as far as the fit needs it."""

    name: str
    recording: str
    scene: str
    seconds: float
    """How much was taken out; 0 in a continuous clip."""
    length: float
    """Seconds shown."""
    rows: NDArray[np.int64]
    """Eligible candidates."""
    table: Floats
    alike: NDArray[np.bool_]
    """Whether both pictures of a candidate show one scene; what they do not, hard-cut has."""
    places: tuple[int, ...]
    judged: tuple[int, ...]
    """Places far enough from both ends to be seen at all."""

    @property
    def cut(self) -> bool:
        """Time was taken out; else the clip is continuous."""
        return self.seconds > 0


def looked_at(name: str, recording: str, scene: str, seconds: float, frames: Frames, places: Sequence[int]) -> Clip:  # noqa: PLR0917 - one row of a table
    """The candidates of one clip."""
    found = candidates(frames)
    count = len(frames)
    rows, table, same = np.zeros(0, np.int64), np.zeros((0, len(WEIGHTS))), np.zeros(0, np.bool_)
    if found is not None and len(found.rows):
        same = alike(frames, found)
        kept = eligible(frames, found) & (same | (seconds > 0))
        rows, table, same = found.rows[kept], features(found)[kept], same[kept]
    known = frames.times[np.isfinite(frames.times)]
    length = float(known[-1] - known[0]) if len(known) else 0.0
    judged = tuple(place for place in places if NEAR * 2 <= place < count - NEAR * 2)
    return Clip(name, recording, scene, seconds, length, rows, table, same, tuple(places), judged)


def examples(clips: Iterable[Clip]) -> tuple[Floats, NDArray[np.bool_]]:
    """All candidates, and which of them are cuts."""
    tables, cuts = [np.zeros((0, len(WEIGHTS)))], [np.zeros(0, np.bool_)]
    for clip in clips:
        apart = np.abs(clip.rows[:, None] - np.array([*clip.places, -1000])).min(axis=1)
        used = (apart == 0) | (apart > NEAR)
        tables.append(clip.table[used])
        cuts.append(apart[used] == 0)
    return np.concatenate(tables), np.concatenate(cuts)


def fit(table: Floats, cuts: NDArray[np.bool_]) -> tuple[float, Floats]:
    """First number and weights of a logistic regression, by Newton's method."""
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    rows = np.column_stack([np.ones(len(table)), (table - middle) / spread])
    importance = np.where(cuts, SHARE * (~cuts).sum() / max(1, cuts.sum()), 1.0)
    penalty = PENALTY * np.array([0.0, *np.ones(table.shape[1])])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (importance * (expected - cuts)) + penalty * weights
        bend = (rows.T * (importance * expected * (1 - expected) + 1e-9)) @ rows + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return float(weights[0] - (weights[1:] * middle / spread).sum()), weights[1:] / spread


def highest(clip: Clip, score: Floats) -> Iterator[tuple[float, int]]:
    """Score and frame of each candidate that none nearby exceeds."""
    for own, row in zip(score, clip.rows, strict=True):
        if own >= score[np.abs(clip.rows - row) <= NEAR].max():
            yield float(own), int(row)


def left_out(clips: Sequence[Clip]) -> dict[str, Floats]:
    """The scores of every clip by weights that no clip of its recording had a part in."""
    scores = {}
    for recording in sorted({clip.recording for clip in clips}):
        first, weights = fit(*examples(clip for clip in clips if clip.recording != recording))
        for clip in clips:
            if clip.recording == recording:
                scores[clip.name] = first + clip.table @ weights
    return scores


def told(clips: Sequence[Clip], scores: dict[str, Floats], bounds: Sequence[float]) -> Iterator[str]:
    """One line for each bound: false leaps in continuous clips, and cuts found by scene and length; a cut between unlike views counts as found."""
    false = [own for clip in clips if not clip.cut for own, _ in highest(clip, scores[clip.name])]
    hours = sum(clip.length for clip in clips if not clip.cut) / 3600
    for bound in bounds:
        counts: dict[tuple[str, str], list[bool]] = {}
        for clip in clips:
            for place in clip.judged if clip.cut else ():
                here = np.abs(clip.rows - place) <= 1
                seen = np.where(clip.alike[here], scores[clip.name][here], np.inf)
                kind = (clip.scene, "0.5 s and more" if clip.seconds >= 0.5 else "0.2 s")
                counts.setdefault(kind, []).append(bool((seen >= bound).any()))
        found = ", ".join(f"{scene} {size} {sum(c)} of {len(c)}" for (scene, size), c in sorted(counts.items()))
        yield f"score {bound:g}: {sum(own >= bound for own in false)} false in {hours:.2f} hours; {found}"


def tuning_half(cache: Path, corpus: Path) -> Iterator[Clip]:
    """Every clip of the tuning half that is continuous, or from which time was taken and which was encoded anew, as far as it is made."""
    ffmpeg = program(None)
    place = bench(cache, ffmpeg, version(ffmpeg))
    bases, _ = listed(Places(SAMPLES, corpus, None))
    for spec in specs(bases):
        truth = spec.plan.truth
        if spec.base.half != "tuning" or not (
            truth.nature == "continuous" or (spec.edit.startswith("cut-") and spec.group == "remove-encode")
        ):
            continue
        name = key(spec, place)
        path = cache / "clips" / name[:2] / f"{name}{Path(spec.plan.result).suffix}"
        if path.exists():
            yield looked_at(
                spec.id,
                _recording(spec.base.source),
                scene(spec, place),
                _seconds(spec.edit, truth),
                measure(path).frames,
                [p.frame for p in truth.places],
            )


def _recording(source: str) -> str:
    """Drawn takes of one kind are one recording: they share the way in which they are drawn."""
    return source.split("-", maxsplit=1)[0]


def _seconds(edit: str, truth: Truth) -> float:
    return float(edit.split("-")[1]) if truth.nature == "edited" else 0.0


def main(cache: str, corpus: str) -> None:
    clips = list(tuning_half(Path(cache), Path(corpus)))
    table, cuts = examples(clips)
    first, weights = fit(table, cuts)
    print(f"{len(clips)} clips, {len(cuts)} candidates, {int(cuts.sum())} of them cuts")
    print(f"FIRST = {first:.3f}")
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{name}": {weight:.3f},')
    shipped = {clip.name: FIRST + clip.table @ np.array(list(WEIGHTS.values())) for clip in clips}
    for title, scores in (("Left out:", left_out(clips)), ("The weights of the package:", shipped)):
        print(title)
        for line in told(clips, scores, BOUNDS):
            print(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
