"""False flags to expect, in words: how many clips of a folder may be answered with a flag although nothing was cut out or joined."""

import math
from collections.abc import Iterator, Sequence

from entirety.model.case import Case
from entirety.report.case_rates import FLAGS, Expected
from entirety.report.case_words import counted
from entirety.report.performance import kind_of
from entirety.report.wording import Catalogue

MEANING = (
    "A false flag is a clip that is answered “Direct trace” or “Indications” although nothing was cut out or joined."
)


def flags(case: Case, found: Sequence[Expected]) -> str:
    """What a false flag is, how many flags there are here, and how many false ones would be no surprise; empty where no clip was audited."""
    if not found:
        return ""
    known, unknown = [one for one in found if one.known], [one for one in found if not one.known]
    clips, other = sum(one.clips for one in known), sum(one.clips for one in unknown)
    flagged = sum(item.answer in FLAGS for item in case.items)
    text = f"{MEANING} Here {counted(flagged, 'clip has', 'clips have')} one of these two answers."
    if not known:
        return f"{text} The rate is known for none of the {counted(other, 'clip', 'clips')} here."
    most = min(math.ceil(sum(one.likely[2] for one in known) - 1e-9), clips)
    none = "it" if clips == 1 else "none of them"
    text += (
        f" For {clips:,} of the {counted(clips + other, 'clip', 'clips')} the rate is known: if {none} had "
        f"{'not ' if clips == 1 else ''}been cut or joined, up to {counted(most, 'such answer', 'such answers')} would not be surprising."
    )
    if other:
        text += f" For {other:,} it is not known."
    # Two lines of one kind, where one is known, are of the same measured clips.
    basis = {one.kind: (one.measured, one.flagged) for one in known}
    measured, wrong = (sum(pair[at] for pair in basis.values()) for at in range(2))
    was = "was" if wrong == 1 else "were"
    return f"{text} Basis: {measured:,} continuous clips of these kinds, made by us; {f'{wrong:,}' if wrong else 'none'} {was} flagged."


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
            told = f"{_range(low, min(high, one.clips))}; at the rate itself {_about(likely)}"
            yield kind, f"{one.clips:,}", f"{one.flagged:,} of {one.measured:,}", told


def _range(low: float, high: float) -> str:
    """From a bound rounded down to one rounded up: a bound that is rounded towards the middle is none."""
    least, most = math.floor(10 * low + 1e-9) / 10, math.ceil(10 * high - 1e-9) / 10
    if not least:
        return f"up to {most:.1f}"
    return f"{least:.1f} to {most:.1f}"


def _about(number: float) -> str:
    return "under 0.1" if number < 0.05 else f"{number:.1f}"
