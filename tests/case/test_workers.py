"""A child that crashes, hangs, eats memory or lies costs its own job and no other."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from case.works import connects, odd
from entirety.case.child import Work
from entirety.case.jobs import Done, Job
from entirety.case.limits import MIB, Limits
from entirety.case.workers import Crew, run
from entirety.model.case import Fate

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX systems")
WIDE = Limits(512 * MIB, 60, 60)


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Job]:
    def make(name: str, **options: object) -> Job:
        folder = tmp_path / name
        folder.mkdir()
        return Job(name, "test", str(tmp_path / "x.mp4"), 1, str(folder), options)

    return make


def together(jobs: list[Job], limits: Limits = WIDE, work: Work = odd) -> dict[str, Done]:
    crew = Crew(work, 2, lambda _: limits, time.monotonic, ("entirety.case.child",))
    return {done.job.id: done for done in run(jobs, crew)}


@POSIX
def test_each_ends_in_its_own_way_and_the_others_are_done(job: Callable[..., Job]) -> None:
    done = together([job(name) for name in ("crash", "good-1", "raise", "damaged", "exit", "lie", "good-2")])
    assert {name: one.fate for name, one in done.items()} == {
        "crash": Fate.CRASHED,
        "good-1": Fate.AUDITED,
        "raise": Fate.CRASHED,
        "damaged": Fate.DAMAGED,
        "exit": Fate.CRASHED,
        "lie": Fate.CRASHED,
        "good-2": Fate.AUDITED,
    }
    assert "SIGSEGV" in done["crash"].reason
    assert done["crash"].words.startswith("something is / very wrong")
    assert "ValueError" in done["raise"].reason
    assert "ValueError: no such thing" in done["raise"].words
    # What depends on the machine stands in the words alone.
    assert not any("/" in one.reason for one in done.values())
    assert done["damaged"].reason == "x.mp4 is broken; ask for it again."
    assert "the code 3" in done["exit"].reason
    record = done["good-1"].record
    assert record is not None
    assert record["id"] == "good-1"
    assert done["good-1"].peak > MIB


@POSIX
def test_a_child_that_does_not_get_on_is_ended(job: Callable[..., Job]) -> None:
    done = together([job("hang"), job("good")], Limits(512 * MIB, 60, 1.5))
    assert done["hang"].fate is Fate.TIMED_OUT
    assert "It did not get on" in done["hang"].reason
    assert done["good"].fate is Fate.AUDITED


@POSIX
def test_processor_time_is_bounded(job: Callable[..., Job]) -> None:
    done = together([job("spin")], Limits(512 * MIB, 1.0, 60))
    assert done["spin"].fate is Fate.TIMED_OUT
    assert "processor time" in done["spin"].reason


@POSIX
def test_memory_is_bounded(job: Callable[..., Job]) -> None:
    done = together([job("eat"), job("good")], Limits(300 * MIB, 60, 60))
    assert done["eat"].fate is Fate.OUT_OF_MEMORY
    assert "300 MiB" in done["eat"].reason
    assert "--memory" in done["eat"].reason
    assert done["good"].fate is Fate.AUDITED


@POSIX
def test_output_is_bounded(job: Callable[..., Job]) -> None:
    done = together([job("write")], Limits(512 * MIB, 60, 60, written=8 * MIB))
    assert done["write"].fate is Fate.CRASHED
    assert (Path(done["write"].job.folder) / "large").stat().st_size == 8 * MIB


@POSIX
def test_what_a_child_started_ends_with_it(job: Callable[..., Job], tmp_path: Path) -> None:
    done = together([job("orphan", out=str(tmp_path / "pid"))])
    assert done["orphan"].fate is Fate.CRASHED
    assert gone(int((tmp_path / "pid").read_text()))


@POSIX
def test_what_left_the_group_of_a_child_ends_with_it(job: Callable[..., Job], tmp_path: Path) -> None:
    done = together([job("leaver", out=str(tmp_path / "pid"))])
    assert done["leaver"].fate is Fate.CRASHED
    assert gone(int((tmp_path / "pid").read_text()))


@POSIX
def test_a_full_disk_is_no_crash_of_the_file(job: Callable[..., Job]) -> None:
    done = together([job("full")])
    assert done["full"].fate is Fate.FAILED
    assert "make room" in done["full"].reason


@POSIX
@pytest.mark.parametrize("name", ["said-1", "said-2", "said-3", "said-4", "said-5"])
def test_what_ours_never_say_is_not_believed(name: str, job: Callable[..., Job]) -> None:
    done = together([job(name)])
    assert done[name].fate is Fate.CRASHED
    assert done[name].record is None
    assert 0 <= done[name].peak < 2**40


@POSIX
def test_a_long_reason_with_odd_characters_is_cut_and_shown(job: Callable[..., Job]) -> None:
    done = together([job("long")])
    assert done["long"].fate is Fate.DAMAGED
    assert len(done["long"].reason) < 9_000
    done["long"].reason.encode()


@pytest.mark.skipif(sys.platform != "linux", reason="networks are left on Linux only")
def test_no_network(job: Callable[..., Job]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = job("net", port=server.getsockname()[1])
        record = together([here], work=connects)["net"].record
    said = json.loads((Path(here.folder) / "result.json").read_text())
    assert said["network"] in ("cut", "unused")
    if said["network"] != "cut":
        pytest.skip("this system lets no process leave its networks")
    assert record is not None
    assert not record["reached"]


@POSIX
def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    places = [str(path) for path in (Path(__file__).parents[1], Path(__file__).parents[2] / "src")]
    script = f"import sys; sys.path[:0] = {places}; from case.works import two_that_hang; two_that_hang(sys.argv[1])"
    with subprocess.Popen([sys.executable, "-c", script, tmp_path]) as process:
        children = wait_for(lambda: [p for p in psutil.Process(process.pid).children(recursive=True) if is_child(p)], 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert all(gone(child.pid) for child in children)


def is_child(process: psutil.Process) -> bool:
    try:
        return bool(os.getpgid(process.pid) == process.pid)
    except (psutil.Error, ProcessLookupError):
        return False


def wait_for(found: Callable[[], list[psutil.Process]], count: int) -> list[psutil.Process]:
    end = time.monotonic() + 30
    while len(now := found()) < count and time.monotonic() < end:
        time.sleep(0.1)
    assert len(now) >= count
    return now


def gone(pid: int) -> bool:
    """Whether a process ends within five seconds; one that nobody has asked about yet counts as ended."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False
