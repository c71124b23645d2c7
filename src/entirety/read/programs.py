"""Running another program, always to its end or to a limit of time.

An audit runs two, each in a process of its own: MediaInfo for a second opinion, and the page setter for the PDF. Others are run where somebody
asks for ffmpeg's word, and to make the clips that error rates are measured on.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from entirety.errors import Environment


def run(command: Sequence[str], seconds: int, cwd: Path | None = None, *, passes: Collection[int] = (0,)) -> str:
    """What the program printed, with nothing on its standard input; `passes` are the exit codes of a program that did its work.

    Raises Environment where it cannot be run, fails or takes longer than `seconds`.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the user's own program, arguments built here
            command, check=False, capture_output=True, timeout=seconds, cwd=cwd, stdin=subprocess.DEVNULL
        )
        if done.returncode not in passes:
            done.check_returncode()
    except subprocess.CalledProcessError as error:
        # mkvmerge complains on its standard output.
        said = (error.stderr or error.stdout).decode("utf-8", "replace").strip().splitlines()
        name = Path(command[0]).name.split("-")[0]
        raise Environment(f"The {name} program failed: {said[-1][:200] if said else 'without a word'}.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Environment(
            f"The program {command[0]} cannot be run to its end ({type(error).__name__}); name another with --ffmpeg."
        ) from error
    return done.stdout.decode("utf-8", "replace")


def run_tied(command: Sequence[str]) -> int:
    """Run a program to its end and return its exit code. It is given a pipe on its standard input that closes when this process ends, however
    it ends, and is expected to end then too. Raises OSError where it cannot be run.
    """
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing) as process:  # noqa: S603 - as above
        try:
            return process.wait()
        finally:
            process.kill()


def child(script: Path, package: str, *arguments: str) -> list[str] | None:
    """The command that runs one of our scripts in a process of its own, and tells it where `package` lies; None where that is not installed."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return None
    # Isolated, and without the start-up files of the installation: the child needs the standard library and one package.
    return [sys.executable, "-I", "-S", str(script), str(Path(found.origin).parents[1]), *arguments]
