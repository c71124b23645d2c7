"""Which clips the set holds."""

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from entirety.validate import matrix
from entirety.validate.conditions import CONDITIONS
from entirety.validate.edits import EDITS
from entirety.validate.matrix import FREQUENT, specs
from entirety.validate.model import Base, Half, Spec


def base(number: int, half: Half, **changed: object) -> Base:
    values: dict[str, object] = {
        "id": f"take-{half}-{number}",
        "source": f"source-{half}-{number // 2}",
        "file": "yard 1 25 600",
        "origin": "drawn",
        "sha256": f"{number:064d}",
        "first": 0,
        "count": 250 if number % 3 else 600,
        "rate": Fraction(25),
        "scene": "static",
        "sound": True,
        "half": half,
        "why": "drawn",
    }
    return Base(**{**values, **changed})  # type: ignore[arg-type]


def some() -> list[Base]:
    halves: tuple[Half, ...] = ("tuning", "reporting")
    plain = [base(number, half) for half in halves for number in range(14)]
    special = [
        base(90 + n, half, traits=(trait,))
        for half in halves
        for n, trait in enumerate(("flashes", "dim", "whip", "portrait"))
    ]
    return [*plain, *special]


@cache
def whole() -> tuple[Spec, ...]:
    """The whole set, drawn up once: it takes seconds."""
    return specs(some())


def test_every_clip_is_named_once_and_stays_within_its_half() -> None:
    made = whole()
    assert len({spec.id for spec in made}) == len(made)
    assert all(spec.base.half == spec.other.half for spec in made)
    assert all(spec.base.source != spec.other.source for spec in made)


def test_bases_take_turns() -> None:
    used = Counter(spec.base.id for spec in whole() if spec.group not in ("untouched", "innocent", "device"))
    plain = [one.id for one in some() if not one.traits]
    assert set(used) == set(plain)
    assert max(used.values()) < 4 * min(used.values())


def test_edits_that_codecs_are_counted_by_are_made_on_two_bases_of_each_half_under_every_condition() -> None:
    made = Counter((spec.base.half, spec.condition, spec.edit) for spec in whole())
    assert made["reporting", "vp9", "cut-0.2-encode-again"] == 2
    for condition in ("camera", "hevc", "mpeg4", "mpeg2", "ts", "mkv"):
        assert made["reporting", condition, "cut-within-raw"] == 2


@pytest.mark.parametrize("since", [3, 4])
def test_later_edits_leave_earlier_clips_as_they_are(since: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [spec for spec in whole() if spec.group not in ("innocent", "device")]
    monkeypatch.setattr(matrix, "EDITS", tuple(edit for edit in EDITS if edit.since < since))
    earlier = [spec for spec in specs(some()) if spec.group not in ("innocent", "device")]
    later = {edit.id for edit in EDITS if edit.since >= since}
    assert earlier == [spec for spec in every if spec.edit not in later]


def test_an_edit_is_made_under_its_own_conditions_only() -> None:
    under = {edit.id: set(edit.under) for edit in EDITS if edit.under}
    made: dict[str, set[str]] = {}
    for spec in whole():
        made.setdefault(spec.edit, set()).add(spec.condition)
    assert len(under) >= 10
    assert {name: made[name] for name in under} == under


def test_special_takes_serve_innocent_variants_only() -> None:
    assert all(spec.group in ("innocent", "device") for spec in whole() if spec.base.traits)


def test_every_base_is_left_untouched_under_the_frequent_conditions() -> None:
    made = whole()
    for condition in FREQUENT:
        assert sum(spec.condition == condition and spec.edit == "untouched" for spec in made) == 28
    assert {spec.condition for spec in made} == {one.id for one in CONDITIONS} | {"innocent"}


def test_the_order_is_the_same_every_time() -> None:
    # Of the whole set the same is seen above, where most of it is drawn up twice.
    small = [specs(some(), small=True) for _ in range(2)]
    assert small[0] == small[1]


def test_the_small_run_is_small_and_drawn() -> None:
    made = specs(some(), small=True)
    assert 20 <= len(made) <= 120
    assert {spec.base.origin for spec in made} == {"drawn"}
