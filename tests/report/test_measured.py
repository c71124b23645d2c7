"""Rows of measured values: in English as the check wrote them, in another language part by part."""

import pytest

from entirety.model.finding import Measured
from entirety.report.measured import measured_row
from entirety.report.wording import Catalogue

ROWS = (
    Measured("step in brightness", 1234.5, None, "of 255 grey levels"),
    Measured("log2_max_frame_num, before -> after", "4 -> 6", None),
    Measured("FFmpeg (libavformat): tag a.b", "Lavf60", "prefix Lavf"),
    Measured("pictures that come back", 2, 12, "pictures"),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                ("step in brightness", "1,234.5 of 255 grey levels", "nothing (for information)"),
                ("log2_max_frame_num, before -> after", "4 -> 6", "nothing (for information)"),
                ("FFmpeg (libavformat): tag a.b", "Lavf60", "prefix Lavf"),
                ("pictures that come back", "2 pictures", "12 pictures"),
            ],
        ),
        (
            "ru",
            [
                (None, "1\u00a0234,5 из 255 уровней серого", None),
                ("log2_max_frame_num, до -> после", "4 -> 6", None),
                ("FFmpeg (libavformat): тег a.b", "Lavf60", "начинается с: Lavf"),
                (None, "2 изображения", "12 изображений"),
            ],
        ),
    ],
)
def test_rows(language: str, expected: list[tuple[str | None, str, str | None]]) -> None:
    for measured, wanted in zip(ROWS, expected, strict=True):
        row = measured_row(measured, Catalogue(language))
        assert all(want in (None, said) for want, said in zip(wanted, row, strict=True)), row
