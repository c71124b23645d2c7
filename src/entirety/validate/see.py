"""What the audit and the rivals see in one clip, as plain numbers that are kept: the same clip under the same program is not audited twice."""

import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

import entirety
from entirety.detect.spans import whole_clip
from entirety.errors import EntiretyError
from entirety.judge.examine import Examination, examine
from entirety.judge.kind import kind
from entirety.model.audit import Tool
from entirety.model.clip import Clip
from entirety.validate import make, rivals, stirred
from entirety.validate.make import Bench
from entirety.validate.model import Place, Result, Sighting, Spec, Truth

SEEING = ("read", "measure", "detect", "judge", "model", "knowledge")
"""Folders whose code or data can change what is seen in a clip."""

NOBODY = Tool("entirety", "validation", "", ())


def revision() -> str:
    """One hash over all code and data that can change what is seen, this file and the classes of cuts among them; the table of rates itself cannot."""
    folder, digest = Path(entirety.__file__).parent, hashlib.sha256()
    seeing = [p for name in SEEING for p in (folder / name).rglob("*") if p.suffix in (".py", ".toml")]
    for path in sorted([*seeing, Path(__file__), Path(stirred.__file__)]):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def result(spec: Spec, bench: Bench, code: str) -> Result:
    """What is seen in the clip of `spec`, by the program whose `revision()` is `code`. Raises Environment where the clip cannot be made."""
    name = make.key(spec, bench)
    known = hashlib.sha256(f"{name} {spec.id} {spec.group} {asdict(spec.plan.truth)}".encode()).hexdigest()[:20]
    kept = bench.cache / "seen" / code / f"{known}.json"
    if kept.exists():
        return restore(json.loads(kept.read_text(encoding="utf-8")))
    path = make.clip(spec, bench)
    done = replace(_look(spec, path, _rivals(path, bench)), scene=stirred.scene(spec, bench))
    _keep(kept, asdict(done))
    return done


def restore(document: dict[str, Any]) -> Result:
    """A result from its JSON."""
    truth = document["truth"]
    places = tuple(Place(**{**place, "meets": _pair(place["meets"])}) for place in truth["places"])
    changed = {
        "truth": Truth(**{**truth, "places": places}),
        "places_s": tuple(document["places_s"]),
        "outcomes": tuple((check, outcome) for check, outcome in document["outcomes"]),
        "sightings": tuple(Sighting(**sighting) for sighting in document["sightings"]),
        "rivals": tuple((name, tuple(times)) for name, times in document["rivals"]),
    }
    return Result(**{**document, **changed})


def _pair(meets: list[int] | None) -> tuple[int, int] | None:
    return None if meets is None else (meets[0], meets[1])


def _rivals(path: Path, bench: Bench) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Rivals do not change with our checks: they are kept by the clip and by how they are called."""
    kept = bench.cache / "rivals" / rivals.revision(bench.ffmpeg_version) / f"{path.stem}.json"
    if not kept.exists():
        _keep(kept, rivals.seen(path, bench.ffmpeg))
    return tuple((name, tuple(times)) for name, times in json.loads(kept.read_text(encoding="utf-8")))


def _keep(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.write_text(json.dumps(document), encoding="utf-8")
    draft.replace(path)


def _look(spec: Spec, path: Path, compared: tuple[tuple[str, tuple[float, ...]], ...]) -> Result:
    try:
        done: Examination | None = examine(path, NOBODY, second=False)
    except EntiretyError:
        done = None
    found = [numbered.finding for numbered in done.audit.findings] if done else []
    clip = done.clip if done else None
    return Result(
        spec=spec.id,
        base=spec.base.id,
        source=spec.base.source,
        half=spec.base.half,
        condition=spec.condition,
        edit=spec.edit,
        group=spec.group,
        recipe=path.stem,
        truth=spec.plan.truth,
        places_s=tuple(_time(clip, place.frame, spec) for place in spec.plan.truth.places),
        frames=len(clip.frames) if clip else 0,
        seconds=_time(clip, spec.plan.truth.frames, spec),
        kind=kind(clip, found) if clip else "refused",
        answer=done.audit.answer.value if done else "refused",
        outcomes=tuple((check.id, check.outcome.value) for check in done.audit.checks) if done else (),
        sightings=tuple(_sightings(done)) if done else (),
        rivals=compared,
    )


def _sightings(done: Examination) -> list[Sighting]:
    origin, whole = _origin(done.clip), whole_clip(done.clip)
    return [
        Sighting(
            check=f.check,
            code=f.code,
            weight=f.weight.value,
            start_s=round(float(f.span.start) - origin, 6),
            end_s=round(float(f.span.end) - origin, 6),
            first=f.span.first,
            last=f.span.last,
            whole_clip=f.span == whole,
        )
        for f in (numbered.finding for numbered in done.audit.findings)
    ]


def _origin(clip: Clip) -> float:
    """Time of the first shown picture, seconds; the clip's start where no picture states one."""
    times = clip.frames.times[~np.isnan(clip.frames.times)]
    return float(times[0]) if len(times) else float(clip.start)


def _time(clip: Clip | None, frame: int, spec: Spec) -> float:
    """Seconds from the first shown picture to this one; behind the last picture, one usual step further. Without times, by the base's rate."""
    times = clip.frames.times if clip else np.zeros(0)
    stated = times[~np.isnan(times)]
    if len(stated) < 2 or len(stated) != len(times):
        return frame / float(spec.base.rate)
    if frame < len(times):
        return round(float(times[frame] - times[0]), 6)
    return round(float(times[-1] - times[0] + np.median(np.diff(times))), 6)
