"""Keeps the motion hashes of clips on a disk: one plain array file per clip, beside its signature, 16 bytes a picture.

They are read back in a hundredth of the time that making them from thumbnails takes. What is read is input like any other: whatever is not
exactly what `save_hashes` writes counts as absent, and they are made again.
"""

import stat
from io import BytesIO
from pathlib import Path

import numpy as np

from entirety.compare.motion_hash import MotionHashes
from entirety.model.signature import Signature

FORM = 1
"""Raised whenever hashes made anew could differ from those that were kept."""
HEADER = 4096
"""Bytes that an array file may hold besides its numbers."""


def load_hashes(folder: Path, signature: Signature) -> MotionHashes | None:
    """The kept hashes of a clip, None where there are none that fit."""
    path = _path(folder, signature)
    try:
        # A pipe would never end, a link could lead anywhere.
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > 16 * len(signature) + HEADER:
            return None
        kept = np.load(BytesIO(path.read_bytes()), allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError):
        return None
    if not isinstance(kept, np.ndarray) or kept.dtype != np.dtype("<u8") or kept.shape != (2, len(signature)):
        return None
    return MotionHashes(signature.times[:-1], kept[0].astype(np.uint64), kept[1] != 0)


def save_hashes(folder: Path, signature: Signature, hashes: MotionHashes) -> None:
    """Keep the hashes of a clip; written under another name first, so that an interruption leaves nothing half."""
    content, path = BytesIO(), _path(folder, signature)
    np.save(content, np.stack([hashes.bits, hashes.moves.astype(np.uint64)]).astype("<u8"), allow_pickle=False)
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content.getvalue())
    part.replace(path)


def _path(folder: Path, signature: Signature) -> Path:
    return folder / f"{signature.custody.sha256}.motion-{FORM}.npy"
