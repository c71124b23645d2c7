"""Bad input gets one clear sentence, its exit code, and nothing on disk."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import ffmpeg
import imageio_ffmpeg
import pytest

from cli.runner import entirety


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence on standard error, after checking that it is one and no traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, lines
    assert lines[0].startswith("entirety: ")
    assert lines[0].endswith(".")
    return lines[0]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds with picture and sound."""
    target = tmp_path_factory.mktemp("film") / "film.mp4"
    picture = ffmpeg.input("testsrc2=size=160x120:rate=25", f="lavfi", t=2)
    sound = ffmpeg.input("sine=sample_rate=44100", f="lavfi", t=2)
    command = ffmpeg.output(picture, sound, str(target), vcodec="libx264", pix_fmt="yuv420p", acodec="aac")
    subprocess.run(
        command.compile(cmd=imageio_ffmpeg.get_ffmpeg_exe(), overwrite_output=True), check=True, capture_output=True
    )
    return target


def test_missing(tmp_path: Path) -> None:
    assert "gone.mp4" in refused(entirety("audit", "gone.mp4", cwd=tmp_path), 3)


def test_folder(tmp_path: Path) -> None:
    refused(entirety("audit", tmp_path, "--out", tmp_path / "out", cwd=tmp_path), 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.mp4", b""),
        ("text.mp4", b"This is a letter, not a video.\n" * 50),
        ("noise.mp4", bytes(range(256)) * 64),
        ("list.mp4", b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
        ("concat.mp4", b"ffconcat version 1.0\nfile '/etc/hostname'\n"),
        ("header.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x10\0mdat" + bytes(500)),
    ],
)
def test_not_a_video(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert name in refused(entirety("audit", name, "--out", "out", cwd=tmp_path), 3)
    assert not (tmp_path / "out").exists()


def test_cut_off_in_the_movie_header(tmp_path: Path, film: Path) -> None:
    whole = film.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: whole.index(b"moov") + 200])
    refused(entirety("audit", cut, "--out", "out", cwd=tmp_path), 3)


def test_sound_only(tmp_path: Path) -> None:
    target = tmp_path / "sound.m4a"
    command = ffmpeg.output(ffmpeg.input("sine", f="lavfi", t=1), str(target), acodec="aac")
    subprocess.run(command.compile(cmd=imageio_ffmpeg.get_ffmpeg_exe()), check=True, capture_output=True)
    assert "no pictures" in refused(entirety("audit", target, "--out", "out", cwd=tmp_path), 3)


@pytest.mark.skipif(os.name == "nt", reason="permissions work differently on Windows")
def test_no_permission_to_read(tmp_path: Path, film: Path) -> None:
    copy = tmp_path / "locked.mp4"
    shutil.copy(film, copy)
    copy.chmod(0)
    if os.access(copy, os.R_OK):
        pytest.skip("this user may read everything (root)")
    refused(entirety("audit", copy, "--out", "out", cwd=tmp_path), 3)


@pytest.mark.skipif(os.name == "nt", reason="permissions work differently on Windows")
def test_output_in_a_read_only_place(tmp_path: Path, film: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(closed, os.W_OK):
        # Root may write everywhere but below a file, which no permission can help.
        closed = tmp_path / "file"
        closed.write_text("")
    refused(entirety("audit", film, "--out", closed / "out", cwd=tmp_path), 2)


def test_output_where_the_clip_lies(tmp_path: Path, film: Path) -> None:
    copy = tmp_path / "film.mp4"
    shutil.copy(film, copy)
    refused(entirety("audit", copy, "--out", tmp_path, cwd=tmp_path), 2)
    assert copy.read_bytes() == film.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_a_report_of_another_file_is_not_overwritten(tmp_path: Path, film: Path) -> None:
    first, second = tmp_path / "a" / "x.mp4", tmp_path / "b" / "x.mp4"
    for place in (first, second):
        place.parent.mkdir()
        shutil.copy(film, place)
    with second.open("ab") as file:
        file.write(b"\0\0\0\x08free")
    assert entirety("audit", first, "--out", "out", cwd=tmp_path).returncode == 0
    before = (tmp_path / "out" / "x.mp4" / "audit.json").read_bytes()
    refused(entirety("audit", second, "--out", "out", cwd=tmp_path), 2)
    assert (tmp_path / "out" / "x.mp4" / "audit.json").read_bytes() == before


def test_a_bad_file_costs_the_others_nothing(tmp_path: Path, film: Path) -> None:
    done = entirety("audit", "gone.mp4", film, "--out", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert (tmp_path / "out" / "film.mp4" / "audit.json").is_file()


def test_usage(tmp_path: Path) -> None:
    assert entirety("audit", cwd=tmp_path).returncode == 2
    assert entirety("audit", "x.mp4", "--fail-on", "guilt", cwd=tmp_path).returncode == 2
    assert entirety("explain", "no-such-check", cwd=tmp_path).returncode == 2


def test_a_name_that_steers_the_terminal_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    done = entirety("audit", "\x1b[31mred\n\u202egpj.mp4", "--out", "out", cwd=tmp_path)
    said = refused(done, 3)
    assert "\x1b" not in said
    assert "\u202e" not in said
