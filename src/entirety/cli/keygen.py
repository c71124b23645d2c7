"""`entirety keygen FILE`: a pair of keys to sign reports with, in a form that other programs read too."""

import os
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import safe, say
from entirety.errors import OutputRefused


def keygen(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the private key goes; the public one is FILE.pub.")
    ],
    no_passphrase: Annotated[
        bool,
        typer.Option("--no-passphrase", help="Do not protect the private key: whoever gets the file can sign as you."),
    ] = False,
) -> None:
    """Make a key to sign reports with (Ed25519).

    Keep FILE to yourself, give FILE.pub to whoever is to check your reports, and read its fingerprint to them by another way.
    """
    public_file = file.with_name(f"{file.name}.pub")
    for path in (file, public_file):
        if path.exists() or path.is_symlink():
            raise OutputRefused(f"{path.name} is there already: a key is never written over. Choose another name.")
    passphrase = ""
    if not no_passphrase:
        passphrase = typer.prompt("Passphrase for the new key", hide_input=True, confirmation_prompt=True, err=True)
    # A library that most commands do without.
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from entirety.report.seal import fingerprint

    key = Ed25519PrivateKey.generate()
    how = form.BestAvailableEncryption(passphrase.encode("utf-8")) if passphrase else form.NoEncryption()
    content = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, how)
    public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    _write(file, content, 0o600)
    _write(public_file, public, 0o644)
    say(
        f"written: {safe(str(file))} (private: keep it to yourself) and {safe(str(public_file))} (public: give it to whoever checks your reports)"
    )
    say(f"fingerprint: {fingerprint(key.public_key())}")


def _write(path: Path, content: bytes, mode: int) -> None:
    """A new file that is readable from its first byte on by those alone who may. Raises OutputRefused."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
    except OSError as error:
        raise OutputRefused(
            f"{path.name} cannot be written: {error.strerror or error}. Choose another folder."
        ) from error
