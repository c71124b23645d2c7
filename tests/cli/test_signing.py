"""The options that sign: what goes together, where the passphrase comes from, and a time stamp server on this machine."""

import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from entirety.cli.signing import PdfSigning, pdf_signing
from entirety.errors import CannotOpen
from entirety.report.pades import signatures
from report.certificates import PASSPHRASE, STAMPED, identity_file, stamped
from report.printed import print_of


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "me.p12"
    path.write_bytes(identity_file())
    (tmp_path / "word").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return path


class Authority(http.server.BaseHTTPRequestHandler):
    """A time stamp authority; what it answers to which path is said in `do_POST`."""

    asked: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, request))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/stamp")
            self.end_headers()
            return
        if self.path == "/busy":
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(stamped(request))

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def authority() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Its address on this machine, and what it was asked."""
    asked: list[tuple[str, bytes]] = []
    server = http.server.HTTPServer(("127.0.0.1", 0), type("Ours", (Authority,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def signing(certificate: Path, address: str | None = None) -> PdfSigning:
    made = pdf_signing(certificate, certificate.with_name("word"), address)
    assert made is not None
    return made


def test_nobody_asked_for_a_signature() -> None:
    assert pdf_signing(None, None, None) is None


def test_signed_without_a_network(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the network is touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = signing(certificate)
    (one,) = signatures(made(print_of("quiet")))
    assert one.intact
    assert one.stamped is None
    assert made.failed == []


def test_a_time_stamp_takes_one_question_with_nothing_of_the_report(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with authority() as (address, asked):
        made = signing(certificate, f"{address}/stamp")
        (one,) = signatures(made(print_of("quiet")))
    assert one.intact
    assert one.stamped == STAMPED
    ((_, request),) = asked
    assert len(request) < 100
    assert made.failed == []


def test_a_failing_server_costs_the_signature_and_nothing_else(certificate: Path) -> None:
    with authority() as (address, asked):
        for path, told in (
            ("/busy", "refused with code 503."),
            ("/moved", "refused with code 302."),
            ("/page", "is no time stamp."),
        ):
            made = signing(certificate, address + path)
            assert made(print_of("quiet")) == print_of("quiet")
            (sentence,) = made.failed
            assert sentence.startswith("The PDF was not signed: ")
            assert sentence.endswith(told)
    assert [path for path, _ in asked] == ["/busy", "/moved", "/page"]
    made = signing(certificate, address)
    assert made(print_of("quiet")) == print_of("quiet")
    assert "could not be reached" in made.failed[0]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "stamps.example", "https://", "ftp://x/", "http://a b/"])
def test_an_address_is_one_of_the_web(certificate: Path, address: str) -> None:
    with pytest.raises(typer.BadParameter, match="begins with http"):
        signing(certificate, address)


def test_options_that_need_a_certificate(tmp_path: Path) -> None:
    for passphrase, address in ((tmp_path / "word", None), (None, "http://stamps.example/")):
        with pytest.raises(typer.BadParameter, match="--sign-pdf, which is missing"):
            pdf_signing(None, passphrase, address)


def test_the_passphrase_is_typed_or_in_a_file(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(typer.BadParameter, match="nobody can be asked"):
        pdf_signing(certificate, None, None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_a, **_o: PASSPHRASE)
    assert pdf_signing(certificate, None, None) is not None
    monkeypatch.setattr("typer.prompt", lambda *_a, **_o: "another")
    with pytest.raises(CannotOpen, match=r"me\.p12 could not be opened"):
        pdf_signing(certificate, None, None)


def test_files_that_are_not_there(certificate: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match=r"none\.p12 cannot be read"):
        pdf_signing(tmp_path / "none.p12", tmp_path / "word", None)
    with pytest.raises(CannotOpen, match="nowhere cannot be read"):
        pdf_signing(certificate, tmp_path / "nowhere", None)
