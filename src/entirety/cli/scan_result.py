"""How a scan ends: its exit code, and the sentences that say what came out, which are those of the index page."""

from typing import TYPE_CHECKING

from entirety.cli.audit import FailOn, reached

if TYPE_CHECKING:  # numpy comes along with it, for which --help would wait
    from entirety.model.case import Case

NOT_WHOLE = "No answer shows that a recording is whole"


def result(case: "Case", fail_on: FailOn, *, strict: bool) -> tuple[int, str]:
    """Exit code and what ends a scan, without its full stop."""
    from entirety.model.case import Fate
    from entirety.report import case_words
    from entirety.report.case_words import Class, class_of

    met = {class_of(one) for one in case.entries}
    gaps = any(one.not_run or one.unexamined for one in case.items)
    code = 3 if met & {Class.MISSED, Class.ARCHIVE} or (strict and (gaps or met & {Class.NAMED, Class.LOOSE})) else 0
    if any(one.fate is Fate.CHANGED for one in case.entries):
        # What is handed over changes: of all failures the one that an index must not hide.
        code = 4
    if any(reached(item.answer.value, fail_on) for item in case.items):
        code = max(code, 1)
    return code, f"{case_words.result(case)} {NOT_WHOLE}"


def megabytes(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
