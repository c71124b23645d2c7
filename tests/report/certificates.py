"""Certificates and a time stamp authority made for tests; trusted by nobody."""

import datetime as dt
from functools import cache
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

SIGNED = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
STAMPED = dt.datetime(2026, 3, 2, 12, 0, 5, tzinfo=dt.UTC)
PASSPHRASE = "слово 7"  # noqa: S105 - of a key made here


def _certificate(name: str, key: Any, *, stamps: bool) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2036, 1, 1, tzinfo=dt.UTC))
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(key, hashes.SHA256())


@cache
def identity_file(passphrase: str = PASSPHRASE) -> bytes:
    """A PKCS#12 file of somebody called Айгүл Қ."""
    key = ec.generate_private_key(ec.SECP256R1())
    hidden: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(
        b"mine", key, _certificate("Айгүл Қ.", key, stamps=False), None, hidden
    )


@cache
def _authority() -> DummyTimeStamper:
    key = rsa.generate_private_key(65537, 2048)
    return DummyTimeStamper(
        asn1.Certificate.load(_certificate("Stamp office", key, stamps=True).public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        fixed_dt=STAMPED,
    )


def stamped(request: bytes) -> bytes:
    """The answer of a time stamp authority to a request."""
    answer: bytes = _authority().request_tsa_response(tsp.TimeStampReq.load(request)).dump()
    return answer
