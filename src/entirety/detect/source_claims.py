"""Says in which traits two parts of a clip differ by more than a bound, and which are alike; no other trait is given as a reason."""

import numpy as np

from entirety.detect.sentences import say
from entirety.detect.shot_distance import BARS, ODD_NOISE, ODD_SHARPNESS, OVERLAY
from entirety.detect.source_groups import Separation
from entirety.model.finding import Sentence, Value

HALF = 0.5
"""Share of a bound up to which a trait counts as alike. Chosen."""
NOISE_BOUND = round(float(np.exp(ODD_NOISE)), 2)
AT_ONCE = "The parts before and after {at} differ in "
GRADUALLY = "Up to {end} the footage is of group {before}, from {at} on of group {after}: these parts differ in "
REASONS = {
    "noise": "noise (a factor of {noise}; in nearly all test clips from one recording below {noise_bound})",
    "sharpness": "sharpness ({sharpness}; in nearly all test clips from one recording below {sharpness_bound})",
    "together": "noise and sharpness taken together (a factor of {noise} and {sharpness}; neither alone reaches its bound)",
    "with-colour": "noise and sharpness taken together (a factor of {noise} and {sharpness}; less than their bound) and in colour (by {colour} levels)",
    "settings": "the settings with which they were encoded (what follows cannot be decoded with those that the file holds, so that nothing else is compared)",
    "bars": "black bars (by {bars} lines of a picture of 160 x 90)",
    "size": "the size of the picture (its area by a factor of {area}, so that noise and sharpness are not compared)",
    "overlay": "what is laid over the picture (in {overlay} of 144 parts something stands throughout one shot and not in the other)",
}
OTHERS = {
    "noise-alike": "; noise is alike",
    "noise-within": "; noise differs by less than its bound",
    "sharpness-alike": "; sharpness is alike",
    "sharpness-within": "; sharpness differs by less than its bound",
}
GROUPS = (
    ". By these traits the shots of the clip fall into at least {groups} groups (here {before} and {after}, the letters of the table of "
    "shots); one recording can fall into several."
)


def claim(identifier: str, apart: Separation, end: str | None, **values: Value) -> Sentence:
    """The observation; `end` is the last moment of the part before where a transition of some length lies between."""
    reasons, others = _reasons(apart), _others(apart)
    *first, last = [REASONS[name] for name in reasons]
    listed = f"{', '.join(first)} and {last}" if first else last
    text = (GRADUALLY if end else AT_ONCE) + listed + "".join(OTHERS[name] for name in others) + GROUPS
    numbers: dict[str, Value] = {
        **values,
        "noise": round(apart.times, 2),
        "noise_bound": NOISE_BOUND,
        "sharpness": round(apart.sharpness, 3),
        "sharpness_bound": ODD_SHARPNESS,
        "colour": round(apart.colour, 1),
        "bars": apart.bars,
        "overlay": apart.overlay,
        "area": round(float(np.exp(apart.area)), 2),
        **({"end": end} if end else {}),
    }
    used = {gap: value for gap, value in numbers.items() if "{" + gap + "}" in text}
    return say(".".join((identifier, "gradual" if end else "cut", *reasons, *others)), text, **used)


def _over(apart: Separation) -> list[str]:
    """Noise and sharpness, each where it alone reaches its bound."""
    over = (("noise", apart.noise >= ODD_NOISE), ("sharpness", apart.sharpness >= ODD_SHARPNESS))
    return [name for name, beyond in over if beyond]


def _reasons(apart: Separation) -> list[str]:
    less = "together" if apart.grain >= 1 else "with-colour"
    grain = (_over(apart) or [less]) if apart.odd else []
    layout = (
        ("settings", apart.recoded),
        ("size", apart.resized),
        ("bars", apart.bars >= BARS),
        ("overlay", apart.overlay >= OVERLAY),
    )
    return grain + [name for name, beyond in layout if beyond]


def _others(apart: Separation) -> list[str]:
    """The one of noise and sharpness that is no reason; left out where it is not known, which counts as exactly 0."""
    over = _over(apart)
    if not apart.odd or len(over) != 1:
        return []
    name, share = (
        ("sharpness", apart.sharpness / ODD_SHARPNESS) if over == ["noise"] else ("noise", apart.noise / ODD_NOISE)
    )
    return [f"{name}-{'alike' if share <= HALF else 'within'}"] if share > 0 else []
