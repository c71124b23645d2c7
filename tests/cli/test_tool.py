"""What the program states of itself."""

import json
from importlib import metadata

import pytest

from entirety.cli.tool import tool


class Installed:
    """A distribution with one file of its own record."""

    version = "0"

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self.text


def test_libraries_and_source_are_named() -> None:
    known = dict(tool().libraries)
    assert {"ffmpeg", "libavcodec", "libavformat", "numpy", "entirety source"} <= known.keys()
    assert len(known["entirety source"]) == 64


@pytest.mark.parametrize(
    ("text", "commit"),
    [
        (json.dumps({"url": "x", "vcs_info": {"vcs": "git", "commit_id": "0123456789abcdef"}}), "0123456789abcdef"),
        (json.dumps({"url": "x", "dir_info": {}}), None),
        (json.dumps({"vcs_info": {"commit_id": "<b>"}}), None),
        ("{", None),
        ("[]", None),
        (None, None),
    ],
)
def test_a_commit_is_named_where_the_package_states_one(
    text: str | None, commit: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(text))
    monkeypatch.setattr(metadata, "version", lambda _: "0")
    assert dict(tool().libraries).get("entirety commit") == commit
