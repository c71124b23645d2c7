"""Make all sample clips and truth.json anew: python samples/make.py [--out FOLDER] [--only NAME]

Everything is drawn, heard and encoded from fixed seeds in one thread, so two runs with the same versions of numpy,
OpenCV, Pillow and ffmpeg give the same bytes.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import av

from clips import CLIPS, ORIGINALS
from recipes import Event, Recipe
from scenes import Take

HERE = Path(__file__).resolve().parent


def _times(file: Path) -> list[float]:
    """When each picture is shown, in seconds, and after the last one the end of it."""
    with av.open(str(file)) as container:
        shown = [frame.time for frame in container.decode(video=0) if frame.time is not None]
    return [*shown, 2 * shown[-1] - shown[-2]]


def _event(event: Event, times: list[float]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": event.kind, "frame": event.frame, "time_s": round(times[event.frame], 6)}
    if event.seen_by:
        told["seen_by"] = list(event.seen_by)
    if event.removed_s:
        told["removed_s"] = event.removed_s
    if event.added_s:
        told["added_s"] = event.added_s
    return told


def _run(take: Take, first: int, count: int) -> dict[str, Any]:
    return {"scene": take.scene, "seed": take.seed, "rate": take.rate, "first": first, "count": count}


def truth(recipe: Recipe, file: Path) -> dict[str, Any]:
    """All that truth.json says of one clip."""
    times = _times(file)
    return {
        "file": recipe.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "done": recipe.done,
        "continuous": recipe.continuous,
        "camera_like": recipe.camera_like,
        "recipe": [_run(*shown) for shown in recipe.shows],
        "events": [_event(event, times) for event in recipe.events],
        "hidden_frames": recipe.hidden_frames,
        "expect": {
            "answer": recipe.answer,
            "checks": list(recipe.checks),
            "acceptable_checks": sorted(set(recipe.acceptable) - set(recipe.checks)),
        },
    }


def main() -> None:
    """Make the clips asked for; truth.json is written only when all of them were made."""
    parser = argparse.ArgumentParser(description="Make the sample clips of entirety anew.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--only", help="make one clip, with the originals that it needs")
    asked = parser.parse_args()
    out: Path = asked.out
    out.mkdir(parents=True, exist_ok=True)
    names = {recipe.name for recipe in CLIPS}
    if asked.only and asked.only not in names:
        parser.error(f"no clip is called {asked.only}; there are: {', '.join(sorted(names))}")
    needed = {asked.only} | {recipe.name for recipe in ORIGINALS if not (out / recipe.name).exists()}
    for recipe in CLIPS:
        if not asked.only or recipe.name in needed:
            recipe.make(out, out / recipe.name)
            print(f"{recipe.name}: {(out / recipe.name).stat().st_size:,} bytes")
    if not asked.only:
        told = [truth(recipe, out / recipe.name) for recipe in CLIPS]
        (out / "truth.json").write_text(json.dumps({"clips": told}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
