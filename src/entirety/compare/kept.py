"""Comes by a signature the cheapest way: what was kept of a file with the same bytes, else one reading of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from entirety.compare.store import load, save
from entirety.errors import OutputRefused
from entirety.measure.signature import sign
from entirety.model.signature import Signature
from entirety.read import custody

Progress = Callable[[int, int], None]


def signature_of(path: Path, hashes: Path | None, progress: Progress | None = None) -> tuple[Signature, bool]:
    """The signature of the recording at `path`, and whether it was kept in the folder `hashes`; what is read is kept there.

    Raises what reading a video raises; OutputRefused where nothing can be kept in the folder.
    """
    if hashes is None:
        return sign(path, progress), False
    taken = custody.take(path)
    if (kept := load(hashes, taken.sha256)) is not None:
        # The same bytes may by now have another name or date.
        return replace(kept, custody=taken), True
    signature = sign(path, progress)
    keep_in(hashes, signature)
    return signature, False


def keep_in(hashes: Path, signature: Signature) -> None:
    """Keep a signature in the folder `hashes`, unless it is there already. Raises OutputRefused where the disk refuses."""
    try:
        if load(hashes, signature.custody.sha256) is None:
            save(hashes, signature)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputRefused(
            f"{hashes.name} cannot be written: {reason}. Choose another folder with --hashes."
        ) from error
