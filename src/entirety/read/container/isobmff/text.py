"""Turns the bytes of a text item into words that can be printed, whatever they are.

Writers of video files store text as UTF-8, UTF-16 or in the old Macintosh alphabet, and damaged files as anything at all.
"""

import codecs

MAX_CHARACTERS = 2_000
"""Room for any device's own text; longer items are documents of their own, and are cut."""


def read_text(raw: bytes) -> str:
    """Printable text of at most 2,000 characters; never raises. White space becomes spaces, what cannot be printed U+FFFD."""
    kept = raw[: 4 * MAX_CHARACTERS]
    words = _decode(kept, cut=len(kept) < len(raw)).strip("\0")[:MAX_CHARACTERS]
    return "".join(_printable(character) for character in words).strip()


def _decode(raw: bytes, *, cut: bool) -> str:
    if raw[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return raw.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(raw, final=not cut)
    except UnicodeDecodeError:
        return raw.decode("mac_roman", "replace")


def _printable(character: str) -> str:
    if character.isspace():
        return " "
    return character if character.isprintable() else "\ufffd"


def is_plain_text(raw: bytes) -> bool:
    """True where the bytes are printable ASCII and nothing else, zeros at the end aside."""
    body = raw.rstrip(b"\0")
    return bool(body) and all(0x20 <= byte < 0x7F or byte in b"\t\r\n" for byte in body)
