"""What follows a printed PDF: signatures, and no page that was painted over and signed then."""

import importlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko import stamp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from entirety.report import pades
from entirety.report.appended import only_signs
from entirety.report.pades import Identity, open_identity, signatures, signed
from report.certificates import PASSPHRASE, SIGNED, identity_file, stamped
from report.printed import print_of

generic: Any = importlib.import_module("pyhanko.pdf_utils.generic")
signers: Any = importlib.import_module("pyhanko.sign.signers")
NAME, WORDS = generic.pdf_name, generic.pdf_string


@pytest.fixture(scope="module")
def identity() -> Identity:
    return open_identity(identity_file(), PASSPHRASE.encode(), "me.p12")


@pytest.fixture(scope="module")
def printed() -> bytes:
    return print_of("ordinary")


def first_page(writer: Any) -> Any:
    node = writer.root["/Pages"]
    while node["/Type"] == "/Pages":
        node = node["/Kids"][0]
    return node


def dictionary(**members: Any) -> Any:
    return generic.DictionaryObject({NAME(f"/{key}"): value for key, value in members.items()})


def painted(writer: Any) -> None:
    page = first_page(writer)
    paint = writer.add_object(generic.StreamObject(stream_data=b"q 1 1 1 rg 40 520 520 80 re f Q"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), paint])
    writer.update_container(page)


def repainted(writer: Any) -> None:
    """The contents themselves in other words, the page as it was."""
    ref = first_page(writer).raw_get("/Contents").reference
    writer.objects[ref.generation, ref.idnum] = generic.StreamObject(stream_data=b"")


def noted(writer: Any) -> None:
    page = first_page(writer)
    box = generic.ArrayObject([generic.NumberObject(side) for side in (40, 520, 560, 600)])
    note = dictionary(Type=NAME("/Annot"), Subtype=NAME("/FreeText"), Rect=box, Contents=WORDS("whole"))
    writer.register_annotation(page.container_ref, writer.add_object(note))


def acting(writer: Any) -> None:
    writer.root[NAME("/OpenAction")] = dictionary(S=NAME("/JavaScript"), JS=WORDS("app.alert(1)"))
    writer.update_root()


def rerooted(writer: Any) -> None:
    """Another document, with the printed one before it."""
    root = generic.DictionaryObject(writer.root)
    writer._root = writer.add_object(root)
    writer.trailer["/Root"] = writer._root
    writer._root_object = root


def idle(writer: Any) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"q 1 1 1 rg 40 520 520 80 re f Q"))


def kept(writer: Any) -> None:
    """Certificates kept for later, as a signature for the long term has them."""
    certificate = writer.add_object(generic.StreamObject(stream_data=b"certificate"))
    writer.root[NAME("/DSS")] = writer.add_object(dictionary(Certs=generic.ArrayObject([certificate])))
    writer.update_root()


def opened(pdf: bytes) -> Any:
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def changed(pdf: bytes, identity: Identity, change: Callable[[Any], None] | None, **options: Any) -> bytes:
    """The PDF with a change, and a signature over all of it by the same library."""
    writer = opened(pdf)
    if change is not None:
        change(writer)
    writer._update_meta = lambda: None
    style = options.pop("style", None)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Other", subfilter=fields.SigSeedSubFilter.PADES),
        signer=identity.signer,
        stamp_style=style,
        new_field_spec=fields.SigFieldSpec("Other", **options),
    )
    signer.register_extensions = lambda *_, **__: None
    return bytes(signer.sign_pdf(writer).getvalue())


def test_a_signature_is_only_that(printed: bytes, identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    assert only_signs(printed, len(printed))
    once, timed = signed(printed, identity, SIGNED), signed(printed, identity, SIGNED, stamped)
    assert only_signs(once, len(printed))
    assert only_signs(timed, len(printed))
    monkeypatch.setattr(pades, "FIELD", "Signature2")
    assert only_signs(signed(timed, identity, SIGNED, stamped), len(printed))
    assert only_signs(changed(once, identity, None), len(printed)), "a field without a size"
    assert only_signs(changed(once, identity, kept), len(printed))


@pytest.mark.parametrize("change", [painted, repainted, noted, acting, rerooted, idle])
def test_a_change_that_was_signed_is_more(printed: bytes, identity: Identity, change: Callable[[Any], None]) -> None:
    made = changed(printed, identity, change)
    assert made.startswith(printed)
    (one,) = signatures(made)
    assert one.intact
    assert one.whole
    assert not only_signs(made, len(printed))


def test_a_field_that_can_be_seen_is_more(printed: bytes, identity: Identity) -> None:
    style = stamp.TextStampStyle(stamp_text="nothing found", background_opacity=1)
    for options in ({"style": style}, {}):
        made = changed(printed, identity, None, box=(40, 430, 560, 560), on_page=0, **options)
        assert signatures(made)[0].intact
        assert not only_signs(made, len(printed))


def test_what_cannot_be_read_is_more(printed: bytes) -> None:
    assert not only_signs(printed + b"\n%%EOF\n", len(printed) - 5)
    assert not only_signs(b"", 0)
