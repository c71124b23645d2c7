"""veraPDF confirms what the reports claim, signed and unsigned, and refuses a document that claims what it does not keep."""

from pathlib import Path

import pytest

from bench.validate_pdf import FORMS, engine, made, missing


@pytest.mark.slow
def test_vera_pdf_confirms_the_claims(tmp_path: Path) -> None:
    if lack := missing():
        pytest.skip(lack)
    _, judge = engine(tmp_path)
    for name, pdf in made():
        for form in FORMS:
            said = judge(pdf, form)
            assert said.keeps, (name, said)
            assert said.tests > 10_000
        if name == "ordinary":
            other = judge(pdf.replace(b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>2</pdfaid:part>"), "3a")
            assert [line.split(":")[0] for line in other.against] == ["6.6.4-2"]
