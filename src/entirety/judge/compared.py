"""Holds a clip against recordings: reads each file once, or takes what was kept of it, and asks which parts of which are in the clip."""

from collections.abc import Sequence
from pathlib import Path

from entirety.compare.coverage import cover
from entirety.compare.kept import Progress, signature_of
from entirety.model.coverage import Coverage
from entirety.read import custody


def compared(
    clip: Path, sources: Sequence[Path], hashes: Path | None = None, progress: Progress | None = None
) -> Coverage | None:
    """What of the recordings at `sources` is in the clip; None where there are none. `hashes` is a folder that keeps what was read.

    Raises what reading a video raises, for each file; OutputRefused where nothing can be kept in the folder; ChangedWhileReading.
    """
    if not sources:
        return None
    paths = (clip, *sources)
    signatures = [signature_of(path, hashes, progress)[0] for path in paths]
    coverage = cover(signatures[0], signatures[1:])
    for path, signature in zip(paths, signatures, strict=True):
        custody.confirm(path, signature.custody)
    return coverage
