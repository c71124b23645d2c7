"""The grammar of SARIF 2.1.0, the exchange format of programs that check things, as far as this program speaks it.

The format knows what passed, failed or stays open, and the closed list of answers is laid on it: `fail` is a direct trace and nothing else
is, and `pass` says that the checks made found nothing, never that a recording is whole. Times have no place in the format and stand among
the properties. The log of one clip and that of a whole case folder are built from these parts.
"""

from collections.abc import Iterable, Iterator, Sequence

from entirety.judge.checks import LISTED
from entirety.model.audit import Answer, Declaration
from entirety.model.finding import Check, Question, Weight
from entirety.report.record import Json, Object, pairs
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Only names the format; nothing is fetched."""
KINDS = {
    Answer.DIRECT: "fail",
    Answer.INDICATIONS: "review",
    Answer.RE_SAVED: "informational",
    Answer.INCONCLUSIVE: "open",
    Answer.NONE_FOUND: "pass",
}
FINDINGS = {
    Weight.DIRECT: "fail",
    Weight.STRONG: "review",
    Weight.SUPPORTING: "open",
    Weight.NEUTRAL: "informational",
}
"""As for the answers; a supporting finding alone decides nothing, so it is open."""
ORIGINAL = frozenset(check.id for check in LISTED if check.question is Question.ORIGINAL)
"""Checks of what wrote the file."""
ANSWER = "answer"
"""Rule of the results that give a clip's answer; no check is called so."""
LONGEST = 2000
"""Characters of one message."""


def log(run: Object) -> Object:
    """A whole log with one run."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def answer_rule(words: Catalogue) -> Object:
    return {
        "id": ANSWER,
        "shortDescription": {"text": plain(words.text("sarif.answer"))},
        "fullDescription": {"text": plain(words.text("sarif.answer_means"))},
    }


def rule(declared: Check | Declaration, words: Catalogue) -> Object:
    """A check as it declared itself: what it looks for, its innocent causes and its blind spots."""
    causes = [(slug, words.own(own)) for slug, own in declared.innocent]
    blind = [words.own(own) for own in declared.blind_spots]
    part: Object = {
        "id": visible(declared.id),
        "shortDescription": {"text": plain(words.own(declared.title))},
        "fullDescription": {"text": plain(words.own(declared.sees))},
    }
    if causes or blind:
        part["help"] = {"text": "\n".join(_help([text for _, text in causes], blind, words))}
    return part | {
        "properties": {"revision": declared.revision, "innocentCauses": pairs(causes), "blindSpots": [*blind]}
    }


def _help(causes: Sequence[str], blind: Sequence[str], words: Catalogue) -> Iterator[str]:
    for title, lines in (("sarif.causes", causes), ("sarif.blind", blind)):
        if lines:
            yield plain(words.text(title))
            yield from (f"- {plain(line)}" for line in lines)


def head(of: str, kind: str, text: str, number: dict[str, int]) -> Object:
    """The begin of a result: only `fail` has a level."""
    return {
        "ruleId": of,
        "ruleIndex": number[of],
        "kind": kind,
        "level": "warning" if kind == "fail" else "none",
        "message": {"text": plain(text) or of},
    }


def kind_of(check: str, weight: Weight) -> str:
    """What only says who wrote the file is no more than information, however clear it is."""
    only_writer = weight is Weight.STRONG and check in ORIGINAL
    return FINDINGS[Weight.NEUTRAL if only_writer else weight]


def region(bounds: tuple[int, int] | None) -> Object | None:
    """The bytes [start, end) of a file; None where there are none."""
    if bounds is None or bounds[0] < 0 or bounds[1] <= bounds[0]:
        return None
    return {"byteOffset": bounds[0], "byteLength": bounds[1] - bounds[0]}


def frames(first: int, last: int) -> Object:
    """What concerns no shown picture has none."""
    return {name: at for name, at in (("start_frame", int(first)), ("end_frame", int(last))) if at >= 0}


def numbers(rules: Iterable[Object]) -> dict[str, int]:
    return {str(one["id"]): at for at, one in enumerate(rules)}


def within(place: Object, part: Object | None = None) -> Object:
    """A location: a file, or bytes of it."""
    physical: dict[str, Json] = {"artifactLocation": place}
    return {"physicalLocation": physical if part is None else {**physical, "region": part}}


def plain(text: str) -> str:
    """Text for a message: braces would be gaps in it and brackets before a parenthesis a link."""
    return visible(text, LONGEST).replace("{", "{{").replace("}", "}}").replace("](", "] (")
