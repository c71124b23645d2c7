"""Watches what checks say in a test: each sentence of ours must stand in every catalogue, else a report would be half in English."""

from collections.abc import Iterator
from functools import cache

import pytest

from entirety.judge.checks import LISTED
from entirety.model.finding import Sentence, Value
from entirety.report.wording import SOURCE, Catalogue, languages

OURS = frozenset({check.id for check in LISTED} | {"need", "limit", "rule", "answer", "shots", "unexamined", "check"})
"""First parts of the ids of our sentences; tests make up others."""


@cache
def untranslated(text: str) -> tuple[str, ...]:
    """Languages whose catalogue does not have this text, whole or sentence by sentence."""
    return tuple(code for code in languages() if code != SOURCE and Catalogue(code).own(text) == text)


def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that made a check say what cannot be said in each language."""
    said: set[tuple[str, str]] = set()
    made = Sentence.__init__

    def noting(self: Sentence, id: str, text: str, values: tuple[tuple[str, Value], ...] = ()) -> None:  # noqa: A002
        made(self, id, text, values)
        said.add((id, text))

    monkeypatch.setattr(Sentence, "__init__", noting)
    yield
    left = {(name, text) for name, text in said if name.split(".")[0] in OURS and untranslated(text)}
    assert not left, f"not in every catalogue: {sorted(left)[:5]}"
