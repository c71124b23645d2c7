"""The program that a machine of a cluster runs for one file; not a command of its own. It ends when whoever started it is gone."""

import os
import sys
import threading
import time
from pathlib import Path

from entirety.case.single import do
from entirety.cli.scan_child import PRELOAD, work


def main() -> None:
    """Do the job in the folder that is named on the command line."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    do(Path(sys.argv[1]), work, time.monotonic, PRELOAD)


def _end_with_parent() -> None:
    """Standard input is held open by whoever started this, and by nobody else."""
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
