"""Packs a case folder, and the evidence with it where asked, as a BagIt 1.0 package (RFC 8493): a folder that archives can check by themselves.

Every file is copied in pieces and hashed on the way; a file that is not what the case lists stops the whole. The package is written under
another name and renamed when it is whole, so that nothing half-finished can be handed over. Originals are only read.
"""

# Written here and not with the library `bagit` (1.9.0, June 2025, the Library of Congress's own): that one moves files into a bag in place,
# where originals must not be touched, hashes them in a second reading, and leaves `%` in names as it is, against the standard (its issue 157).
# As a second reader it stands in our tests.

import hashlib
import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from entirety.case.bag_payload import Payload
from entirety.case.sums import pieces, reason
from entirety.case.verify_files import MB, Progress
from entirety.errors import CannotOpen, Mismatch, OutputRefused
from entirety.report.visible import visible

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
INFO, DECLARATION, NAMES = "bag-info.txt", "bagit.txt", "original-names.txt"
VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
WIDTH = 79
"""Characters of a line of bag-info.txt, as the standard advises."""
LONGEST_WORDS = 500
"""Characters of what the user states about the sender."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What is in a finished package."""

    files: int
    size: int
    renamed: int
    """Files whose names could not be kept."""
    escaped: int
    """Files with a name that programs read back in two ways."""


def write_bag(
    bag: Path, payload: Sequence[Payload], info: Sequence[tuple[str, str]], progress: Progress | None = None
) -> Packed:
    """Write the package. `info` is what bag-info.txt says besides its length.

    Raises OutputRefused where it cannot be written, Mismatch where a file is not what the case lists, CannotOpen where one cannot be read.
    """
    part = bag.with_name(f"{bag.name}.part")
    try:
        if os.path.lexists(bag) or os.path.lexists(part):
            name = visible((bag if os.path.lexists(bag) else part).name)
            raise OutputRefused(f"{name} is there already: remove it, or choose another name with --out.")
        part.mkdir(parents=True)
        _refuse_full(part, sum(one.size for one in payload))
    except OSError as error:
        raise _refused(bag, error) from error
    try:
        packed = _fill(part, payload, info, progress)
        part.rename(bag)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            raise _refused(bag, error) from error
        raise
    return packed


def _fill(part: Path, payload: Sequence[Payload], info: Sequence[tuple[str, str]], progress: Progress | None) -> Packed:
    total, done = sum(one.size for one in payload), 0
    sums = []
    for one in payload:
        sha256, size = _copy(one, part / one.stored)
        sums.append((one.stored, sha256))
        done += size
        if progress is not None:
            progress(done // MB, total // MB)
    renamed = [one for one in payload if one.original]
    tags = {
        DECLARATION: VERSION,
        INFO: _info([*info, ("Payload-Oxum", f"{done}.{len(payload)}")]),
        MANIFEST: _manifest(sums),
        **({NAMES: _names(renamed)} if renamed else {}),
    }
    tag_sums = [(name, hashlib.sha256(content).hexdigest()) for name, content in tags.items()]
    for name, content in {**tags, TAGS: _manifest(tag_sums)}.items():
        with (part / name).open("xb") as file:
            file.write(content)
            _settled(file)
    (part / "data").mkdir(exist_ok=True)
    return Packed(len(payload), done, len(renamed), sum(encoded(one.stored) != one.stored for one in payload))


def _copy(one: Payload, target: Path) -> tuple[str, int]:
    """Copy one file with its date; returns its SHA-256 and size. Raises Mismatch where it is not the listed one, CannotOpen, OSError."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for piece in _read(one):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        _settled(file)
    if one.sha256 and digest.hexdigest() != one.sha256:
        raise Mismatch(
            f"{one.source.name} is not the file that the case lists: its SHA-256 is {digest.hexdigest()}, the listed one {one.sha256}. Nothing "
            "was packed; run `entirety verify` to see everything that differs."
        )
    status = one.source.stat()
    os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))
    return digest.hexdigest(), size


def _read(one: Payload) -> Iterable[bytes]:
    try:
        yield from pieces(one.source)
    except FileNotFoundError:
        raise Mismatch(
            f"{one.source.name} is listed in the case and is missing. Nothing was packed; run `entirety verify`."
        ) from None
    except OSError as error:
        raise CannotOpen(f"{one.source.name} cannot be read: {reason(error)}. Nothing was packed.") from error


def encoded(name: str) -> str:
    """A path as a manifest writes it: the two line ends and `%` as `%0D`, `%0A` and `%25` (RFC 8493, 2.1.3)."""
    return re.sub(r"[%\r\n]", lambda found: f"%{ord(found.group()):02X}", name)


def _manifest(sums: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{sha256}  {encoded(name)}\n" for name, sha256 in sorted(sums)).encode("utf-8")


def _info(values: Iterable[tuple[str, str]]) -> bytes:
    """One label and value after the other; a long value goes on in lines that begin with blanks."""
    lines = (
        textwrap.fill(
            f"{label}: {visible(value, LONGEST_WORDS)}", WIDTH, subsequent_indent="  ", break_on_hyphens=False
        )
        for label, value in values
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _names(renamed: Iterable[Payload]) -> bytes:
    """The bytes of each name that is no text, as hexadecimal digits, beside the name that stands for it in the package."""
    return "".join(f"{os.fsencode(one.original).hex()}  {encoded(one.stored)}\n" for one in renamed).encode("utf-8")


def _settled(file: BinaryIO) -> None:
    """On the disk, and not only on the way to it."""
    file.flush()
    os.fsync(file.fileno())


def _refuse_full(part: Path, size: int) -> None:
    """Raise OutputRefused where the package cannot fit, before an hour was spent on copying it."""
    free = shutil.disk_usage(part).free
    if size > free:
        part.rmdir()
        raise OutputRefused(
            f"The package takes {size / 1e6:,.1f} MB and {free / 1e6:,.1f} MB are free: make room or choose another disk."
        )


def _refused(bag: Path, error: OSError) -> OutputRefused:
    return OutputRefused(f"{visible(bag.name)} cannot be written: {reason(error)}. Make room or choose another folder.")
