"""One clip of `entirety audit`: examined, written, and told in a few lines."""

import datetime as dt
import platform
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from entirety.cli.terminal import progress, safe, say
from entirety.errors import EntiretyError

if TYPE_CHECKING:  # the model brings numpy along, for which --help would wait
    from entirety.model.stated import Stated
    from entirety.report.write import Finish


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, the same for every clip."""

    languages: tuple[str, ...]
    """The first one is that of report.html and of the terminal."""
    finish: "Finish"
    stated: "Stated | None" = None
    """What the case file states."""
    sources: tuple[Path, ...] = ()
    """Recordings that each clip is held against."""
    hashes: Path | None = None
    """A folder that keeps what is read of them."""
    extract: bool = False
    """A working copy of what is not shown."""
    review: bool = False
    """A copy for looking at, with its frames numbered."""
    command: tuple[str, ...] = ()
    """Options that change what is written, for the run record."""


def audit_one(clip: Path, folder: Path, wanted: Wanted) -> tuple[str, int]:
    """Examine a clip and write its report. Returns the answer's code, and the exit code of what could not be made beside the report.

    Raises what reading a video and writing a report raise.
    """
    from entirety.cli.tool import tool
    from entirety.judge.examine import examine
    from entirety.model.audit import RunRecord
    from entirety.report.framehash import framehash_lines
    from entirety.report.text import summary
    from entirety.report.write import refuse_foreign, write_report

    started, began = dt.datetime.now(dt.UTC), time.monotonic()
    with progress(clip.name) as tell:
        examination = examine(clip, tool(), tell, extract=wanted.extract, sources=wanted.sources, hashes=wanted.hashes)
    refuse_foreign(folder, examination.audit.custody.sha256)
    audit, copies, code = examination.audit, dict(examination.copies), 0
    if wanted.review:
        from entirety.measure.review import review_copy

        try:
            copy, content = review_copy(clip, examination.clip, audit.shown)
        except EntiretyError as error:
            # The report is worth more than a copy for looking at.
            say(f"entirety: {safe(str(error))}")
            code = error.exit_code
        else:
            audit = replace(audit, copies=(*audit.copies, copy))
            copies[copy.file] = content
    run = RunRecord(
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 3),
        command=" ".join(["entirety audit", *wanted.command, safe(clip.name)]),
        platform=f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    )
    done, pictures = replace(audit, run=run, stated=wanted.stated), examination.pictures
    lines = framehash_lines(examination.clip)
    # Once its frames are listed the clip goes, 120 MiB for an hour, before pages are set.
    del examination
    write_report(done, folder, pictures, lines, wanted.languages, copies=copies, finish=wanted.finish)
    say("\n".join(safe(line) for line in summary(done, folder, wanted.languages[0])))
    return done.answer.value, code
