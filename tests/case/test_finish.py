"""A finished item is in its place and written down; everything else is as if it had not begun."""

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from entirety.case import finish
from entirety.case.jobs import Done, Job
from entirety.case.layout import item_folder, picture_file
from entirety.case.state import State
from entirety.errors import OutputRefused
from entirety.model.audit import Answer
from entirety.model.case import Fate, Item
from entirety.report.case_record import item_record

ONE = "1" * 64


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    finish.begin(tmp_path)
    with State(tmp_path / "s", "v") as opened:
        yield opened


def item(sha256: str = ONE) -> Item:
    return Item(
        sha256, "x.mp4", item_folder(sha256), Answer.NONE_FOUND, "Nothing.", "", "mov", "h264", 1, 1, 1, Fraction(0),
        (), 0, picture_file(sha256), (), 0, (), "F001",
    )  # fmt: skip


def done(case: Path, text: str = "{}", fate: Fate = Fate.AUDITED, record: object = None) -> Done:
    """As a child leaves it."""
    desk = finish.desk(case, ONE)
    for name in ("report/audit.json", "report/stills/a.png", picture_file(ONE), f"hashes/{ONE}/about.json"):
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_text(text)
    given = item_record(item()) if record is None else record
    return Done(Job(ONE, "audit", "x", 5, str(desk)), fate, "", given, 1.0, 2)  # type: ignore[arg-type]


def test_everything_is_put_in_its_place(tmp_path: Path, state: State) -> None:
    assert finish.settle(done(tmp_path), tmp_path, state).fate is Fate.AUDITED
    assert (tmp_path / item_folder(ONE) / "stills" / "a.png").is_file()
    assert (tmp_path / picture_file(ONE)).is_file()
    assert (tmp_path / "hashes" / ONE / "about.json").is_file()
    assert not list((tmp_path / "work").iterdir())
    assert state.done()[ONE].record == json.loads(json.dumps(item_record(item())))


def test_again_takes_the_place_of_the_former(tmp_path: Path, state: State) -> None:
    finish.settle(done(tmp_path, "old"), tmp_path, state)
    (tmp_path / item_folder(ONE) / "of-old").write_text("x")
    finish.settle(done(tmp_path, "new"), tmp_path, state)
    assert (tmp_path / item_folder(ONE) / "audit.json").read_text() == "new"
    assert not (tmp_path / item_folder(ONE) / "of-old").exists()


@pytest.mark.parametrize(
    "record", [{}, {"sha256": ONE}, {**item_record(item()), "folder": "../../etc"}, item_record(item("2" * 64))]
)
def test_a_record_that_is_none_of_ours_is_not_believed(tmp_path: Path, state: State, record: object) -> None:
    kept = finish.settle(done(tmp_path, record=record), tmp_path, state)
    assert kept.fate is Fate.CRASHED
    assert not (tmp_path / item_folder(ONE)).exists()


def test_a_report_that_is_a_link_is_not_taken(tmp_path: Path, state: State) -> None:
    given = done(tmp_path)
    desk = Path(given.job.folder)
    (desk / "report").rename(desk / "other")
    (desk / "report").symlink_to(desk / "other")
    assert finish.settle(given, tmp_path, state).fate is Fate.CRASHED
    assert not (tmp_path / item_folder(ONE)).exists()


def test_what_was_not_audited_leaves_only_its_fate(tmp_path: Path, state: State) -> None:
    finish.settle(done(tmp_path, fate=Fate.DAMAGED), tmp_path, state)
    assert state.done()[ONE].fate is Fate.DAMAGED
    assert not (tmp_path / item_folder(ONE)).exists()


def test_what_an_interruption_left_goes(tmp_path: Path) -> None:
    (tmp_path / "work" / "half").mkdir(parents=True)
    finish.begin(tmp_path)
    assert not list((tmp_path / "work").iterdir())


def test_a_full_disk_is_said(tmp_path: Path, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    given = done(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputRefused, match="No space left"):
        finish.settle(given, tmp_path, state)
    assert not state.done()


def test_a_report_stands_as_long_as_all_of_it_is_there(tmp_path: Path, state: State) -> None:
    finish.settle(done(tmp_path), tmp_path, state)
    folder = tmp_path / item_folder(ONE)
    kept = state.done()[ONE]
    assert not finish.stands(tmp_path, ONE, kept)
    (folder / "manifest-sha256.txt").write_text(f"{'0' * 64}  audit.json\n")
    assert finish.stands(tmp_path, ONE, kept)
    (tmp_path / picture_file(ONE)).unlink()
    assert not finish.stands(tmp_path, ONE, kept)
    (tmp_path / picture_file(ONE)).write_text("x")
    (folder / "audit.json").unlink()
    assert not finish.stands(tmp_path, ONE, kept)


def test_what_the_index_does_not_list_is_put_away(tmp_path: Path, state: State) -> None:
    finish.settle(done(tmp_path), tmp_path, state)
    assert finish.put_away(tmp_path, [item()]) == []
    assert finish.put_away(tmp_path, []) == [f"former/{ONE[:32]}"]
    assert (tmp_path / "former" / ONE[:32] / "audit.json").is_file()
    assert not list((tmp_path / "pictures").iterdir())
    finish.settle(done(tmp_path), tmp_path, state)
    assert finish.put_away(tmp_path, []) == [f"former/{ONE[:32]}"]


def test_a_child_cannot_write_the_hashes_of_another_clip(tmp_path: Path, state: State) -> None:
    given = done(tmp_path)
    other = Path(given.job.folder) / "hashes" / ("2" * 64)
    other.mkdir()
    (other / "about.json").write_text("x")
    finish.settle(given, tmp_path, state)
    assert [one.name for one in (tmp_path / "hashes").iterdir()] == [ONE]
