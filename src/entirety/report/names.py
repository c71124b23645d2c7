"""What the files of a report folder are called, and which language a printed form is in by its name."""

import re

from entirety.model.copies import REVIEW_FILE
from entirety.report.copied import COPY_FILE
from entirety.report.restore import STILL_FILE

AUDIT, FRAMES, MANIFEST = "audit.json", "frames.framehash", "manifest-sha256.txt"
STATEMENT, ENVELOPE = "statement.intoto.json", "statement.dsse.json"
EXPORTS = ("audit.sarif", "chapters.vtt", "findings.csv", "markers.otio", "README.txt")
"""In the order in which they are written."""

ALWAYS = frozenset({AUDIT, FRAMES, MANIFEST, "report.html", "report.pdf", STATEMENT, *EXPORTS})
"""What this version writes into every report folder."""

LATER = frozenset({STATEMENT, *EXPORTS})
"""What earlier versions did not write."""

FORM = re.compile(r"report(?:\.([a-z]{2,3}))?\.(html|pdf)")
"""A printed form: `report.html` in the first language, `report.ru.html` in a further one."""

KINDS = {AUDIT: "audit", FRAMES: "frames", MANIFEST: "manifest", STATEMENT: "statement", ENVELOPE: "envelope"}


def kind_of(name: str) -> str:
    """The kind of file that a name in a report folder means, as in the ids of messages; empty where it means none of a report."""
    if name in KINDS:
        return KINDS[name]
    if form := FORM.fullmatch(name):
        return form[2]
    if name == REVIEW_FILE:
        return "review"
    if STILL_FILE.fullmatch(name):
        return "still"
    if COPY_FILE.fullmatch(name):
        return "copy"
    return "export" if name in EXPORTS else ""
