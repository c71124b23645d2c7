"""The XMP packet is found where Adobe and QuickTime put it, within bounds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.container.isobmff.xmp import MAX_XMP_BYTES, USER_TYPE
from read.container.isobmff.builder import FTYP, box, moov, read


def test_in_a_uuid_box_at_the_top() -> None:
    assert read(FTYP + moov() + box("uuid", USER_TYPE, b"<x:xmpmeta/>\0\0")).xmp == "<x:xmpmeta/>"


def test_in_user_data() -> None:
    assert read(FTYP + moov(box("udta", box("XMP_", b"<x:xmpmeta/>")))).xmp == "<x:xmpmeta/>"


def test_another_uuid_is_no_packet() -> None:
    assert read(FTYP + moov() + box("uuid", bytes(16), b"<x:xmpmeta/>")).xmp == ""
    assert read(FTYP + moov() + box("uuid", USER_TYPE[:7])).xmp == ""


def test_a_packet_without_end_is_cut_and_said_to_be() -> None:
    movie = read(FTYP + moov() + box("uuid", USER_TYPE, b"a" * (MAX_XMP_BYTES + 9)))
    assert len(movie.xmp) == MAX_XMP_BYTES
    assert any("XMP packet" in problem for problem in movie.problems)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text(data: bytes) -> None:
    assert isinstance(read(FTYP + moov() + box("uuid", USER_TYPE, data)).xmp, str)
