"""`entirety scan FOLDER`: audit every video in a folder, each once and each in a process of its own, and write a case folder."""

import datetime as dt
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entirety.cli.audit import FailOn
from entirety.cli.crew import crew, limits_of, processors
from entirety.cli.scan_refused import refuse, refuse_nothing, refuse_other
from entirety.cli.scan_result import result
from entirety.cli.scan_summary import summary
from entirety.cli.scan_told import Form, Teller, telling
from entirety.cli.terminal import counted, safe

if TYPE_CHECKING:  # numpy comes along with these, for which --help would wait
    from entirety.case.jobs import Done, Job
    from entirety.case.layout import Places
    from entirety.case.limits import Limits
    from entirety.case.plan import Known
    from entirety.case.scan import Run
    from entirety.case.state import State
    from entirety.model.audit import Tool
    from entirety.model.case import Case

MEMORY = 1024
"""MiB that the reading of one file may hold. Of the real clips that we measure on the largest takes 0.35 GB; an hour of 720p may take 0.2 GB more
than a minute (tests/bench/speed.py --hour)."""


def scan(  # noqa: PLR0917 - each is an option of the command
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder of evidence; everything in it is only read.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="CASE", help="Case folder to write or to go on with; not inside FOLDER.")
    ],
    jobs: Annotated[
        int,
        typer.Option(min=0, help="Files that are read side by side; 0 is one for each processor.", show_default=False),
    ] = 0,
    language: Annotated[
        str, typer.Option("--lang", help="Language of each report: en, ru or kk; several as in ru,kk.")
    ] = "en",
    overlaps: Annotated[
        bool,
        typer.Option(
            "--overlaps/--no-overlaps",
            help="Look for footage that clips share; keeps 140 MB an hour of 30 pictures a second.",
        ),
    ] = True,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again what ended by a crash or a limit in an earlier scan.")
    ] = False,
    moved: Annotated[
        bool,
        typer.Option(
            "--moved", help="Go on although most files of the earlier scan are not in FOLDER under their names."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what is there, with its size and the time to expect; write nothing.")
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option(help="End with exit code 1 where an answer is this or stronger.")
    ] = FailOn.NEVER,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Also end with exit code 3 where anything was left out: a link, a file that only its name calls a video, a check that "
            "broke, a part of a clip that could not be examined.",
        ),
    ] = False,
    shown: Annotated[
        Form,
        typer.Option(
            "--progress",
            help="How far it is: a line on a terminal, a line now and then, JSON lines, or the result alone.",
        ),
    ] = Form.AUTO,
    memory: Annotated[int, typer.Option(min=256, metavar="MIB", help="Memory for the reading of one file.")] = MEMORY,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Hand the files to the machines of a Dask cluster, such as tcp://10.0.0.5:8786; needs the extra `cluster`, and the same "
            "version on all.",
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(min=0.01, help="Processor time for one file; without it ten minutes and one more for each MiB."),
    ] = None,
) -> None:
    """Audit every video in a folder and write a case folder with an index.

    Files are recognised by content; copies of the same content are audited once. A scan that was broken off goes on where it stopped when the
    same command is given again.
    """
    refuse(folder, out, language)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name may hold what the terminal's own alphabet has not.
        sys.stdout.reconfigure(errors="backslashreplace")
    from entirety.case import finish, walk
    from entirety.case.layout import LOG, STATE, Places
    from entirety.case.plan import hashed, names_gone, plan
    from entirety.case.scan import audits, made_by
    from entirety.case.state import State
    from entirety.cli.scan_dry import list_only
    from entirety.cli.tool import tool

    many, limits = jobs or processors(), limits_of(memory, minutes)
    met = list(walk.walk(folder))
    refuse_nothing(met, folder)
    if dry_run:
        list_only(met, folder, _near(many, limits, lambda _: None), many)
        return
    made, options = tool(), {"language": language}
    with finish.writing(out):
        out.mkdir(parents=True, exist_ok=True)
    _keep_inside(out)
    with ExitStack() as stack:
        state = stack.enter_context(State(out / STATE, made_by(made, options)))
        gone = names_gone(met, state)
        if not moved:
            refuse_other(gone, state, out)
        # Only now: what lies there may be the work of another scan as long as the state is not ours.
        finish.begin(out)
        log = stack.enter_context((out / LOG).open("a", encoding="utf-8", buffering=1))
        teller = stack.enter_context(telling(shown, lambda line: _log(log.write, line)))
        teller.note(
            f"scan of {folder.name}: {counted(len(met), 'name')} met; {many} at a time, {memory:,} MiB each; entirety {made.version}"
        )
        known = hashed(folder, met, state, many, teller.hashing)
        todo = plan(known, state.done(), retry=retry, stands=partial(finish.stands, out))
        for line in summary(todo, gone):
            teller.note(line)
        run = _near(many, limits, teller.look)
        far = run if cluster is None else _far(cluster, limits)
        places = Places(folder.absolute(), out.absolute())
        teller.begin(len(todo.todo), sum(one.met.size for one in todo.todo))
        options_of_all = _job(language, made, many, overlaps=overlaps)
        for one, done in audits(todo.todo, known, state, far, places=places, options=options_of_all):
            teller.done(one.met.path, done)
        if overlaps:
            teller.stage("looking for shared footage")
        case = _index(known, state, places, (made, options), run if overlaps else None, teller=teller)
        finish.end(out)
        state.drop(gone)
        code, last = result(case, fail_on, strict=strict)
        teller.end(last, str(out / "index.html"))
    if code:
        raise typer.Exit(code)


def _keep_inside(case: Path) -> None:
    """Have the socket of the crew lie in the case folder, where its name is short enough: nothing is written elsewhere then."""
    from entirety.case.workers import LONGEST_PLACE

    if len(os.fsencode(case.absolute())) <= LONGEST_PLACE:
        tempfile.tempdir = str(case.absolute())


def _log(write: Callable[[str], Any], line: str) -> None:
    write(f"{dt.datetime.now(dt.UTC).isoformat(timespec='seconds')} {safe(line)}\n")


def _near(many: int, limits: "Callable[[Job], Limits]", look: Callable[[Any], None]) -> "Run":
    from entirety.cli.scan_child import PRELOAD, work

    return crew(work, many, limits, preload=PRELOAD, look=look)


def _far(address: str, limits: "Callable[[Job], Limits]") -> "Run":
    from entirety.cli.scan_there import run_there

    # A connection serves one round; a content that has to be read under its next name asks for another.
    def far(jobs: "Iterable[Job]") -> "Iterator[Done]":
        return run_there(address, limits)(jobs)

    return far


def _job(language: str, made: "Tool", many: int, *, overlaps: bool) -> dict[str, Any]:
    """What every audit is told. One thread for each where all processors have a file of their own."""
    from entirety.report.record import tool_part

    return {"language": language, "tool": tool_part(made), "overlaps": overlaps, "threads": many < processors()}


def _index(
    known: "Sequence[Known]",
    state: "State",
    places: "Places",
    made: "tuple[Tool, dict[str, str]]",
    run: "Run | None",
    *,
    teller: Teller,
) -> "Case":
    from entirety.case.finish import put_away
    from entirety.case.index import write_index
    from entirety.case.scan import drawn_up, items, shared_footage

    done = state.done()
    found = items(known, done)
    shared = (None, "it was not asked for") if run is None else shared_footage(found, places, run, made[0])
    name = places.evidence.resolve().name
    case = drawn_up(known, done, [item for _, item in found], made, shared=shared, folder=name)
    if run is not None and shared[0] is None and len(case.items) > 1:
        teller.note(f"shared footage is not known: {shared[1]}")
    if moved := put_away(places.case, case.items):
        teller.note(
            f"put away: {counted(len(moved), 'report')} on files that are not in the folder now, or could not be audited this time: "
            f"{moved[0]}{' and others' if len(moved) > 1 else ''}"
        )
    write_index(case, places.case)
    return case
