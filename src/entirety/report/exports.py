"""The files beside a report that other programs read: results, chapters, a table, markers, and a word on what every file is.

All of them come from the audit and the words of one language alone, the same bytes every time, so that they can be made again years later
and held against what was handed over.
"""

from entirety.model.audit import Audit
from entirety.report.chapters import chapters
from entirety.report.clip_sarif import clip_sarif
from entirety.report.document import declared, serialise
from entirety.report.findings import findings
from entirety.report.folder import folder
from entirety.report.markers import markers
from entirety.report.names import EXPORTS
from entirety.report.table import table
from entirety.report.wording import Catalogue


def exports(audit: Audit, words: Catalogue) -> dict[str, bytes]:
    """Every export by its name in the report folder."""
    whole = declared(audit)
    found = findings(whole, words)
    made = (
        serialise(clip_sarif(whole, found, words)),
        chapters(whole, found, words),
        table(whole, found),
        serialise(markers(whole, found)),
        folder(whole, words),
    )
    return dict(zip(EXPORTS, made, strict=True))
