"""`entirety validate containers FOLDER`: how well structure alone tells a recording as the camera left it from one that software wrote."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import progress, safe


def containers(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Box trees as CHANNEL/HISTORY/DEVICE_....xml, in a folder or a .tar.gz."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON and not as a table.")] = False,
) -> None:
    """Count how often writer-trace recognises re-saved files, and wrongly names files straight from a device, by structure alone.

    FOLDER holds box trees: the structures of files whose history is known. The check's rules are used as they stand; nothing is learned from the folder.
    """
    from entirety.read.box_tree_set import box_trees
    from entirety.validate.containers import answered
    from entirety.validate.containers_printed import counts, lines

    done = []
    with progress("validate containers", "trees") as tell:
        for one in answered(box_trees(folder)):
            done.append(one)
            if tell:
                tell(len(done), 0)
    if as_json:
        sys.stdout.write(f"{json.dumps(counts(done), indent=2)}\n")
    else:
        sys.stdout.write("".join(f"{safe(line)}\n" for line in lines(done)))
