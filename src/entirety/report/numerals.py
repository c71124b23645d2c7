"""Numbers as a language writes them: 1,234.5 in English is 1 234,5 in Russian and Kazakh. The digits are the same in each.

Times of the form 00:01:02.345, hashes, versions and commands are codes and stay as they are.
"""

import re
import string
from functools import cache

from entirety.model.finding import Value

NUMBER = re.compile(r"[-+−]?\d{1,3}(,\d{3})*(\.\d+)?|[-+−]?\d+(\.\d+)?")
"""A number that is handed over as text, so that its places after the point are as its maker chose."""


class Numbers(string.Formatter):
    """Fills the gaps of a sentence; formats as in `str.format`, marks as in the language."""

    def __init__(self, language: str) -> None:
        self._marks = str.maketrans(_marks(language))

    def format_field(self, value: Value, format_spec: str) -> str:
        text = format(value, format_spec)
        number = not isinstance(value, str) or NUMBER.fullmatch(text)
        return text.translate(self._marks) if number else text


@cache
def _marks(language: str) -> dict[str, str]:
    """What stands for the English comma and point."""
    if language == "en":
        return {}
    from babel.core import Locale  # noqa: PLC0415 - an English report does not wait for it

    symbols = Locale.parse(language).number_symbols["latn"]
    return {",": symbols["group"], ".": symbols["decimal"]}
