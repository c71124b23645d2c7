"""What the index page says in words: the result in one sentence, what each fate means, and how many false flags are to be expected."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from entirety.judge.checks import LISTED
from entirety.model.audit import Answer
from entirety.model.case import Case, Fate, Listed
from entirety.model.finding import Question, Weight
from entirety.report.case_rates import Expected
from entirety.report.performance import kind_of
from entirety.report.wording import Catalogue

FATES = {
    Fate.AUDITED: ("Audited", "A video; it was read whole and has a report."),
    Fate.NOT_VIDEO: ("No video by content", "What is in the file is no video that this program knows; it was hashed and nothing else."),
    Fate.ARCHIVE: ("Archive, not opened", "A packed file: what is in it was not looked at. Unpack it and scan again."),
    Fate.EMPTY: ("Empty", "The file has no bytes."),
    Fate.DAMAGED: ("Damaged", "A video, broken so early that nothing of it could be analysed."),
    Fate.UNSUPPORTED: ("Form not read", "A form of video that this program does not read, or refuses to read for safety."),
    Fate.UNREADABLE: ("Not readable", "The system would not let us read it; of a folder, nothing in it was looked at."),
    Fate.LINK: ("Link, not followed", "It names another place, which may lie outside the folder; that place was not looked at."),
    Fate.SPECIAL: ("Device, pipe or socket", "No file that holds bytes; it was not opened."),
    Fate.CHANGED: ("Changed while read", "Its bytes after the analysis were not those before it, so the analysis was not kept."),
    Fate.CRASHED: ("Analysis broke off", "The analysis ended without an answer; what it said last stands in the row. It is not tried again unless asked."),
    Fate.TIMED_OUT: ("Out of time", "The analysis was stopped at its limit of time."),
    Fate.OUT_OF_MEMORY: ("Out of memory", "The analysis was stopped at its limit of memory."),
    Fate.FAILED: ("Not finished", "The analysis could not be finished for a reason outside the file: a full disk, or the scan was ended before."),
}  # fmt: skip
"""A short word, and what it means."""

ANSWERED = {
    Answer.DIRECT: "{n} with a direct trace",
    Answer.INDICATIONS: "{n} with indications",
    Answer.RE_SAVED: "{n} re-saved by software",
    Answer.INCONCLUSIVE: "{n} without a conclusion",
    Answer.NONE_FOUND: "{n} in which no indications were found",
}

NOTHING_TO_DO = frozenset({Fate.AUDITED, Fate.NOT_VIDEO, Fate.EMPTY})
ORIGINAL = frozenset(check.id for check in LISTED if check.question is Question.ORIGINAL)


def counted(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def result(case: Case) -> str:
    """The result in one sentence."""
    answers = Counter(item.answer for item in case.items)
    fates = Counter(entry.fate for entry in case.entries)
    told = [text.format(n=f"{answers[answer]:,}") for answer, text in ANSWERED.items() if answers[answer]]
    clips = f"{counted(len(case.items), 'clip was', 'clips were')} audited"
    rest = sum(n for fate, n in fates.items() if fate not in NOTHING_TO_DO)
    missed = (
        f"; {counted(rest, 'name', 'names')} of {len(case.entries):,} {'was' if rest == 1 else 'were'} not analysed"
        if rest
        else ""
    )
    return f"{clips}{': ' if told else ''}{_joined(told)}{missed}."


def strength(one: Listed, words: Catalogue) -> str:
    """How much a finding can carry; what only says who wrote the file is told apart, lest it be read as a sign of a cut."""
    apart = "_original" if one.weight is Weight.STRONG and one.check in ORIGINAL else ""
    return words.text(f"weight.{one.weight.value}{apart}")


def flags(found: Sequence[Expected]) -> str:
    """How many false flags are to be expected in all, in one or two sentences."""
    known, unknown = [one for one in found if one.known], [one for one in found if not one.known]
    clips, other = sum(one.clips for one in known), sum(one.clips for one in unknown)
    if not found:
        return "No clip was audited."
    if not known:
        return f"Not known: for none of the {counted(other, 'clip', 'clips')} here are there measured rates."
    likely, low, high = (sum(one.likely[at] for one in known) for at in range(3))
    text = (
        f"If nothing at all had been done to the {counted(clips, 'clip', 'clips')} here for whose kind of file rates were measured, "
        f"between {_down(low)} and {_up(min(high, clips))} of them would still be expected to be answered “Direct trace” or “Indications”; "
        f"at the measured rates themselves, {_about(likely)}."
    )
    if other:
        text += f" For {counted(other, 'further clip', 'further clips')} it is not known."
    return text


def flag_rows(found: Sequence[Expected], words: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Kind of file, clips here, what was measured, what is to be expected."""
    for one in found:
        kind = kind_of(one.kind, words) or "not recorded"
        if one.why_unknown == "changed":
            yield kind, f"{one.clips:,}", "other checks ran here than were measured", "not known"
        elif one.why_unknown:
            yield (
                kind,
                f"{one.clips:,}",
                f"{one.measured:,} measured: too few to say" if one.measured else "none measured",
                "not known",
            )
        else:
            likely, low, high = one.likely
            told = f"{_down(low)} to {_up(min(high, one.clips))}; at the rate itself {_about(likely)}"
            yield kind, f"{one.clips:,}", f"{one.flagged:,} of {one.measured:,}", told


def _about(number: float) -> str:
    return "less than 0.1" if 0 < number < 0.05 else f"{number:.1f}"


def _down(number: float) -> str:
    return f"{math.floor(10 * number + 1e-9) / 10:.1f}"


def _up(number: float) -> str:
    """Rounded up: a bound that is rounded down is none."""
    return f"{math.ceil(10 * number - 1e-9) / 10:.1f}"


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(parts)
