"""Signs the printed PDF with the user's certificate, and reads the signatures of a PDF back (PAdES, baseline B-B; B-T with a time stamp).

A signature is appended: the printed bytes stay the beginning of the file, so that `entirety verify` can hold them against a second print.
Whether a certificate is to be trusted is not judged here: that is for the court, by the lists it goes by. Needs the extra `sign` (pyHanko).
"""

import datetime as dt
import importlib
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from entirety.errors import CannotOpen, Environment
from entirety.report.visible import visible

Stamped = Callable[[bytes], bytes]
"""Takes a request for a time stamp (RFC 3161, DER) and returns the answer of whoever stamps; raises Environment where there is none."""

FIELD = "Signature1"
RESERVED = 60_000
"""Hexadecimal digits kept free for the signature with certificates and time stamp. The archive form allows twice 32,767; tests use 7,000."""

NO_STAMP = "what the time stamp server answered is no time stamp for this signature."
MISSING = 'Signatures in a PDF need pyHanko, which is not installed. Install it with: pip install "entirety[sign]"'

# What the library has to say about whom to trust would otherwise reach the terminal.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate with its private key, opened."""

    name: str
    """Whom the certificate names."""
    since: dt.datetime
    until: dt.datetime
    signer: Any
    """pyHanko's own object, which holds the key."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature in a PDF, as it reads there."""

    signer: str
    """Whom the certificate names."""
    issuer: str
    """Who issued the certificate, by its own word; equal to `signer` where somebody made it themselves."""
    stated: dt.datetime | None
    """When it was made, by the signing computer's own clock."""
    stamped: dt.datetime | None
    """When it existed at the latest, by the time stamp in it; None where it has none, or none that holds."""
    stamper: str
    """Whom the certificate of the time stamp names; empty where there is no stamp."""
    intact: bool
    """The signed bytes are those that were signed, and the signature is that certificate's; a time stamp in it holds too."""
    whole: bool
    """It covers the whole file, its own digits apart: nothing was appended later."""
    covers: int
    """Up to which byte of the file it reaches."""


def confirm_installed() -> None:
    """Raise Environment where pyHanko is missing."""
    library("pyhanko.sign.signers")


def open_identity(content: bytes, passphrase: bytes | None, name: str) -> Identity:
    """Certificate and key out of the bytes of a PKCS#12 file; `name` is the file's name, for sentences.

    Raises Environment where pyHanko is missing, CannotOpen where the file or the passphrase is not right.
    """
    signers = library("pyhanko.sign.signers")
    told = visible(name, 120)
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=passphrase)
        certificate = signer.signing_cert
        since, until = certificate.not_valid_before, certificate.not_valid_after
    except (ValueError, TypeError, AttributeError) as error:
        raise CannotOpen(
            f"{told} could not be opened: it holds no certificate with a private key (PKCS#12), or the passphrase is another one."
        ) from error
    return Identity(_named(certificate.subject), since, until, signer)


def signed(pdf: bytes, identity: Identity, now: dt.datetime, stamped: Stamped | None = None) -> bytes:
    """The PDF with a signature appended; with `stamped` also a time stamp on that signature.

    Raises Environment with one sentence where the certificate is out of its time or no signature or time stamp comes about.
    """
    if not identity.since <= now <= identity.until:
        raise Environment(
            f"The PDF was not signed: the certificate of {identity.name} is valid from {identity.since:%Y-%m-%d} to {identity.until:%Y-%m-%d} only."
        )
    try:
        made = _appended(pdf, identity, now, stamped)
    except Environment as error:
        raise Environment(f"The PDF was not signed: {error}") from error
    except (ValueError, TypeError, OSError, RuntimeError, library("pyhanko.pdf_utils.misc").PdfError) as error:
        raise Environment(f"The PDF was not signed: {visible(str(error), 200)}") from error
    last = signatures(made)[-1]
    if not (made.startswith(pdf) and last.intact and last.whole and (stamped is None) == (last.stamped is None)):
        raise Environment("The PDF was not signed: the signature or its time stamp did not hold when it was read back.")
    return made


def signatures(pdf: bytes) -> tuple[Signature, ...]:
    """Every signature in a PDF, in the order in which they were made; none in a PDF without.

    Raises Environment where pyHanko is missing, CannotOpen where the bytes cannot be read as a PDF or a signature in it cannot be read.
    """
    reader, misc = library("pyhanko.pdf_utils.reader"), library("pyhanko.pdf_utils.misc")
    validation = library("pyhanko.sign.validation")
    # No roots and nothing fetched: whom to trust is not asked.
    context = library("pyhanko_certvalidator").ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        found = reader.PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        return tuple(_read(one, validation, context) for one in found)
    except (ValueError, TypeError, KeyError, OSError, RecursionError, misc.PdfError) as error:
        raise CannotOpen(f"The signatures of the PDF cannot be read: {visible(str(error), 200)}.") from error


def _appended(pdf: bytes, identity: Identity, now: dt.datetime, stamped: Stamped | None) -> bytes:
    signers, fields = library("pyhanko.sign.signers"), library("pyhanko.sign.fields")
    extension = library("pyhanko.sign.signers.constants").ESIC_EXTENSION_1
    # The archive form wants a line end before what is appended.
    printed = io.BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    writer = library("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(printed)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=identity.name
        ),
        signer=identity.signer,
        timestamper=None if stamped is None else _stamper(stamped),
        new_field_spec=fields.SigFieldSpec(
            FIELD,
            # The archive form wants it printable, the accessible form off the page.
            invis_sig_settings=fields.InvisSigSettings(
                set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
            ),
            readable_field_name=identity.name,
        ),
    )
    begin = signer.init_signing_session

    def dated(*args: Any, **options: Any) -> Any:
        session = begin(*args, **options)
        session.system_time = now
        return session

    def extended(pages: Any, **_options: Any) -> None:
        pages.register_extension(extension)

    # The time of the signature is handed in, in UTC: the zone of the computer stays its own business.
    signer.init_signing_session = dated
    # The record of the document stays as printed, in PDF 1.7: the library would write it anew, in a form that one validator refuses, and raise
    # the version above that of the archive form.
    signer.register_extensions = extended
    writer._update_meta = _nothing  # noqa: SLF001 - there is no open way to leave it
    return bytes(signer.sign_pdf(writer, bytes_reserved=RESERVED).getvalue())


def _nothing() -> None:
    """What is done to the record of the document while it is signed."""


def _stamper(stamped: Stamped) -> Any:
    """PyHanko's asker for time stamps, with the way to the server taken from `stamped`."""
    tsp = library("asn1crypto.tsp")
    asker = library("pyhanko.sign.timestamps").TimeStamper()

    async def ask(request: Any) -> Any:
        answer = stamped(request.dump())
        try:
            read = tsp.TimeStampResp.load(answer)
            stamp = read["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
            if stamp["nonce"].native == request["nonce"].native:
                return read
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Environment(NO_STAMP) from error
        raise Environment(NO_STAMP)

    asker.async_request_tsa_response = ask
    return asker


def _read(one: Any, validation: Any, context: Any) -> Signature:
    status = validation.validate_pdf_signature(one, signer_validation_context=context, skip_diff=True)
    stamp = status.timestamp_validity
    held = stamp is not None and stamp.intact and stamp.valid
    _, _, start, length = (int(number) for number in one.byte_range)
    # What is kept free for the signature is the one part of the file that it cannot cover.
    filled = len(library("asn1crypto.cms").ContentInfo.load(one.pkcs7_content).dump())
    free = not one.pkcs7_content[filled:].strip(b"\0")
    return Signature(
        signer=_named(one.signer_cert.subject),
        issuer=_named(one.signer_cert.issuer),
        stated=one.self_reported_timestamp,
        stamped=stamp.timestamp if held else None,
        stamper=_named(stamp.signing_cert.subject) if held else "",
        intact=bool(status.intact and status.valid and free and (stamp is None or held)),
        whole=status.coverage == validation.status.SignatureCoverageLevel.ENTIRE_FILE,
        covers=start + length,
    )


def _named(name: Any) -> str:
    """Common name, or organisation where there is none, or everything the name says."""
    parts = name.native
    told = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return visible(str(told), 200)


def library(name: str) -> Any:
    """A part of pyHanko or of what it brings along. Raises Environment where that is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Environment(MISSING) from error
