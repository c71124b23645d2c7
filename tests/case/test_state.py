"""What is done is on the disk, belongs to one version and its settings, and one scan at a time writes it."""

import sqlite3
from pathlib import Path

import pytest

from entirety.case.jobs import Done, Job
from entirety.case.state import Kept, State
from entirety.case.walk import Met
from entirety.errors import OutputRefused
from entirety.model.case import Fate

ONE = "1" * 64


def keep(state: State, fate: Fate = Fate.AUDITED) -> None:
    state.keep(Done(Job(ONE, "audit", "x", 10, ""), fate, "why \udce9", {"a": [1, "\udcff"]}, 2.5, 7, "words \udce9"))


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    with State(tmp_path / "s", "v1") as state:
        keep(state)
        state.keep_hashes([(Met("a/\udcff", None, "", 3, (1, 2, 3)), ONE)])
    with State(tmp_path / "s", "v1") as state:
        assert state.done() == {ONE: Kept(Fate.AUDITED, "why <U+DCE9>", {"a": [1, "\udcff"]})}
        assert state.hashes() == {"a/\udcff": (3, (1, 2, 3), ONE)}


def test_another_version_has_done_nothing(tmp_path: Path) -> None:
    with State(tmp_path / "s", "v1") as state:
        keep(state)
    with State(tmp_path / "s", "v2") as state:
        assert not state.done()
        keep(state, Fate.DAMAGED)
        assert state.done()[ONE].fate is Fate.DAMAGED


def test_forgotten_is_not_done(tmp_path: Path) -> None:
    with State(tmp_path / "s", "v1") as state:
        keep(state)
        state.forget(ONE)
        assert not state.done()


def test_only_one_scan_at_a_time(tmp_path: Path) -> None:
    with State(tmp_path / "s", "v1"), pytest.raises(OutputRefused, match="another scan"):
        State(tmp_path / "s", "v1")
    with State(tmp_path / "s", "v1"):
        pass


@pytest.mark.parametrize("content", [b"no database at all, but a text", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_state_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s").write_bytes(content)
    with pytest.raises(OutputRefused):
        State(tmp_path / "s", "v1")
    assert (tmp_path / "s").read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "s")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(OutputRefused, match="another version"):
        State(tmp_path / "s", "v1")


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    """All hashes of a batch or none."""

    def broken() -> object:
        yield Met("a", None, "", 3, (1, 2, 3)), ONE
        raise RuntimeError("power cut")

    with State(tmp_path / "s", "v1") as state:
        with pytest.raises(RuntimeError):
            state.keep_hashes(broken())  # type: ignore[arg-type]
        assert not state.hashes()
