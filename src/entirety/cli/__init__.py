"""The command line: the only place that has a clock, a terminal and exit codes."""

import gc
import os
import sys

import typer

from entirety.cli import audit, bag, compare, doctor, explain, hash, keygen, overlap, render, scan, validate, verify  # noqa: A004 - named after the command it holds
from entirety.cli.terminal import safe
from entirety.errors import EntiretyError

EPILOG = (
    "Exit codes: 0 done; 1 findings reached --fail-on (default: never); 2 usage; 3 some files could not be analysed; "
    "4 integrity failure (input changed, hash mismatch); 5 environment incomplete; 130 interrupted."
)

app = typer.Typer(
    name="entirety",
    help="Was the footage provided whole, or was it edited? Audit a video file handed over as evidence.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    audit.audit,
    scan.scan,
    compare.compare,
    hash.hash_clip,
    verify.verify,
    keygen.keygen,
    bag.bag,
    overlap.overlap,
    render.render,
    explain.explain,
    doctor.doctor,
):
    app.command(name="hash" if command is hash.hash_clip else None, epilog=EPILOG)(command)
app.add_typer(validate.app, name="validate", epilog=EPILOG)


RARELY = 50_000
"""Objects between two searches for ones that hold each other; Python's own 700 cost an audit about 2 % of its time, and pictures
are freed without a search."""


def main() -> None:
    """Run the command line; every foreseen error becomes one sentence and its exit code."""
    gc.set_threshold(RARELY)
    # Before numpy loads, which asks once: to wake threads for matrix products as small as ours costs more than they save, and how sums are
    # shared out among them, and so rounded, would depend on the number of processors. A number that the user set stays.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The same for the page setter: to share out forty pages took 0.46 s of processor time, on one thread 0.32 s, and 9 MiB more.
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    try:
        app()
    except EntiretyError as error:
        sys.stderr.write(f"entirety: {safe(str(error))}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("entirety: interrupted; nothing half-written was left, run the same command again.\n")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output closed it (`| head`): nothing is wrong, and nothing more can be said.
        sys.stderr.close()
        sys.exit(0)
    finally:
        # The system takes back what is left when the program ends; a last search through it took 0.06 s.
        gc.freeze()
