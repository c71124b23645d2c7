"""Files made to break whoever opens them, each a few kilobytes, with the bait that would tell of one that got its way.

Every file is written by a plain function of the folder and the bait. `CRAFTED` lists those that cost nothing, `HEAVY` those that take long or much
memory in a program that believes them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from case.crafted_boxes import BOXES, MANY_BOXES
from case.crafted_elements import ELEMENTS, MANY_ELEMENTS
from case.crafted_lists import LISTS
from case.crafted_pictures import BOMBS, PICTURES
from case.crafted_tags import TAGGED

LONGEST_NAME = "n" * 251 + ".mp4"
STRANGE_NAMES = (
    LONGEST_NAME,
    "<entirety-live onload='x'>.mp4",
    '=HYPERLINK("http:","x").mp4',
    "@SUM(1).mp4",
    "-i.mp4",
    "--out.mp4",
    "line\nbreak\r\ttab.mp4",
    "\x1b[2J\x1b]8;;http:\x07link.mp4",
    "\u202egpj.mp4",
    "запись с улицы.mp4",
    "سجل.mp4",
    "concat:a.mp4|b.mp4",
    "img%03d.mp4",
    "subfile,,start,0,end,0,,:x.mp4",
    '#read("x").mp4',
    "'; rm -rf x; '.mp4",
    "no ending",
)
"""Names that steer a terminal, a shell, a spreadsheet, a page, a page setter or the decoder's library, where nobody is careful."""
NO_TEXT = b"\xff\xfe name of bytes that are no text.mp4"


@dataclass(frozen=True)
class Bait:
    """What lies outside and must not be touched."""

    file: Path
    """A file outside the folder of evidence."""
    address: str
    """`http://127.0.0.1:PORT/`: nobody may call there."""


Content = Callable[[Bait, bytes], bytes]
"""Makes a crafted file from the bait and the bytes of a real film of some pictures."""

CRAFTED: dict[str, Content] = {**LISTS, **PICTURES, **BOXES, **ELEMENTS}
HEAVY: dict[str, Content] = {**BOMBS, **MANY_BOXES, **MANY_ELEMENTS}


def write(folder: Path, bait: Bait, film: bytes, *, heavy: bool = False) -> Iterator[str]:
    """Write the crafted files into `folder`; gives their names."""
    for name, content in (HEAVY if heavy else CRAFTED).items():
        (folder / name).write_bytes(content(bait, film))
        yield name


def write_tagged(folder: Path, bait: Bait, film: bytes, names: Collection[str] = frozenset(TAGGED)) -> Iterator[str]:
    """Playable films of every form, with markup and commands for a terminal in every text that they hold."""
    for name, make in TAGGED.items():
        if name in names:
            make(folder / name, bait, film)
            yield name


def write_named(folder: Path, film: bytes) -> Iterator[bytes]:
    """Playable films under strange names, each with a content of its own; gives the names as bytes."""
    for number, name in enumerate([*(name.encode() for name in STRANGE_NAMES), NO_TEXT]):
        # A box of unused bytes at the end, so that no two are the same content.
        tail = b"\0\0\0\x09free" + bytes([number])
        Path(folder / name.decode("utf-8", "surrogateescape")).write_bytes(film + tail)
        yield name
