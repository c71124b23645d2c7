"""Runs the page setter (Typst) on one report: like every other program it is run from here, in a process of its own.

What it keeps of its last ten documents, 65 MiB and more each, goes with that process; should it break down, the report alone is lost.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from entirety.errors import Environment
from entirety.read.programs import child

PACKAGE = "typst"
CHILD = Path(__file__).with_name("page_setter_child.py")
SECONDS = 600
"""Chosen: the report on 20 minutes of 720p, with 38 stills, took 2 s."""


def set_pages(pages: str, view: str, root: str, standards: Sequence[str]) -> bytes:
    """The PDF that the page description `pages` makes of the JSON text `view`, with pictures from the folder `root`.

    Raises Environment where it makes none, with what it said.
    """
    command = child(CHILD, PACKAGE)
    if command is None:
        raise Environment("the page setter is not installed")
    order = json.dumps({"pages": pages, "view": view, "root": root, "standards": list(standards)})
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, input=order.encode("ascii"), capture_output=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Environment(f"the page setter cannot be run to its end ({type(error).__name__})") from error
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Environment(said or f"the page setter returned no document ({done.returncode})")
    return done.stdout
