"""Innocent explanations for pictures that are stored and not shown, and for parts shown in another order than stored.

Each is held against the place and the length of what was found: a trim hides an end, a buffer lies before the start, coding hides
a picture or a few.
"""

from fractions import Fraction

from entirety.detect.innocent import Explanation, Explanations, weighed
from entirety.model.finding import Innocent

ID = "hidden-footage"
PRE_ROLL = 3
"""Seconds that the motion part of a live photo spans, 1.5 before and 1.5 after (Apple's user guide)."""
START = Fraction(1)
START_GAP = Fraction(1, 2)
"""Seconds. A screen recording of the corpus (c.mov) shows two pictures, skips three (0.05 s) and runs on: start-up. Ten times that, within the
first second, is still taken for it."""
PLACES = {
    "leading": "before the shown start",
    "trailing": "after the shown end",
    "between": "between two pictures that are shown one after the other",
}
EXPLANATIONS: Explanations = {
    "phone-gallery-trim": Explanation(
        "A phone's gallery or a simple player trims the start or the end by such a table; the rest stays stored.",
        excluded="A gallery trim hides the start or the end; here neither is concerned.",
        not_excluded=(
            "A trim in a phone's gallery or a simple player hides an end in this way. That is a shortening too, and what it cut off is "
            "still stored here."
        ),
    ),
    "pre-roll": Explanation(
        "A live photo or a phone's pre-roll stores a few seconds before or after what is shown.",
        excluded="A pre-roll lies at an end of the clip and lasts up to 3 s; here it is {seconds} s, {place}.",
        not_excluded="{seconds} s are concerned; a live photo stores up to 3 s around its moment.",
    ),
    "pre-event-buffer": Explanation(
        "A recorder keeps the seconds before an alarm and marks the start of what it was asked for.",
        excluded="What a recorder keeps from before an event lies before the shown start; here it lies {place}.",
        not_excluded=(
            "A recorder that keeps the seconds before an alarm may store and skip them; ask which recorder wrote the file, and for its "
            "export log."
        ),
    ),
    "encoder-delay": Explanation(
        "Reordering of pictures and rounding to the file's clock hide a picture or a few in ordinary files.",
        excluded="In this stream they explain up to {bound} (number of pictures); here it is {count}.",
        not_excluded="In this stream they explain up to {bound} (number of pictures); here it is {count}.",
    ),
    "start-up": Explanation(
        "A recorder shows its first picture at once and skips irregular ones while it starts.",
        excluded="Starting takes a fraction of the first second; here {seconds} s are concerned, {when} s after the shown start.",
        not_excluded="The stretch is short and lies in the first second, where recorders start; one untouched screen recording has the same.",
    ),
    "loop-effect": Explanation(
        "A loop or bounce effect of a phone, or a presentation program, shows a part again without storing it twice.",
        excluded="The pictures concerned are not shown at all.",
        not_excluded="Everything concerned is stored once and shown again or elsewhere, as such effects do.",
    ),
}


def starting(code: str, seconds: Fraction, when: Fraction) -> bool:
    """Whether a stretch of `seconds`, `when` after the shown start, is short and early enough for a recorder's start-up."""
    return code == "between" and seconds <= START_GAP and when <= START


def weigh(code: str, count: int, bound: int, seconds: Fraction, when: Fraction) -> tuple[Innocent, ...]:
    """Hold a finding of `count` pictures and `seconds`, `when` seconds after the shown start, against every innocent cause."""
    at_end, short = code in ("leading", "trailing"), seconds <= PRE_ROLL
    fits = {
        "phone-gallery-trim": at_end,
        "pre-roll": at_end and short,
        "pre-event-buffer": code == "leading",
        "encoder-delay": count <= bound,
        "start-up": starting(code, seconds, when),
        "loop-effect": code not in PLACES,
    }
    return weighed(
        ID,
        EXPLANATIONS,
        [slug for slug, fit in fits.items() if fit],
        count=count,
        bound=bound,
        seconds=f"{float(seconds):.3f}",
        when=f"{float(when):.3f}",
        place=PLACES.get(code, "within what is shown"),
    )
