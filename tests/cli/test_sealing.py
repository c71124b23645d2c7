"""`keygen`, `audit --sign` and `verify --key` as a user types them."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.runner import entirety
from entirety.cli import app
from entirety.cli.sealing import key_file, sealer
from entirety.errors import CannotOpen, OutputRefused
from entirety.report.seal import fingerprint, holds, load_public, open_envelope


def made(file: Path, *options: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, ["keygen", str(file), *options], input=typed, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_a_key_signs_and_is_never_written_over(tmp_path: Path) -> None:
    told = made(tmp_path / "key", typed="word\nword\n")
    assert "word" not in told
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert b"ENCRYPTED" in (tmp_path / "key").read_bytes()
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        return "word"

    seal = sealer(tmp_path / "key", ask)
    assert asked == ["Passphrase of key"]
    assert seal is not None
    envelope = open_envelope(seal(b"said"))
    assert holds(envelope)
    public = load_public(key_file(tmp_path / "key.pub"))
    assert fingerprint(envelope.public) == fingerprint(public)
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(OutputRefused, match="is there already"):
        made(tmp_path / "key", "--no-passphrase")
    assert (tmp_path / "key").read_bytes() == before


def test_keys_that_cannot_be_used(tmp_path: Path) -> None:
    assert sealer(None) is None
    with pytest.raises(CannotOpen, match="gone cannot be read"):
        sealer(tmp_path / "gone")
    made(tmp_path / "key", "--no-passphrase")
    with pytest.raises(CannotOpen, match=r"^key\.pub: This is no private key"):
        sealer(tmp_path / "key.pub")
    with pytest.raises(OutputRefused, match="cannot be written"):
        made(tmp_path / "no folder" / "key", "--no-passphrase")


@pytest.mark.slow
def test_a_signed_report_from_the_first_command_to_the_last(tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "trim-edit-list.mp4", tmp_path / "clip.mp4")
    for name in ("mine", "other"):
        done = entirety("keygen", name, "--no-passphrase", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "fingerprint: " in done.stderr
    done = entirety("audit", "clip.mp4", "--sign", "mine", "--lang", "ru,en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    whole = entirety("verify", "reports/clip.mp4", "clip.mp4", "--key", "mine.pub", cwd=tmp_path)
    assert whole.returncode == 0, whole.stderr
    assert "The signature is intact, and made with the key that was given, " in whole.stderr
    assert whole.stderr.splitlines()[-1].startswith("clip.mp4: verified: this is the file that was audited")
    unasked = entirety("verify", "reports/clip.mp4", "clip.mp4", cwd=tmp_path)
    assert unasked.returncode == 0
    assert "Whose key that is, nothing in the report can say" in unasked.stderr
    other = entirety("verify", "reports/clip.mp4", "clip.mp4", "--key", "other.pub", cwd=tmp_path)
    assert other.returncode == 4
    assert "it is somebody else's signature" in other.stderr
