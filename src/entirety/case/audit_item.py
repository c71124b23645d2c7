"""What a child does with one clip: the whole audit with its report, a small picture for the index, and what the search for shared footage needs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from entirety.case.child import Tell
from entirety.case.jobs import Job, tool_of
from entirety.case.layout import HASHES, REPORT, item_folder, picture_file
from entirety.case.overlaps import keep
from entirety.errors import ChangedWhileReading
from entirety.judge.examine import Examination, examine
from entirety.model.audit import RunRecord
from entirety.report.case_record import item_record, listed_item, pictured
from entirety.report.framehash import framehash_lines
from entirety.report.visible import visible
from entirety.report.wording import chosen
from entirety.report.write import write_report

SMALL = 160
"""Width of the picture in the index, samples; as tall as 160 at most."""


def audit_item(job: Job, tell: Tell, run: Callable[[], RunRecord]) -> dict[str, Any]:
    """Audit one clip into the job's folder and return its line of the index. `run` gives the run record when all but the writing is done.

    Raises what reading a video raises; ChangedWhileReading where the file is not the one that was listed.
    """
    options, folder = job.options, Path(job.folder)
    tool, spool = tool_of(options["tool"]), folder / "thumbnails"
    examination = examine(
        Path(job.path), tool, tell, threads=options["threads"], signed=options["overlaps"], spool=spool
    )
    if examination.audit.custody.sha256 != job.id:
        raise ChangedWhileReading(
            f"{visible(examination.audit.custody.name)} was listed with the SHA-256 {job.id} and has another one now; make sure that nothing "
            "writes to it and scan again."
        )
    if options["overlaps"]:
        keep(folder / HASHES, examination.signature, job.id)
    picture = _picture(examination)
    if picture:
        target = folder / picture_file(job.id)
        target.parent.mkdir()
        target.write_bytes(picture)
    audit, pictures = replace(examination.audit, run=run()), examination.pictures
    lines = framehash_lines(examination.clip)
    # Once its frames are listed the clip goes, 120 MiB for an hour, before pages are set.
    del examination
    write_report(audit, folder / REPORT, pictures, lines, chosen(options["language"]))
    return item_record(listed_item(audit, item_folder(job.id), picture_file(job.id) if picture else ""))


def _picture(examination: Examination) -> bytes:
    """The picture of the strongest finding that has one, small, as JPEG; empty where none has."""
    finding = pictured(examination.audit)
    file = next((still.file for still in examination.audit.stills if still.finding == finding), None)
    if not finding or file is None:
        return b""
    png = np.frombuffer(examination.pictures[file], np.uint8)
    image = cv2.imdecode(png, cv2.IMREAD_COLOR)
    if image is None:
        return b""
    scale = SMALL / max(image.shape[:2])
    if scale < 1:
        size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    done, small = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, 80))
    return small.tobytes() if done else b""
