"""Every Russian and Kazakh letter in the PDF, in each of its typefaces: a picture of its own, the right code behind it."""

import ctypes
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache

import numpy as np
import pypdfium2
import pypdfium2.raw
import pytest
from numpy.typing import NDArray

from entirety.errors import Environment
from entirety.read.page_setter import set_pages
from entirety.report.compose import compose
from entirety.report.html import TEMPLATES
from entirety.report.wording import Catalogue
from report.audits import quiet
from report.printed import print_of, refused

SMALL = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
LETTERS = "".join(letter.upper() + letter for letter in SMALL)
FACES = {
    "regular": "it => it",
    "semibold": "it => head(it)",
    "bold": "it => strong(it)",
    "italic": "it => emph(it)",
    "monospaced": "it => mono(it)",
    "monospaced bold": "it => strong(mono(it))",
}
"""Bold italic is not among them: there the typeface lacks Kazakh letters, and the report does not use it."""
LACKING = "中"
"""A sign that none of the typefaces has."""
SCALE = 6.0


@cache
def set_letters(letters: str, *, claimed: bool = True) -> bytes:
    """A page for each face within the frame of the report's pages, every letter in a box of its own."""
    view = asdict(compose(quiet(), Catalogue("en"), "ab" * 32, []))
    frame = (TEMPLATES / "frame.typ").read_text(encoding="utf-8")
    pages = "\n#pagebreak()\n".join(
        f"#{{ set text(fallback: false); for letter in data.letters.clusters() {{ box(width: 9mm, height: 9mm, ({face})(letter)) }} }}"
        for face in FACES.values()
    )
    data = json.dumps({**view, "letters": letters})
    return set_pages(frame + pages, data, "/", ["ua-1"] if claimed else [])


@cache
def drawn(letters: str, *, claimed: bool = True) -> dict[str, list[tuple[str, NDArray[np.uint8]]]]:
    """For each face: what stands behind each sign in the body of its page, and its picture."""
    with pypdfium2.PdfDocument(set_letters(letters, claimed=claimed)) as document:
        return {face: list(_signs(document[at])) for at, face in enumerate(FACES)}


def _signs(page: pypdfium2.PdfPage) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    sheet, words = page.render(scale=SCALE, grayscale=True).to_numpy().squeeze(), page.get_textpage()
    height = page.get_height()
    for at in range(words.count_chars()):
        left, low, right, high = words.get_charbox(at)
        # The head and the foot of the page, which name the report, are no letters of ours.
        if not 70 < low < height - 70 or right - left < 0.1:
            continue
        code = pypdfium2.raw.FPDFText_GetUnicode(words.raw, at)
        assert pypdfium2.raw.FPDFText_HasUnicodeMapError(words.raw, at) == 0
        rows = slice(int((height - high) * SCALE), int(np.ceil((height - low) * SCALE)))
        yield chr(code), sheet[rows, int(left * SCALE) : int(np.ceil(right * SCALE))]


@pytest.mark.parametrize("face", FACES)
def test_every_letter_is_there_and_is_itself(face: str) -> None:
    signs = drawn(LETTERS)[face]
    assert "".join(sign for sign, _ in signs) == LETTERS
    pictures = {picture.tobytes() + bytes(picture.shape[:1]) for _, picture in signs}
    assert len(pictures) == len(LETTERS), "two letters look the same"
    for sign, picture in signs:
        assert picture.min() < 100, f"{sign} is not drawn"


@pytest.mark.parametrize("face", FACES)
def test_no_letter_is_the_box_of_a_missing_one(face: str) -> None:
    box = [picture for _, picture in drawn(LACKING, claimed=False)[face]]
    assert len(box) == 1
    assert box[0].min() < 100
    assert not any(_alike(picture, box[0]) for _, picture in drawn(LETTERS)[face])


def _alike(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
    return first.shape == second.shape and bool(np.abs(first.astype(int) - second).mean() < 8)


def test_a_sign_without_a_picture_is_refused() -> None:
    with pytest.raises(Environment, match="could not be displayed"):
        set_letters(LACKING)


def test_the_typefaces_are_inside_and_tell_their_letters() -> None:
    pdf = set_letters(LETTERS)
    assert refused(pdf, "ua1") == []
    assert typefaces(pdf) >= {
        "LibertinusSerif-Regular",
        "LibertinusSerif-Semibold",
        "LibertinusSerif-Bold",
        "LibertinusSerif-Italic",
        "DejaVuSansMono",
        "DejaVuSansMono-Bold",
    }


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
def test_no_report_uses_a_typeface_that_was_not_looked_at(name: str) -> None:
    assert typefaces(print_of(name)) <= typefaces(set_letters(LETTERS))


def typefaces(pdf: bytes) -> set[str]:
    """Names of the typefaces of all texts, each of which has to be inside the file."""
    names = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for at in range(len(document)):
            for found in document[at].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                font = pypdfium2.raw.FPDFTextObj_GetFont(found)
                assert pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1
                buffer = ctypes.create_string_buffer(200)
                pypdfium2.raw.FPDFFont_GetBaseFontName(font, buffer, 200)
                names.add(buffer.value.decode().split("+")[-1])
    return names
