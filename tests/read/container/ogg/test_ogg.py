import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.container.blocks import UNREAD
from entirety.read.container.ogg import looks_like_ogg
from entirety.read.container.ogg.pages import checksum
from entirety.read.container.ogg.streams import MAX_STREAMS
from read.container.ogg.builder import CONTINUED, FIRST, LAST, comments, crc, page, vorbis
from read.container.structures import complains, read, says

WHOLE = b"".join(vorbis())
NAME = "stream 0x00000007"
UNITS = 50
"""Visits, where a test is about their bound."""


def test_a_whole_file_is_read_without_complaint() -> None:
    structure = read(WHOLE)
    assert structure.form == "ogg"
    assert structure.problems == ()
    assert [box.kind for box in structure.boxes] == ["OggS-bos", "OggS", "OggS-eos"]
    assert [box.header for box in structure.boxes] == [28, 28, 28]
    assert says(structure, f"{NAME}/codec") == ["Vorbis"]
    assert says(structure, f"{NAME}/vendor") == ["hand"]
    assert says(structure, f"{NAME}/comment") == ["TITLE=one", "PLACE=Übung"]
    assert says(structure, f"{NAME}/granule positions") == ["100 to 300"]
    assert says(structure, "pages") == ["5; the checksums of 5 were computed"]


@settings(max_examples=50)
@given(st.binary(min_size=27, max_size=80))
def test_the_quick_checksum_is_that_of_the_standard(raw: bytes) -> None:
    assert checksum(raw) == crc(raw[:22] + bytes(4) + raw[26:])


def test_a_page_that_was_taken_out_leaves_its_trace() -> None:
    pages = vorbis(count=4)
    structure = read(b"".join(pages[:3] + pages[4:]))
    place = sum(map(len, pages[:3]))
    assert complains(structure, f"At byte {place}: page 4 of {NAME} follows page 2")
    assert len(structure.problems) == 1


def test_a_changed_byte_shows_in_the_checksum() -> None:
    raw = bytearray(WHOLE)
    raw[-1] ^= 1
    structure = read(bytes(raw))
    assert complains(structure, "the checksum of the page does not fit its bytes")
    assert len(structure.problems) == 1


def test_wrong_checksums_are_listed_up_to_a_bound() -> None:
    structure = read(b"".join(found[:22] + b"\0\0\0\1" + found[26:] for found in vorbis(count=40)))
    assert complains(structure, "42 pages in all have a checksum that does not fit")
    assert len(structure.problems) == 21


def test_a_recording_that_was_not_closed() -> None:
    assert complains(read(b"".join(vorbis()[:-1])), f"{NAME} has no last page, as in a recording that was not closed")


def test_pages_after_the_last_one() -> None:
    assert complains(read(WHOLE + page(5, b"more", granule=400)), f"a page of {NAME} after its last one")


def test_a_stream_that_begins_in_the_middle() -> None:
    structure = read(b"".join(vorbis()[2:]))
    assert complains(structure, f"At byte 0: {NAME} has no first page; this one has the number 2")
    assert says(structure, f"{NAME}/codec") == ["unknown"]


def test_streams_that_follow_each_other() -> None:
    structure = read(WHOLE + b"".join(vorbis(serial=8)))
    assert structure.problems == ()
    assert says(structure, "stream 0x00000008/codec") == ["Vorbis"]
    again = read(b"".join(vorbis()[:-1]) + WHOLE)
    assert complains(again, f"{NAME} begins anew before it has ended")


def test_time_that_goes_back() -> None:
    pages = vorbis()
    structure = read(b"".join([*pages[:-1], page(4, b"x", granule=50, flags=LAST)]))
    assert complains(structure, f"the time of {NAME} goes back from 200 to 50")


def test_comments_over_several_pages() -> None:
    words = b"OpusTags" + comments(b"hand", b"COVER=" + b"x" * 700)
    head = page(0, b"OpusHead" + bytes(11), flags=FIRST)
    rest = page(2, words[510:], flags=CONTINUED), page(3, b"sound", granule=9, flags=LAST)
    structure = read(head + page(1, words[:510], ends=False, granule=-1) + b"".join(rest))
    assert structure.problems == ()
    assert says(structure, f"{NAME}/codec") == ["Opus"]
    assert says(structure, f"{NAME}/comment") == ["COVER=" + "x" * 494]


def test_bytes_between_pages_are_left_over() -> None:
    pages = vorbis()
    place = len(pages[0])
    structure = read(pages[0] + b"OggS between" + b"".join(pages[1:]) + b"behind")
    assert structure.leftovers == ((place, place + 12), (len(WHOLE) + 12, len(WHOLE) + 18))
    assert complains(structure, "12 bytes belong to none, and reading goes on behind them")
    assert complains(structure, "no page begins here; the 6 bytes from here belong to none")


def test_a_cut_page_keeps_the_size_it_declared() -> None:
    structure = read(WHOLE[:-2])
    assert structure.boxes[-1].declared - structure.boxes[-1].size == 2
    assert complains(structure, "a page states 33 bytes, and 31 are there")


def test_what_is_not_visited_is_told_and_is_no_leftover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.ogg.reader.MAX_UNITS", UNITS)
    structure = read(page(0, b"", flags=FIRST) + page(1, b"") * (UNITS + 5))
    assert structure.boxes[-1].kind == UNREAD
    assert structure.leftovers == ()
    assert complains(structure, "more pages than are visited; from here on none is")
    assert not complains(structure, "no last page")


def test_the_number_of_streams_is_bounded() -> None:
    structure = read(b"".join(page(0, b"", serial=number, flags=FIRST) for number in range(MAX_STREAMS + 5)))
    assert complains(structure, f"more than {MAX_STREAMS} streams")


@pytest.mark.parametrize(("head", "expected"), [(WHOLE, True), (b"OggS\1", False), (b"OggS", False), (b"", False)])
def test_looks_like(head: bytes, expected: bool) -> None:
    assert looks_like_ogg(head) is expected
