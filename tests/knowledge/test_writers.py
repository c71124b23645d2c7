"""The table of writers: complete entries, each with its source."""

import re
from importlib import resources
from typing import Any

import pytest

from entirety import knowledge
from entirety.knowledge import Sign, writers


def test_the_table_is_read_once_and_in_order() -> None:
    assert writers() is writers()
    assert writers()[0].id == "lavf-tag"
    assert len({w.id for w in writers()}) == len(writers()) >= 50


def test_every_entry_states_its_source_and_matches_something() -> None:
    for writer in writers():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", writer.id)
        assert len(writer.source) > 20, writer.id
        assert writer.source.endswith("."), writer.id
        for sign in writer.signs:
            # An empty prefix means "whatever it says": the name of the tag is the trace then.
            assert sign.text or (sign.key and sign.rule == "prefix"), writer.id
            assert sign.key == sign.key.lower(), writer.id
            if sign.rule == "regex":
                re.compile(sign.text)


def test_every_family_is_there() -> None:
    assert {w.family for w in writers()} == {"device", "recorder", "editor", "converter", "platform", "library"}


@pytest.mark.parametrize(
    ("rule", "text", "fits", "misses"),
    [
        ("exact", "Chrome", "Chrome", "Chrome 12"),
        ("prefix", "Lavf", "Lavf60", "xLavf60"),
        ("contains", "DJI.", "\x10DJI.AVC", "DJI"),
        ("regex", "iso[4-6]", "iso5", "iso55"),
    ],
)
def test_rules(rule: Any, text: str, fits: str, misses: str) -> None:
    sign = Sign("tag", "encoder", rule, text)
    assert sign.fits(fits)
    assert not sign.fits(misses)


def test_the_table_ships_with_the_package() -> None:
    assert resources.files("entirety.knowledge").joinpath("writers.toml").is_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"family": "toaster"}, "toaster"),
        ({"sure": "quite"}, "quite"),
        ({"signs": []}, "no sign"),
        ({"note": "x"}, "one too many"),
        ({"signs": [{"where": "soul", "key": "", "rule": "exact", "text": "x"}]}, "soul"),
        ({"signs": [{"where": "tag", "key": "", "rule": "feeling", "text": "x"}]}, "feeling"),
    ],
)
def test_a_broken_entry_is_refused(change: dict[str, Any], said: str) -> None:
    entry: dict[str, Any] = {
        "id": "x",
        "family": "device",
        "name": "X",
        "signs": [{"where": "tag", "key": "make", "rule": "exact", "text": "X"}],
        "sure": "high",
        "source": "Seen.",
    }
    assert knowledge._writer(entry).id == "x"
    with pytest.raises(ValueError, match=said):
        knowledge._writer({**entry, **change})
