"""Reads who wrote an image from its Exif segment: maker, model, program and date, and nothing else (Exif 3.0, 4.6).

The segment is a small TIFF file: a list of entries of twelve bytes, whose texts stand elsewhere in it.
"""

TAGS = {0x010F: "Make", 0x0110: "Model", 0x0131: "Software", 0x0132: "DateTime"}
ENTRIES_MOST = 128
"""Entries of the first list that are looked at; cameras write 8 to 20."""
TEXT_MOST = 200
ASCII = 2


def exif_texts(tiff: bytes) -> tuple[tuple[str, str], ...]:
    """Name and printable text of each entry found, in the order stored."""
    order = {b"II*\x00": "little", b"MM\x00*": "big"}.get(tiff[:4])
    if order is None:
        return ()
    big = order == "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "big" if big else "little")

    first = number(4, 4)
    found = []
    for k in range(min(number(first, 2), ENTRIES_MOST)):
        at = first + 2 + 12 * k
        name, length = TAGS.get(number(at, 2)), number(at + 4, 4)
        if name is None or number(at + 2, 2) != ASCII:
            continue
        start = at + 8 if length <= 4 else number(at + 8, 4)
        text = printable(tiff[start : start + min(length, TEXT_MOST)])
        if text:
            found.append((name, text))
    return tuple(found)


def printable(data: bytes) -> str:
    """The text up to its first zero byte; empty where it is no text."""
    text = data.split(b"\x00", 1)[0].decode("utf-8", "replace").strip()
    return text if text.isprintable() and "\ufffd" not in text else ""
