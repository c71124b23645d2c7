"""Two MP4 films put into one track with a list of two settings, as programs that append one recording to another do."""

import struct
from pathlib import Path

Boxes = list[tuple[bytes, bytes]]
LEVELS = (b"trak", b"mdia", b"minf", b"stbl")


def boxes(data: bytes) -> Boxes:
    found, at = [], 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        found.append((kind, data[at + 8 : at + size]))
        at += size
    return found


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def part(data: bytes, kind: bytes) -> bytes:
    return next(body for name, body in boxes(data) if name == kind)


def table(body: bytes, fields: int, start: int = 8) -> list[tuple[int, ...]]:
    return [row for (*row,) in struct.iter_unpack(f">{fields}I", body[start:])]  # type: ignore[misc]


def full(kind: bytes, rows: list[tuple[int, ...]], more: bytes = b"") -> bytes:
    body = b"".join(struct.pack(f">{len(row)}I", *row) for row in rows)
    return box(kind, bytes(4) + more + struct.pack(">I", len(rows)) + body)


def joined(first: bytes, second: bytes, shift: int, kind: bytes | None) -> bytes:
    """The sample table of the first film with that of the second behind it; its chunks lie `shift` bytes further on."""
    entries = [box(*boxes(part(stbl, b"stsd")[8:])[0]) for stbl in (first, second)]
    if kind:
        entries[1] = entries[1][:4] + kind + entries[1][8:]
    chunks = [table(part(stbl, b"stco"), 1) for stbl in (first, second)]
    sizes = [table(part(stbl, b"stsz"), 1, 12) for stbl in (first, second)]
    keys = [table(part(stbl, b"stss"), 1) for stbl in (first, second)]
    runs = table(part(first, b"stsc"), 3)
    runs += [(chunk + len(chunks[0]), count, 2) for chunk, count, _ in table(part(second, b"stsc"), 3)]
    return box(
        b"stbl",
        box(b"stsd", bytes(4) + struct.pack(">I", 2) + b"".join(entries))
        + full(b"stts", table(part(first, b"stts"), 2) + table(part(second, b"stts"), 2))
        + full(b"stss", keys[0] + [(key + len(sizes[0]),) for (key,) in keys[1]])
        + full(b"stsc", runs)
        + full(b"stsz", sizes[0] + sizes[1], bytes(4))
        + full(b"stco", chunks[0] + [(offset + shift,) for (offset,) in chunks[1]]),
    )


def append(first: Path, second: Path, path: Path, kind: bytes | None = None) -> Path:
    """Both films, pictures only and without reordering, in one track; `kind` renames the entry of the second."""
    one, two = first.read_bytes(), second.read_bytes()
    media = part(two, b"mdat")
    head = b"".join(box(*b) for b in boxes(one) if b[0] != b"moov")
    shift = len(head) + 8 - (two.index(media) if media else 0)
    tables = []
    for film in (one, two):
        data = part(film, b"moov")
        for level in LEVELS:
            data = part(data, level)
        tables.append(data)
    moov = _replace(part(one, b"moov"), LEVELS, joined(tables[0], tables[1], shift, kind))
    path.write_bytes(head + box(b"mdat", media) + box(b"moov", moov))
    return path


def _replace(data: bytes, levels: tuple[bytes, ...], new: bytes) -> bytes:
    """The same boxes with the innermost of `levels` replaced and the edit list left out."""
    made = b""
    for kind, body in boxes(data):
        if kind == b"edts":
            continue
        if kind != levels[0]:
            made += box(kind, body)
        else:
            made += new if len(levels) == 1 else box(kind, _replace(body, levels[1:], new))
    return made
