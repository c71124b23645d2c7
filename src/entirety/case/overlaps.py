"""The search for footage that clips of a folder share, from what was kept of each when it was audited: no file is read again here.

What was kept lies on the disk and is fetched clip by clip as the search comes to it, so that neither memory nor the number of open files grows
with the folder; of all clips at once only the motion hashes are held, 17 bytes a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import overload

from entirety.compare.motion_hash import MotionHashes
from entirety.compare.overlap import hashed, overlaps
from entirety.compare.overlap_groups import compared
from entirety.compare.overlap_index import fits
from entirety.compare.overlap_store import load_hashes, save_hashes
from entirety.compare.store import load, save
from entirety.errors import CannotOpen
from entirety.measure.thumbnail import MOST
from entirety.model.overlap import Overlaps, Unread
from entirety.model.signature import Signature

AT_HAND = 4
"""Signatures that are kept open at a time, at fourteen files each: the two that are held against each other, and the two before."""
MOST_TOGETHER = 12_000_000
"""Pictures of all clips: 130 hours of 25 a second. 8.9 million took 0.76 GB (tests/bench/overlap.py), which is what a child may have."""
LARGEST = 2**32
"""Numerator or denominator of a file's clock: containers keep 32 bits of either."""
MARK = "too-many"


@dataclass(frozen=True, slots=True)
class _Clip:
    """What is known of a clip before the search: enough to leave it out."""

    sha256: str
    name: str
    pictures: int
    last: float
    """Seconds from the clip's start at which its last picture appears."""


def keep(folder: Path, signature: Signature | None, sha256: str = "") -> None:
    """Keep below `folder` what the search needs of a clip; where it has no signature, for it has too many pictures, that of the content `sha256`.

    Raises OSError where the disk refuses.
    """
    if signature is None or len(signature) > MOST:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{sha256 if signature is None else signature.custody.sha256}.{MARK}").write_bytes(b"")
        return
    save(folder, signature)
    save_hashes(folder, signature, hashed(signature))


def has_hashes(folder: Path, sha256: str) -> bool:
    """Whether what the search needs of this content lies in `folder`, or that it has too many pictures."""
    return _has_too_many(folder, sha256) or load(folder, sha256) is not None


def overlaps_of(folder: Path, clips: Sequence[tuple[str, str]]) -> Overlaps:
    """Clips, each by SHA-256 and name, held against each other; what is not kept, or is too much, is listed as not compared.

    The result follows from the clips and their order alone. Raises CannotOpen where what was kept of a clip goes meanwhile.
    """
    found: list[_Clip] = []
    unread: list[Unread] = []
    for sha256, name in clips:
        if _has_too_many(folder, sha256):
            unread.append(
                Unread(name, f"It has more than {MOST:,} pictures, too many to look for each in other clips.")
            )
        elif (signature := load(folder, sha256)) is None:
            unread.append(Unread(name, "What the search needs of it was not kept, or cannot be read any more."))
        elif not _is_plain(signature):
            unread.append(Unread(name, "The times that it states are no times of a film."))
        else:
            found.append(_Clip(sha256, name, len(signature), float(signature.begin(len(signature) - 1))))
    taken, left = _bounded(found)
    unread += left
    signatures = _Signatures(folder, taken)
    return compared(signatures, overlaps(signatures, [_hashes(folder, one) for one in signatures]), unread)


def _has_too_many(folder: Path, sha256: str) -> bool:
    return (folder / f"{sha256}.{MARK}").is_file()


def _hashes(folder: Path, signature: Signature) -> MotionHashes:
    return load_hashes(folder, signature) or hashed(signature)


def _is_plain(signature: Signature) -> bool:
    """Whether its clock is one that a container can state: exact sums of others would have thousands of digits."""
    numbers = (*signature.time_base.as_integer_ratio(), *signature.start.as_integer_ratio())
    return all(abs(number) < LARGEST**2 for number in numbers) and max(numbers[:2]) < LARGEST


def _bounded(clips: Sequence[_Clip]) -> tuple[list[_Clip], list[Unread]]:
    """As many clips as one search takes, in their order, and the rest with the reason: those with most pictures, then the longest, are left out."""
    left: dict[str, str] = {}
    together = sum(clip.pictures for clip in clips)
    for clip in sorted(clips, key=lambda one: (-one.pictures, one.sha256)):
        if together <= MOST_TOGETHER:
            break
        together -= clip.pictures
        left[clip.sha256] = (
            f"All clips together have more than {MOST_TOGETHER:,} pictures, and those with most were left out."
        )
    rest = sorted((one for one in clips if one.sha256 not in left), key=lambda one: (-one.last, one.sha256))
    while rest and not fits(len(rest), rest[0].last):
        left[rest.pop(0).sha256] = "Its times reach too far for a search in so many clips."
    taken = [clip for clip in clips if clip.sha256 not in left]
    return taken, [Unread(clip.name, left[clip.sha256]) for clip in clips if clip.sha256 in left]


class _Signatures(Sequence[Signature]):
    """The kept signatures of clips, each fetched from the disk when it is asked for."""

    def __init__(self, folder: Path, clips: Sequence[_Clip]) -> None:
        self._folder, self._clips = folder, clips
        self._fetched = lru_cache(AT_HAND)(self._fetch)

    def __len__(self) -> int:
        return len(self._clips)

    @overload
    def __getitem__(self, place: int) -> Signature: ...
    @overload
    def __getitem__(self, place: slice) -> list[Signature]: ...
    def __getitem__(self, place: int | slice) -> Signature | list[Signature]:
        if isinstance(place, slice):
            return [self._fetched(clip) for clip in self._clips[place]]
        return self._fetched(self._clips[place])

    def _fetch(self, clip: _Clip) -> Signature:
        signature = load(self._folder, clip.sha256)
        if signature is None or len(signature) != clip.pictures:
            raise CannotOpen(f"What was kept of {clip.name} was changed during the search; scan again.")
        # The name is the one in the folder of evidence; what was kept may have been read under another.
        return replace(signature, custody=replace(signature.custody, name=clip.name))
