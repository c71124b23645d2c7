"""Reads the values of a script tag of an FLV file: Action Message Format, version 0, as Adobe published it."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from entirety.read.container.facts import words_of

NUMBER, BOOLEAN, STRING, OBJECT, NULL, UNDEFINED, REFERENCE, ECMA_ARRAY = 0, 1, 2, 3, 5, 6, 7, 8
STRICT_ARRAY, DATE, LONG_STRING = 10, 11, 12
OBJECT_END = b"\0\0\x09"
MAX_DEPTH = 8
"""Lists of places to jump to nest three deep."""
MAX_VALUES = 50_000
"""Values read per file: 0.1 s. Lists of key frames have two numbers for each."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(Exception):
    """The bytes are no such value, or more than are read."""


@dataclass(slots=True)
class Script:
    """The bytes of one tag, how far they have been read, and how many values may still be read of the file."""

    raw: bytes = b""
    position: int = 0
    values: int = MAX_VALUES

    def take(self, size: int) -> bytes:
        found = self.raw[self.position : self.position + size]
        if len(found) < size:
            raise Unreadable
        self.position += size
        return found

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))


def read_script(script: Script, raw: bytes) -> Iterator[tuple[str, str]]:
    """Name and value of everything a tag says, as far as it can be read: `onMetaData/duration`."""
    script.raw, script.position = raw, 0
    try:
        name = words_of(script.take(script.number(2))) if script.number(1) == STRING else ""
        while script.position < len(raw):
            yield from _value(script, name or "script", 0)
    except Unreadable:
        return


def _value(script: Script, path: str, depth: int) -> Iterator[tuple[str, str]]:
    script.values -= 1
    if depth > MAX_DEPTH or script.values < 0:
        raise Unreadable
    kind = script.number(1)
    if kind in PLAIN:
        yield path, PLAIN[kind](script)
    elif kind in {OBJECT, ECMA_ARRAY}:
        if kind == ECMA_ARRAY:
            script.take(4)  # A number of entries that writers do not keep; the end is marked.
        yield from _entries(script, path, depth)
    elif kind == STRICT_ARRAY:
        yield from _array(script, path, depth)
    elif kind == REFERENCE:
        script.take(2)
    elif kind not in {NULL, UNDEFINED}:
        raise Unreadable


def _entries(script: Script, path: str, depth: int) -> Iterator[tuple[str, str]]:
    while script.raw[script.position : script.position + 3] != OBJECT_END:
        name = words_of(script.take(script.number(2)))
        yield from _value(script, f"{path}/{name}", depth + 1)
    script.take(3)


def _array(script: Script, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """A list is told by its length; it holds places in the file, thousands of them."""
    count = script.number(4)
    yield path, f"{count} values"
    for _ in range(count):
        for _ in _value(script, path, depth + 1):
            pass


def _number(script: Script) -> str:
    value: float = struct.unpack(">d", script.take(8))[0]
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)


def _boolean(script: Script) -> str:
    return "true" if script.number(1) else "false"


def _text(script: Script) -> str:
    return words_of(script.take(script.number(2)))


def _long_text(script: Script) -> str:
    return words_of(script.take(script.number(4)))


def _date(script: Script) -> str:
    """Time in words of ISO 8601; the bare number where no calendar holds it."""
    milliseconds: float = struct.unpack(">d", script.take(8))[0]
    script.take(2)  # A time zone that the format keeps at zero.
    try:
        moment = EPOCH + timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError):
        return str(milliseconds)
    return moment.isoformat().replace("+00:00", "Z")


PLAIN: dict[int, Callable[[Script], str]] = {
    NUMBER: _number,
    BOOLEAN: _boolean,
    STRING: _text,
    LONG_STRING: _long_text,
    DATE: _date,
}
"""Kinds of value that are one word."""
