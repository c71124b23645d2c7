"""Pairs of files that have nothing in common: of two scenes, and of one standing camera at two times."""

import json
import os
import subprocess
from itertools import zip_longest
from pathlib import Path
from typing import Any

import ffmpeg

from bench.partial_plan import number
from bench.partial_sources import BY_ID, SOURCES, Recording, Source

UNRELATED, STATIC = 200, 50
Pair = dict[str, Any]

LATER = (
    ("crf23", ()),
    ("half", (("scale", ("trunc(iw/4)*2", "trunc(ih/4)*2")),)),
    ("grey", (("format", ("gray",)), ("format", ("yuv420p",)))),
)
"""How the later part of a scene was coded: name, and filters with their arguments."""


def write(cache: Path, known: dict[str, Recording], program: str) -> tuple[int, int]:
    """Write both lists, of all copies that are there by now; returns how many pairs of two scenes and of one."""
    copies = [json.loads(path.read_text()) for path in sorted((cache / "copies").glob("[0-9]*.json"))]
    unrelated = [pair for copy in copies if (pair := _stranger(copy, cache)) is not None]
    static = _one_scene(copies, cache) + _parts(cache, known, program)
    static.sort(key=lambda pair: number(pair["name"], 0, 10**9))
    chosen = [
        pair
        for pairs in zip_longest(
            *({s: [p for p in static if p["scene"] == s] for s in sorted({p["scene"] for p in static})}.values())
        )
        for pair in pairs
        if pair is not None
    ]
    (cache / "unrelated.json").write_text(json.dumps(unrelated[:UNRELATED], indent=1))
    (cache / "static.json").write_text(json.dumps(chosen[:STATIC], indent=1))
    return len(unrelated[:UNRELATED]), len(chosen[:STATIC])


def _scene(source: Source) -> str:
    return source.scene or source.id


def _file(source: Source, cache: Path) -> Path | None:
    return next((path for path in (cache / "sources").glob(f"{source.id}.*")), None)


def _pair(copy: dict[str, Any], source: Source, path: Path) -> Pair:
    return {
        "name": f"{copy['name']}~{source.id}",
        "half": copy["half"],
        "clip": copy["clip"],
        "sources": [str(path)],
        "conditions": copy["conditions"],
        "scene": _scene(source),
    }


def _stranger(copy: dict[str, Any], cache: Path) -> Pair | None:
    """A copy, and a recording of another scene of which it holds nothing."""
    held = {_scene(BY_ID[source]) for source in copy["source_ids"] + copy["foreign_ids"]}
    others = [s for s in SOURCES if s.half == copy["half"] and _scene(s) not in held]
    other = others[number(f"{copy['name']}/stranger", 0, len(others) - 1)]
    path = _file(other, cache)
    return None if path is None else _pair(copy, other, path)


def _one_scene(copies: list[dict[str, Any]], cache: Path) -> list[Pair]:
    """Copies of one stretch of a standing camera's recording, and another stretch of it."""
    found = []
    for copy in copies:
        held = copy["source_ids"] + copy["foreign_ids"]
        for source in SOURCES:
            if source.scene and source.id not in held and source.scene == BY_ID[held[0]].scene:
                path = _file(source, cache)
                if path is not None:
                    found.append(_pair(copy, source, path))
    return found


def _parts(cache: Path, known: dict[str, Recording], program: str) -> list[Pair]:
    """The first and the last part of a standing camera's recording, with seconds between them, coded in different ways."""
    folder = cache / "static"
    folder.mkdir(exist_ok=True)
    found = []
    for recording in known.values():
        source, total, rate = recording.source, len(recording), float(recording.rate)
        if not source.static or source.scene:
            continue
        count = min(round(10 * rate), round(0.45 * total))
        early, late = folder / f"{source.id}-early.mp4", folder / f"{source.id}-late"
        ways: list[tuple[Path, int, tuple[Any, ...], int]] = [(early, 0, (), 20)]
        ways += [
            (Path(f"{late}-{name}.mp4"), total - count, filters, 23 + 4 * n) for n, (name, filters) in enumerate(LATER)
        ]
        for path, first, filters, crf in ways:
            if not path.exists():
                _cut(recording.path, path, (first, first + count), (filters, crf), program)
        for (name, _), (path, *_) in zip(LATER, ways[1:], strict=True):
            pair = {"clip": str(path), "sources": [str(early)], "conditions": [name], "scene": source.id}
            found.append({"name": f"{source.id}-late-{name}", "half": source.half, **pair})
    return found


def _cut(file: Path, target: Path, span: tuple[int, int], how: tuple[tuple[Any, ...], int], program: str) -> None:
    """Pictures [first, end) of a file, through filters, coded anew."""
    filters, crf = how
    picture = (
        ffmpeg.input(str(file), threads=1)
        .video.filter("trim", start_frame=span[0], end_frame=span[1])
        .filter("setpts", "PTS-STARTPTS")
    )
    for name, arguments in filters:
        picture = picture.filter(name, *arguments)
    part = target.with_name(f"part{os.getpid()}-{target.name}")
    made = ffmpeg.output(
        picture,
        str(part),
        fps_mode="passthrough",
        vcodec="libx264",
        preset="veryfast",
        crf=crf,
        pix_fmt="yuv420p",
        threads=1,
    )
    subprocess.run(made.compile(cmd=program, overwrite_output=True), check=True, capture_output=True)
    part.replace(target)
