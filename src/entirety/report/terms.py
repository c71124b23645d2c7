"""Technical words on page one, each linked to its entry in the glossary where it first stands."""

import re
from functools import cache

from entirety.report.view_parts import Run, Runs
from entirety.report.wording import Catalogue

TERMS = (
    "clip",
    "frame",
    "key_frame",
    "types",
    "group",
    "order",
    "presentation",
    "tick",
    "median",
    "shot",
    "hard_cut",
    "dissolve",
    "jump_cut",
    "cadence",
    "overlay",
    "source_group",
    "residual",
    "hash",
    "container",
    "edit_list",
    "packet",
    "multiplex",
    "transport",
    "reference",
    "time_code",
    "fix",
    "stream",
    "settings",
    "quantiser",
    "rate_control",
    "run",
    "bla",
    "re_encoding",
    "stream_copy",
    "finding",
    "direct_trace",
    "check",
    "library",
)


class Linker:
    """Links each term at its first place only: a page on which every second word is a link cannot be read."""

    def __init__(self, words: Catalogue) -> None:
        self._pattern, self._terms = _forms(tuple((term, words.text(f"term.{term}")) for term in TERMS))
        self._seen: set[str] = set()

    def link(self, text: str) -> Runs:
        """`text` as stretches; together they are `text` again."""
        runs, done = [], 0
        for match in self._pattern.finditer(text):
            term = self._terms[_key(match.group())]
            if term not in self._seen:
                self._seen.add(term)
                runs += [Run(text[done : match.start()], ""), Run(match.group(), term)]
                done = match.end()
        return tuple(run for run in (*runs, Run(text[done:], "")) if run.text)


def _key(form: str) -> str:
    return form[:1].lower() + form[1:]


@cache
def _forms(listed: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all forms, longest first, and the term of each; the first letter may be a capital."""
    terms = {_key(form): term for term, forms in listed for form in forms.split("|")}
    by_length = sorted(terms, key=len, reverse=True)
    either = (f"[{re.escape(form[0])}{re.escape(form[0].upper())}]{re.escape(form[1:])}" for form in by_length)
    return re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)"), terms
