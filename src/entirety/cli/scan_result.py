"""How a scan ends: its exit code, and the one sentence that says what came out."""

from typing import TYPE_CHECKING

from entirety.cli.audit import FailOn, reached

if TYPE_CHECKING:  # numpy comes along with it, for which --help would wait
    from entirety.model.case import Case


def result(case: "Case", fail_on: FailOn, *, strict: bool) -> tuple[int, str]:
    """Exit code and the one sentence that ends a scan."""
    from entirety.model.audit import Answer
    from entirety.model.case import COMPLETE, Fate

    failed = [one for one in case.entries if one.fate not in COMPLETE and one.fate not in (Fate.LINK, Fate.SPECIAL)]
    named = [one for one in case.entries if one.video_by_name and one.fate in (Fate.NOT_VIDEO, Fate.EMPTY)]
    loose = [one for one in case.entries if one.fate in (Fate.LINK, Fate.SPECIAL)]
    gaps = [one for one in case.items if one.not_run or one.unexamined]
    code = 3 if failed or (strict and (named or loose or gaps)) else 0
    if any(reached(item.answer.value, fail_on) for item in case.items):
        code = max(code, 1)
    audited = sum(1 for one in case.entries if one.fate is Fate.AUDITED)
    answers = [(answer.value, sum(1 for item in case.items if item.answer is answer)) for answer in Answer]
    said = ", ".join(f"{number:,} {answer}" for answer, number in answers if number)
    parts = [
        f"{counted(len(case.entries), 'file')} met",
        f"{audited:,} audited"
        + (f" ({len(case.items):,} different)" if len(case.items) != audited else "")
        + (f": {said}" if said else ""),
        f"{counted(len(failed), 'file')} could not be analysed" if failed else "",
        f"{len(named):,} that only the name calls a video" if named else "",
        f"{counted(len(loose), 'link or device', 'links or devices')} not followed" if loose else "",
    ]
    return code, "; ".join(part for part in parts if part)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def megabytes(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
