from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.errors import Unsupported
from entirety.read.box_trees import MOST_BOXES, MOST_BYTES, MOST_KIND, XMP, read_box_tree
from read.trees import COPIED, NOTED, PHONE, tree


def test_what_a_tree_tells() -> None:
    movie = read_box_tree(PHONE)
    assert (movie.major_brand, movie.minor_version, movie.brands) == ("isom", 0, ("isom", "3gp4"))
    assert [box.kind for box in movie.boxes] == ["ftyp", "mdat", "moov"]
    assert movie.timescale == 1000
    (track,) = movie.tracks
    assert (track.track_id, track.handler, track.handler_name, track.timescale) == (1, "vide", "VideoHandle", 90000)
    assert (track.flags, track.enabled, track.alternate_group) == (7, True, 0)
    assert read_box_tree(COPIED).tracks[0].alternate_group == 1


def test_dates_durations_and_places_are_left_out() -> None:
    movie = read_box_tree(PHONE)
    track = movie.tracks[0]
    assert (movie.created, movie.modified, movie.duration) == (0, 0, 0)
    assert (track.created, track.modified, track.duration, track.presented) == (0, 0, 0, 0)
    assert "43.9" not in str(movie)
    assert "2015" not in str(movie)


def test_kinds_that_xml_cannot_name() -> None:
    paths = [box.path for box in read_box_tree(PHONE).walk()]
    assert "moov/udta/\\xa9mak" in paths
    assert "moov/udta/\\xa9xyz" in paths
    assert "moov/udta/abcd" in paths
    assert "moov/trak/mdia/minf/dinf/dref/url " in paths


def test_equals_are_numbered_as_in_real_files() -> None:
    paths = [box.path for box in read_box_tree(tree("<free-2 />", "<free-3 />", "moov")).boxes]
    assert paths == ["ftyp", "free[1]", "free[2]", "moov"]


def test_the_type_of_xmp_notes_is_recognised() -> None:
    assert read_box_tree(NOTED).extended_types == (XMP,)
    assert read_box_tree(tree('<uuid-2 type="uuid" userType="z" />', "moov")).extended_types == ("",)


def test_a_name_of_null_is_none() -> None:
    assert read_box_tree(tree("moov", name="null")).tracks[0].handler_name == ""


def test_a_tree_without_a_movie() -> None:
    movie = read_box_tree(b"<root/>")
    assert (movie.boxes, movie.tracks, movie.major_brand) == ((), (), "")


LAUGHS = b'<!DOCTYPE root [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><root><ftyp-1 majorBrand="&b;"/></root>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b'<!DOCTYPE root SYSTEM "file:///etc/passwd"><root/>',
        b"<root>" + b"<free-1>" * 40 + b"</free-1>" * 40 + b"</root>",
        b"<root>" + b"<a/>" * MOST_BOXES + b"</root>",
        b"<root>" + b" " * MOST_BYTES + b"</root>",
        b'<?xml version="1.0" encoding="rot13"?><root/>',
        b"<tree/>",
        b"<root>",
        b"",
        PHONE[:-20],
    ],
)
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(Unsupported):
        read_box_tree(data)


def test_long_names_are_cut() -> None:
    movie = read_box_tree(b"<root><" + b"x" * 10_000 + b' name="' + b"y" * 10_000 + b'"/></root>')
    assert [box.kind for box in movie.boxes] == ["x" * MOST_KIND]


def test_numbers_that_are_none() -> None:
    movie = read_box_tree(tree("moov", minor="-5"))
    assert movie.minor_version == 0
    assert read_box_tree(tree("moov", minor="9" * 5000)).minor_version == 0


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(max_size=300), st.integers(0, len(PHONE)))
def test_any_bytes_give_a_movie_or_a_refusal(junk: bytes, at: int) -> None:
    for data in (junk, PHONE[:at] + junk + PHONE[at + len(junk) :]):
        with suppress(Unsupported):
            read_box_tree(data)
