"""Finds the box trees of a published set: `CHANNEL/HISTORY/DEVICE_....xml`, in a folder or in one packed file (.tar.gz).

The channel says through which site a file went, the history what was done to it before, the device which camera recorded it.
"""

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entirety.errors import CannotOpen, Unsupported
from entirety.model.container import Movie
from entirety.read.box_trees import MOST_BYTES, read_box_tree

TOP = "Containers"
"""The folder of the published set that holds the channels."""
MOST_TREES = 100_000
"""EVA-7K has 7,000."""
MOST_UNPACKED = 512 * 2**20
"""Bytes of a packed set once it is unpacked; all of EVA-7K takes some 100 million."""
CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class BoxTree:
    """One tree with what its place says about it."""

    channel: str
    history: str
    device: str
    movie: Movie | None
    """None where the tree could not be read."""


def box_trees(place: Path) -> Iterator[BoxTree]:
    """Every tree of a folder or .tar.gz, in the order of their names in a folder and of the pack in a pack.

    Raises CannotOpen where nothing is laid out like that, Unsupported where a pack is beyond all bounds.
    """
    found = 0
    for (channel, history, name), data in _packed(place) if place.is_file() else _loose(place):
        found += 1
        if found > MOST_TREES:
            raise Unsupported(f"{place.name} holds more than {MOST_TREES} box trees; name a part of it.")
        yield BoxTree(channel, history, name.split("_")[0], _read(data))
    if not found:
        raise CannotOpen(
            f"{place.name} holds no box trees laid out as CHANNEL/HISTORY/DEVICE_....xml; name their folder."
        )


def _read(data: bytes | None) -> Movie | None:
    try:
        return None if data is None else read_box_tree(data)
    except Unsupported:
        return None


def _loose(folder: Path) -> Iterator[tuple[tuple[str, str, str], bytes | None]]:
    if not folder.is_dir():
        raise CannotOpen(f"There is no folder or .tar.gz {folder.name}; check the name.")
    top = folder / TOP if (folder / TOP).is_dir() else folder
    for path in sorted(top.glob("*/*/*.xml")):
        channel, history, name = path.relative_to(top).parts
        try:
            with path.open("rb") as file:
                yield (channel, history, name), file.read(MOST_BYTES + 1)
        except OSError:
            yield (channel, history, name), None


def _packed(pack: Path) -> Iterator[tuple[tuple[str, str, str], bytes | None]]:
    try:
        _measure(pack)
        with tarfile.open(pack, "r:gz") as tar:
            for member in tar:
                parts = member.name.split("/")
                if member.isreg() and len(parts) >= 3 and parts[-1].endswith(".xml"):
                    file = tar.extractfile(member)
                    yield (parts[-3], parts[-2], parts[-1]), file.read(MOST_BYTES + 1) if file else None
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError) as error:
        raise CannotOpen(f"{pack.name} cannot be unpacked ({error}); name a folder or a whole .tar.gz.") from None


def _measure(pack: Path) -> None:
    """Unpack once without keeping anything, so that a small file that grows beyond all bounds is refused before it is read."""
    size = 0
    with gzip.open(pack) as stream:
        while data := stream.read(CHUNK):
            size += len(data)
            if size > MOST_UNPACKED:
                raise Unsupported(
                    f"{pack.name} unpacks to more than {MOST_UNPACKED} bytes; unpack it and name the folder."
                )
