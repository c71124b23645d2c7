"""The options by which a report is signed and a signature is held against its owner's key, and the reading of key files."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from entirety.cli.terminal import safe
from entirety.errors import CannotOpen

SigningKey = Annotated[
    Path | None,
    typer.Option(
        "--sign",
        metavar="KEY",
        help="Sign the report with this private key (Ed25519; PEM or OpenSSH), as `entirety keygen` makes one. A passphrase is asked for.",
    ),
]
"""The option of `audit`."""

PublicKey = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="PUBLIC",
        help="The report must be signed by the owner of this public key (Ed25519; PEM or OpenSSH), got from them and not from the report.",
    ),
]
"""The option of `verify`."""


def sealer(key: Path | None, ask: Callable[[str], str] | None = None) -> Callable[[bytes], bytes] | None:
    """What makes the signed envelope of a statement; None where no key was named. The passphrase, if there is one, is asked for now, so that
    nobody waits for an analysis whose signing then fails.

    Raises CannotOpen where the file holds no key, or the passphrase is another one.
    """
    if key is None:
        return None
    # It loads a library that most commands do without.
    from entirety.report.seal import load_private, seal

    content, question = key_file(key), f"Passphrase of {safe(key.name)}"
    try:
        private = load_private(content, lambda: (ask or _hidden)(question))
    except CannotOpen as error:
        raise CannotOpen(f"{key.name}: {error}") from error
    return lambda statement: seal(statement, private)


def key_file(path: Path) -> bytes:
    """Content of a key's file. Raises CannotOpen where it cannot be read."""
    from entirety.report.seal import LARGEST_KEY

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY + 1)
    except OSError as error:
        raise CannotOpen(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _hidden(question: str) -> str:
    """A passphrase typed on the terminal, unseen."""
    answer: str = typer.prompt(question, hide_input=True, err=True)
    return answer
