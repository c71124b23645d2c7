"""The words of the report, looked up by message id in the catalogue of one language.

`locales/en.toml` holds every sentence of the report itself, and each check brings its own English sentences along. A translation is one
gettext catalogue, `locales/<language>.po`, that translates these English texts: a text whose English has changed since is not found there
and is printed in English, so that no report says in one language what it no longer says in the other.
"""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from entirety.errors import Unsupported
from entirety.model.finding import Sentence, Value
from entirety.report.filled import filled
from entirety.report.numerals import Numbers
from entirety.report.visible import visible

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"

FORMS = frozenset({"one", "other"})
"""Forms of an English message that counts something; a table with exactly such keys is one message, not a group."""

LONGEST = 1500
"""Characters of one sentence of a check with its gaps filled; only a text that the file brings along makes one longer."""

DECLARED = 5000
"""Characters of one text of a check's declaration: ours, so longer ones occur only in a foreign audit."""

GAP = re.compile(r"[,_]?(\.\d{1,2})?[dfgexX%s]?")
"""Formats allowed in a sentence's gap: no width, so that no saved audit can ask for a billion blanks."""

ENDS = re.compile(r"(?<=[.!?]) (?=[A-Z{(])")
"""Between two sentences of one text. Checks put texts together from whole sentences, and these are translated one by one."""

FILLED = re.compile(r"\{[^{}]*\}")
"""A gap. A text of gaps alone is the same in every language."""

VALUE = "value"
"""Context in a catalogue of words that stand in a sentence's gap, such as the name of a picture type."""


class Catalogue:
    """All messages of one language."""

    def __init__(self, language: str) -> None:
        """Read the English messages and `locales/<language>.po`. Raises Unsupported where there is none."""
        self.language = language
        self._english = _english()
        self._translated = _translations(language)
        self._numbers = Numbers(language)

    def text(self, message: str, **values: Value) -> str:
        """The message with its gaps filled; `n` chooses the plural form. Raises KeyError for an id that no catalogue has."""
        entry = self._english[message]
        if isinstance(entry, str):
            template = self._translated.pgettext(message, entry)
        else:
            template = self._translated.npgettext(message, entry["one"], entry["other"], int(values["n"]))
        return self._numbers.format(template, **values)

    def say(self, sentence: Sentence) -> str:
        """A sentence of a check or of the judge, hidden characters made visible; a gap that cannot be filled stays as it is written."""
        values = dict(sentence.values)
        # The closed list of answers stands among the report's own messages, under the same ids.
        listed = self.text(sentence.id) if self._english.get(sentence.id) == sentence.text and not values else None
        for text in (listed or self._own(sentence.text), sentence.text):
            if fillable(text, values):
                told = {name: self.word(value) if isinstance(value, str) else value for name, value in values.items()}
                return visible(self._numbers.format(text, **told), LONGEST)
        return visible(sentence.text, LONGEST)

    def own(self, text: str) -> str:
        """A text that a check brings along, such as its title, in this language where the catalogue has it."""
        return visible(self._own(text), DECLARED)

    def word(self, text: str) -> str:
        """English words of a check that stand in a gap or as a unit; a text that the catalogue does not have stays."""
        return text if self.language == SOURCE else filled(text, self._value, lambda one: self.number(one, ""))

    def number(self, value: Value, how: str = ",") -> str:
        """A number as it is written in this language; `how` as in `format`."""
        return self._numbers.format_field(value, how)

    def fixed(self) -> dict[str, str]:
        """Every message without a gap, by id: what the templates print as it stands."""
        return {key: self.text(key) for key, text in self._english.items() if isinstance(text, str) and not gaps(text)}

    def ids(self) -> frozenset[str]:
        return frozenset(self._english)

    def _own(self, text: str) -> str:
        """A whole text where the catalogue has it, else its sentences one by one, else the English: never half of each."""
        whole = self._known(text)
        if whole is not None:
            return whole
        parts = [self._known(part) for part in sentences(text)]
        told = [part for part in parts if part is not None]
        return " ".join(told) if len(told) == len(parts) else text

    def _known(self, text: str) -> str | None:
        told = self._translated.gettext(text)
        wordless = not any(letter.isalpha() for letter in FILLED.sub("", text))
        return told if told != text or wordless or self.language == SOURCE else None

    def _value(self, text: str) -> str | None:
        told = self._translated.pgettext(VALUE, text)
        return told if told != text else None


def sentences(text: str) -> list[str]:
    """The sentences of a text, as catalogues hold them."""
    return ENDS.split(text)


def languages() -> list[str]:
    """Codes of the languages that a report can be printed in."""
    return sorted([SOURCE, *(path.stem for path in LOCALES.glob("*.po"))])


def chosen(text: str) -> tuple[str, ...]:
    """The languages that somebody asks for, as in `ru,kk`, each once. Raises Unsupported for one that no report can be printed in."""
    wanted = dict.fromkeys(part.strip() for part in text.split(","))
    known = languages()
    for code in wanted:
        if code not in known:
            raise _no_such(code)
    return tuple(wanted)


def _no_such(language: str) -> Unsupported:
    return Unsupported(
        f"There is no report in the language {visible(language, 20)!r}; there is: {', '.join(languages())}."
    )


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
def _english() -> dict[str, str | dict[str, str]]:
    return dict(_flat(tomllib.loads((LOCALES / f"{SOURCE}.toml").read_text(encoding="utf-8")), ""))


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    path = LOCALES / f"{language}.po"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.is_file():
        raise _no_such(language)
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - an English report does not wait for it
    from babel.messages.pofile import read_po  # noqa: PLC0415 - likewise

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _flat(table: Mapping[str, object], path: str) -> Iterator[tuple[str, str | dict[str, str]]]:
    for key, entry in table.items():
        name = f"{path}{key}"
        if isinstance(entry, dict) and not entry.keys() <= FORMS:
            yield from _flat(entry, f"{name}.")
        elif isinstance(entry, dict):
            yield name, {form: str(text) for form, text in entry.items()}
        else:
            yield name, str(entry)
