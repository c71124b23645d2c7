"""What lies where no player reads is told by its form, within bounds."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.model.container import Box, Content, Space, Structure
from entirety.read.container.isobmff import read_movie
from entirety.read.container.spaces import MAX_LOOK, MAX_SPACES, look_into
from entirety.read.container.structure import read_structure
from read.container.isobmff.builder import FTYP, box, moov, words

STCO = box("stco", words(0, 3, 100, 200, 300))


def spaces(data: bytes) -> tuple[Space, ...]:
    file = io.BytesIO(data)
    structure = read_structure(file, len(data), read_movie(file, len(data)))
    assert structure is not None
    return structure.spaces


def only(*parts: bytes) -> Space:
    (space,) = spaces(FTYP + moov() + box("free", *parts))
    return space


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (bytes(100), Content.ZEROS),
        (b"0" * 100, Content.FILLING),
        (bytes(50) + box("skip", bytes(30)) + bytes(20), Content.PADDING),
        (b"\xff\xd8\xff\xe0" + bytes(range(200)), Content.PICTURE),
        (box("ftyp", b"mp42", words(0)), Content.MOVIE),
        (bytes(range(128, 200)) + b"SEFT", Content.SAMSUNG),
        (bytes(range(128, 255)), Content.DATA),
        (b"Camera 5\0\0\0\0serial 77", Content.TEXT),
        (b"short", Content.DATA),
    ],
)
def test_forms(body: bytes, content: Content) -> None:
    space = only(body)
    assert (space.content, space.path) == (content, "free")
    assert (space.end - space.start, space.examined) == (len(body), len(body))


def test_headers_of_tables_are_named() -> None:
    assert only(bytes(77), STCO, bytes(9)).found == ("stco",)
    assert only(b"\1\2\3", box("stbl", STCO, box("free", bytes(4)))).found == ("stbl", "stco")


def test_a_name_without_a_size_that_fits_is_no_header() -> None:
    assert only(b"\xff\xff\xff\xffstco" + bytes(range(100, 180))).content is Content.DATA


def test_tables_of_an_avi_file() -> None:
    assert only(b"\xaa\xbb", b"idx1" + struct.pack("<I", 64), bytes(range(64))).found == ("idx1",)


def test_text_is_kept_in_part() -> None:
    assert only(b"model: Camera 5 " * 50).found == (("model: Camera 5 " * 50)[:80].strip(),)


def test_bytes_behind_the_last_box_and_boxes_of_unknown_kind() -> None:
    found = spaces(FTYP + moov() + box("gps0", bytes(range(1, 100))) + b"\xff\xd8\xff" + bytes(range(100)))
    assert [(space.path, space.content) for space in found] == [("gps0", Content.DATA), ("", Content.PICTURE)]


def test_boxes_within_the_header_count_too() -> None:
    (space,) = spaces(FTYP + moov(box("free", b"\0\0\0\x20trex" + bytes(24))))
    assert (space.path, space.found) == ("moov/free", ("trex",))


def test_large_spaces_are_looked_at_from_both_ends() -> None:
    body = bytes(2 * MAX_LOOK) + STCO
    space = only(body)
    assert (space.content, space.examined) == (Content.BLOCKS, MAX_LOOK)


def test_no_more_than_anybody_reads() -> None:
    assert len(spaces(FTYP + moov() + box("free", bytes(1)) * (MAX_SPACES + 50))) == MAX_SPACES


def test_an_empty_block_is_no_space() -> None:
    assert spaces(FTYP + moov() + box("free")) == ()


def test_other_forms() -> None:
    data = bytes(20) + b"idx1" + struct.pack("<I", 30) + bytes(range(1, 20))
    outline = Structure("avi", (Box("JUNK", 0, len(data), 8, len(data) - 8, "JUNK"),), (), (), ())
    (space,) = look_into(io.BytesIO(data), len(data), outline)
    assert space.found == ("idx1",)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_some_content(data: bytes) -> None:
    for space in spaces(FTYP + box("free", data) + data):
        assert space.start < space.end <= len(data) * 2 + len(FTYP) + 8
        assert space.content in Content
