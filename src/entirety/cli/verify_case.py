"""`entirety verify CASE FOLDER`: every file of a case and of the evidence again, and a second analysis of every clip."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from entirety.cli.crew import crew, limits_of, processors
from entirety.cli.terminal import counted, progress, safe, say
from entirety.errors import CannotOpen, Mismatch

if TYPE_CHECKING:  # the model brings numpy along, for which --help would wait
    from entirety.case.jobs import Done, Job
    from entirety.case.workers import Running


def is_case(folder: Path) -> bool:
    """Whether a folder is that of a whole case, and not of one report."""
    from entirety.case.layout import STATE

    return not (folder / "audit.json").exists() and any((folder / name).exists() for name in ("index.json", STATE))


@dataclass(frozen=True, slots=True)
class Means:
    """What a second analysis may use."""

    jobs: int
    """Clips side by side; 0 is one for each processor."""
    memory: int
    """MiB for each."""
    minutes: float | None
    """Processor time for each; None for what its size calls for."""

    @property
    def processes(self) -> int:
        return self.jobs or processors()


def verify_case(case: Path, evidence: Path, means: Means, *, quick: bool) -> None:
    """Hold a case folder against itself, against the evidence, and against a second analysis of every clip; print each difference.

    Raises Mismatch where there is any.
    """
    from entirety.case.verify_case import jobs, misprinted_index, reports, second_analysis
    from entirety.case.verify_evidence import evidence_files
    from entirety.case.verify_files import case_files, refuse_running
    from entirety.case.verify_index import Index, against_list, read_index
    from entirety.case.verify_left import LOOK, looks, refused, second_look, unended
    from entirety.case.verify_state import against_state
    from entirety.cli.tool import tool

    if not evidence.is_dir():
        raise typer.BadParameter(
            f"{safe(case.name)} is a case folder: name the folder of evidence that was scanned beside it; {safe(evidence.name)} is no folder."
        )
    refuse_running(case)
    number = 0
    with progress(case.name, "MB") as tell:
        files = case_files(case, tell)
    number += _listed(files.differences)
    try:
        index = read_index(case)
    except CannotOpen as error:
        number += _listed([str(error).rstrip(".")])
        index = Index({}, ())
    kept = against_state(index, case)
    number += _listed((*index.differences, *against_list(index, case), *kept.differences))
    with progress(evidence.name, "MB") as tell:
        held = evidence_files(index.files, evidence, case, tell)
    number += _listed(held.differences)
    left = refused(index)
    again = {} if quick else {sha256: evidence / place for sha256, place in held.places.items()}
    there = {sha256: again[sha256] for sha256 in index.clips if sha256 in again}
    shut = {sha256: again[sha256] for sha256 in left if sha256 in again}
    said = reports(case, index, files, there)
    number += _listed(said.differences)
    misprinted = misprinted_index(files, index, said, tool())
    number += _listed(misprinted or ())
    readable = {sha256: path for sha256, path in there.items() if sha256 in said.readable}
    with _desks() as desk:
        todo = chain(jobs(readable, case, desk, threads=means.processes < processors()), looks(index, shut, desk))
        for done in _run(todo, means, sum(_size(path) for path in (*readable.values(), *shut.values()))):
            number += _listed(
                second_look(done, index) if done.job.work == LOOK else second_analysis(done, index, files)
            )
    other = misprinted is None
    without = _without(quick=quick, left=len(left), unended=unended(index), other=other, state=kept.unread)
    if number:
        raise Mismatch(
            f"{case.name}: not verified, {counted(number, 'difference')} from the scan (listed above).{without}"
        )
    same = "" if quick else f", and a second analysis of {counted(len(readable), 'clip')} gave the same"
    same += f", a second look at {counted(len(shut), 'file')} without an audit the same outcome" if shut else ""
    say(
        f"{safe(case.name)}: verified{' in part' if other else ''}: {counted(len(files.hashes), 'file')} of the case and "
        f"{counted(held.matched, 'file')} of the evidence are those that were written and scanned{same}.{without} Names, dates and run records "
        "are stated by whoever made the case."
    )


def _without(*, quick: bool, left: int, unended: int, other: bool, state: str) -> str:
    """What was not checked, in sentences, each with a space before it."""
    from entirety.case.layout import STATE

    said = ""
    if other:
        said += (
            " ANOTHER VERSION of this program, or of a library, wrote the case: its page, table, SARIF file and totals COULD NOT BE PRINTED AGAIN "
            "by this one and were held against the list of hashes alone, which whoever changes a file can write anew. A difference can come from that version."
        )
    if quick:
        said += " No second analysis was made (--quick)."
    if quick and left:
        said += f" No second look was taken at {counted(left, 'file')} without an audit (--quick)."
    if unended:
        said += f" Not tried again: {counted(unended, 'file')} whose analysis came to no end."
    if state:
        said += f" {STATE}, in which a scan keeps what it has done, {safe(state)}: the index was not held against it."
    return f"{said} Not repeated: the search for shared footage, and the small pictures."


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _run(jobs: "Iterator[Job]", means: Means, total: int) -> "Iterator[Done]":
    """Each job in a child process of its own, held to limits. `total` is the bytes of all clips: how far we are is told in them."""
    from entirety.cli.scan_child import PRELOAD
    from entirety.cli.verify_child import work

    finished = 0
    with progress("second analysis", "MB") as tell:

        def look(running: "Sequence[Running]") -> None:
            if tell is not None:
                parts = (one.job.size * min(1.0, one.progress[0] / max(1, one.progress[1])) for one in running)
                tell(int((finished + sum(parts)) / 1e6), int(total / 1e6))

        limits, preload = limits_of(means.memory, means.minutes), ("entirety.cli.verify_child", *PRELOAD)
        for done in crew(work, means.processes, limits, preload=preload, look=look)(jobs):
            finished += done.job.size
            yield done


@contextmanager
def _desks() -> "Iterator[Callable[[str], Path]]":
    """Somebody to make an empty folder for each child, apart from the case and the evidence, where nothing is ever written."""
    with tempfile.TemporaryDirectory(prefix="entirety-") as place:

        def desk(name: str) -> Path:
            folder = Path(place) / name
            folder.mkdir()
            return folder

        yield desk


def _listed(lines: Iterable[str]) -> int:
    """Print each difference on its own line; returns how many there were."""
    number = 0
    for line in lines:
        # On a terminal how far we are stands on this line.
        clear = "\r\x1b[K" if sys.stderr.isatty() else ""
        say(f"{clear}{safe(line)}")
        number += 1
    return number
