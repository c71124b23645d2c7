"""A claim cut to the length that page one has room for: whole sentences only, and none that states a percentage."""

import re

SHORT = 230
"""Characters of a claim on page one: three claims of this length with their pictures still fit one A4 page."""

LONGEST_SENTENCE = 2 * SHORT
"""Characters of a first sentence that page one prints whole although it is longer; only texts out of the file make a longer one."""

SENTENCE_END = re.compile(r"[.!?](?= [A-Z])")
"""A full stop inside a name or a number is followed by no blank and capital letter."""


def shortened(claim: str) -> str:
    """A claim for page one: as many of its full sentences as fit, the first one always; no list is broken off in the middle."""
    claim = _without_shares(claim)
    if len(claim) <= SHORT:
        return claim
    ends = [match.end() for match in SENTENCE_END.finditer(claim)] + [len(claim)]
    fits = [end for end in ends if end <= SHORT] or [end for end in ends[:1] if end <= LONGEST_SENTENCE]
    return claim[: fits[-1]] if fits else f"{claim[:SHORT].rsplit(' ', 1)[0]} …"


def _without_shares(claim: str) -> str:
    """The sentences that state no percentage, where there are any: on page one it would be read as the chance of something."""
    ends = [match.end() for match in SENTENCE_END.finditer(claim)] + [len(claim)]
    sentences = [claim[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]
    return " ".join(s for s in sentences if "%" not in s) or claim
