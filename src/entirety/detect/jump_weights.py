"""The weights with which jump-cut adds up what it sees, as plain numbers, and the data that they come from.

Fitted on 2026-11-26 by tests/bench/fit_jump_cut.py on what the tuning half of the validation set then held, 503 clips: 110 cuts that show as
a candidate, and 71 other candidates. Since then the rules of `jump_explained` have become stricter and the set larger. Fitted on the same
day by the last rules, on 671 clips with 231 cuts and 84 other candidates, other weights come out. The ones here were kept: with them the bounds of
`jump_leaps` were set and the printed error rates were measured. The sum is a score and no probability: the clips were made for the purpose, and
how often time is missing in others nobody knows.
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
