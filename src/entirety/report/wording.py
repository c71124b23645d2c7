"""The words of the report, looked up by message id in the catalogue of one language.

`locales/en.toml` holds every sentence of the report itself; another language is one more file of that kind and needs no code. Sentences
of checks carry their own English text: a catalogue may replace it under the same id, and where it does not the English one stands.
"""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from entirety.errors import Unsupported
from entirety.model.finding import Sentence, Value
from entirety.report.visible import visible

LOCALES = Path(__file__).parent / "locales"

FORMS = frozenset({"one", "few", "many", "other"})
"""Plural forms that a message may have, named as in Unicode CLDR; a table with exactly such keys is one message, not a group."""

LONGEST = 1500
"""Characters of one sentence of a check with its gaps filled; only a text that the file brings along makes one longer."""

DECLARED = 5000
"""Characters of one text of a check's declaration: ours, so longer ones occur only in a foreign audit."""

GAP = re.compile(r"[,_]?(\.\d{1,2})?[dfgexX%s]?")
"""Formats allowed in a sentence's gap: no width, so that no saved audit can ask for a billion blanks."""


class Catalogue:
    """All messages of one language."""

    def __init__(self, language: str) -> None:
        """Read `locales/<language>.toml`. Raises Unsupported where there is none."""
        self.language = language
        self._messages, self._plural = _read(language)
        self._english = self._messages if language == "en" else _read("en")[0]

    def text(self, message: str, **values: Value) -> str:
        """The message with its gaps filled; `n` chooses the plural form. Raises KeyError for an id that no catalogue has."""
        entry = self._messages.get(message, self._english[message])
        template = entry if isinstance(entry, str) else entry[self._form(values["n"], entry)]
        return template.format(**values)

    def say(self, sentence: Sentence) -> str:
        """A sentence of a check or of the judge, hidden characters made visible; a gap that cannot be filled stays as it is written."""
        entry = self._messages.get(sentence.id, sentence.text)
        template = entry if isinstance(entry, str) else sentence.text
        for text in (template, sentence.text):
            if fillable(text, dict(sentence.values)):
                return visible(text.format(**dict(sentence.values)), LONGEST)
        return visible(sentence.text, LONGEST)

    def or_own(self, message: str, own: str) -> str:
        """The message where the catalogue has it, otherwise the text that the declaration itself brings."""
        entry = self._messages.get(message, own)
        return visible(entry if isinstance(entry, str) else own, DECLARED)

    def fixed(self) -> dict[str, str]:
        """Every message without a gap, by id: what the templates print as it stands."""
        both = {**self._english, **self._messages}
        return {key: text.format() for key, text in both.items() if isinstance(text, str) and not gaps(text)}

    def ids(self) -> frozenset[str]:
        return frozenset(self._messages)

    def _form(self, number: Value, entry: Mapping[str, str]) -> str:
        last, two = int(number) % 10, int(number) % 100
        for form, where in self._plural.items():
            by_end = last in where.get("last", ()) and two not in where.get("but", ())
            if form in entry and (number in where.get("is", ()) or by_end):
                return form
        return "other"


def languages() -> list[str]:
    """Codes of the languages that a report can be printed in."""
    return sorted(path.stem for path in LOCALES.glob("*.toml"))


def gaps(text: str) -> set[str]:
    """Names of the gaps in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def fillable(text: str, values: Mapping[str, Value]) -> bool:
    """Whether every gap is a plain name with a value and an allowed format: a saved audit is not trusted to hold harmless ones."""
    try:
        fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
        plain = all(
            name in values and conversion is None and GAP.fullmatch(how or "") for _, name, how, conversion in fields
        )
        return plain and text.format(**values) is not None
    except (ValueError, TypeError, OverflowError):
        return False


@cache
def _read(language: str) -> tuple[dict[str, str | dict[str, str]], dict[str, dict[str, list[int]]]]:
    path = LOCALES / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.is_file():
        known = ", ".join(languages())
        raise Unsupported(f"There is no report in the language {visible(language, 20)!r}; there is: {known}.")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    plural = table.pop("plural")
    return dict(_flat(table, "")), plural


def _flat(table: Mapping[str, object], path: str) -> Iterator[tuple[str, str | dict[str, str]]]:
    for key, entry in table.items():
        name = f"{path}{key}"
        if isinstance(entry, dict) and not entry.keys() <= FORMS:
            yield from _flat(entry, f"{name}.")
        elif isinstance(entry, dict):
            yield name, {form: str(text) for form, text in entry.items()}
        else:
            yield name, str(entry)
