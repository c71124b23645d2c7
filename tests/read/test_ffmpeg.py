"""The ffmpeg program is found, named in words where it is missing, and run on the named file only."""

from pathlib import Path

import pytest

from entirety.errors import Environment
from entirety.read.ffmpeg import draw_test_film, framehash, program, version


def test_the_program_that_was_installed_along(tmp_path: Path) -> None:
    path = program(None)
    assert version(path).startswith("ffmpeg version")
    draw_test_film(path, tmp_path / "film.mp4")
    lines = framehash(path, tmp_path / "film.mp4")
    assert sum(not line.startswith("#") for line in lines) == 25


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(Environment, match="no program no-such-ffmpeg"):
        program("no-such-ffmpeg")
    with pytest.raises(Environment, match="cannot be run"):
        version("/no/such/place")


def test_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("words")
    with pytest.raises(Environment, match="failed"):
        framehash(program(None), tmp_path / "text.mp4")


def test_a_playlist_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "list.mp4").write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(Environment, match="failed"):
        framehash(program(None), tmp_path / "list.mp4")
