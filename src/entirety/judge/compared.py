"""Holds a clip against recordings: reads each file once, or takes what was kept of it, and asks which parts of which are in the clip."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from entirety.compare.coverage import cover
from entirety.compare.store import load, save
from entirety.errors import OutputRefused
from entirety.measure.signature import sign
from entirety.model.coverage import Coverage
from entirety.model.signature import Signature
from entirety.read import custody

Progress = Callable[[int, int], None]


def compared(
    clip: Path, sources: Sequence[Path], hashes: Path | None = None, progress: Progress | None = None
) -> Coverage | None:
    """What of the recordings at `sources` is in the clip; None where there are none. `hashes` is a folder that keeps what was read.

    Raises what reading a video raises, for each file; OutputRefused where nothing can be kept in the folder; ChangedWhileReading.
    """
    if not sources:
        return None
    paths = (clip, *sources)
    signatures = [_signature(path, hashes, progress) for path in paths]
    coverage = cover(signatures[0], signatures[1:])
    for path, signature in zip(paths, signatures, strict=True):
        custody.confirm(path, signature.custody)
    return coverage


def _signature(path: Path, hashes: Path | None, progress: Progress | None) -> Signature:
    """What is kept of the file with these very bytes, else one reading of it."""
    if hashes is None:
        return sign(path, progress)
    taken = custody.take(path)
    if (kept := load(hashes, taken.sha256)) is not None:
        # The same bytes may by now have another name or date.
        return replace(kept, custody=taken)
    signature = sign(path, progress)
    try:
        save(hashes, signature)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputRefused(
            f"{hashes.name} cannot be written: {reason}. Choose another folder with --hashes."
        ) from error
    return signature
