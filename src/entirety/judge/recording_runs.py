"""Stretches of a clip that show a recording otherwise than it runs: again, backwards, mirrored, at another speed, with another sound."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from entirety.judge.recording_made import Values, over
from entirety.judge.stretches import Course, Stretch
from entirety.model.clip import Clip
from entirety.model.coverage import Layer, SoundMatch
from entirety.model.finding import Finding, Measured, Weight
from entirety.model.time import clock

PACE = Fraction(1, 100)
"""Share by which a speed must differ from the recording's: the accuracy with which speed is named where pictures were matched by likeness."""
SOUNDS = {
    SoundMatch.OTHER: "sound-other",
    SoundMatch.REMOVED: "sound-removed",
    SoundMatch.ADDED: "sound-added",
}
LASTING = Fraction(8)
"""Seconds. Of a shorter piece the sound was compared in one stretch only (compare/sounds.py); from here on two in a row must differ. Of 316 stream copies
and other encodings of 3 and 6 s out of 17 corpus films no stretch was called another sound, but even noise, coded again half a row off, came within 0.03
of the bound."""


def again(clip: Clip, course: Course) -> Iterator[Finding]:
    """Footage that an earlier stretch of the clip shows already."""
    for stretch, (shared, which) in zip(course.found, course.shown, strict=True):
        earlier = course.found[which]
        if which < 0 or shared <= stretch.doubt + earlier.doubt:
            continue
        low, high = max(stretch.span[0], earlier.span[0]), min(stretch.span[1], earlier.span[1])
        measured = (
            Measured("length shown again", f"{float(high - low):.3f}", None, "s"),
            Measured("pictures shown again", shared, stretch.doubt + earlier.doubt, "pictures"),
        )
        layer = max(stretch.layer, earlier.layer, key=list(Layer).index)
        values = (*_values(stretch, low, high), ("earlier", earlier.first), ("pictures", shared))
        yield over(clip, stretch, "repeated", values, measured, layer=layer)


def turned(clip: Clip, found: Sequence[Stretch], code: str) -> Iterator[Finding]:
    """Stretches that are `reversed`, `mirrored`, or of another `speed`."""
    for stretch in found:
        piece = stretch.longest
        single = piece.clip_end - piece.clip_first == 1
        paced = abs(piece.speed - 1) > PACE and not single
        if not {"reversed": piece.reversed, "mirrored": piece.mirrored, "speed": paced}[code]:
            continue
        length, shown = piece.clip_span[1] - piece.clip_span[0], piece.source_span[1] - piece.source_span[0]
        speed, seconds, lasts = (f"{float(number):.3f}" for number in (piece.speed, shown, length))
        pace: Values = (("speed", speed), ("seconds", seconds), ("length", lasts)) if code == "speed" else ()
        measured = (
            Measured("length in the clip", lasts, None, "s"),
            Measured("speed, with 1 for the recording's own", float(piece.speed), None),
        )
        weight = Weight.SUPPORTING if code == "mirrored" else None  # telephones mirror by themselves
        yield over(clip, stretch, code, (*_values(stretch, *stretch.span), *pace), measured, weight=weight)


def sounding(clip: Clip, found: Sequence[Stretch]) -> Iterator[Finding]:
    """Stretches of which the sound is not the recording's."""
    for stretch in found:
        for kind, code in SOUNDS.items():
            pieces = [piece for piece in stretch.pieces if piece.sound is kind]
            if pieces:
                length = sum((piece.clip_span[1] - piece.clip_span[0] for piece in pieces), Fraction(0))
                measured = (Measured("length of the pieces concerned", f"{float(length):.3f}", None, "s"),)
                # Sound is dropped or added by many programs without a look at the picture.
                lasting = max(piece.clip_span[1] - piece.clip_span[0] for piece in pieces) >= LASTING
                weight = Weight.SUPPORTING
                if kind is SoundMatch.OTHER:
                    weight = Weight.STRONG if lasting else Weight.NEUTRAL
                yield over(clip, stretch, code, _values(stretch, *stretch.span), measured, weight=weight)


def _values(stretch: Stretch, low: Fraction, high: Fraction) -> Values:
    """What every sentence on a stretch needs; `low` and `high` are times of the recording."""
    named: Values = (("first", stretch.first), ("last", stretch.end - 1), ("recording", stretch.source + 1))
    return (*named, ("start", clock(low)), ("end", clock(high)))
