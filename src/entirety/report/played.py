"""Where in playing a finding lies: seconds as a player counts them, from 0 at the start of the file.

A file may count its own time from any number; a player subtracts the start that the file states. What concerns no shown picture, hidden
pictures among them, has no place in playing, and a list of places says so rather than invent one.
"""

from fractions import Fraction

from entirety.model.audit import Audit
from entirety.model.finding import Span


def played(audit: Audit, span: Span) -> tuple[Fraction, Fraction] | None:
    """Begin and end, never before 0; None where it concerns no shown picture."""
    if span.first < 0 or span.end < audit.start:
        return None
    start = max(Fraction(0), span.start - audit.start)
    return start, max(start, span.end - audit.start)
