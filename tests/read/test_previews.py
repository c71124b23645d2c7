"""Single pictures kept beside the video: where they are looked for, and which bytes are taken for one."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from entirety.read.loose import single_picture
from entirety.read.previews import MOST_PICTURES, embedded_pictures
from read.container.isobmff.builder import FTYP, box, moov, read, trak

JPEG = b"\xff\xd8\xff" + bytes(range(200)) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200) + b"IEND\xaeB`\x82"


def look(folder: Path, *parts: bytes) -> list[tuple[str, int, bytes]]:
    data = FTYP + moov(trak(), *parts)
    (folder / "clip.mp4").write_bytes(data)
    return [(one.path, one.offset, one.data) for one in embedded_pictures(folder / "clip.mp4", read(data))]


def test_user_data_is_searched_from_the_mark_to_the_last_end(tmp_path: Path) -> None:
    ((path, offset, data),) = look(tmp_path, box("udta", box("thmb", b"head", JPEG, JPEG, b"tail")))
    assert (path, data) == ("moov/udta/thmb", JPEG + JPEG)
    assert (tmp_path / "clip.mp4").read_bytes()[offset : offset + 3] == b"\xff\xd8\xff"
    assert [data for _, _, data in look(tmp_path, box("uuid", bytes(16), PNG))] == [PNG]


def test_other_boxes_and_text_hold_none(tmp_path: Path) -> None:
    assert look(tmp_path, box("free", JPEG), box("udta", box("name", b"x" * 300), box("thmb", JPEG[:-2]))) == []


def test_there_is_a_bound(tmp_path: Path) -> None:
    assert len(look(tmp_path, box("udta", *(box("thmb", JPEG) for _ in range(MOST_PICTURES + 3))))) == MOST_PICTURES


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_none(data: bytes) -> None:
    single_picture(b"\xff\xd8\xff" + data)
