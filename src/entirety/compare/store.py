"""Keeps signatures on a disk, so that a long recording is read once however often clips are held against it.

Each lies in a folder named after its file's SHA-256: one plain array file per column, and `about.json`, which says all else. What is read
back is input like any other: whatever is not exactly what `save` writes counts as absent, and the recording is read again. So do
signatures in an older form or from another decoder. Nothing in the folder is ever executed.
"""

import hashlib
import json
import math
import os
import re
import shutil
import stat
from dataclasses import asdict, dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entirety.measure.clip import decoder_version
from entirety.model.clip import Custody, Packets
from entirety.model.signature import ACROSS, BANDS, DOWN, Signature, SoundOutline

FORM = 1
"""Raised whenever a signature made anew could differ from one that was kept."""
ABOUT = "about.json"
LARGEST_ABOUT = 65_536
"""Bytes; it holds some twenty short values."""
MOST_ROWS = 20_000_000
"""As many as coded pictures are read of any file."""
LATEST = 2**55
"""Ticks beyond every time that a signature holds."""

_HASH = re.compile(r"[0-9a-f]{64}")
_FRACTION = re.compile(r"(-?[0-9]{1,30})/([0-9]{1,30})")
_PICTURES: dict[str, tuple[str, tuple[int, ...]]] = {
    "pts": ("<i8", ()),
    "duration": ("<i8", ()),
    "sha256": ("|u1", (32,)),
    "grey": ("|u1", (DOWN, ACROSS)),
    "phash": ("<u8", ()),
}
# Yes and no are kept as numbers: a byte that is neither 0 nor 1 is no harm then.
_PACKETS: dict[str, tuple[str, tuple[int, ...]]] = {
    **dict.fromkeys(("pts", "dts", "duration", "size", "position"), ("<i8", ())),
    **dict.fromkeys(("key", "corrupt", "discard"), ("|u1", ())),
    "sha256": ("|u1", (32,)),
}
_SOUND = ("|u1", (BANDS,))
_UNCHECKED = "grey"
"""Nine tenths of all bytes: only its length is checked, so that a search over many recordings need not read it."""

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What one array file must hold."""

    name: str
    kind: str
    shape: tuple[int, ...]

    @property
    def head(self) -> bytes:
        """The first bytes of the file: the format's own description of dtype and shape."""
        head = BytesIO()
        np.lib.format.write_array_header_1_0(
            head, {"descr": self.kind, "fortran_order": False, "shape": self.shape}
        )  # fmt: skip
        return head.getvalue()

    @property
    def size(self) -> int:
        return math.prod(self.shape) * np.dtype(self.kind).itemsize


def save(folder: Path, signature: Signature) -> None:
    """Keep a signature below `folder`, in place of an older one. Raises OSError where the disk refuses."""
    name = signature.custody.sha256
    if not _HASH.fullmatch(name):
        raise ValueError("a signature is kept under the SHA-256 of its file, 64 hexadecimal digits")
    target = folder / name
    # Made beside its place and moved there whole: whoever looks meanwhile sees all of it or nothing.
    making = folder / f".{name}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        columns = _columns(signature)
        for shape, column in columns:
            with (making / f"{shape.name}.npy").open("wb") as file:
                file.write(shape.head)
                file.write(np.ascontiguousarray(column, shape.kind).data)
        about = json.dumps(_about(signature, _digest(columns)), ensure_ascii=False, indent=1)
        (making / ABOUT).write_text(about, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        making.rename(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def load(folder: Path, sha256: str) -> Signature | None:
    """What was kept of the file with this hash; None where there is nothing, or anything but what `save` writes.

    Its custody names the file as it was called when it was read.
    """
    if not _HASH.fullmatch(sha256):
        return None
    place = folder / sha256
    try:
        signature, digest = _read(place, _told(place / ABOUT))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError, ZeroDivisionError):
        return None
    whole = signature.custody.sha256 == sha256 and digest == _digest(_columns(signature)) and _in_order(signature)
    return signature if whole and signature.decoder == decoder_version() else None


def _in_order(signature: Signature) -> bool:
    """Whether the times are such as a signature has: everything that is compared later relies on it."""
    pts, duration = signature.pts, signature.duration
    if not len(pts) or signature.time_base <= 0 or max(-int(pts.min()), int(pts.max()), int(duration.max())) > LATEST:
        return False
    return bool((np.diff(pts) == duration[:-1]).all() and (duration > 0).all())


def _shapes(pictures: int, packets: int, rows: int | None) -> list[_Shape]:
    if not all(0 <= count <= MOST_ROWS for count in (pictures, packets, rows or 0)):
        raise ValueError("no signature has so many rows")
    return [
        *(_Shape(name, kind, (pictures, *rest)) for name, (kind, rest) in _PICTURES.items()),
        *(_Shape(f"packets-{name}", kind, (packets, *rest)) for name, (kind, rest) in _PACKETS.items()),
        *([] if rows is None else [_Shape("sound", _SOUND[0], (rows, *_SOUND[1]))]),
    ]


def _columns(signature: Signature) -> list[tuple[_Shape, Column]]:
    sound = signature.sound
    shapes = _shapes(len(signature), len(signature.packets), None if sound is None else len(sound))
    columns = [*(vars(signature)[name] for name in _PICTURES), *(vars(signature.packets)[name] for name in _PACKETS)]
    return list(zip(shapes, [*columns, *([] if sound is None else [sound.levels])], strict=True))


def _digest(columns: list[tuple[_Shape, Column]]) -> str:
    """SHA-256 of all columns but the thumbnails."""
    digest = hashlib.sha256()
    for shape, column in columns:
        if shape.name != _UNCHECKED:
            digest.update(np.ascontiguousarray(column, shape.kind).data)
    return digest.hexdigest()


def _about(signature: Signature, digest: str) -> dict[str, Any]:
    sound = signature.sound
    return {
        "form": FORM,
        "decoder": signature.decoder,
        "custody": asdict(signature.custody),
        "start": _written(signature.start),
        "time_base": _written(signature.time_base),
        "codec": signature.codec,
        "width": signature.width,
        "height": signature.height,
        "pictures": len(signature),
        "packets": len(signature.packets),
        "sound": None if sound is None else {"start": _written(sound.start), "rows": len(sound)},
        "sha256": digest,
    }


def _written(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def _number(text: str) -> Fraction:
    parts = _FRACTION.fullmatch(text)
    if parts is None:
        raise ValueError("not a fraction")
    return Fraction(int(parts[1]), int(parts[2]))


def _told(path: Path) -> dict[str, Any]:
    """What about.json says, where it is in today's form. Raises ValueError or OSError."""
    if not _is_plain(path) or path.stat().st_size > LARGEST_ABOUT:
        raise ValueError("not a description")
    told = json.loads(path.read_bytes())
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise ValueError("not in today's form")
    return told


def _read(place: Path, told: dict[str, Any]) -> tuple[Signature, str]:
    """The signature and the digest that its columns should have. Raises where anything is of another kind than `save` writes."""
    sound = told["sound"]
    counts = (_whole(told["pictures"]), _whole(told["packets"]), None if sound is None else _whole(sound["rows"]))
    columns = {shape.name: _mapped(place / f"{shape.name}.npy", shape) for shape in _shapes(*counts)}
    packets = {name: columns[f"packets-{name}"] for name in _PACKETS}
    for name in ("key", "corrupt", "discard"):
        packets[name] = packets[name] != 0
    custody = told["custody"]
    signature = Signature(
        custody=Custody(
            _text(custody["name"]), _whole(custody["size"]), _text(custody["sha256"]), _text(custody["modified"])
        ),
        start=_number(told["start"]),
        time_base=_number(told["time_base"]),
        codec=_text(told["codec"]),
        width=_whole(told["width"]),
        height=_whole(told["height"]),
        packets=Packets(**packets),
        sound=None if sound is None else SoundOutline(_number(sound["start"]), columns["sound"]),
        decoder=_text(told["decoder"]),
        **{name: columns[name] for name in _PICTURES},
    )
    return signature, _text(told["sha256"])


def _mapped(path: Path, shape: _Shape) -> Column:
    """The array, left on the disk until it is used. Raises ValueError where the file is not exactly this array."""
    head = shape.head
    if not _is_plain(path) or path.stat().st_size != len(head) + shape.size:
        raise ValueError("another size")
    with path.open("rb") as file:
        if file.read(len(head)) != head:
            raise ValueError("another array")
        if not shape.size:
            return np.zeros(shape.shape, shape.kind)
        return np.memmap(file, shape.kind, "r", len(head), shape.shape).view(np.ndarray)


def _is_plain(path: Path) -> bool:
    """A file of its own: a pipe would never end, a link could lead anywhere."""
    return stat.S_ISREG(path.lstat().st_mode)


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("not a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
