from fractions import Fraction
from pathlib import Path

import pytest

from entirety.errors import Damaged, EntiretyError, NotVideo, Unsupported
from entirety.read import streams
from entirety.read.streams import describe, main_video, open_clip, start_time
from read.films import film


def refused(path: Path) -> EntiretyError:
    with pytest.raises(EntiretyError) as raised, open_clip(path) as container:
        main_video(container, path)
    sentence = str(raised.value)
    assert path.name in sentence
    assert str(path.parent) not in sentence
    assert sentence.endswith(".")
    return raised.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", Unsupported),
        (b"ffconcat version 1.0\nfile other.mp4\n", Unsupported),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", Unsupported),
        (b"<?xml version='1.0'?><MPD></MPD>", Unsupported),
        (b"dear court, this is a letter\n" * 50, NotVideo),
        (bytes(range(256)) * 40, NotVideo),
    ],
)
def test_opens_neither_lists_nor_anything_else(tmp_path: Path, content: bytes, kind: type[EntiretyError]) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(content)
    assert type(refused(clip)) is kind


def test_names_a_missing_index(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mp4")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[:3_000])
    error = refused(cut)
    assert isinstance(error, Damaged)
    assert "index" in str(error)
    assert "ask for the complete file" in str(error)


def test_refuses_sound_and_cover_pictures(tmp_path: Path) -> None:
    sound = film(tmp_path / "sound.m4a", sound=True, vn=None)
    assert "no pictures" in str(refused(sound))
    cover = film(
        tmp_path / "cover.m4a", sound=True, seconds=0.04, vcodec="mjpeg", **{"disposition:v:0": "attached_pic"}
    )
    assert "cover picture" in str(refused(cover))


def test_refuses_pictures_beyond_all_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = film(tmp_path / "clip.mp4")
    monkeypatch.setattr(streams, "MAX_SIDE", 161)
    assert "162 x 122" in str(refused(clip))


def test_describes_every_stream(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", sound=True, vcodec="libx264", pix_fmt="yuv420p", acodec="aac")
    with open_clip(clip) as container:
        assert main_video(container, clip) == 0
        picture, sound = describe(container, 0, 90)
        assert start_time(container, 0) == 0
    assert (picture.kind, picture.codec, picture.width, picture.height) == ("video", "h264", 162, 122)
    assert (picture.pixel_format, picture.rotation) == ("yuv420p", 90)
    assert (picture.rate, picture.aspect) == (Fraction(25), Fraction(1))
    assert (picture.frames, picture.time_base) == (15, Fraction(1, 12_800))
    assert (sound.kind, sound.codec, sound.sample_rate, sound.channels, sound.rotation) == (
        "audio",
        "aac",
        44_100,
        1,
        0,
    )


def test_makes_up_no_presentation_times(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.avi", vcodec="libx264", bf=2)
    with open_clip(clip) as container:
        assert all(packet.pts is None for packet in container.demux(video=0) if packet.size)
