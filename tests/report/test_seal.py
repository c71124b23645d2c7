"""The signed envelope: what DSSE says is signed, what other readers accept, and what is refused."""

import base64
import hashlib
import json
import subprocess
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.errors import CannotOpen
from entirety.model.finding import Question, Weight
from entirety.report.seal import (
    PAYLOAD_TYPE,
    NoEnvelope,
    fingerprint,
    holds,
    load_private,
    load_public,
    open_envelope,
    pae,
    seal,
)
from entirety.report.statement import PREDICATE, languages_in, statement, subjects
from report.audits import hostile, ordinary

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
AUDIT_SHA256, OTHER = "ab" * 32, "cd" * 32
SAID = statement(
    ordinary()[0], {"audit.json": AUDIT_SHA256, "report.html": OTHER, "manifest-sha256.txt": OTHER}, ("en", "ru")
)
SEALED = seal(SAID, KEY)


def private(how: PrivateFormat = PrivateFormat.PKCS8, passphrase: str = "") -> bytes:
    hidden: KeySerializationEncryption = NoEncryption()
    if passphrase:
        hidden = BestAvailableEncryption(passphrase.encode())
    return KEY.private_bytes(Encoding.PEM, how, hidden)


def unasked() -> str:
    raise AssertionError("no passphrase is needed")


def test_what_is_signed_is_the_example_of_the_protocol() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_the_statement_says_what_the_audit_does() -> None:
    audit, _ = ordinary()
    said = json.loads(SAID)
    assert list(said) == ["_type", "subject", "predicateType", "predicate"]
    assert said["_type"] == "https://in-toto.io/Statement/v1"
    assert said["predicateType"] == PREDICATE
    assert said["subject"] == [
        {"name": audit.custody.name, "digest": {"sha256": audit.custody.sha256}},
        {"name": "audit.json", "digest": {"sha256": AUDIT_SHA256}},
        {"name": "report.html", "digest": {"sha256": OTHER}},
    ]
    assert sum(said["predicate"]["findings"].values()) == len(audit.findings)
    assert sum(said["predicate"]["checks"].values()) == len(audit.checks)
    assert list(said["predicate"]["findings"]) == ["direct", "strong", "strong_original", "supporting", "neutral"]
    assert said["predicate"]["languages"] == ["en", "ru"]
    assert languages_in(SAID) == ("en", "ru")
    assert said["predicate"]["answer"] == audit.answer.value
    assert said["predicate"]["audit_sha256"] == AUDIT_SHA256
    assert subjects(SAID) == {"audit.json": AUDIT_SHA256, "report.html": OTHER}


def test_a_hostile_name_is_text_that_others_can_read() -> None:
    said = statement(hostile()[0], {"audit.json": AUDIT_SHA256}, ("en",))
    name = json.loads(said)["subject"][0]["name"]
    assert name.encode("utf-8")
    assert subjects(said) == {"audit.json": AUDIT_SHA256}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"subject": 5}', b'{"subject": [1, 2]}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_statement_names_nothing(content: bytes) -> None:
    assert subjects(content) is None
    assert languages_in(content) == ()


@pytest.mark.parametrize("named", ['"en"', "[]", "[5]", '["en", "en"]', '["../en"]', '["en", null]'])
def test_what_are_no_languages(named: str) -> None:
    assert languages_in(f'{{"predicate": {{"languages": {named}}}}}'.encode()) == ()


def test_strong_traces_of_what_wrote_the_file_are_counted_apart() -> None:
    audit, _ = ordinary()
    strong = replace(audit.findings[0], finding=replace(audit.findings[0].finding, weight=Weight.STRONG))
    checks = tuple(replace(check, question=Question.ORIGINAL) for check in audit.checks)
    for asked, apart in ((audit.checks, 0), (checks, 1)):
        one = replace(audit, findings=(strong,), checks=asked)
        found = json.loads(statement(one, {"audit.json": AUDIT_SHA256}, ("en",)))["predicate"]["findings"]
        assert (found["strong"], found["strong_original"]) == (1 - apart, apart)


def test_an_envelope_is_read_as_it_was_written() -> None:
    assert seal(SAID, KEY) == SEALED
    envelope = open_envelope(SEALED)
    assert (envelope.payload, envelope.keyid) == (SAID, fingerprint(KEY.public_key()))
    assert holds(envelope)
    der = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert envelope.keyid == hashlib.sha256(der).hexdigest()


def test_a_second_reader_accepts_statement_and_envelope(tmp_path: Path) -> None:
    """OpenSSL, which knows neither of the two forms, accepts the signature over the bytes that the protocol names."""
    document = json.loads(SEALED)
    (tmp_path / "key").write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "said").write_bytes(pae(document["payloadType"], base64.b64decode(document["payload"])))
    (tmp_path / "sig").write_bytes(base64.b64decode(document["signatures"][0]["sig"]))
    command = "openssl pkeyutl -verify -pubin -inkey key -rawin -in said -sigfile sig"
    try:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("OpenSSL is not on this machine")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_libraries_of_both_forms_accept_them() -> None:
    """Those by the makers of the two specifications."""
    from in_toto_attestation.v1.statement import Statement
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError

    # Without types of their own, or not named as what others may use.
    message = import_module("in_toto_attestation.v1.statement_pb2").Statement
    parse, key_type = (
        import_module("google.protobuf.json_format").Parse,
        import_module("securesystemslib.signer").SSlibKey,
    )
    envelope = Envelope.from_dict(json.loads(SEALED))
    (keyid,) = envelope.signatures
    owner = key_type.from_crypto(KEY.public_key(), keyid=keyid)
    assert list(envelope.verify([owner], 1)) == [keyid]
    other = key_type.from_crypto(Ed25519PrivateKey.generate().public_key(), keyid=keyid)
    with pytest.raises(VerificationError):
        envelope.verify([other], 1)
    read = Statement.copy_from_pb(parse(envelope.payload, message()))
    read.validate()
    assert read.pb.predicate_type == PREDICATE
    assert [one.name for one in read.pb.subject][1:] == ["audit.json", "report.html"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_bytes_are_an_envelope_of_ours_or_refused(data: st.DataObject) -> None:
    content = bytearray(SEALED)
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 60))
        content[at : at + length] = data.draw(st.binary(max_size=60) | st.sampled_from([b'"', b"}", b"A", b"[]", b"="]))
    try:
        envelope = open_envelope(bytes(content))
    except NoEnvelope:
        return
    same = bytes(content) == SEALED
    assert holds(envelope) == (envelope.payload == SAID and envelope.signature == open_envelope(SEALED).signature)
    assert same == (holds(envelope) and envelope.keyid == fingerprint(KEY.public_key()))


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_any_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(NoEnvelope):
        open_envelope(content)
    subjects(content)


def test_two_members_of_one_name_are_refused() -> None:
    """Of two payloads another program might read the other one."""
    twice = SEALED.replace(b"{\n", b'{\n  "payload": "e30=",\n', 1)
    assert json.loads(twice)["payload"] != "e30="
    with pytest.raises(NoEnvelope, match=r"verify\.envelope\.form"):
        open_envelope(twice)


def test_another_kind_of_key_in_it() -> None:
    der = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    document = json.loads(SEALED)
    document["signatures"][0]["publicKey"] = base64.b64encode(der).decode()
    with pytest.raises(NoEnvelope, match=r"verify\.envelope\.key"):
        open_envelope(json.dumps(document).encode())
    assert document["payloadType"] == PAYLOAD_TYPE


@pytest.mark.parametrize("how", [PrivateFormat.PKCS8, PrivateFormat.OpenSSH])
def test_private_keys_of_both_forms(how: PrivateFormat) -> None:
    assert seal(SAID, load_private(private(how), unasked)) == SEALED
    protected = private(how, "слово")
    assert seal(SAID, load_private(protected, lambda: "слово")) == SEALED
    with pytest.raises(CannotOpen, match="The passphrase is another one"):
        load_private(protected, lambda: "word")


def test_public_keys_of_both_forms() -> None:
    public = KEY.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    ssh = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH) + b" somebody\n"
    assert fingerprint(load_public(pem)) == fingerprint(load_public(ssh)) == fingerprint(public)


@pytest.mark.parametrize("content", [b"", b"ssh-ed25519 AAAA", b"-----BEGIN PUBLIC KEY-----\n", b"x" * 100_000])
def test_what_is_no_key(content: bytes) -> None:
    with pytest.raises(CannotOpen, match="no private key"):
        load_private(content, unasked)
    with pytest.raises(CannotOpen, match="no public key"):
        load_public(content)


def test_keys_of_another_kind() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(CannotOpen, match="another kind than Ed25519"):
        load_private(pem, unasked)
    with pytest.raises(CannotOpen, match="another kind than Ed25519"):
        load_public(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
