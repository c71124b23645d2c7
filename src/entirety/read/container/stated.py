"""What a file states about itself in words and numbers, collected within bounds.

Values come from files that may be damaged or hostile: each is cut to a length that can be printed, and their number is limited.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from entirety.read.container.isobmff.text import read_text

MAX_VALUE = 500
"""Characters of one value; the longest statement that belongs in a table."""
MAX_FACTS = 1_000
"""Real files state fewer than a hundred things; a broadcast with a hundred programmes some hundreds."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of one file in the order in which they were found."""

    facts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, value: object) -> None:
        """Record a statement; empty ones and those beyond the limit are left out."""
        text = str(value)[:MAX_VALUE]
        if text and len(self.facts) < MAX_FACTS:
            self.facts.append((path, text))


def utf16_text(raw: bytes, *, big: bool) -> str:
    """Printable text from UTF-16 without a byte order mark, up to the first zero character."""
    words = raw.decode("utf-16-be" if big else "utf-16-le", "replace").split("\0")[0]
    return read_text(words.encode())


def moment(epoch: datetime, elapsed: timedelta) -> str:
    """A date as ISO 8601 prints it; empty where it lies beyond the calendar."""
    try:
        return (epoch + elapsed).astimezone(UTC).isoformat()
    except OverflowError:
        return ""
