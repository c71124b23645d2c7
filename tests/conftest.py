"""Fixtures shared by all tests: the corpus of real clips, where it exists."""

import gc
import shutil
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


@pytest.fixture(scope="session")
def made_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `evidence` and the case folder `case` that a scan of it leaves; not to be changed."""
    from case.cases import case_of, evidence  # an audit: only where a test asks for it

    place = tmp_path_factory.mktemp("made")
    case_of(evidence(place / "evidence"), place / "case")
    return place


@pytest.fixture
def place(made_case: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    shutil.copytree(made_case, tmp_path / "place", symlinks=True)
    return tmp_path / "place"


def pytest_collection_finish() -> None:
    """Leave the thousands of collected tests out of the search for objects that hold each other: it falls into tests with a time limit."""
    gc.freeze()
