"""A claim cut to the length that page one has room for: whole sentences only, and none that states a percentage."""

import re

SHORT = 230
"""Characters of a claim on page one: three claims of this length with their pictures still fit one A4 page."""

LONGEST_SENTENCE = 2 * SHORT
"""Characters of a first sentence that page one prints whole although it is longer; only texts out of the file make a longer one."""

SENTENCE_END = re.compile(r"[.!?](?= [A-Z\u0410-\u042f\u0401\u04d8\u0492\u049a\u04a2\u04e8\u04b0\u04ae\u04ba\u0406])")
"""A full stop inside a name or a number is followed by no blank and capital letter, Latin, Russian or Kazakh."""

BEFORE_NUMBER = re.compile(rf"{SENTENCE_END.pattern}|[.!?](?= \d)")
"""The same, or followed by a number: a sentence may begin with one."""


def shortened(claim: str) -> str:
    """A claim for page one: as many of its full sentences as fit, the first one always; no list is broken off in the middle."""
    claim = _without_shares(claim)
    if len(claim) <= SHORT:
        return claim
    ends = [match.end() for match in SENTENCE_END.finditer(claim)] + [len(claim)]
    fits = [end for end in ends if end <= SHORT] or [end for end in ends[:1] if end <= LONGEST_SENTENCE]
    return claim[: fits[-1]] if fits else f"{claim[:SHORT].rsplit(' ', 1)[0]} …"


def _without_shares(claim: str) -> str:
    """What the claim says without a percentage: on page one it would be read as the chance of something.

    A sentence that states one is left out, or ends at the colon before it; where nothing would be left the claim stays as it is.
    """
    ends = [match.end() for match in BEFORE_NUMBER.finditer(claim)] + [len(claim)]
    sentences = [claim[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]
    kept = (
        s if "%" not in s else f"{s.partition(': ')[0]}." if "%" not in s.partition(": ")[0] else "" for s in sentences
    )
    return " ".join(s for s in kept if s) or claim
