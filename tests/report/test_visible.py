"""Nothing that a file's maker wrote may hide, reorder or steer."""

import re
import unicodedata

import typst
from hypothesis import given
from hypothesis import strategies as st

from entirety.report.visible import HIDDEN, PRINTABLE, drawable, visible


def test_hidden_characters_become_codes() -> None:
    assert visible("a\u202eb\n\x1b[31m\udcff") == "a<U+202E>b<U+000A><U+001B>[31m<U+DCFF>"


def test_a_letter_keeps_three_marks_and_no_more() -> None:
    assert visible("z" + "\u0301" * 5) == "z\u0301\u0301\u0301<U+0301><U+0301>"


def test_a_long_text_says_how_much_is_left_out() -> None:
    assert visible("x" * 1010, 10) == "x" * 10 + " [+1,000]"


@given(st.text(st.characters(codec=None, categories=None)))
def test_what_is_visible_has_a_picture_and_can_be_written(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert not any(unicodedata.category(c) in HIDDEN for c in shown)


def test_long_words_can_break_and_unknown_letters_become_codes() -> None:
    assert drawable("a" * 40).replace("\u200b", "") == "a" * 40
    assert max(len(piece) for piece in drawable("a" * 4000).split("\u200b")) == 16
    assert drawable("Ққ №5 中") == "Ққ №5 <U+4E2D>"


def test_the_pdf_has_a_glyph_for_every_character_that_it_is_given() -> None:
    """PDF/UA refuses a document in which one character has no glyph, so one compilation tries them all."""
    every = "".join(c for c in map(chr, range(0x20, 0x2300)) if PRINTABLE.fullmatch(c))
    assert len(every) > 400
    assert set("ӘәҒғҚқҢңӨөҰұҮүҺһІі") <= set(every)
    source = '#set document(title: "t", date: none)\n#set text(lang: "en")\n#sys.inputs.all\n#text(font: "DejaVu Sans Mono", sys.inputs.all)'
    inputs = {"all": re.sub(r"\s+", " ", every) + "\u200b"}
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True, sys_inputs=inputs)
    assert compiler.compile(format="pdf", pdf_standards=["ua-1"])
