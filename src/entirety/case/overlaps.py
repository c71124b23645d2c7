"""The search for footage that clips of a folder share, from what was kept of each when it was audited: no file is read again here."""

from collections.abc import Sequence
from pathlib import Path

from entirety.compare.overlap import hashed, overlaps
from entirety.compare.overlap_groups import compared
from entirety.compare.overlap_store import load_hashes, save_hashes
from entirety.compare.store import load, save
from entirety.model.overlap import Overlaps, Unread
from entirety.model.signature import Signature


def keep(folder: Path, signature: Signature) -> None:
    """Keep below `folder` what the search needs of a clip."""
    save(folder, signature)
    save_hashes(folder, signature, hashed(signature))


def has_hashes(folder: Path, sha256: str) -> bool:
    """Whether what the search needs of this content lies in `folder`."""
    return load(folder, sha256) is not None


def overlaps_of(folder: Path, clips: Sequence[tuple[str, str]]) -> Overlaps:
    """Clips, each by SHA-256 and name, held against each other; what is not kept is listed as not compared."""
    signatures, hashes, unread = [], [], []
    for sha256, name in clips:
        if (signature := load(folder, sha256)) is None:
            unread.append(Unread(name, "What is needed of it was not kept."))
            continue
        signatures.append(signature)
        hashes.append(load_hashes(folder, signature) or hashed(signature))
    return compared(signatures, overlaps(signatures, hashes), unread)
