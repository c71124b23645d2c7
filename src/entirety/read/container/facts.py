"""What a file states about itself, as a bounded list of printable words: path of the block, value."""

from dataclasses import dataclass, field

from entirety.read.container.isobmff.source import Source

MAX_FACTS = 500
"""As many as the reader of ISO-BMFF takes; real files state below two hundred."""
MAX_VALUE = 500
"""Characters of one value, as the model of a structure demands."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements found so far, in file order."""

    source: Source
    rows: list[tuple[str, str]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.rows) > MAX_FACTS

    def add(self, path: str, value: str) -> None:
        """Note one statement; an empty one says nothing, and beyond 500 none is noted."""
        if not value or self.full:
            return
        if len(self.rows) == MAX_FACTS:
            self.rows.append((path, f"more than {MAX_FACTS} statements; from here on none is listed"))
        else:
            self.rows.append((printable(path), printable(value)))

    def done(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.rows)


def printable(text: str) -> str:
    """At most 500 characters on one line; what cannot be printed becomes U+FFFD."""
    words = "".join(" " if character.isspace() else character for character in text[: 4 * MAX_VALUE]).strip()
    return "".join(character if character.isprintable() else "\ufffd" for character in words[:MAX_VALUE])


def words_of(raw: bytes) -> str:
    """Text up to its first zero byte; bytes that are no UTF-8 appear as \\xNN, for the alphabet they are in is not stated."""
    return printable(raw[: 4 * MAX_VALUE].split(b"\0", 1)[0].decode("utf-8", "backslashreplace"))


def text_within(raw: bytes) -> str:
    """The text that a field of no stated form begins with or consists of, zeros before it aside; empty where there is none."""
    body = raw.lstrip(b"\0")
    head = body.split(b"\0", 1)[0]
    plain = all(0x20 <= byte < 0x7F or byte in b"\t\r\n" for byte in head)
    # Random bytes begin with four or more printable ones and a zero once in about 8,000 times.
    return words_of(head) if plain and len(head) >= 4 else ""
