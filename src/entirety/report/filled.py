"""Words that a check puts into the gap of a sentence, such as the name of a program or "2 days", in the language of the report.

They come in English from the saved audit. What the catalogue does not have, such as a name, a code or a text out of the file, stays.
"""

import re
from collections.abc import Callable

HELD = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|[^\s(),;/]*\d[^\s(),;/]*")
"""Numbers, times, file names and the like: `#` stands for each in the catalogue, and it is put back in its turn."""

JOINTS = re.compile(r"(; | / | -> )")
"""Between several words in one gap; each is looked up by itself where the whole is not known."""

LED = re.compile(r"(?P<head>.+?)(?P<rest> \(.*\))", re.DOTALL)
"""A word with something in brackets, as `readable text (title of a film)`."""


HOW = re.compile(r"(?P<how>exact|prefix|contains|regex) (?P<text>.*)", re.DOTALL)
"""How a trace was compared with the text after it."""


LONGEST = 300
"""Characters of a text that is looked up; no word of ours is as long."""


def filled(text: str, known: Callable[[str], str | None], number: Callable[[str], str]) -> str:
    """The words of a gap. `known` looks a text up in the catalogue, `number` writes a number as the language does."""
    whole = _one(text, known, number)
    if whole is not None:
        return whole
    how = HOW.fullmatch(text)
    if how is not None:
        return f"{known(how['how']) or how['how']} {how['text']}"
    parts = JOINTS.split(text)
    return "".join(part if at % 2 else _piece(part, known, number) for at, part in enumerate(parts))


def _piece(text: str, known: Callable[[str], str | None], number: Callable[[str], str]) -> str:
    whole = _one(text, known, number)
    led = LED.fullmatch(text)
    head = _one(led["head"], known, number) if whole is None and led else None
    return f"{head}{led['rest']}" if led and head is not None else text if whole is None else whole


def _one(text: str, known: Callable[[str], str | None], number: Callable[[str], str]) -> str | None:
    if len(text) < LONGEST and (whole := known(text)) is not None:
        return whole
    held = HELD.findall(text)
    told = known(HELD.sub("#", text)) if len(text) < LONGEST else None
    if told is None or told.count("#") != len(held):
        return None
    parts = told.split("#")
    return "".join(f"{part}{number(one)}" for part, one in zip(parts, [*held, ""], strict=True))
