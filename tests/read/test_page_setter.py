"""The page setter runs in a process of its own; what it makes or says comes back."""

import os
import sys
from pathlib import Path

import pytest

from entirety.errors import Environment
from entirety.read.page_setter import set_pages

PAGES = '#set document(title: "T", date: none)\n#let data = json(bytes(sys.inputs.view))\n#data.said'


def test_pages(tmp_path: Path) -> None:
    made = set_pages(PAGES, '{"said": "\\u049a"}', str(tmp_path), ["ua-1"])
    assert made.startswith(b"%PDF")
    assert made == set_pages(PAGES, '{"said": "\\u049a"}', str(tmp_path), ["ua-1"])


def test_nothing_of_it_stays_in_this_process(tmp_path: Path) -> None:
    before = "typst" in sys.modules
    set_pages(PAGES, '{"said": "1"}', str(tmp_path), ["ua-1"])
    assert ("typst" in sys.modules) is before


def test_what_it_complains_of(tmp_path: Path) -> None:
    with pytest.raises(Environment, match="does not contain key"):
        set_pages(PAGES, "{}", str(tmp_path), ["ua-1"])
    with pytest.raises(Environment, match="not found"):
        set_pages(f'{PAGES}\n#image("none.png")', '{"said": "1"}', str(tmp_path), ["ua-1"])


def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(Environment, match="not installed"):
        set_pages(PAGES, "{}", str(tmp_path), ["ua-1"])


def test_a_process_that_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import os\nos._exit(7)\n")
    monkeypatch.setattr("entirety.read.page_setter.CHILD", child)
    with pytest.raises(Environment, match=r"no document \(7\)"):
        set_pages(PAGES, "{}", str(tmp_path), ["ua-1"])


@pytest.mark.skipif(os.name == "nt", reason="a process is stopped otherwise there")
def test_a_process_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr("entirety.read.page_setter.CHILD", child)
    monkeypatch.setattr("entirety.read.page_setter.SECONDS", 1)
    with pytest.raises(Environment, match="TimeoutExpired"):
        set_pages(PAGES, "{}", str(tmp_path), ["ua-1"])
