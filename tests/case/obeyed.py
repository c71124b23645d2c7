"""Finds what a file printed into a page, a table, a document or a terminal would make them do."""

import csv
import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser

from case.crafted_tags import MARK

REFERS = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "data",
        "srcset",
        "xlink:href",
        "background",
        "cite",
        "ping",
        "manifest",
    ]
)
SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HARMLESS = frozenset({"data"})
"""Schemes of references within one page: embedded pictures."""
NUMBER = re.compile(r"[+-]?[0-9][0-9 .,:]*%?")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ACTION = re.compile(
    rb"/(JavaScript|JS|Launch|GoToR|SubmitForm|ImportData|EmbeddedFile(?!s|/Filter/FlateDecode/Subtype/application#2Fjson)|RichMedia|URI)\b"
)
"""What a document can be made to do. The one file that is attached is the record that it was printed from."""
STEERS = {"Cc", "Cs", "Co"}
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")
"""Characters that turn a line's direction or break it without being seen."""


def steering(text: str, allowed: str = "\n") -> list[str]:
    """Characters that steer a terminal or reorder a line."""
    return sorted(
        {repr(c) for c in set(text) if c not in allowed and (unicodedata.category(c) in STEERS or c in TURNS)}
    )


class Page(HTMLParser):
    """Reads a page as a browser does, and notes what it should not hold."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._address, self.wrong = address, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag or tag in {"base", "iframe", "object", "embed", "meta-refresh"}:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            said = value or ""
            if MARK in name or name.startswith("on"):
                self.wrong.append(f"<{tag} {name}>")
            if name in REFERS and (match := SCHEME.match(said)) and match[1].lower() not in HARMLESS:
                self.wrong.append(f'<{tag} {name}="{said[:80]}">')
            if name == "style" and ("url(" in said or self._address in said):
                self.wrong.append(f'<{tag} style="{said[:80]}">')
            if tag == "meta" and name == "http-equiv" and said.lower() == "refresh":
                self.wrong.append("<meta refresh>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.wrong.append(f"comment {data[:80]}")


def page(text: str, address: str) -> list[str]:
    """What is live or steers in an HTML page."""
    reader = Page(address)
    reader.feed(text)
    reader.close()
    return [*reader.wrong, *steering(text, "\n\t")]


def table(raw: bytes) -> list[str]:
    """Cells of a CSV file that a spreadsheet would compute, or that steer."""
    text = raw.decode("utf-8-sig")
    wrong = []
    for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
        if cell.lstrip(" ")[:1] in {
            "=",
            "+",
            "-",
            "@",
            "\t",
            "\r",
            "\n",
            "\uff1d",
            "\uff0b",
            "\uff0d",
            "\uff20",
        } and not NUMBER.fullmatch(cell):
            wrong.append(f"cell {cell[:60]!r}")
        wrong += steering(cell)
    return wrong


def document(raw: bytes) -> list[str]:
    """What a PDF would open, run or send."""
    return sorted({action.decode() for part in _parts(raw) for action in ACTION.findall(part)})


def _parts(raw: bytes) -> Iterator[bytes]:
    """The file as it lies, and everything in it that is compressed and not a picture."""
    yield STREAM.sub(b"", raw)
    for match in STREAM.finditer(raw):
        head = raw[max(0, match.start() - 400) : match.start()]
        if b"/ObjStm" in head[head.rfind(b"obj") :] or b"/XML" in head[head.rfind(b"obj") :]:
            yield (
                zlib.decompressobj().decompress(match[1]) if b"FlateDecode" in head[head.rfind(b"obj") :] else match[1]
            )
