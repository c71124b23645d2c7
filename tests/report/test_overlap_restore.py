"""Overlaps read back from their document: the same, and nothing else is taken for them."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.moving import encoded, footage, signature
from entirety.compare.overlap import overlaps
from entirety.compare.overlap_groups import compared
from entirety.model.overlap import Overlaps, Unread
from entirety.report.document import serialise
from entirety.report.overlap_record import overlap_document
from entirety.report.overlap_restore import overlaps_from
from report.test_overlap import SCHEMA, TOOL, result

Document = dict[str, Any]


def through_json(found: Overlaps) -> Document:
    document: Document = json.loads(serialise(overlap_document(found, TOOL)))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return document


def test_what_was_written_comes_back() -> None:
    for found in (result(), Overlaps((), (), (), ()), Overlaps((), (), (), (Unread("\udcff.mp4", "Name."),))):
        assert overlaps_from(through_json(found)) == found
    (group,) = result().groups
    odd = replace(group, placed=(replace(group.placed[0], zero=Fraction(-1, 3)), group.placed[1]))
    long = replace(odd.overlaps[0], compared=Fraction(10**9 + 1, 3 * 10**9))
    found = replace(result(), groups=(replace(odd, overlaps=(long,)),))
    assert overlaps_from(through_json(found)) == found


def test_overlaps_of_drawn_footage_come_back() -> None:
    whole = footage(3, 20)
    clips = [
        signature(whole, "a.mp4"),
        signature(encoded(whole[200:450], 1), "b.mp4", start=700),
        signature(whole[:90], "c.mp4"),
    ]
    found = compared(clips, overlaps(clips), [Unread("d.txt", "No video.")])
    assert len(found.groups[0].placed) == 3
    assert overlaps_from(through_json(found)) == found


BREAKS: dict[str, Callable[[Document], Any]] = {
    "another version": lambda d: d.update(schema_version=2),
    "a member more": lambda d: d["clips"][0].update(more=1),
    "a member less": lambda d: d["clips"][0].pop("sound"),
    "no list": lambda d: d.update(alone={}),
    "a clip nowhere": lambda d: d.update(alone=[]),
    "a clip twice": lambda d: d.update(alone=[2, 2]),
    "a clip in a group and alone": lambda d: d.update(alone=[2, 1]),
    "a clip that is not there": lambda d: d.update(alone=[3]),
    "true for one": lambda d: d["groups"][0]["clips"][1].update(clip=True),
    "true as a time": lambda d: d["groups"][0]["overlaps"][0]["parts"][1].update(start_s=False),
    "a decimal at odds": lambda d: d["clips"][0].update(length_s=11.0),
    "no number": lambda d: d["groups"][0]["overlaps"][0].update(likeness=float("nan")),
    "no number twice": lambda d: d["groups"][0]["overlaps"][0].update(differing_bits=float("inf")),
    "not reduced": lambda d: d["clips"][0].update(length="20/2"),
    "divided by nothing": lambda d: d["clips"][0].update(length="1/0"),
    "a hash": lambda d: d["clips"][0].update(sha256="AB" * 32),
    "backwards": lambda d: d["groups"][0]["gaps"][0].update(start="12/1", start_s=12.0),
    "more pictures than there are": lambda d: d["groups"][0]["overlaps"][0]["parts"][0].update(end_frame=251),
    "pictures backwards": lambda d: d["groups"][0]["overlaps"][0]["parts"][0].update(end_frame=149),
    "three parts": lambda d: d["groups"][0]["overlaps"][0]["parts"].append(d["groups"][0]["overlaps"][0]["parts"][0]),
    "the other way round": lambda d: d["groups"][0]["overlaps"][0]["parts"].reverse(),
    "a part of another group": lambda d: d["groups"][0]["overlaps"][0]["parts"][1].update(clip=2),
    "an empty group": lambda d: d["groups"].append({**d["groups"][0], "clips": [], "overlaps": [], "conflicts": []}),
    "another likeness": lambda d: d["groups"][0]["overlaps"][0].update(matched_by="colour"),
    "negative": lambda d: d["clips"][0].update(size=-1),
    "bytes": lambda d: d.update(more=b""),
}


@pytest.mark.parametrize("name", BREAKS)
def test_anything_else_is_refused(name: str) -> None:
    document = through_json(result())
    BREAKS[name](document)
    with pytest.raises(ValueError, match="not what a search for shared footage writes"):
        overlaps_from(document)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_other_value_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="not what"):
        overlaps_from(value)


def test_a_deep_document_is_refused() -> None:
    document = through_json(result())
    deep: Any = 0
    for _ in range(100_000):
        deep = [deep]
    document["more"] = deep
    with pytest.raises(ValueError, match="not what"):
        overlaps_from(document)
