"""What an innocent variant is, and how a camera films a base for one: as the validation's camera does, with something happening in front of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import ffmpeg

from entirety.validate.conditions import CONDITIONS, ONE_THREAD, Condition
from entirety.validate.model import Base, Plan, Step, Truth
from entirety.validate.recordings import command, sounds

CAMERA = CONDITIONS[0]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a clip comes to look as if something had been done to it."""

    id: str
    says: str
    causes: tuple[tuple[str, str], ...]
    """Declared innocent causes that it stands for: check and slug."""
    plan: Callable[[Base, Base], Plan | None]
    nature: Literal["continuous", "device"] = "continuous"
    trait: str = ""
    """What must happen in the base; empty for any plain one."""
    needs_sound: bool = False
    again: bool = False
    """The recording is encoded a second time as a whole."""

    @property
    def group(self) -> str:
        """Family that reports sum up."""
        return "innocent" if self.nature == "continuous" else "device"


def steady(base: Base, name: str = "base") -> Any:
    """The pictures of a master with exact times."""
    source = ffmpeg.input(f"{name}.mkv", **ONE_THREAD)
    return source.video.filter("settb", "1/90000").filter("setpts", f"N/({base.rate}*TB)")


def still(base: Base) -> Any:
    """One picture of the base for as long as the base runs."""
    first = steady(base).filter("trim", end_frame=1).filter("loop", loop=base.count, size=1)
    return first.filter("trim", end_frame=base.count).filter("setpts", f"N/({base.rate}*TB)")


def without(video: Any, numbers: Sequence[int]) -> Any:
    """The pictures but for those of these numbers, each of the others at its own time."""
    return video.filter("select", "not(" + "+".join(f"eq(n,{number})" for number in numbers) + ")")


def heard(base: Base) -> list[Any]:
    """The sound of a master, where it has some."""
    return [ffmpeg.input("base.mkv").audio] if base.sound else []


def camera(base: Base, condition: Condition = CAMERA, **more: Any) -> dict[str, Any]:
    """Encoder and muxer options of a device."""
    group = max(1, round(base.rate))
    plain = {"pix_fmt": "yuv420p", "g": group, "keyint_min": group, "fps_mode": "passthrough", **ONE_THREAD}
    return {**condition.recording, **plain, **more}


def filmed(base: Base, video: Any, target: str = "done.mp4", *, sound: bool = True, **more: Any) -> Step:
    """The pictures as the camera encodes them, with the base's sound."""
    streams = [video, *(heard(base) if sound else [])]
    options = camera(base, **more)
    if len(streams) > 1:
        options = {**sounds(CAMERA), **options}
    return command(ffmpeg.output(*streams, target, **options))


def shown(frames: int, *steps: Step, result: str = "done.mp4", software: bool = False, hidden: int = 0) -> Plan:
    """The plan of a continuous clip."""
    return Plan(steps, result, Truth("continuous", frames, (), hidden, software))
