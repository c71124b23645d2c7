"""Fixtures for the checks: hand-written clips, and the corpus files of recording devices, each measured once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from detect import clips
from entirety.measure.clip import measure
from entirety.model.clip import Clip
from said import watched


@pytest.fixture
def make_clip() -> Callable[..., Clip]:
    """The builder of tests/detect/clips.py."""
    return clips.make_clip


@pytest.fixture(scope="session")
def devices(corpus: Path) -> dict[str, Clip]:
    """The files that recording devices wrote: no check may find anything above neutral in them."""
    names = ("VID_20191220_170832.mp4", "train.mov", "hero7.mp4", "video-avi.avi", "c.mov")
    return {name: measure(corpus / "device" / name) for name in names}


@pytest.fixture(autouse=True)
def _said_in_every_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from watched(monkeypatch)
