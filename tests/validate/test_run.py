"""The run: all clips on several processes, kept results, and no worker that outlives it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from entirety.read.ffmpeg import program, version
from entirety.validate import make
from entirety.validate.bases import Places
from entirety.validate.conditions import CONDITIONS
from entirety.validate.edits import EDITS, plan
from entirety.validate.model import Spec
from entirety.validate.run import run
from entirety.validate.score import mismatched
from validate.films import draw, take

WORKERS = """
import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
from entirety.validate.run import _end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    sys.stdin.read()
"""


TAKE, OTHER = take("run", 130), take("run-other", 130, first=500)
CAMERA = CONDITIONS[0]


def spec(name: str) -> Spec:
    edit = next(edit for edit in EDITS if edit.id == name)
    done = plan(edit, CAMERA, TAKE, OTHER)
    assert done is not None
    return Spec(TAKE, OTHER, CAMERA.id, edit.id, edit.group, done)


def test_a_run_is_resumed_from_what_is_kept_and_names_what_it_left_out(tmp_path: Path) -> None:
    bench = make.bench(tmp_path, program(None), version(program(None)))
    for base in (TAKE, OTHER):
        draw(base, bench.master(base))
    wanted = [spec("untouched"), spec("cut-1-copy"), spec("cut-2-mkvmerge")]
    without, told = replace(bench, mkvmerge=None), list[tuple[int, int]]()
    first = run(wanted, Places(tmp_path, None, None), without, 2, lambda done, all_: told.append((done, all_)))
    assert [one.edit for one in first.results] == ["cut-1-copy", "untouched"]
    assert first.left_out == (wanted[2].id,)
    assert not mismatched(first.results)
    assert told[-1] == (2, 2)
    clips = {path: path.stat().st_mtime_ns for path in (tmp_path / "clips").rglob("*.*")}
    assert run(wanted, Places(tmp_path, None, None), without, 1) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "clips").rglob("*.*")} == clips


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that a process cannot handle")
def test_a_worker_ends_when_its_run_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "workers.py"
    script.write_text(WORKERS, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        worker = int(started.stdout.readline())
        os.kill(worker, 0)
        started.send_signal(signal.SIGKILL)
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker goes on")
