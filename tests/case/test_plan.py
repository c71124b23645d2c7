"""What is hashed again, what counts as done, and what is not tried again."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from entirety.case import plan as planning
from entirety.case.plan import Known, hashed, plan
from entirety.case.state import Kept, State
from entirety.case.walk import walk
from entirety.model.case import Fate
from entirety.model.clip import Custody


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "s", "v") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "f"
    place.mkdir()
    for name, content in (("a", b"1"), ("b", b"22"), ("c", b"1"), ("d", b"")):
        (place / name).write_bytes(content)
    return place


def known(folder: Path, state: State) -> list[Known]:
    return hashed(folder, list(walk(folder)), state, 2, lambda *_: None)


def test_every_file_has_its_hash(folder: Path, state: State) -> None:
    found = {one.met.path: (one.sha256, one.fate) for one in known(folder, state)}
    one = sha256(b"1").hexdigest()
    assert found == {
        "a": (one, None), "b": (sha256(b"22").hexdigest(), None), "c": (one, None), "d": ("", Fate.EMPTY)
    }  # fmt: skip


def test_what_has_not_changed_is_not_read_again(folder: Path, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    known(folder, state)
    read = []

    def read_again(path: Path) -> Custody:
        read.append(path.name)
        return Custody(path.name, 2, "9" * 64, "")

    monkeypatch.setattr(planning, "_hash", read_again)
    (folder / "b").write_bytes(b"33")
    os.utime(folder / "a", ns=(0, 0))
    known(folder, state)
    assert sorted(read) == ["a", "b"]


def test_a_file_that_cannot_be_read_is_said(folder: Path, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_hash", lambda _: "The disk is broken.")
    found = known(folder, state)
    assert {one.fate for one in found} == {Fate.UNREADABLE, Fate.EMPTY}
    assert "The disk is broken." in {one.reason for one in found}


@pytest.mark.parametrize(
    ("fate", "again", "asked"),
    [(Fate.AUDITED, "restored", "restored"), (Fate.NOT_VIDEO, "restored", "restored"), (Fate.DAMAGED, "restored", "restored"),
     (Fate.CRASHED, "skipped", "todo"), (Fate.TIMED_OUT, "skipped", "todo"), (Fate.OUT_OF_MEMORY, "skipped", "todo"),
     (Fate.FAILED, "todo", "todo"), (Fate.CHANGED, "todo", "todo"), (Fate.UNREADABLE, "todo", "todo")],
)  # fmt: skip
def test_what_is_tried_again(folder: Path, state: State, fate: Fate, again: str, asked: str) -> None:
    found = known(folder, state)
    done = {one.sha256: Kept(fate, "", {}) for one in found if one.sha256}
    for retry, name in ((False, again), (True, asked)):
        made = plan(found, done, retry=retry, stands=lambda *_: True)
        assert [one.met.path for one in getattr(made, name)] in (["a", "b"], ["b", "a"])
        assert len(made.todo) + len(made.restored) + len(made.skipped) == 2


def test_an_audit_whose_report_is_gone_is_made_again(folder: Path, state: State) -> None:
    found = known(folder, state)
    done = {one.sha256: Kept(Fate.AUDITED, "", {}) for one in found if one.sha256}
    assert len(plan(found, done, retry=False, stands=lambda *_: False).todo) == 2


def test_the_same_bytes_are_done_once_and_the_largest_first(folder: Path, state: State) -> None:
    made = plan(known(folder, state), {}, retry=False, stands=lambda *_: True)
    assert [one.met.path for one in made.todo] == ["b", "a"]


def test_of_a_file_that_grew_the_size_that_was_hashed(folder: Path, state: State) -> None:
    met = list(walk(folder))
    (folder / "b").write_bytes(b"4444")
    (found,) = [one for one in hashed(folder, met, state, 1, lambda *_: None) if one.met.path == "b"]
    assert (found.met.size, found.sha256) == (4, sha256(b"4444").hexdigest())
    # And it is read again, for its stamp is of before.
    (found,) = [one for one in known(folder, state) if one.met.path == "b"]
    assert found.met.size == 4


def test_names_that_are_gone(folder: Path, state: State) -> None:
    known(folder, state)
    (folder / "b").unlink()
    assert planning.names_gone(list(walk(folder)), state) == ["b"]
    state.drop(["b"])
    assert not planning.names_gone(list(walk(folder)), state)
