"""What kind of file a clip is, as far as error rates depend on it: how its pictures are coded, at what pace, and whether software left its name.

Clips made to measure error rates and clips handed over as evidence are sorted by this one function, so that a report reads the rates of files like its own.
"""

from collections.abc import Sequence

import numpy as np

from entirety.model.clip import Clip
from entirety.model.finding import Finding, Weight
from entirety.model.time import UNSET

LOW_RATE = 16.0
"""Pictures per second. Recorders that save space run at 4 to 15; nothing that is meant to look fluent runs below 16."""

STEADY = 0.1
"""A step within a tenth of the usual one counts as usual: containers that count in milliseconds round 33.3 to 33 and 34."""

UNSTEADY_SHARE = 0.02
"""More unusual steps than one in fifty make a variable rate; a cut or a few lost pictures do not. Chosen, not measured."""


def kind(clip: Clip, findings: Sequence[Finding]) -> str:
    """Codec, pace and origin, as in `h264 steady software`."""
    named = any(f.check == "writer-trace" and f.weight is not Weight.NEUTRAL for f in findings)
    codec = clip.stream.codec
    return f"{codec} {_pace(clip)} {'software' if named else 'unnamed'}"


def _pace(clip: Clip) -> str:
    times = clip.frames.pts[clip.frames.pts != UNSET]
    if len(times) < 3:
        return "steady"
    steps = np.diff(np.sort(times))
    usual = float(np.median(steps))
    # One tick of the clock is allowed, the finest that a file can say; but where a tick is a whole step, one more is a lost picture.
    unsteady = np.abs(steps - usual) > max(STEADY * usual, min(1.0, usual / 2))
    if float(unsteady.mean()) > UNSTEADY_SHARE:
        return "variable"
    base = clip.stream.time_base
    return "low-rate" if usual > 0 and 1.0 / (usual * float(base)) < LOW_RATE else "steady"
