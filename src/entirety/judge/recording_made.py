"""Builds one finding of a comparison: its sentences, its weight by how the pictures were matched, and the command that shows it again."""

from dataclasses import dataclass

from entirety.detect.spans import join_span, stretch_span
from entirety.judge.recording_innocent import ID, SOUND, weigh
from entirety.judge.recording_words import CLAIMS, LAYERS, MEANS, both_hashed, both_seen
from entirety.judge.stretches import Between, Stretch
from entirety.model.clip import Clip
from entirety.model.coverage import Layer
from entirety.model.finding import Confidence, Finding, Measured, Question, Sentence, Span, Value, Weight

Values = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a finding rests on."""

    layer: Layer
    frames: tuple[int, int]
    """Of the clip, printed beside it."""
    rows: tuple[int, int] = (-1, -1)
    """Pictures of the recording that belong to them; -1 where none do."""


def made(
    clip: Clip,
    basis: Basis,
    code: str,
    values: Values,
    *,
    span: Span,
    weight: Weight,
    measured: tuple[Measured, ...],
    continuity: bool = True,
) -> Finding:
    """`continuity`: whether it bears on the question of continuity too."""
    layer, frames, rows = basis.layer, basis.frames, basis.rows
    kind = SOUND if code.startswith(SOUND) else code
    speed = str(dict(values).get("speed", "1"))
    seen = layer is Layer.PICTURES or rows[0] < 0
    return Finding(
        check=ID,
        code=code,
        claim=Sentence(f"{ID}.{code}.claim", CLAIMS[code], values),
        inference=Sentence(f"{ID}.{kind}.inference", MEANS[kind]),
        span=span,
        weight=weight,
        confidence=Confidence.MEDIUM if layer is Layer.PICTURES else Confidence.HIGH,
        measured=measured,
        innocent=() if weight is Weight.NEUTRAL else weigh(kind, layer, speed),
        reproduce=both_seen(clip, frames, rows) if seen else both_hashed(clip, layer),
        stills=tuple(sorted(set(frames))),
        also=(Question.CONTINUOUS,) if continuity else (),
    )


def at_place(
    clip: Clip, place: Between, code: str, values: Values, measured: tuple[Measured, ...], *, neutral: bool = False
) -> Finding:
    """Where one stretch ends and another begins."""
    frames = (place.before.end - 1, place.after.first)
    rows = (place.before.pieces[-1].source_end - 1, place.after.pieces[0].source_first)
    # With pictures of neither file in between, no bytes show what is left out there.
    direct = place.layer is not Layer.PICTURES and place.foreign is None
    weight = Weight.NEUTRAL if neutral else Weight.DIRECT if direct else Weight.STRONG
    told = (*measured, *_sides(place))
    basis = Basis(place.layer, frames, rows)
    return made(clip, basis, code, values, span=join_span(clip, *frames), weight=weight, measured=told)


def over(
    clip: Clip,
    stretch: Stretch,
    code: str,
    values: Values,
    measured: tuple[Measured, ...],
    *,
    weight: Weight | None = None,
    layer: Layer | None = None,
) -> Finding:
    """Over a whole stretch; without a `weight` it follows from how the pictures were matched."""
    found_by = layer or stretch.layer
    own = Weight.STRONG if found_by is Layer.PICTURES else Weight.DIRECT
    frames = (stretch.first, stretch.end - 1)
    rows = (stretch.high - 1, stretch.low) if stretch.longest.reversed else (stretch.low, stretch.high - 1)
    told = (
        *measured,
        Measured("matched by", LAYERS[found_by], None),
        Measured("pictures by which each end may lie elsewhere", stretch.doubt, None, "pictures"),
    )
    basis, span = Basis(found_by, frames, rows), stretch_span(clip, *frames)
    return made(clip, basis, code, values, span=span, weight=weight or own, measured=told)


def _sides(place: Between) -> tuple[Measured, ...]:
    strange = 0 if place.foreign is None else place.foreign.end - place.foreign.first
    return (
        Measured("matched before this place by", LAYERS[place.before.pieces[-1].matched_by], None),
        Measured("matched after it by", LAYERS[place.after.pieces[0].matched_by], None),
        Measured("pictures by which the place may lie elsewhere", place.doubt, None, "pictures"),
        Measured("pictures of the clip at this place that no recording has", strange, None, "pictures"),
    )
