"""Holds a clip against recordings: reads each file once, or takes what was kept of it, and asks which parts of which are in the clip.

The clip itself was read for its audit already, which gives what is needed here too.
"""

from collections.abc import Sequence
from pathlib import Path

from entirety.compare.coverage import cover
from entirety.compare.kept import Progress, keep_in, signature_of
from entirety.model.coverage import Coverage
from entirety.model.signature import Signature
from entirety.read import custody


def compared(
    clip: Path,
    sources: Sequence[Path],
    hashes: Path | None = None,
    progress: Progress | None = None,
    signature: Signature | None = None,
) -> Coverage | None:
    """What of the recordings at `sources` is in the clip; None where there are none. `hashes` is a folder that keeps what was read,
    `signature` that of the clip where it was read just now.

    Raises what reading a video raises, for each file; OutputRefused where nothing can be kept in the folder; ChangedWhileReading.
    """
    if not sources:
        return None
    paths = (clip, *sources)
    if signature is None:
        signature, _ = signature_of(clip, hashes, progress)
    elif hashes is not None:
        keep_in(hashes, signature)
    signatures = [signature, *(signature_of(path, hashes, progress)[0] for path in sources)]
    coverage = cover(signatures[0], signatures[1:])
    for path, signature in zip(paths, signatures, strict=True):
        custody.confirm(path, signature.custody)
    return coverage
