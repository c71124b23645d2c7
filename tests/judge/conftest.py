"""What is said in these tests can be said in every language of the report."""

from collections.abc import Iterator

import pytest

from said import watched


@pytest.fixture(autouse=True)
def _said_in_every_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from watched(monkeypatch)
