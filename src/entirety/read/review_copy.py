"""Runs the making of a review copy in a process of its own, with limits of time and size: should it break down, that copy alone is lost."""

import importlib.util
import json
import subprocess
from dataclasses import astuple
from fractions import Fraction
from pathlib import Path

from entirety.errors import Environment
from entirety.model.clip import Clip
from entirety.read.cropping import Crop
from entirety.read.programs import child
from entirety.read.review_copy_child import SAID

CHILD = Path(__file__).with_name("review_copy_child.py")
PACKAGES = ("av", "numpy", "cv2")
"""What the child needs besides this program."""
SECONDS, PACE = 300, 1
"""Seconds that a copy may take, and pictures for which one more is granted: beyond this it hangs."""
NONE_MADE = "No review copy was made"


def encode(path: Path, clip: Clip, crop: Crop, seconds: Fraction) -> bytes:
    """The copy as MP4; `seconds` is how long the clip is shown. Raises Environment with one sentence where there is none."""
    command = child(CHILD, "entirety", *_sites())
    if command is None:
        raise Environment(f"{NONE_MADE}: this program is not installed as a package.")
    order = {
        "path": str(path.absolute()),
        "video": clip.video,
        "rotation": clip.stream.rotation,
        "aspect": str(clip.stream.aspect),
        "crop": astuple(crop),
        "start": str(clip.start),
        "seconds": str(seconds),
        "pictures": len(clip.frames),
        "sha256": clip.custody.sha256,
    }
    limit = SECONDS + len(clip.frames) // PACE
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, input=json.dumps(order).encode("ascii"), capture_output=True, check=False, timeout=limit
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Environment(f"{NONE_MADE}: its making cannot be run to its end ({type(error).__name__}).") from error
    if done.returncode == SAID:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise Environment(f"{NONE_MADE}: {said[:300].rstrip('.')}.")
    if done.returncode or not done.stdout:
        raise Environment(f"{NONE_MADE}: the encoder broke down ({done.returncode}).")
    return done.stdout


def _sites() -> list[str]:
    """Folders in which the packages lie."""
    found = (importlib.util.find_spec(name) for name in PACKAGES)
    return sorted({str(Path(spec.origin).parents[1]) for spec in found if spec is not None and spec.origin is not None})
