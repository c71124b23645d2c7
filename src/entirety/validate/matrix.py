"""Which clips the set holds: every edit under every condition, each on a few bases of either half, and continuous clips in plenty.

All combinations would be ten thousand clips. The bases take turns instead, by their place in the list alone, so that nobody chooses
which edit meets which scene, and each half has its own bases throughout.
"""

from collections.abc import Iterator, Sequence
from typing import get_args

from entirety.validate.conditions import CONDITIONS, Condition
from entirety.validate.edits import EDITS, plan
from entirety.validate.innocent import VARIANTS
from entirety.validate.innocent_coded import CODED
from entirety.validate.innocent_encoding import ENCODING
from entirety.validate.innocent_gradual import GRADUAL
from entirety.validate.innocent_leaps import LEAPS
from entirety.validate.innocent_overlays import OVERLAYS
from entirety.validate.innocent_rhythm import RHYTHM
from entirety.validate.innocent_sources import SOURCES
from entirety.validate.innocent_standing import STANDING
from entirety.validate.model import Base, Half, Plan, Spec
from entirety.validate.recordings import left_as_recorded
from entirety.validate.scene import Edit
from entirety.validate.variant import Variant

FREQUENT = ("camera", "phone", "recorder", "messenger", "twice", "variable")
"""Conditions that most evidence comes in: their edits are made on more bases, and every base is also left untouched in them."""

EDITED, EDITED_FREQUENT = 1, 2
"""Bases in each half for an edit under a condition."""

UNTOUCHED = 12
"""Bases in each half that are left untouched under a less frequent condition."""

INNOCENT = 2
"""Bases in each half for an innocent variant."""

SMALL_EDITS = ("untouched", "trim-start-copy", "cut-2-copy", "cut-1-encode", "join-encode", "freeze")
SMALL_CONDITIONS = ("camera",)
SMALL_BASES = 2
SMALL_INNOCENT: dict[Half, int] = {"tuning": 0, "reporting": 1}
"""The small run: what continuous integration has two minutes for."""

SLOW = (*CODED, *RHYTHM, *ENCODING, *SOURCES, *OVERLAYS, *GRADUAL, *LEAPS, *STANDING)
"""Innocent variants that the small run has no time for; of the others it takes every fourth one; tests try each by itself."""


def specs(bases: Sequence[Base], *, small: bool = False) -> tuple[Spec, ...]:
    """All clips of the set, in a fixed order."""
    chosen = _few(bases) if small else bases
    return tuple(
        spec for half in get_args(Half) for spec in _half(half, [b for b in chosen if b.half == half], small=small)
    )


def _few(bases: Sequence[Base]) -> list[Base]:
    """The first plain drawn takes of each half, short ones: drawing takes longer than the audits."""
    plain = [b for b in bases if b.origin == "drawn" and not b.traits and b.count <= 250]
    return [b for half in get_args(Half) for b in [b for b in plain if b.half == half][:SMALL_BASES]]


def _half(half: Half, bases: Sequence[Base], *, small: bool) -> Iterator[Spec]:
    plain = [base for base in bases if not base.traits]
    turn = 0
    for condition, edit in _turns(small=small):
        wanted = _wanted(condition, edit, len(plain))
        made = 0
        for offset in range(len(plain)):
            if made == wanted:
                break
            base, other = plain[(turn + offset) % len(plain)], _other(plain, turn + offset)
            done = plan(edit, condition, base, other) if other else None
            if done and other:
                made += 1
                yield Spec(base, other, condition.id, edit.id, edit.group, left_as_recorded(done, base))
        turn += wanted
    variants = [variant for variant in VARIANTS if variant not in SLOW][::4] if small else VARIANTS
    yield from _innocent(bases, variants, SMALL_INNOCENT[half] if small else INNOCENT)


def _turns(*, small: bool) -> Iterator[tuple[Condition, Edit]]:
    """Every edit under every condition, earlier versions of the catalogue first."""
    for since in sorted({edit.since for edit in EDITS}):
        for condition in CONDITIONS:
            for edit in EDITS:
                chosen = condition.id in SMALL_CONDITIONS and edit.id in SMALL_EDITS
                here = not edit.under or condition.id in edit.under
                if edit.since == since and here and (chosen or not small):
                    yield condition, edit


def _wanted(condition: Condition, edit: Edit, plain: int) -> int:
    frequent = condition.id in FREQUENT
    if edit.group == "untouched":
        return plain if frequent else min(plain, UNTOUCHED)
    return EDITED_FREQUENT if frequent or edit.often else EDITED


def _other(plain: Sequence[Base], at: int) -> Base | None:
    """The next continuous take of another recording: cuts of its own would be counted as false where it was joined on."""
    own = plain[at % len(plain)]
    others = (plain[(at + step) % len(plain)] for step in range(1, len(plain)))
    return next((other for other in others if other.source != own.source and not other.cuts), None)


def _innocent(bases: Sequence[Base], variants: Sequence[Variant], wanted: int) -> Iterator[Spec]:
    for number, variant in enumerate(variants):
        fitting = [base for base in bases if _fits(variant, base)]
        made = 0
        for offset in range(len(fitting)):
            if made == wanted:
                break
            base = fitting[(number * wanted + offset) % len(fitting)]
            if base.cuts:
                continue  # what a check says of a known cut would be counted as false
            other = next((b for b in bases if b.source != base.source and not b.traits), None)
            done: Plan | None = variant.plan(base, other) if other else None
            if done and other:
                made += 1
                yield Spec(base, other, "innocent", variant.id, variant.group, left_as_recorded(done, base))


def _fits(variant: Variant, base: Base) -> bool:
    here = variant.trait in base.traits if variant.trait else not base.traits
    return here and (base.sound or not variant.needs_sound)
