"""The review copy of a whole clip: what it is made of, and what the audit records of it.

Every shown picture is in it once, upright and numbered as in the report; hidden ones are not. It is encoded anew, so nothing is measured
on it and nothing in it is evidence.
"""

import hashlib
from fractions import Fraction
from pathlib import Path

from entirety.measure.crop import cropping
from entirety.model.clip import Clip
from entirety.model.copies import REVIEW, REVIEW_FILE, Copy
from entirety.read.custody import confirm
from entirety.read.review_copy import encode
from entirety.read.streams import open_clip


def review_copy(path: Path, clip: Clip, shown: Fraction) -> tuple[Copy, bytes]:
    """The record and the bytes of the copy; `shown` is how long the clip is shown, seconds. Raises Environment with one sentence where it
    cannot be made, and what opening a clip raises; ChangedWhileReading where the file is no longer the one that was measured.
    """
    with open_clip(path) as container:
        crop = cropping(container, clip.video, clip.movie, path)
    content = encode(path, clip, crop, shown)
    confirm(path, clip.custody)
    sha256 = hashlib.sha256(content).hexdigest()
    return Copy(REVIEW, clip.video, REVIEW_FILE, sha256, len(clip.frames), 0), content
