"""Tags by hand: the smallest byte builder that the tests of the FLV reader need."""

import struct

HEAD = b"FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00"
VIDEO, AUDIO, SCRIPT = 9, 8, 18


def tag(kind: int, body: bytes = b"", time: int = 0, behind: int | None = None) -> bytes:
    """A tag and its length behind it, another one where `behind` says so."""
    clock = (time & 0xFFFFFF).to_bytes(3) + (time >> 24).to_bytes(1)
    length = 11 + len(body) if behind is None else behind
    return bytes((kind,)) + len(body).to_bytes(3) + clock + bytes(3) + body + length.to_bytes(4)


def name(text: str) -> bytes:
    return len(text.encode()).to_bytes(2) + text.encode()


def number(value: float) -> bytes:
    return b"\0" + struct.pack(">d", value)


def text(value: str) -> bytes:
    return b"\2" + name(value)


def entries(**values: bytes) -> bytes:
    return b"".join(name(key) + value for key, value in values.items()) + b"\0\0\x09"


def metadata(**values: bytes) -> bytes:
    """The script tag `onMetaData` with the given values."""
    return tag(SCRIPT, text("onMetaData") + b"\x08" + len(values).to_bytes(4) + entries(**values))
