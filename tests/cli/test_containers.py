"""`entirety validate containers`, as a user runs it."""

import json
from pathlib import Path

from cli.runner import entirety
from read.trees import COPIED, NOTED, ODD, PHONE

FILES = {
    "non-SN/native/D01_V_a.mp4.xml": PHONE,
    "non-SN/native/D02_V_a.mp4.xml": ODD,
    "non-SN/ffmpeg1/D01_V_a.mp4.xml": COPIED,
    "non-SN/exiftool/D02_V_a.mp4.xml": NOTED,
    "Weibo\x1b[2J/native/D01_V_a.mp4.xml": b"nothing",
}


def lay_out(folder: Path) -> Path:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_json(tmp_path: Path) -> None:
    done = entirety("validate", "containers", lay_out(tmp_path), "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert (printed["balanced_accuracy"], printed["false_alarm_rate"], printed["unknown"]) == (1.0, 0.0, 1)
    assert printed["unreadable"] == 1
    assert {"channel", "history", "files", "re_saved", "native", "unknown"} <= set(printed["table"][0])
    assert sum(row["files"] for row in printed["table"]) == printed["files"] == 5


def test_for_people(tmp_path: Path) -> None:
    done = entirety("validate", "containers", lay_out(tmp_path), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "balanced accuracy 100.00 %" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_folder_without_trees(tmp_path: Path) -> None:
    done = entirety("validate", "containers", tmp_path, cwd=tmp_path)
    assert done.returncode == 3
    assert "no box trees" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_folder_must_be_named(tmp_path: Path) -> None:
    assert entirety("validate", "containers", cwd=tmp_path).returncode == 2
