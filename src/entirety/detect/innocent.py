"""Writes down, for one finding, what became of each innocent explanation that its check declares.

A finding is only as good as the explanations that were held against it, so none may be left out: an unknown one is an error here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from entirety.detect.sentences import say
from entirety.model.finding import Innocent, Status, Value


@dataclass(frozen=True, slots=True)
class Explanation:
    """One innocent explanation with all that can be said of it; empty where that never comes up. Gaps as in str.format."""

    cause: str
    excluded: str = ""
    not_excluded: str = ""
    not_tested: str = ""


Explanations = Mapping[str, Explanation]
"""By slug, in the order of printing."""


def declared(explanations: Explanations) -> tuple[tuple[str, str], ...]:
    """Slug and cause of each, as a check declares them."""
    return tuple((slug, explanation.cause) for slug, explanation in explanations.items())


def weighed(
    check: str,
    explanations: Explanations,
    still_open: Collection[str],
    untested: Collection[str] = (),
    **values: Value,
) -> tuple[Innocent, ...]:
    """Each explanation once: excluded unless named in `still_open` or `untested`; KeyError for a name that is not declared."""
    unknown = (set(still_open) | set(untested)) - explanations.keys()
    if unknown:
        raise KeyError(f"{check} declares no {', '.join(sorted(unknown))}")
    statuses = {
        slug: Status.NOT_TESTED if slug in untested else Status.NOT_EXCLUDED if slug in still_open else Status.EXCLUDED
        for slug in explanations
    }
    return tuple(_innocent(check, slug, explanations[slug], status, values) for slug, status in statuses.items())


def _innocent(check: str, slug: str, said: Explanation, status: Status, values: Mapping[str, Value]) -> Innocent:
    name = status.value.replace(" ", "-")
    text: str = getattr(said, name.replace("-", "_"))
    if not text:
        raise KeyError(f"{check} has no sentence for {slug}, {name}")
    used = {gap: value for gap, value in values.items() if "{" + gap in text}
    return Innocent(slug, status, say(f"{check}.{slug}.{name}", text, **used))
