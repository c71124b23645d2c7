"""`entirety validate`: make clips whose truth is known, audit them, and print how often each check was right and wrong."""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.containers import containers
from entirety.cli.terminal import Ffmpeg, progress, safe, say
from entirety.errors import Environment

app = typer.Typer(invoke_without_command=True)
app.command()(containers)


@app.callback()
def validate(
    context: typer.Context,
    *,
    small: Annotated[bool, typer.Option("--small", help="Some eighty drawn clips in under three minutes.")] = False,
    cache: Annotated[
        Path, typer.Option(metavar="DIR", help="Where clips and what was seen in them are kept; a broken run goes on.")
    ] = Path("reports/validation"),
    table: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the table of error rates here.")] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv", metavar="FILE", help="Write every check under every edit and condition here, one a line."
        ),
    ] = None,
    samples: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder samples of the source tree, which draws scenes.")
    ] = Path("samples"),
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the listed real clips.")] = None,
    clips: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Your own continuous takes, listed in DIR/bases.toml.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Clips at a time; all processors unless given.")] = None,
    half: Annotated[str, typer.Option(help="Half of the bases to print: reporting, or tuning.")] = "reporting",
    ffmpeg: Ffmpeg = None,
) -> None:
    """Measure the error rates anew.

    Continuous takes are edited in known ways and audited, beside other detectors. What is finished is kept and not done again.
    """
    if context.invoked_subcommand is not None:
        return
    from entirety import __version__
    from entirety.knowledge.performance import store
    from entirety.read.ffmpeg import program, version
    from entirety.report.files import write_text
    from entirety.validate.bases import Places, listed
    from entirety.validate.make import bench
    from entirety.validate.matrix import specs
    from entirety.validate.printed import summary
    from entirety.validate.run import run
    from entirety.validate.score import mismatched
    from entirety.validate.score import table as counted
    from entirety.validate.see import revision
    from entirety.validate.sheet import sheet

    if half not in ("reporting", "tuning"):
        raise typer.BadParameter("a half is reporting or tuning", param_hint="--half")
    if not (samples / "take.py").is_file():
        raise Environment(
            "The folder samples of the source tree is not here; run this in the source tree, or name it with --samples."
        )
    places = Places(samples, corpus, clips)
    bases, absent = listed(places)
    for sentence in absent:
        say(safe(sentence))
    # OpenCV's own decoder would write its complaints about damaged clips across the progress line.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    chosen = program(ffmpeg)
    made_by = version(chosen)
    at_once = jobs or os.cpu_count() or 1
    with progress("validate", "steps") as tell:
        done = run(specs(bases, small=small), places, bench(cache, chosen, made_by), at_once, tell)
    if done.left_out:
        say(f"{len(done.left_out)} clips were left out: mkvmerge is not installed.")
    wrong = mismatched(done.results)
    if wrong:
        raise Environment(f"{len(wrong)} clips are not what their recipe says, first {wrong[0]}: no rates are printed.")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    tool = f"{__version__}, source {revision()}"
    rates = counted(done.results, date=today, tool=tool, commit=_commit(samples.absolute().parent), ffmpeg=made_by)
    sys.stdout.write("".join(f"{line}\n" for line in summary(rates, half)))
    if table is not None:
        write_text(table, store(rates))
    if csv is not None:
        write_text(csv, sheet(rates))


def _commit(tree: Path) -> str:
    """The commit that the source tree stands at; empty where it is none, as in an unpacked archive."""
    try:
        head = (tree / ".git" / "HEAD").read_text(encoding="utf-8").strip()
        named = tree / ".git" / head.removeprefix("ref: ")
        return named.read_text(encoding="utf-8").strip() if head.startswith("ref: ") else head
    except OSError:
        return ""
