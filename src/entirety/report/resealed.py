"""Holds the statement, the signature over it and signatures in a PDF against the report: what they say, and whose they are as far as can be told.

A signature that is intact says that nothing was changed since somebody signed. Who that is, it says only to a reader who has the public key
from its owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entirety.errors import CannotOpen, EntiretyError
from entirety.model.audit import Audit
from entirety.report.appended import only_signs
from entirety.report.beside import Beside
from entirety.report.names import AUDIT, ENVELOPE, STATEMENT
from entirety.report.pades import Signature, signatures
from entirety.report.reprint import Made
from entirety.report.statement import languages_in, statement
from entirety.report.visible import visible
from entirety.report.wording import Catalogue


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, by file, and what a reader must know where nothing is."""

    differences: dict[str, str]
    notes: tuple[str, ...] = ()


def about_statement(beside: Beside, audit: Audit, words: Catalogue) -> dict[str, str]:
    """A sentence where the statement, which is there, is not what the audit and the files give.

    Files whose hash it has wrong are named by themselves; this is about all else that it says.
    """
    listed, content = beside.witnesses.get(STATEMENT), beside.content(STATEMENT)
    languages = languages_in(content)
    # That it was made for another audit.json is said where that is named.
    if (
        listed is None
        or listed.get(AUDIT) != beside.hashes[AUDIT]
        or (languages and statement(audit, listed, languages) == content)
    ):
        return {}
    return {STATEMENT: words.text("verify.made.statement", file=STATEMENT)}


def about_envelope(beside: Beside, public: bytes | None, words: Catalogue) -> Told:
    """What the envelope is worth. `public` is the content of the public key's file where the reader gave one.

    Raises CannotOpen where that is no such key.
    """
    content = beside.content(ENVELOPE)
    if content is None and ENVELOPE not in beside.hashes and public is None:
        return Told({}, (words.text("verify.note.unsigned"),))
    # It loads a library that a report without a signature does not need.
    from entirety.report import seal  # noqa: PLC0415

    given = None if public is None else seal.fingerprint(seal.load_public(public))
    if ENVELOPE not in beside.hashes:
        return Told({ENVELOPE: words.text("verify.envelope.none", file=ENVELOPE)})
    if content is None:
        return Told({ENVELOPE: words.text("verify.envelope.large", file=ENVELOPE)})
    try:
        envelope = seal.open_envelope(content)
    except seal.NoEnvelope as why:
        return Told({ENVELOPE: words.text(str(why), file=ENVELOPE)})
    key = seal.fingerprint(envelope.public)
    if not seal.holds(envelope):
        wrong = "verify.envelope.wrong"
    elif envelope.keyid != key:
        wrong = "verify.envelope.keyid"
    elif envelope.payload != beside.content(STATEMENT):
        wrong = "verify.envelope.payload"
    elif given not in (None, key):
        wrong = "verify.envelope.other_key"
    else:
        return Told({}, (words.text("verify.note.intact" if given is None else "verify.note.owner", key=key),))
    named = visible(envelope.keyid, 100)
    return Told(
        {
            ENVELOPE: words.text(
                wrong, file=ENVELOPE, statement=STATEMENT, key=key, given=given or "", named=named, carried=key
            )
        }
    )


def about_signed_pdfs(beside: Beside, made: Made, words: Catalogue) -> Told:
    """Of each PDF that begins as it was printed: whether all that follows in it are signatures, and whose."""
    differences, notes = {}, []
    for name, (printed, _) in made.begins.items():
        content = beside.content(name) or b""
        try:
            # Those that reach into what was printed only are none over what follows; the printed pages have none.
            signed = [one for one in signatures(content) if one.covers > printed]
        except CannotOpen:
            signed = []
        except EntiretyError as error:
            text = words.text("verify.made.pdf_unread", file=name, n=len(content) - printed, error=str(error))
            differences[name] = text
            continue
        if text := _wrong(content, printed, signed):
            differences[name] = words.text(text, file=name, n=len(content) - printed)
        else:
            notes += [_signed(name, one, words) for one in signed]
    return Told(differences, tuple(notes))


def _wrong(content: bytes, printed: int, signed: Sequence[Signature]) -> str:
    """The id of the message about what follows the printed bytes; empty where that is signatures alone, and all of them intact."""
    if any(not one.intact for one in signed):
        return "verify.made.pdf_broken"
    if not signed or not signed[-1].whole:
        return "verify.made.pdf_appended"
    # A reader can also show the pages as each signature found them.
    return "" if all(only_signs(content[: one.covers], printed) for one in signed) else "verify.made.pdf_more"


def _signed(name: str, one: Signature, words: Catalogue) -> str:
    """Whose signature it is by the certificate, and by which clock."""
    told = {"file": name, "signer": one.signer, "issuer": one.issuer}
    if one.stamped is not None:
        return words.text("verify.note.stamped_pdf", **told, stamper=one.stamper, when=one.stamped.isoformat())
    stated = words.text("report.not_stated") if one.stated is None else one.stated.isoformat()
    return words.text("verify.note.signed_pdf", **told, when=stated)
