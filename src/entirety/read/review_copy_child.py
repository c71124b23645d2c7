"""Makes one review copy, in a process of its own: an encoder that breaks down takes nothing with it, and can be stopped.

Started as a script by `review_copy`. It is handed its order on standard input and prints the file on standard output.
"""

import importlib
import json
import sys
from fractions import Fraction
from pathlib import Path

SAID = 3
"""Exit code where standard error holds one sentence for the user."""


def main(*sites: str) -> None:
    """Print the copy, or say on standard error why there is none. `sites` are the folders that hold the packages it needs."""
    sys.path[:0] = sites
    told = json.load(sys.stdin)
    encoding = importlib.import_module("entirety.read.review_encoding")
    cropping = importlib.import_module("entirety.read.cropping")
    errors = importlib.import_module("entirety.errors")
    order = encoding.Order(
        path=Path(told["path"]),
        video=told["video"],
        rotation=told["rotation"],
        aspect=Fraction(told["aspect"]),
        crop=cropping.Crop(*told["crop"]),
        start=Fraction(told["start"]),
        seconds=Fraction(told["seconds"]),
        pictures=told["pictures"],
        sha256=told["sha256"],
    )
    try:
        made = encoding.encoded(order)
    except errors.EntiretyError as error:
        sys.stderr.write(str(error))
        sys.exit(SAID)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
