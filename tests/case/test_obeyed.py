"""The witnesses see what they are there to see: a test of hostile files that cannot fail is worth nothing."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from case import obeyed, watching
from case.crafted_tags import MARK

ADDRESS = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    "markup",
    [
        f"<{MARK}>",
        f'<b {MARK}="1">',
        "<img onerror=x>",
        f"<a href='{ADDRESS}'>",
        "<a href=' JavaScript:x'>",
        "<svg><a xlink:href='https:x'/></svg>",
        "<base href=x>",
        "<p style='background:url(x)'>",
        f"<!-- {MARK} -->",
        f"<script>{MARK}</script></script><{MARK}>",
        "\x1b[2J",
        "\u202e",
    ],
)
def test_live_markup_is_seen(markup: str) -> None:
    assert obeyed.page(f"<p>{markup}</p>", ADDRESS)


def test_shown_markup_is_let_through() -> None:
    shown = f"<p title='&lt;{MARK} onload=1&gt;'>&lt;{MARK}&gt; {ADDRESS} =1+1</p><script>x = '{MARK}'</script><a href='#x'>"
    assert obeyed.page(shown, ADDRESS) == []


@pytest.mark.parametrize("cell", ["=1", "+a", "-a", "@a", '"\t=1"', '" =1"', '"\n=1"', "a\x1b", "\u202ea"])
def test_formulas_are_seen(cell: str) -> None:
    assert obeyed.table(f"path,size\r\n{cell},1\r\n".encode())


def test_plain_cells_are_let_through() -> None:
    assert obeyed.table('path,size\r\n\'=1,-1\r\nзапись,2.5\r\n"a, ""b""",+3\r\n'.encode("utf-8-sig")) == []


def test_actions_of_a_document_are_seen(tmp_path: Path) -> None:
    (tmp_path / "x.typ").write_text(f'#link("{ADDRESS}")[x]')
    assert "URI" in obeyed.document(typst.compile(str(tmp_path / "x.typ")))
    (tmp_path / "x.typ").write_text(f'a link to #link(<y>)[y], #"{ADDRESS}"\n= Heading <y>')
    assert obeyed.document(typst.compile(str(tmp_path / "x.typ"))) == []


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_inotify_sees_a_read_and_a_write(tmp_path: Path) -> None:
    bait = tmp_path / "bait"
    bait.write_text("x")
    inotify = watching.Inotify()
    inotify.watch(bait, watching.OPENED)
    inotify.watch_all(tmp_path, watching.CHANGED)
    assert inotify.events() == []
    subprocess.run(["cat", str(bait)], check=True, capture_output=True)
    assert len(inotify.events()) == 1
    subprocess.run(["touch", str(tmp_path / "new")], check=True)
    assert any("/new" in event for event in inotify.events())
    inotify.close()


@pytest.mark.skipif(watching.STRACE is None, reason="strace is not installed")
def test_strace_sees_reads_writes_and_calls(tmp_path: Path) -> None:
    places = watching.places(tmp_path)
    bait, strange = tmp_path / "bait", 'new \x1b "\u044f'
    bait.write_text("x")
    with watching.listener() as (address, calls):
        port = address.rstrip("/").rpartition(":")[2]
        program = (
            f"import os, socket; open({str(bait)!r}).read(); open({strange!r}, 'w'); os.mkdir('made'); os.rename('made', 'renamed');"
            f"socket.create_connection(('127.0.0.1', {port})).recv(1)"
        )
        done = watching.run(places, watching.traced(places, [sys.executable, "-c", program]), 60)
        assert done.returncode == 0, done.stderr
    assert calls
    seen = watching.read_calls(places.log, places.quiet / "cwd")
    assert str(bait) in seen.opened
    assert str(bait) not in seen.written
    inside = places.quiet / "cwd"
    assert {str(inside / name) for name in (strange, "made", "renamed")} <= seen.written
    assert any(port in call for call in seen.network)


def test_the_listener_hears() -> None:
    with watching.listener() as (address, calls):
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            assert client.recv(1) == b""
    assert len(calls) == 1
