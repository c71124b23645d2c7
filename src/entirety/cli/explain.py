"""`entirety explain CHECK`: what a check sees, what else produces the same sign, what it cannot see."""

import sys
from typing import Annotated

import typer


def explain(
    check: Annotated[
        str | None, typer.Argument(metavar="CHECK", help="Id of a check; without it all are listed.")
    ] = None,
) -> None:
    """Say what a check can and cannot see.

    Also what else produces the same sign, and the sources of the check.
    """
    from entirety.detect import CHECKS
    from entirety.report.text import declaration

    if check is None:
        sys.stdout.write("".join(f"{known.id:<18} {known.title}\n" for known in CHECKS))
        return
    found = next((known for known in CHECKS if known.id == check), None)
    if found is None:
        raise typer.BadParameter(f"no check is called {check!r}; `entirety explain` lists them all")
    sys.stdout.write("".join(f"{line}\n" for line in declaration(found)))
