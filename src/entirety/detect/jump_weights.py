"""The weights with which jump-cut adds up what it sees, as plain numbers, and the data that they come from.

Fitted on 2026-11-26 on what the tuning half of the validation set then held, 503 clips: 110 cuts that show as a candidate, and 71 other
candidates. The set has grown since. Weights fitted to it anew, each recording judged by weights that it had no part in, find no more cuts at the
bound at which none of the continuous clips reports a leap, however strong the penalty; so these were kept (tests/bench/fit_jump_cut.py fits
and compares). The sum is a score and no probability: the clips were made for the purpose, and how often time is missing in others nobody knows.
"""

FIRST = -7.706
"""Score before anything is added."""

WEIGHTS: dict[str, float] = {
    "leap": 0.315,
    "acceleration": 0.345,
    "residual": 0.691,
    "step": 0.284,
    "spike": 0.34,
    "spike-residual": 0.382,
    "others": 0.294,
    "others-residual": 0.608,
    "block-view": 0.299,
    "block-rest": 0.383,
    "half-rest": 0.468,
    "back": -0.607,
    "distance": 0.516,
    "key": -1.261,
}
"""By the names of `jump_leaps.features`."""
