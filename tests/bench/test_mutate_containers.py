"""Damaged files end in a structure, quickly and in little memory: some always, many by hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CORPUS

SCRIPT = Path(__file__).with_name("mutate_containers.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each file is read in a forked process")


def run(count: int, *folder: str) -> str:
    command = [sys.executable, str(SCRIPT), *folder, "--count", str(count)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_some_damaged_films() -> None:
    assert "\n0 violations" in run(300)


@pytest.mark.slow
def test_twenty_thousand_damaged_files() -> None:
    assert "\n0 violations" in run(20_000, *([str(CORPUS)] if CORPUS.is_dir() else []))
