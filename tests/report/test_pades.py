"""Signatures in the PDF: appended, read back, broken by one byte; the document keeps to its form."""

import datetime as dt
import importlib
from functools import partial
from pathlib import Path

import pytest

from entirety.errors import CannotOpen, Environment
from entirety.report import pades
from entirety.report.pades import Identity, confirm_installed, open_identity, signatures, signed
from report.certificates import PASSPHRASE, SIGNED, STAMPED, identity_file, stamped
from report.printed import attached, print_of, refused


@pytest.fixture(scope="module")
def identity() -> Identity:
    return open_identity(identity_file(), PASSPHRASE.encode(), "me.p12")


@pytest.fixture(scope="module")
def pdf(identity: Identity) -> bytes:
    return signed(print_of("ordinary"), identity, SIGNED, stamped)


def test_a_signature_is_appended_and_holds(identity: Identity) -> None:
    printed = print_of("ordinary")
    made = signed(printed, identity, SIGNED)
    assert made.startswith(printed)
    (one,) = signatures(made)
    assert (one.signer, one.issuer) == ("Айгүл Қ.", "Айгүл Қ.")
    assert (one.stated, one.stamped, one.stamper) == (SIGNED, None, "")
    assert one.intact
    assert one.whole
    assert one.covers == len(made)
    assert signatures(printed) == ()


def test_a_time_stamp_is_in_it(pdf: bytes) -> None:
    (one,) = signatures(pdf)
    assert (one.stated, one.stamped, one.stamper) == (SIGNED, STAMPED, "Stamp office")
    assert one.intact
    assert one.whole


def test_it_is_pades_and_the_document_keeps_its_form(pdf: bytes) -> None:
    assert b"/SubFilter /ETSI.CAdES.detached" in pdf
    assert refused(pdf, "3a") == []
    assert refused(pdf, "ua1") == []
    assert attached(pdf) == attached(print_of("ordinary"))
    added = pdf[len(print_of("ordinary")) :]
    assert b"/Metadata" in added
    assert b"/ModDate" not in added, "the record of the document is written anew"
    assert b"/Version" not in added


@pytest.mark.parametrize("place", ["page", "signature", "free"])
def test_one_byte_changed_is_seen(pdf: bytes, place: str) -> None:
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    at = {"page": pdf.index(b"stream\n") + 40, "signature": start + 1500, "free": pdf.index(b">", start) - 2}[place]
    changed = bytearray(pdf)
    changed[at] = ord("1") if pdf[at] != ord("1") else ord("2")
    assert holds(pdf)
    assert not holds(bytes(changed))


def holds(pdf: bytes) -> bool:
    """Whether there is a signature that can be read and is intact."""
    try:
        return all(one.intact for one in signatures(pdf))
    except CannotOpen:
        return False


def test_what_is_appended_later_is_seen(pdf: bytes) -> None:
    (one,) = signatures(pdf + b"% more\n")
    assert not one.whole
    assert one.covers == len(pdf)


def test_a_wrong_passphrase_or_file_is_one_sentence(identity: Identity) -> None:
    for content, passphrase in ((identity_file(), b"other"), (b"no such thing", None)):
        with pytest.raises(CannotOpen, match=r"me\.p12 could not be opened: .* passphrase is another one\.$"):
            open_identity(content, passphrase, "me.p12")
    assert open_identity(identity_file(""), None, "me.p12").name == identity.name


def test_a_certificate_out_of_its_time_signs_nothing(identity: Identity) -> None:
    with pytest.raises(
        Environment, match=r"^The PDF was not signed: the certificate of Айгүл Қ\. is valid from 2026-01-01 to"
    ):
        signed(print_of("quiet"), identity, SIGNED + dt.timedelta(days=4000))


def test_a_failing_time_stamp_signs_nothing(identity: Identity) -> None:
    def silent(_request: bytes) -> bytes:
        raise Environment("the time stamp server at stamps.example could not be reached.")

    with pytest.raises(Environment, match=r"^The PDF was not signed: the time stamp server at stamps\.example could"):
        signed(print_of("quiet"), identity, SIGNED, silent)
    earlier = stamped_for_another(identity)
    for answer in (b"nonsense", b"", earlier):
        with pytest.raises(
            Environment, match=r"^The PDF was not signed: what the time stamp server answered is no time stamp"
        ):
            signed(print_of("quiet"), identity, SIGNED, partial(_same, answer))


def _same(answer: bytes, _request: bytes) -> bytes:
    return answer


def stamped_for_another(identity: Identity) -> bytes:
    """A true answer of an authority, to another request."""
    kept: list[bytes] = []

    def keep(request: bytes) -> bytes:
        kept.append(stamped(request))
        return kept[-1]

    signed(print_of("quiet"), identity, SIGNED, keep)
    return kept[-1]


def test_what_is_no_pdf_is_one_sentence(tmp_path: Path) -> None:
    for content in (b"", b"%PDF-1.7 and no more", b"\0" * 5000):
        with pytest.raises(CannotOpen, match=r"^The signatures of the PDF cannot be read: "):
            signatures(content)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(pades, "importlib", type("none", (), {"import_module": staticmethod(absent)}))
    for call in (confirm_installed, lambda: signatures(b""), lambda: open_identity(b"", None, "me.p12")):
        with pytest.raises(Environment, match=r'pip install "entirety\[sign\]"') as told:
            call()
        assert told.value.exit_code == 5
    assert importlib.import_module("pyhanko")
