"""`entirety scan` as a volunteer runs it: a disk with clips, copies, broken files and other things, one case folder, and again."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.runner import entirety
from entirety.case.layout import WORK

ODD = "кино \u202e<b>'\".mp4" if os.name == "posix" else "кино.mp4"


@dataclass(frozen=True)
class Scanned:
    """One finished scan."""

    folder: Path
    case: Path
    run: subprocess.CompletedProcess[str]
    before: dict[str, tuple[str, int, int]]

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        document = json.loads((self.case / "index.json").read_text(encoding="utf-8"))
        found = {item["path"]: item for item in document["items"]}
        assert len(found) == len(document["items"])
        return found


def state_of(folder: Path) -> dict[str, tuple[str, int, int]]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_ctime_ns,
        )
        for path in files
    }


@pytest.fixture(scope="module")
def scanned(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    place = tmp_path_factory.mktemp("scan")
    folder = place / "disk"
    (folder / "copies").mkdir(parents=True)
    shutil.copy(samples / "messenger.mp4", folder / "clip.bin")
    shutil.copy(samples / "messenger.mp4", folder / "copies" / ODD)
    shutil.copy(samples / "cut-stream-copy.mp4", folder / "cut.mp4")
    (folder / "broken.mp4").write_bytes((samples / "freeze.mp4").read_bytes()[:100_000])
    (folder / "notes.txt").write_text("nothing to see")
    (folder / "named.mp4").write_text("no video at all, whatever the name says\n" * 50)
    (folder / "empty.mov").write_bytes(b"")
    (folder / "link.mp4").symlink_to(samples / "freeze.mp4")
    before = state_of(folder)
    run = entirety("scan", folder, "--out", place / "case", "--jobs", "2", cwd=place)
    return Scanned(folder, place / "case", run, before)


def test_every_name_has_one_fate(scanned: Scanned) -> None:
    assert {path: item["outcome"] for path, item in scanned.items.items()} == {
        "clip.bin": "audited",
        f"copies/{ODD}": "audited",
        "cut.mp4": "audited",
        "broken.mp4": "damaged",
        "notes.txt": "not-video",
        "named.mp4": "not-video",
        "empty.mov": "empty",
        "link.mp4": "link",
    }
    assert scanned.run.returncode == 3, scanned.run.stderr
    assert (
        scanned.run.stderr.splitlines()[-1]
        == "8 files met: 3 analysed (2 different); 1 could not be analysed; 2 are named as video and were not recognised as one; "
        "1 is another file; 1 link or device was not followed. Of the 2 clips: 1 with a direct trace, 1 re-saved by software. "
        "No answer shows that a recording is whole."
    )
    said = scanned.run.stderr.splitlines()[-1].partition(" No answer shows")[0]
    assert f'<p class="sentence">{said}</p>' in (scanned.case / "index.html").read_text(encoding="utf-8")
    assert not scanned.run.stdout


def test_originals_are_as_before(scanned: Scanned) -> None:
    assert state_of(scanned.folder) == scanned.before


def test_the_same_bytes_are_one_item(scanned: Scanned) -> None:
    one, other = scanned.items["clip.bin"], scanned.items[f"copies/{ODD}"]
    assert one["report"] == other["report"]
    assert one["same_content"] == [f"copies/{ODD}"]
    assert len(list((scanned.case / "items").iterdir())) == 2


def test_a_report_is_that_of_an_audit(scanned: Scanned, samples: Path, tmp_path: Path) -> None:
    shutil.copy2(scanned.folder / "cut.mp4", tmp_path / "cut.mp4")
    assert entirety("audit", "cut.mp4", cwd=tmp_path).returncode == 0
    item = scanned.case / Path(scanned.items["cut.mp4"]["report"]).parent
    ours, alone = (
        json.loads((folder / "audit.json").read_text(encoding="utf-8"))
        for folder in (item, tmp_path / "reports" / "cut.mp4")
    )
    assert ours.pop("run") != alone.pop("run")
    assert ours == alone
    assert (item / "frames.framehash").read_bytes() == (tmp_path / "reports/cut.mp4/frames.framehash").read_bytes()
    assert {path.name for path in item.iterdir()} == {path.name for path in (tmp_path / "reports/cut.mp4").iterdir()}


def test_the_case_folder_holds_what_was_agreed(scanned: Scanned) -> None:
    assert {path.name for path in scanned.case.iterdir()} == {
        "case.sqlite", "evidence-sha256.txt", "hashes", "index.csv", "index.html", "index.json", "index.sarif", "items",
        "manifest-sha256.txt", "pictures", "scan.log",
    }  # fmt: skip
    listed = dict(line.split("  ", 1)[::-1] for line in (scanned.case / "manifest-sha256.txt").read_text().splitlines())
    inside = {path.relative_to(scanned.case).as_posix() for path in scanned.case.rglob("*") if path.is_file()}
    left = {name for name in inside - listed.keys() if not name.startswith("hashes/")}
    assert left == {"case.sqlite", "scan.log", "manifest-sha256.txt"}
    for name, sha256 in listed.items():
        assert hashlib.sha256((scanned.case / name).read_bytes()).hexdigest() == sha256


def test_again_restores_everything_and_prints_the_same(scanned: Scanned, tmp_path: Path) -> None:
    shutil.copytree(scanned.case, tmp_path / "case")
    before = {
        name: (tmp_path / "case" / name).read_bytes()
        for name in ("index.html", "index.json", "index.csv", "index.sarif")
    }
    run = entirety("scan", scanned.folder, "--out", tmp_path / "case", cwd=tmp_path)
    assert run.returncode == 3
    assert "restored: 5 contents" in run.stderr
    assert "to do: 0 contents" in run.stderr
    assert before == {name: (tmp_path / "case" / name).read_bytes() for name in before}
    # A report that is gone is made again.
    shutil.rmtree(tmp_path / "case" / Path(scanned.items["clip.bin"]["report"]).parent)
    run = entirety("scan", scanned.folder, "--out", tmp_path / "case", cwd=tmp_path)
    assert "to do: 1 content," in run.stderr
    assert before == {name: (tmp_path / "case" / name).read_bytes() for name in before}


@pytest.mark.slow
def test_the_index_does_not_depend_on_how_many_work(scanned: Scanned, tmp_path: Path) -> None:
    entirety("scan", scanned.folder, "--out", "one", "--jobs", "1", "--progress", "none", cwd=tmp_path)
    for name in ("index.html", "index.json", "index.csv", "index.sarif", "evidence-sha256.txt"):
        assert (tmp_path / "one" / name).read_bytes() == (scanned.case / name).read_bytes()


def test_dry_run_writes_nothing(scanned: Scanned, tmp_path: Path) -> None:
    run = entirety("scan", scanned.folder, "--out", "case", "--dry-run", cwd=tmp_path)
    assert run.returncode == 0
    assert not list(tmp_path.iterdir())
    lines = run.stdout.splitlines()
    assert len(lines) == 8
    assert sum("video, " in line for line in lines) == 3
    assert "8 names" in run.stderr
    assert "\u202e" not in run.stdout


def test_progress_for_programs(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    shutil.copy(samples / "messenger.mp4", tmp_path / "disk")
    run = entirety("scan", "disk", "--out", "case", "--progress", "jsonl", "--fail-on", "re-saved", cwd=tmp_path)
    assert run.returncode == 1
    events = [json.loads(line) for line in run.stdout.splitlines()]
    assert {event["v"] for event in events} == {1}
    assert [event["event"] for event in events if event["event"] in ("item", "end")] == ["item", "end"]
    (item,) = [event for event in events if event["event"] == "item"]
    assert (item["path"], item["outcome"], item["answer"]) == ("messenger.mp4", "audited", "re-saved")
    strict = entirety("scan", "disk", "--out", "case", "--strict", cwd=tmp_path)
    assert strict.returncode == 0
    (tmp_path / "disk" / "link").symlink_to(samples)
    assert entirety("scan", "disk", "--out", "case", cwd=tmp_path).returncode == 0
    assert entirety("scan", "disk", "--out", "case", "--strict", cwd=tmp_path).returncode == 3


def test_places_that_are_refused(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "disk" / "sub").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for folder, out in (
        ("disk", "disk/case"),
        ("disk/sub", "disk"),
        ("disk", "other"),
        ("disk", "file"),
        ("file", "case"),
        ("no", "case"),
    ):
        run = entirety("scan", folder, "--out", out, cwd=tmp_path)
        assert run.returncode == 2, (folder, out)
        assert len(run.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["disk", "file", "other", "sub", "thesis.txt"]


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_interruption_loses_nothing_that_was_finished(end: signal.Signals, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    for name in ("messenger.mp4", "README.md"):
        shutil.copy(samples / name, tmp_path / "disk")
    (tmp_path / "disk" / "a.txt").write_text("text")
    # The longest first: not the clip.
    (tmp_path / "disk" / "long.txt").write_text("text" * 100_000)
    # Whoever runs the tests in the background has them take no notice of Ctrl-C, and what they start inherits that.
    heard = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    scan = ["-m", "entirety", "scan", "disk", "--out", "case", "--jobs", "1", "--progress", "jsonl"]
    command = [sys.executable, "-c", heard, *scan]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "item":
                break
        process.send_signal(end)
        _, said = process.communicate()
    if end is signal.SIGINT:
        assert process.returncode == 130
        assert "run the same command again" in said
        assert "interrupted: " in (tmp_path / "case" / "scan.log").read_text(encoding="utf-8")
    run = entirety("scan", "disk", "--out", "case", "--no-overlaps", cwd=tmp_path)
    assert "restored: " in run.stderr
    assert run.returncode == 0
    index = json.loads((tmp_path / "case" / "index.json").read_text(encoding="utf-8"))
    assert [item["outcome"] for item in index["items"]] == ["not-video", "not-video", "not-video", "audited"]
    assert not [path for path in (tmp_path / "case").iterdir() if path.name.startswith(("work", "pymp-"))]


def test_two_scans_never_write_into_one_case(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    for name in ("messenger.mp4", "freeze.mp4"):
        shutil.copy(samples / name, tmp_path / "disk")
    command = [sys.executable, "-m", "entirety", "scan", "disk", "--out", "case", "--jobs", "1", "--no-overlaps"]
    with subprocess.Popen(command, cwd=tmp_path) as process:
        while not list((tmp_path / "case" / WORK).glob("*/progress")):
            assert process.poll() is None
            time.sleep(0.05)
        run = entirety("scan", "disk", "--out", "case", cwd=tmp_path)
        assert run.returncode == 2
        assert "another scan" in run.stderr
        # And the first is not disturbed by it.
        assert process.wait() == 0


def test_a_folder_that_is_not_that_of_the_case_is_refused(scanned: Scanned, samples: Path, tmp_path: Path) -> None:
    shutil.copytree(scanned.case, tmp_path / "case")
    before = state_of(tmp_path / "case")
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    shutil.copy(samples / "messenger.mp4", tmp_path / "other")
    run = entirety("scan", "empty", "--out", "case", cwd=tmp_path)
    assert (run.returncode, "is the disk connected?" in run.stderr) == (2, True)
    run = entirety("scan", "other", "--out", "case", cwd=tmp_path)
    assert (run.returncode, "6 of 6 files that case was made from are not in this folder" in run.stderr) == (2, True)
    after = state_of(tmp_path / "case")
    assert {name for name in before if before[name][0] != after[name][0]} <= {"case.sqlite", "scan.log"}
    run = entirety("scan", "other", "--out", "case", "--moved", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "no longer there: 6 files" in run.stderr
    assert "restored: 1 content" in run.stderr


def test_a_language_that_is_not_there_is_said_before_the_night(scanned: Scanned, tmp_path: Path) -> None:
    run = entirety("scan", scanned.folder, "--out", "case", "--lang", "xx", cwd=tmp_path)
    assert run.returncode == 2
    assert "There is no report in the language 'xx'" in run.stderr
    assert not list(tmp_path.iterdir())


def test_reports_on_what_is_gone_are_put_away(scanned: Scanned, tmp_path: Path) -> None:
    shutil.copytree(scanned.case, tmp_path / "case")
    shutil.copytree(scanned.folder, tmp_path / "disk", symlinks=True)
    (tmp_path / "disk" / "cut.mp4").unlink()
    (tmp_path / "disk" / os.fsdecode(b"caf\xe9.txt")).write_text("of an old disk")
    run = entirety("scan", "disk", "--out", "case", cwd=tmp_path)
    assert "no longer there: 1 file of an earlier scan (cut.mp4)" in run.stderr
    assert "put away: 1 report on files that are not in the folder now" in run.stderr
    report = Path(scanned.items["cut.mp4"]["report"])
    assert (tmp_path / "case" / "former" / report.relative_to("items")).is_file()
    assert "cut.mp4" not in (tmp_path / "case" / "index.html").read_text(encoding="utf-8")
    verified = entirety("verify", "case", "disk", "--quick", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr
