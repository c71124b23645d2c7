"""Printed audits for tests, and a second reader's word on them: text, pictures, attachments, and what a validator refuses."""

import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import page
import pypdfium2
from numpy.typing import NDArray

from entirety.model.audit import Audit
from entirety.report.compose import compose
from entirety.report.document import declared, serialise, to_document
from entirety.report.pdf import to_pdf
from entirety.report.wording import Catalogue
from report.audits import hostile, many, ordinary, quiet


def record(audit: Audit) -> bytes:
    """audit.json of an audit."""
    return serialise(to_document(declared(audit)))


def printed(audit: Audit, pngs: dict[str, bytes], folder: Path, language: str = "en") -> bytes:
    """The PDF of an audit, with what it needs laid into `folder`; in another language only the name of the language is another."""
    content = record(audit)
    for name, data in {**pngs, "audit.json": content}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    digest = sha256(content).hexdigest()
    view = compose(audit, Catalogue("en"), digest, [("audit.json", digest)])
    return to_pdf(replace(view, language=language), folder)


@cache
def print_of(name: str) -> bytes:
    """One of the audits made by hand, printed once for all tests that only read it."""
    made = {"ordinary": ordinary, "kazakh": ordinary, "hostile": hostile, "quiet": _quiet, "crowded": _crowded}
    with TemporaryDirectory() as folder:
        return printed(*made[name](), Path(folder), "kk" if name == "kazakh" else "en")


def _quiet() -> tuple[Audit, dict[str, bytes]]:
    return quiet(), {}


def _crowded() -> tuple[Audit, dict[str, bytes]]:
    return many(40), {}


def texts(pdf: bytes) -> list[str]:
    """The words of each page, with places to break in long words taken out."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    return [" ".join(re.sub("[\u200b\ufffe]", "", text).split()) for text in found]


def pictures(pdf: bytes, scale: float) -> list[NDArray[np.uint8]]:
    """Each page in grey levels, `scale` samples to a point of 1/72 inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            np.array(document[at].render(scale=scale, grayscale=True).to_numpy()).squeeze()
            for at in range(len(document))
        ]


def attached(pdf: bytes) -> dict[str, bytes]:
    """Attachments by name."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [document.get_attachment(at) for at in range(document.count_attachments())]
        return {one.get_name(): bytes(one.get_data()) for one in found}


def refused(pdf: bytes, profile: str) -> list[str]:
    """What the validator says against a claim, one line each: none where the document keeps to it. Profiles are 3a and ua1."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    return [
        f"{one.rule_id}: {one.message}"
        for one in report.failures
        if not ("STREAM-LENGTH" in one.rule_id and one.object_id and _stated_rightly(pdf, one.object_id.object_number))
    ]


def _stated_rightly(pdf: bytes, number: int) -> bool:
    """The length of a stream as counted here: validator 0.11 takes a carriage return that ends compressed data for a line end."""
    start = pdf.index(b"\n%d 0 obj" % number)
    found = re.compile(rb"/Length (\d+)[^R]*?stream\n").search(pdf, start)
    return found is not None and pdf[found.end() + int(found[1]) :].startswith(b"\nendstream")
