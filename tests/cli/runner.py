"""The command, run as a user runs it: another process, another folder."""

import subprocess
import sys
from pathlib import Path


def entirety(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `entirety ARGUMENTS` in the folder `cwd`; what it printed and its exit code come back."""
    command = [sys.executable, "-m", "entirety", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, timeout=300)
