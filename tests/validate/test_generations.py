"""What is known of how often a clip's pictures were encoded."""

from dataclasses import replace
from typing import Any

import pytest

from entirety.validate.bases import packaged
from entirety.validate.generations import encoded_once
from entirety.validate.model import Result, Truth

DRAWN = next(base.id for base in packaged() if base.origin == "drawn")
FILMED = next(base.id for base in packaged() if base.origin == "corpus")
ONE = Result(
    "spec", DRAWN, "source", "tuning", "camera", "untouched", "untouched", "recipe",
    Truth("continuous", 100, software=False), (), 100, 4.0, "kind", "none-found", (), (), (),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "once"),
    [
        ({}, True),
        ({"edit": "cut-2-copy", "group": "remove-copy"}, True),
        ({"condition": "messenger"}, False),
        ({"condition": "twice"}, False),
        ({"edit": "cut-1-encode", "group": "remove-encode"}, False),
        ({"condition": "innocent", "edit": "saved-again", "group": "innocent"}, False),
        ({"base": FILMED}, None),
        ({"base": FILMED, "condition": "messenger"}, False),
    ],
)
def test_known_generations(changes: dict[str, Any], once: bool | None) -> None:
    assert encoded_once(replace(ONE, **changes)) is once


def test_what_software_did_besides_is_not_known() -> None:
    saved = replace(ONE, group="innocent", edit="whole-export", truth=replace(ONE.truth, software=True))
    assert encoded_once(saved) is None
