"""A scan on a real Dask cluster of two workers on this machine gives what a scan without one gives, though one worker is killed half-way."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Self

import psutil
import pytest

from case.test_workers import gone
from cli.runner import entirety

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
PRINTED = ("index.html", "index.json", "index.csv", "index.sarif", "evidence-sha256.txt")


@pytest.fixture
def disk(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    (folder / "sub").mkdir(parents=True)
    for name in ("messenger.mp4", "join.mp4"):
        shutil.copy(samples / name, folder)
    shutil.copy(samples / "join.mp4", folder / "sub" / "again.mp4")
    (folder / "broken.mp4").write_bytes((samples / "join.mp4").read_bytes()[:100_000])
    (folder / "text.mp4").write_text("no video\n" * 100)
    return folder


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    ]
    with started(command, tmp_path / "scheduler.log"):
        wait_until(lambda: "Scheduler at" in (tmp_path / "scheduler.log").read_text())
        yield f"tcp://127.0.0.1:{port}"


class started:  # noqa: N801 - reads as what it does
    """A program that is ended with all that it started."""

    def __init__(self, command: list[str], log: Path) -> None:
        self.file = log.open("w")
        self.process = subprocess.Popen(command, stdout=self.file, stderr=self.file, cwd=log.parent)

    def __enter__(self) -> Self:
        return self

    def kill(self) -> None:
        for one in reversed(
            [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        ):
            if one.ppid() in (self.process.pid, os.getpid()):
                one.send_signal(signal.SIGKILL)
        self.process.wait()

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.file.close()


def worker(address: str, log: Path) -> started:
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
    ]
    return started(command, log)


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_a_killed_worker_changes_nothing(disk: Path, scheduler: str, tmp_path: Path) -> None:
    alone = entirety("scan", disk, "--out", "alone", "--jobs", "2", cwd=tmp_path)
    assert alone.returncode == 3
    with ExitStack() as stack:
        first, _ = [stack.enter_context(worker(scheduler, tmp_path / f"worker{n}.log")) for n in (1, 2)]
        command = [
            sys.executable,
            "-m",
            "entirety",
            "scan",
            str(disk),
            "--out",
            "there",
            "--cluster",
            scheduler,
            "--progress",
            "jsonl",
        ]
        run = stack.enter_context(
            subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        # Half-way, while it reads something.
        wait_until(lambda: len(psutil.Process(first.process.pid).children(recursive=True)) > 1)
        reading = psutil.Process(first.process.pid).children(recursive=True)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        _, said = run.communicate(timeout=240)
    assert run.returncode == 3, said
    assert all(gone(one.pid) for one in reading)
    for name in PRINTED:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes(), name
    for ours in (tmp_path / "alone" / "items").glob("*/audit.json"):
        there = json.loads((tmp_path / "there" / "items" / ours.parent.name / "audit.json").read_text(encoding="utf-8"))
        here = json.loads(ours.read_text(encoding="utf-8"))
        assert there.pop("run")
        assert here.pop("run")
        assert there == here


def test_files_are_sent_where_the_path_is_not_shared(disk: Path, tmp_path: Path) -> None:
    """As a worker without that path sees it."""
    from entirety.case.jobs import Job
    from entirety.case.limits import MIB, Limits
    from entirety.cli.scan_there import do_there
    from entirety.cli.tool import tool
    from entirety.report.record import tool_part

    clip = disk / "messenger.mp4"
    content = clip.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    made = tool_part(tool())
    options = {"tool": made, "language": "en", "overlaps": True, "threads": False}
    asked_for = Job(sha256, "audit", "/nowhere/messenger.mp4", len(content), "", options)
    job = asdict(asked_for)
    limits = {"memory": 1024 * MIB, "cpu": 600.0, "silence": 600.0}
    assert set(limits) < set(Limits.__slots__)
    asked = {"job": job, "limits": limits, "modified": 1_600_000_000 * 10**9, "content": None}
    assert do_there(asked) == "needed"
    given = do_there({**asked, "content": content})
    assert given["done"]["fate"] == "audited"
    audit = json.loads(given["files"]["report/audit.json"])
    assert (audit["custody"]["name"], audit["custody"]["modified"]) == ("messenger.mp4", "2020-09-13T12:26:40Z")
    other = {**job, "options": {**options, "tool": {**made, "version": "0"}}}
    assert do_there({**asked, "job": other}) == "other-version"


def test_a_file_there_is_read_only_where_it_is_the_one_that_is_meant(tmp_path: Path) -> None:
    """The report prints the date of the file, and names its SHA-256."""
    from entirety.case.jobs import Job
    from entirety.cli.scan_there import _path

    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"meant")
    job = Job(hashlib.sha256(b"meant").hexdigest(), "audit", str(clip), 5, "")
    modified = clip.stat().st_mtime_ns
    asked = {"content": None, "modified": modified}
    assert _path(job, asked, tmp_path) == clip
    assert _path(job, {**asked, "modified": modified + 1}, tmp_path) is None
    clip.write_bytes(b"other")
    os.utime(clip, ns=(modified, modified))
    assert _path(job, asked, tmp_path) is None
    clip.unlink()
    assert _path(job, asked, tmp_path) is None


@pytest.mark.slow
def test_no_scheduler_is_said(disk: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = entirety("scan", disk, "--out", "case", "--cluster", f"tcp://127.0.0.1:{port}", cwd=tmp_path)
    assert run.returncode == 5
    assert "No scheduler answers" in run.stderr
