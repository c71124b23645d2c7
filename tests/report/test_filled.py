"""Words in gaps: looked up with their numbers masked, whole first, then piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.report.filled import filled

KNOWN = {
    "# days": "# дн.",
    "a JPEG picture": "изображение JPEG",
    "readable text": "читаемый текст",
    "the time code (#)": "тайм-код (#)",
    "not stated": "не указано",
    " (the files # and #)": " (файлы # и #)",
    "two # of #": "два #",
}


def told(text: str) -> str:
    return filled(text, KNOWN.get, lambda one: one.replace(".", ",") if one.replace(".", "").isdigit() else one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a JPEG picture", "изображение JPEG"),
        ("2212.2 days", "2212,2 дн."),
        ("the time code (H.264)", "тайм-код (H.264)"),
        (
            "a JPEG picture; data of a kind; readable text (my film)",
            "изображение JPEG; data of a kind; читаемый текст (my film)",
        ),
        ("not stated / 4 / not stated", "не указано / 4 / не указано"),
        (" (the files IMG_1233.MOV and IMG_1235.MOV)", " (файлы IMG_1233.MOV и IMG_1235.MOV)"),
        ("two 1 of 2", "two 1 of 2"),
        ("HandBrake", "HandBrake"),
        ("", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert told(text) == expected


@given(st.text())
def test_a_text_that_is_not_known_stays_as_it_is(text: str) -> None:
    assert filled(text, lambda _: None, lambda one: f"<{one}>") == text


def test_a_word_with_a_number_in_it_and_how_a_trace_was_compared() -> None:
    known = {"2nd": "2-е", "prefix": "начинается с:"}
    assert filled("2nd", known.get, str) == "2-е"
    assert filled("prefix Lavf", known.get, str) == "начинается с: Lavf"
    assert filled("exact Lavf", known.get, str) == "exact Lavf"
