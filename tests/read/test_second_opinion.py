"""The second program is asked in a process of its own; whatever becomes of that process, the audit goes on."""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from entirety.model.second_reading import SecondReading, Trouble
from entirety.read.second_opinion import _reading, read_second

INSTALLED = importlib.util.find_spec("pymediainfo") is not None
needs_library = pytest.mark.skipif(not INSTALLED, reason="MediaInfo (pymediainfo) is not installed")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, parse: str, *, loads: bool = True) -> None:
    """A package of the library's name whose `parse` is this body; found before the real one, in this test only."""
    package = folder / "site" / "pymediainfo"
    package.mkdir(parents=True)
    body = "\n".join(f"        {line}" for line in parse.splitlines())
    (package / "__init__.py").write_text(
        "import json, os, time\nfrom pathlib import Path\nclass MediaInfo:\n"
        f"    @staticmethod\n    def can_parse():\n        return {loads}\n"
        f"    @staticmethod\n    def parse(file, output):\n{body}\n"
    )
    spec = importlib.util.spec_from_file_location("pymediainfo", package / "__init__.py")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: spec)


def clip(folder: Path) -> Path:
    path = folder / "clip.mp4"
    path.write_bytes(b"bytes of a clip")
    return path


ANSWER = 'return json.dumps({"creatingLibrary": {"version": "1.0"}, "media": {"track": [{"@type": "General", "Format": said}]}})'


@needs_library
def test_a_real_film(samples: Path) -> None:
    told = read_second(samples / "trim-edit-list.mp4")
    assert told.trouble is None
    assert told.program.startswith("MediaInfo ")
    assert (told.form, told.videos, told.sounds, told.duration) == ("MPEG-4", 1, 1, Fraction(9))
    assert told.video is not None
    assert (told.video.codec, told.video.width, told.video.height) == ("AVC", 640, 360)
    assert (told.video.stored, told.video.frames) == (325, 225)
    assert told == read_second(samples / "trim-edit-list.mp4")


@needs_library
def test_what_is_no_film(tmp_path: Path) -> None:
    assert read_second(clip(tmp_path)).trouble is Trouble.NOT_READ


def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymediainfo", None)
    assert read_second(clip(tmp_path)) == SecondReading(Trouble.NOT_INSTALLED)


def test_without_its_native_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "raise OSError", loads=False)
    assert read_second(clip(tmp_path)) == SecondReading(Trouble.NOT_INSTALLED)


@pytest.mark.parametrize(
    "parse",
    ["os.abort()", "raise RuntimeError", "time.sleep(60)", "return 'words'", "return '{}'", "bytearray(1 << 40)"],
)
def test_a_process_that_ends_badly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parse: str) -> None:
    stand_in(tmp_path, monkeypatch, parse)
    assert read_second(clip(tmp_path), seconds=2 if "sleep" in parse else 60) == SecondReading(Trouble.BROKE_OFF)


def test_it_is_handed_bytes_and_nothing_that_it_prints_itself_mixes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(
        tmp_path, monkeypatch, f"os.write(1, b'noise')\nos.write(2, b'noise')\nsaid = file.read().decode()\n{ANSWER}"
    )
    told = read_second(clip(tmp_path))
    assert (told.trouble, told.program, told.form) == (None, "MediaInfo 1.0", "bytes of a clip")


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such limit")
def test_it_can_open_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neighbour = tmp_path / "neighbour"
    neighbour.write_text("x")
    body = f"try:\n    said = Path({str(neighbour)!r}).read_text()\nexcept OSError:\n    said = 'refused'\n{ANSWER}"
    stand_in(tmp_path, monkeypatch, body)
    assert read_second(clip(tmp_path)).form == "refused"


def test_numbers_that_are_none_are_left_out() -> None:
    told = _reading(
        {
            "version": "1.0",
            "general": {
                "Format": "A\x1b\u202e" + "B" * 500,
                "Duration": "-0.015",
                "VideoCount": "9" * 15,
                "AudioCount": [],
            },
            "video": {"Width": "6 40", "Height": "\u0663", "FrameCount": "-0", "Duration": "2.002000000"},
        }
    )
    assert told.form.startswith("AB")
    assert len(told.form) <= 200
    assert told.duration is None
    assert (told.videos, told.sounds) == (10_000, 0)
    assert told.video is not None
    assert (told.video.width, told.video.height, told.video.frames) == (None, None, None)
    assert told.video.duration == Fraction(1001, 500)


@pytest.mark.parametrize("told", [{}, {"version": 1}, {"version": "1", "general": [], "video": 3}])
def test_an_answer_of_another_form_is_no_opinion(told: dict[str, object]) -> None:
    assert _reading(told).trouble is not None
