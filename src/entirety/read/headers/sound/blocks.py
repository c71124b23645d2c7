"""Collects what the headers of one sound stream say, packet after packet: the samples that each holds, and every change of settings.

A packet of sound states, by its form alone, how long it lasts. Where the next one begins earlier or later than that, something lies
between them that was not recorded in one run.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from entirety.model.headers import BEFORE_FIRST_PACKET, PAYLOAD_MOST, ParameterSet, SoundHeaders

RECORDED_MOST = 1_000
"""Changes of settings kept; an ordinary stream has none, and a row whose change is not kept counts as unreadable."""
NOT_STATED = -1


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What the container says of a sound stream."""

    codec: str
    """The library's name, such as `aac`."""
    extradata: bytes
    """The codec's header from the container; empty where there is none."""
    channels: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Settings as the stream states them."""

    kind: str
    """The standard's name of the header: `AudioSpecificConfig`, `adts`, ..."""
    payload: bytes
    """The bytes that state them, or the facts again where these are spread over a header that changes by itself."""
    facts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What one packet says of itself."""

    samples: int
    """Per channel."""
    rate: int
    """Samples a second that it states; 0 where it states none."""
    setting: Setting | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """How the packets of a stream are read."""

    read: Callable[[bytes], Block | None]
    """None for a packet that is not what the standard allows; raises nothing."""
    header: Setting | None = None
    """What the container's header states."""


class BlockReader:
    """Reads the packets of one sound stream in file order."""

    def __init__(self, sound: SoundFormat, coding: Callable[[SoundFormat], Coding]) -> None:
        self._sound, self._coding = sound, coding
        self._samples = array("q")
        self._unreadable = array("q")
        self._sets: list[ParameterSet] = []
        self._rate = 0
        self._last: Setting | None = None
        self._take_header(BEFORE_FIRST_PACKET)

    def configure(self, extradata: bytes) -> None:
        """Take in a further header that the container has for the packet added next; an empty one changes nothing."""
        if extradata:
            self._sound = replace(self._sound, extradata=extradata)
            self._take_header(len(self._samples))

    def _take_header(self, row: int) -> None:
        coding = self._coding(self._sound)
        self._read = coding.read
        if coding.header is not None:
            self._record(coding.header, row)

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        row = len(self._samples)
        block = self._read(packet)
        if block is None:
            self._samples.append(NOT_STATED)
            self._unreadable.append(row)
            return
        self._rate = self._rate or block.rate
        # Samples of another rate than the first cannot be counted in one column; that the rate changes is told as a setting.
        self._samples.append(block.samples if block.rate == self._rate else NOT_STATED)
        if block.setting is not None and block.setting is not self._last and not self._record(block.setting, row):
            self._unreadable.append(row)

    def _record(self, setting: Setting, row: int) -> bool:
        """Write down settings that differ from the last ones; False where the record is full."""
        if self._last is None or (setting.kind, setting.payload) != (self._last.kind, self._last.payload):
            if len(self._sets) >= RECORDED_MOST:
                return False
            self._sets.append(ParameterSet(setting.kind, 0, row, setting.payload[:PAYLOAD_MOST], setting.facts))
        self._last = setting
        return True

    def columns(self, stream: int) -> SoundHeaders:
        """What was read, one row per packet added, as that of stream number `stream`."""
        return SoundHeaders(
            stream=stream,
            codec=self._sound.codec,
            samples=np.array(self._samples, dtype=np.int64),
            rate=self._rate,
            parameter_sets=tuple(self._sets),
            notes=(),
            unreadable=np.array(self._unreadable, dtype=np.int64),
        )


def stated(kind: str, **facts: int) -> Setting:
    """Settings that stand scattered in a header whose other bits change by themselves."""
    return Setting(kind, repr(tuple(facts.items())).encode(), tuple(facts.items()))
