"""Fixtures shared by all tests: the corpus of real clips, where it exists."""

import gc
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of real clips beside the project; the test skips where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real clips is not on this machine")
    return CORPUS


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the committed sample clips."""
    return ROOT / "samples"


def pytest_collection_finish() -> None:
    """Leave the thousands of collected tests out of the search for objects that hold each other: it falls into tests with a time limit."""
    gc.freeze()
