"""Text that comes from the file, made safe to read: characters that hide, reorder or steer are shown as their code point.

A file name or a tag is written by whoever made the file. It may hold line breaks, characters that turn the reading direction round, or
characters that a terminal obeys. None of them reaches a page or a terminal; a reader sees `<U+202E>` in their place.
"""

import re
import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories without a picture of their own: control, format (all bidi marks), surrogate, private, unassigned, separators."""

HARMLESS = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02af\u0400-\u0482\u048a-\u052f\u2013\u2014\u2018-\u201d\u2026]*")
"""Text of such characters alone, none of them hidden or a mark, is shown as it is: nearly all text is, and looking up each takes ten times as long."""

MOST_MARKS = 3
"""Combining marks that one letter may carry; real writing needs two, a pile of them paints over the lines above and below."""

LONGEST_WORD = 32
"""Characters without a gap that fit a table cell in the PDF; longer ones get invisible places to break, every 16 characters."""

PRINTABLE = re.compile(
    r"[ -~\u00a0-\u017f\u0192\u0218-\u021b\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    r"\u0490-\u0493\u0496-\u049b\u04a0-\u04a3\u04ae-\u04b3\u04b6-\u04bb\u04d8\u04d9\u04e8\u04e9"
    r"\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2212]"
)
"""Characters that every typeface inside the PDF can draw: Latin, Greek, Cyrillic with the Kazakh letters, common signs. Tried one by one in a test."""

UNDRAWABLE = re.compile(rf"[^\n{PRINTABLE.pattern[1:]}")


def visible(text: str, most: int = 600) -> str:
    """`text` with hidden characters shown as `<U+202E>`, piled-up marks likewise, cut after `most` characters with the rest counted."""
    if len(text) <= most and HARMLESS.fullmatch(text):
        return text
    shown, marks = [], 0
    for character in text[:most]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        shown.append(_code(character) if category in HIDDEN or marks > MOST_MARKS else character)
    rest = f" [+{len(text) - most:,}]" if len(text) > most else ""
    return "".join(shown) + rest


def drawable(text: str) -> str:
    """`text` as the PDF can set it: a character that its typefaces lack becomes its code point, a very long word can break."""
    known = UNDRAWABLE.sub(lambda character: _code(character.group()), text)
    return re.sub(rf"\S{{{LONGEST_WORD},}}", lambda word: "\u200b".join(_pieces(word.group())), known)


def _pieces(word: str) -> list[str]:
    return [word[at : at + 16] for at in range(0, len(word), 16)]


def _code(character: str) -> str:
    return f"<U+{ord(character):04X}>"
