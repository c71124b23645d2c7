"""Reads the text items in which cameras, phones and programs name themselves, the place and the time.

Four conventions are in use: Apple's old user data, the 3GPP items of mobile phones, iTunes items, and the named keys of newer
phones (Apple and Android). The items are what the writer chose to say, and can be changed with common programs.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import islice

from entirety.model.container import Box
from entirety.read.container.isobmff.source import Source
from entirety.read.container.isobmff.text import is_plain_text, read_text

MAX_TAGS = 500
MAX_ITEM_BYTES = 2**16
"""QuickTime states the length of an item's text in 16 bits."""
MAX_LANGUAGES = 64
"""One item may repeat its text per language; QuickTime's own list is not longer in practice."""

ASSET_ITEMS = frozenset(("titl", "auth", "dscp", "perf", "gnre", "cprt"))
"""3GPP TS 26.244 section 8: version and flags, language, then the text."""
NOT_TEXT = frozenset(("free", "skip", "uuid"))
NUMBERS = {23: ">f", 24: ">d"}
"""Well-known types of Apple's `data` atom with a fixed layout."""


def read_tags(source: Source, boxes: Sequence[Box]) -> tuple[tuple[str, str], ...]:
    """Key and text of every item of `udta` and `meta`, file order; at most 500."""
    found = tuple(islice(_tags(source, boxes), MAX_TAGS + 1))
    if len(found) > MAX_TAGS:
        source.problem(boxes[0].offset, f"more than {MAX_TAGS} text items in the file; the rest is not read")
    return found[:MAX_TAGS]


def _tags(source: Source, boxes: Sequence[Box]) -> Iterator[tuple[str, str]]:
    for box in boxes:
        for child in box.children:
            if child.kind == "ilst" and box.kind == "meta":
                yield from _list_items(source, child, _key_names(source, box))
            elif child.children:
                yield from _tags(source, (child,))
            elif box.kind == "udta" and child.kind not in NOT_TEXT:
                yield from _user_item(source, child)


def _body(source: Source, box: Box) -> bytes:
    return source.read(box.offset + box.header, min(box.size - box.header, MAX_ITEM_BYTES))


def _named(key: str, raw: bytes) -> Iterator[tuple[str, str]]:
    if value := read_text(raw):
        yield key, value


def _user_item(source: Source, box: Box) -> Iterator[tuple[str, str]]:
    """Items of `udta`: Apple's with a (c), 3GPP's, and those of makers who store bare text (GoPro `FIRM`)."""
    body = _body(source, box)
    key = box.kind.replace("\\xa9", "©")
    if key.startswith("©") and body[4:8] == b"data":
        yield from _data_item(key, body[8:])
    elif key.startswith("©") and (texts := _international(body)):
        for text in texts:
            yield from _named(key, text)
    elif box.kind in ASSET_ITEMS and len(body) > 6 and not any(body[:4]):
        yield from _named(key, body[6:])
    elif is_plain_text(body):
        yield from _named(key, body)


def _international(body: bytes) -> list[bytes]:
    """Texts of a (c) item: 16-bit length, 16-bit language, text, repeated. Empty where the lengths do not fit."""
    texts: list[bytes] = []
    position = 0
    while len(body) - position >= 4 and len(texts) < MAX_LANGUAGES:
        length = int.from_bytes(body[position : position + 2])
        if position + 4 + length > len(body):
            break
        texts.append(body[position + 4 : position + 4 + length])
        position += 4 + length
    return texts


def _key_names(source: Source, meta: Box) -> tuple[str, ...] | None:
    """Names that the items are numbered by; None where `meta` holds no `keys` (iTunes)."""
    for box in meta.children:
        if box.kind == "keys":
            return tuple(read_text(_body(source, entry)) for entry in box.children)
    return None


def _list_items(source: Source, ilst: Box, names: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    for item in ilst.children:
        key = item.kind.replace("\\xa9", "©")
        if names is not None:
            number = int.from_bytes(source.read(item.offset + 4, 4))
            if 0 < number <= len(names):
                key = names[number - 1]
            else:
                source.problem(item.offset, f"text item {number} has no name; `keys` lists {len(names)}")
        elif parts := [read_text(_body(source, box)[4:]) for box in item.children if box.kind in {"mean", "name"}]:
            key = ":".join(parts)
        for box in item.children:
            if box.kind == "data":
                yield from _data_item(key, _body(source, box))


def _data_item(key: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Text or number of a `data` atom: 32-bit type, 32-bit locale, value. Other types (pictures) give nothing."""
    form, value = int.from_bytes(body[:4]), body[8:]
    if form in {1, 4}:
        yield from _named(key, value)
    elif form in {2, 5}:
        yield from _named(key, b"\xfe\xff" + value if value[:2] not in (b"\xfe\xff", b"\xff\xfe") else value)
    elif form in {21, 22} and 0 < len(value) <= 8:
        yield key, str(int.from_bytes(value, signed=form == 21))
    elif form in NUMBERS and len(value) == struct.calcsize(NUMBERS[form]):
        yield key, str(struct.unpack(NUMBERS[form], value)[0])
