"""The signature over a report's statement: an envelope (DSSE) with one Ed25519 signature, which any program for that form can check.

What a signature is worth depends on whose key it is, and no file can say that of itself. So the envelope carries the public key only to show
that nothing was changed after signing; whose key it is must be learned from its owner, by its fingerprint or as a file.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
    load_ssh_private_key,
    load_ssh_public_key,
)

from entirety.errors import CannotOpen
from entirety.report.document import serialise
from entirety.report.record import Json

PAYLOAD_TYPE = "application/vnd.in-toto+json"

MOST = 64 << 20
"""Bytes of an envelope that is looked at; one over 10,000 files is 3 MB."""

LARGEST_KEY = 1 << 16
"""Bytes of a key file; those of programs that sign are under 1,000."""


class NoEnvelope(ValueError):
    """These bytes are no envelope as this program writes one; the text is the id of the message that says why."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope that could be read. Nothing is said yet of whether the signature fits."""

    payload: bytes
    keyid: str
    """As the envelope states it."""
    public: Ed25519PublicKey
    """As the envelope carries it."""
    signature: bytes


def pae(payload_type: str, body: bytes) -> bytes:
    """The bytes that are signed: type and body, each with its length before it (DSSE v1), so that neither can pass for part of the other."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def fingerprint(public: Ed25519PublicKey) -> str:
    """SHA-256 of a public key (DER, SubjectPublicKeyInfo) as hexadecimal: `openssl pkey -pubin -in KEY -outform DER | sha256sum`."""
    return hashlib.sha256(_der(public)).hexdigest()


def seal(statement: bytes, key: Ed25519PrivateKey) -> bytes:
    """The envelope over a statement: the same bytes every time."""
    return _envelope(statement, key.public_key(), key.sign(pae(PAYLOAD_TYPE, statement)))


def open_envelope(content: bytes) -> Envelope:
    """Read an envelope. Raises NoEnvelope where it is not, byte for byte, one that this program writes, a wrong signature apart.

    With any other spelling allowed, two programs could read different things in one file.
    """
    if len(content) > MOST:
        raise NoEnvelope("verify.envelope.large")
    try:
        document: Json = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NoEnvelope("verify.envelope.json") from None
    if not isinstance(document, dict) or document.get("payloadType") != PAYLOAD_TYPE:
        raise NoEnvelope("verify.envelope.type")
    signatures = document.get("signatures")
    if not isinstance(signatures, list) or len(signatures) != 1 or not isinstance(signatures[0], dict):
        raise NoEnvelope("verify.envelope.count")
    one = signatures[0]
    payload, signature, der = (
        _decoded(text) for text in (document.get("payload"), one.get("sig"), one.get("publicKey"))
    )
    keyid = one.get("keyid")
    if payload is None or signature is None or der is None or not isinstance(keyid, str):
        raise NoEnvelope("verify.envelope.members")
    try:
        public = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        raise NoEnvelope("verify.envelope.key") from None
    if not isinstance(public, Ed25519PublicKey):
        raise NoEnvelope("verify.envelope.key")
    if _envelope(payload, public, signature, keyid) != content:
        raise NoEnvelope("verify.envelope.form")
    return Envelope(payload, keyid, public, signature)


def holds(envelope: Envelope) -> bool:
    """Whether the signature is one over this payload by the key that the envelope carries."""
    try:
        envelope.public.verify(envelope.signature, pae(PAYLOAD_TYPE, envelope.payload))
    except InvalidSignature:
        return False
    return True


def load_private(content: bytes, ask: Callable[[], str]) -> Ed25519PrivateKey:
    """A private key from its file, PEM (PKCS#8) or OpenSSH. `ask` is called for a passphrase where there is one.

    Raises CannotOpen where there is no Ed25519 key in it, or the passphrase is another one.
    """
    try:
        return _private(content, None)
    except TypeError:
        return _private(content, ask().encode("utf-8"))


def load_public(content: bytes) -> Ed25519PublicKey:
    """A public key from its file, PEM or OpenSSH. Raises CannotOpen where there is no Ed25519 key in it."""
    try:
        load = load_ssh_public_key if content.startswith(b"ssh-") else load_pem_public_key
        public = load(_bounded(content))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CannotOpen("This is no public key in PEM or OpenSSH form: give the file that ends in .pub.") from error
    if not isinstance(public, Ed25519PublicKey):
        raise CannotOpen("This is a key of another kind than Ed25519; reports are signed with Ed25519 only.")
    return public


def _private(content: bytes, passphrase: bytes | None) -> Ed25519PrivateKey:
    try:
        load = load_ssh_private_key if b"BEGIN OPENSSH" in content else load_pem_private_key
        key = load(_bounded(content), passphrase)
    except UnsupportedAlgorithm as error:
        raise CannotOpen(f"This private key cannot be read here: {error}.") from error
    except ValueError as error:
        told = (
            "The passphrase is another one, or the file is damaged."
            if passphrase is not None
            else "This is no private key in PEM (PKCS#8) or OpenSSH form; `entirety keygen` makes one."
        )
        raise CannotOpen(told) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotOpen("This is a key of another kind than Ed25519; `entirety keygen` makes one that fits.")
    return key


def _bounded(content: bytes) -> bytes:
    if len(content) > LARGEST_KEY:
        raise ValueError("larger than any key")
    return content


def _envelope(payload: bytes, public: Ed25519PublicKey, signature: bytes, keyid: str = "") -> bytes:
    one: dict[str, Json] = {
        "keyid": keyid or fingerprint(public),
        "sig": _encoded(signature),
        "publicKey": _encoded(_der(public)),
    }
    return serialise({"payload": _encoded(payload), "payloadType": PAYLOAD_TYPE, "signatures": [one]})


def _der(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _decoded(text: Json) -> bytes | None:
    """The bytes behind base64; None where it is none."""
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except ValueError:
        return None
