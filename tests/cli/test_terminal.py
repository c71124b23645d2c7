"""What goes to a terminal: counts for people, nothing that steers it."""

import sys

import pytest

from entirety.cli.terminal import _count, progress, safe


@pytest.mark.parametrize("steering", ["\x1b[2J", "\r", "\n", "\x07", "\u202e", "\u2066", "\x9b", "\u2028"])
def test_steering_characters_are_shown_as_code_points(steering: str) -> None:
    said = safe(f"a{steering}b")
    assert steering[0] not in said
    assert f"<U+{ord(steering[0]):04X}>" in said


def test_letters_of_any_language_stay() -> None:
    assert safe("Әріп Қазақ şema عربي 日本") == "Әріп Қазақ şema عربي 日本"


def test_counting() -> None:
    assert _count(456, 1200, 60) == "456/1,200 frames, 2 min left"
    assert _count(50, 100, 10) == "50/100 frames, 10 s left"
    assert _count(50, 0, 10) == "50 frames"


def test_no_progress_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    assert not sys.stderr.isatty()
    with progress("clip") as tell:
        assert tell is None
    assert capsys.readouterr().err == ""


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress("clip") as tell:
        assert tell is not None
        tell(10, 100)
    assert "10/100 frames" in capsys.readouterr().err
