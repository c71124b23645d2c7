"""Holds the sound of each piece against that of the recording at the same place, so that footage with other sound shows.

Compared is how the loudness of 16 bands of pitch goes up and down, in stretches of a few seconds; the volume as such plays no part. The
same sound after another encoding agrees far better than other sound does, and better than any other place of the recording nearby.
Where a stretch lies between the two bounds, or its like is heard elsewhere in the recording, nothing is said of it. Replaced sound shorter
than two stretches is not seen within a longer piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from entirety.model.coverage import Piece, SoundMatch
from entirety.model.signature import BANDS, STEP, Signature

SHORTEST = 100
"""Rows, 2 s. With 1 s other sound reached a correlation of 0.97 where little but one onset is heard; see SAME."""
EDGE = 5
"""Rows, a tenth of a second, left out where a piece or a file's sound begins and ends. Where sound is cut off, a click sounds in all bands at once, and
an encoder needs up to 2,112 samples (AAC; Opus less) to begin: beside a lasting tone such a row outweighed all others."""
ONSET = 32
"""Rows, two thirds of a second, left out where a file's sound begins: in four of eight tones cut in mid-wave, Opus at 32 kbit/s added noise in
all bands, up to 10 dB below the tone, until row 30."""
STRETCH = 200
"""Rows, 4 s: how much is compared at once of a longer piece."""
REACH = 13
"""Rows, a quarter of a second: how far sound may stand beside its pictures after editing and another encoding."""
SAME = 0.65
"""Correlation. Thirteen corpus films with sound, each coded again in up to eight ways (AAC 64 and 24 kbit/s, MP3, Opus, PCM, louder and 20 dB softer),
stretches of 2 s: other places of the same film reached at most 0.63 (474 pairs, 99 % below 0.49), other films 0.53 (370 pairs)."""
OTHER = 0.5
"""Correlation. In the same films the right place gave at least 0.61 (494 stretches of 2 s) and 0.53 (415 of 3 s); 99 % are above 0.67.
Of 316 copies of 3 and 6 s out of 17 films (stream copy, AAC 64, Opus 32 kbit/s) none is below; of 1,264 pairs of different films none is called the same.
The bounds of edges and of depth were found with these copies: they are no test of them."""
HALF = 0.35
"""Correlation that each half must reach by itself: where films begin from silence, one onset outweighs the rest. In pieces of 2, 3 and 6 s
of those films, 2 of 496 pairs of different films were called the same without this bound and none with it; of 696 right pairs 2 fewer are."""
AROUND = 1000
"""Rows, 20 s before and after: other places of the recording that the right one must surpass."""
APART = 38
"""Rows, three quarters of a second: nearer than that, a place is no other place."""
STRIDE = 2
"""Rows between the other places that are tried; a correlation of such sounds stays high for three or more."""
HEARD = 20
"""Half decibels: 80 dB below full loudness. Chosen, not measured: 10 dB above the floor of the outline."""
LOUD = 60
"""Half decibels: 60 dB below full loudness. Chosen, not measured: to silence such a sound takes 30 dB, more than a change of volume is for."""
SOME, NONE = 0.2, 0.02
"""Share of rows: from the first there is sound, up to the second there is none. Chosen, not measured; the second leaves room for a click."""
STEADY = 2.0
"""Half decibels of spread. Chosen: a lasting tone goes up and down less; the quietest noise met in the corpus films by 3.5."""
DEPTH = 70
"""Half decibels: what lies 35 dB below the loudest band does not make a sound unsteady. Beside a lasting tone Opus at 32 kbit/s left noise of
its own 39 dB below the tone, in every band, that went up and down by 4 to 5; the tone itself, on one corpus film, by less than 1."""

Levels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Place:
    """Rows of the clip's outline, and those of the recording's that belong to them."""

    clip: int
    source: int
    rows: int


def with_sound(clip: Signature, sources: Sequence[Signature], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same pieces, each with what its sound says."""
    return tuple(replace(piece, sound=_matched(clip, sources[piece.source], piece)) for piece in pieces)


def _matched(clip: Signature, source: Signature, piece: Piece) -> SoundMatch:
    if clip.sound is None and source.sound is None:
        return SoundMatch.SILENT
    if piece.speed != 1 or piece.reversed:
        return SoundMatch.NOT_COMPARED
    length = min(piece.clip_span[1] - piece.clip_span[0], piece.source_span[1] - piece.source_span[0])
    first, place = (_row(one, span[0]) for one, span in ((clip, piece.clip_span), (source, piece.source_span)))
    whole = _Place(first + EDGE, place + EDGE, int(length / STEP) - 2 * EDGE)
    if whole.rows < SHORTEST:
        return SoundMatch.NOT_COMPARED
    return together([_stretch(clip, source, place) for place in _stretches(whole)])


def together(found: Sequence[SoundMatch]) -> SoundMatch:
    """What a piece is called by its stretches: what differs counts where it lasts for two of them, or is all there is."""
    lasting = {first for first, second in pairwise(found) if first is second} if len(found) > 1 else set(found)
    for kind in (SoundMatch.OTHER, SoundMatch.REMOVED, SoundMatch.ADDED):
        if kind in lasting:
            return kind
    if SoundMatch.SAME in found:
        return SoundMatch.SAME
    return SoundMatch.SILENT if set(found) == {SoundMatch.SILENT} else SoundMatch.NOT_COMPARED


def _row(signature: Signature, time: Fraction) -> int:
    """Row of the outline at a time counted from the container's start; without sound any grid will do."""
    begin = signature.sound.start if signature.sound is not None else Fraction(0)
    return round((time + signature.start - begin) / STEP)


def _stretches(whole: _Place) -> list[_Place]:
    """Equal parts of STRETCH rows and more; one where the piece is shorter than two."""
    parts = max(whole.rows // STRETCH, 1)
    edges = [whole.rows * k // parts for k in range(parts + 1)]
    return [_Place(whole.clip + a, whole.source + a, b - a) for a, b in pairwise(edges)]


def _stretch(clip: Signature, source: Signature, place: _Place) -> SoundMatch:
    mine = levels(clip, place.clip, place.rows)
    theirs = levels(source, place.source, place.rows)
    if min(_share(mine, HEARD), _share(theirs, HEARD)) <= NONE:
        return _one_silent(_share(mine, LOUD), _share(theirs, LOUD), max(_share(mine, HEARD), _share(theirs, HEARD)))
    if min(_share(mine, HEARD), _share(theirs, HEARD)) < SOME:
        return SoundMatch.NOT_COMPARED
    place = _common(clip, source, place)
    if place.rows < SHORTEST:
        return SoundMatch.NOT_COMPARED
    mine, theirs = levels(clip, place.clip, place.rows), levels(source, place.source, place.rows)
    if max(_spread(np.maximum(part, part.max() - DEPTH)) for part in (mine, theirs)) < STEADY:
        return SoundMatch.SILENT
    near = levels(source, place.source - REACH, place.rows + 2 * REACH)
    here = float(correlations(mine, near).max())
    if max(here, float(correlations(_even(mine), _even(near)).max())) < OTHER:
        return SoundMatch.OTHER
    half = place.rows // 2
    halves = (mine[:half], near[: half + 2 * REACH]), (mine[half:], near[half:])
    alike = here >= SAME and min(float(correlations(*part).max()) for part in halves) >= HALF
    return SoundMatch.SAME if alike and here > _elsewhere(mine, source, place) else SoundMatch.NOT_COMPARED


def _common(clip: Signature, source: Signature, place: _Place) -> _Place:
    """The rows for which both files have sound. In a copy it can begin later than the picture or end before it by a second; that is no other sound."""
    before, after = 0, place.rows
    for signature, row in ((clip, place.clip), (source, place.source)):
        end = 0 if signature.sound is None else len(signature.sound)
        before, after = max(before, ONSET - row), min(after, end - EDGE - row)
    return _Place(place.clip + before, place.source + before, max(after - before, 0))


def _one_silent(mine: float, theirs: float, heard: float) -> SoundMatch:
    """Where the clip or the recording has no sound; `mine` and `theirs` are the shares of loud rows, `heard` the larger share with sound."""
    if heard <= NONE:
        return SoundMatch.SILENT
    if max(mine, theirs) < SOME:
        return SoundMatch.NOT_COMPARED
    return SoundMatch.REMOVED if theirs > mine else SoundMatch.ADDED


def _elsewhere(mine: Levels, source: Signature, place: _Place) -> float:
    """The best that other places of the recording reach within AROUND; -1 where there is none."""
    best = -1.0
    end = 0 if source.sound is None else len(source.sound)
    before = max(place.source - AROUND, 0), place.source - APART + place.rows
    after = place.source + APART, min(place.source + AROUND + place.rows, end)
    for first, last in (before, after):
        if last - first >= place.rows:
            best = max(best, float(correlations(mine, levels(source, first, last - first), STRIDE).max()))
    return best


def levels(signature: Signature, first: int, rows: int) -> Levels:
    """Rows of the outline, silent where it has none."""
    result = np.zeros((rows, BANDS))
    if signature.sound is not None:
        start, end = max(first, 0), min(first + rows, len(signature.sound))
        if start < end:
            result[start - first : end - first] = signature.sound.levels[start:end]
    return result


def correlations(part: Levels, whole: Levels, stride: int = 1) -> Levels:
    """How well `part` agrees with each stretch of `whole`: all bands together, each with its mean over the stretch removed; -1 to 1."""
    rows = len(part)
    part = part - part.mean(axis=0)
    stretches = np.lib.stride_tricks.sliding_window_view(whole.reshape(-1), part.size)[:: BANDS * stride]
    sums, squares = (_moving(power, rows)[::stride] for power in (whole, whole**2))
    energy = (squares - sums**2 / rows).sum(axis=1) * (part**2).sum()
    # Whole numbers below 2**53: what is no more than rounding is no change of loudness at all.
    return np.where(energy > 1.0, stretches @ part.reshape(-1) / np.sqrt(np.maximum(energy, 1.0)), 0.0)


def _even(stretch: Levels) -> Levels:
    """Weighed with the two rows before and after: pink noise coded again at AAC 64 kbit/s half a row off agreed to 0.31, so weighed to 0.53."""
    weights, rows = (1, 4, 6, 4, 1), len(stretch) - 4
    return np.asarray(sum(weight * stretch[k : k + rows] for k, weight in enumerate(weights)) / sum(weights))


def _moving(values: Levels, rows: int) -> Levels:
    """Sums over every stretch of so many rows."""
    total = np.concatenate([np.zeros((1, BANDS)), np.cumsum(values, axis=0)])
    return np.asarray(total[rows:] - total[:-rows])


def _share(stretch: Levels, level: int) -> float:
    return float((stretch.max(axis=1) >= level).mean())


def _spread(stretch: Levels) -> float:
    """How much the loudness goes up and down, over all bands."""
    return float(np.sqrt(stretch.var(axis=0).mean()))
