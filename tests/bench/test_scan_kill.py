"""A killed scan goes on where it stopped, and ends as if nobody had killed it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import scan_kill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are watched by way of /proc")


@pytest.mark.slow
def test_three_kills(tmp_path: Path) -> None:
    result = scan_kill.test(tmp_path, kills=3, seed=1, clips=2, jobs=2)
    assert result.wrong == []
    assert result.kills == 3
    assert result.runs > result.cases


def test_a_number_that_is_not_true_is_seen() -> None:
    result = scan_kill.Result()
    scan_kill._restored("restored: 2 contents that were finished before\nto do: 1 content", 2, result)
    assert result.wrong == []
    scan_kill._restored("to do: 3 contents", 2, result)
    scan_kill._restored("restored: 1,002 contents", 2, result)
    assert len(result.wrong) == 2


@pytest.mark.slow
def test_fifty_kills() -> None:
    done = subprocess.run([sys.executable, scan_kill.__file__], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
