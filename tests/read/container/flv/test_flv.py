import struct

import pytest

from entirety.read.container.blocks import UNREAD
from entirety.read.container.flv import looks_like_flv
from entirety.read.container.flv.amf import MAX_VALUES
from read.container.flv.builder import AUDIO, HEAD, SCRIPT, VIDEO, entries, metadata, name, number, tag, text
from read.container.structures import complains, read, says

PICTURE, SOUND = b"\x17\1\0\0\0picture", b"\xaf\1sound"
MEDIA = tag(VIDEO, PICTURE, 0) + tag(AUDIO, SOUND, 5) + tag(VIDEO, PICTURE, 40)
UNITS = 50
"""Visits, where a test is about their bound."""


def test_a_whole_file_is_read_without_complaint() -> None:
    structure = read(HEAD + metadata(duration=number(1.5)) + MEDIA)
    assert structure.form == "flv"
    assert structure.problems == ()
    assert [(box.kind, box.header) for box in structure.boxes] == [("FLV", 9), ("script", 11), ("audio+video", 11)]
    assert says(structure, "onMetaData/duration") == ["1.5"]
    assert says(structure, "video tags") == ["2, from 0 to 40 ms"]
    assert says(structure, "video tags/codec") == ["AVC"]
    assert says(structure, "audio tags/codec") == ["AAC"]


def test_values_of_every_kind() -> None:
    day = b"\x0b" + struct.pack(">d", 1_000_000_000_000.0) + bytes(2)
    values = metadata(
        whole=number(25.0),
        word=text("Übung"),
        long=b"\x0c" + (5).to_bytes(4) + b"words",
        yes=b"\1\1",
        day=day,
        never=b"\x0b" + struct.pack(">d", 1e300) + bytes(2),
        places=b"\x0a" + (2).to_bytes(4) + number(1) + number(2),
        inner=b"\3" + entries(deep=number(3)),
        nothing=b"\5",
        other=b"\7\0\1",
        last=number(float("nan")),
    )
    structure = read(HEAD + values + MEDIA)
    assert [row for row in structure.facts if row[0].startswith("onMetaData")] == [
        ("onMetaData/whole", "25"),
        ("onMetaData/word", "Übung"),
        ("onMetaData/long", "words"),
        ("onMetaData/yes", "true"),
        ("onMetaData/day", "2001-09-09T01:46:40Z"),
        ("onMetaData/never", "1e+300"),
        ("onMetaData/places", "2 values"),
        ("onMetaData/inner/deep", "3"),
        ("onMetaData/last", "nan"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\2",
        b"\2\0\5ab",
        text("onMetaData") + b"\x63",
        text("onMetaData") + b"\x08" + bytes(4) + name("a"),
        text("onMetaData") + b"\x0a\xff\xff\xff\xff",
        text("onMetaData") + b"\3\0\1a" * 100,
    ],
)
def test_script_that_cannot_be_read_says_nothing(body: bytes) -> None:
    structure = read(HEAD + tag(SCRIPT, body) + MEDIA)
    assert structure.problems == ()
    assert says(structure, "script tags") == ["1, from 0 to 0 ms"]


def test_values_read_of_a_file_are_bounded() -> None:
    many = text("a") + b"\x0a" + MAX_VALUES.to_bytes(4) + b"\5" * MAX_VALUES
    structure = read(HEAD + tag(SCRIPT, many) + metadata(late=number(1)) + MEDIA)
    assert says(structure, "onMetaData/late") == []


def test_a_length_that_does_not_fit_the_tag_before_it() -> None:
    structure = read(HEAD + tag(VIDEO, PICTURE, behind=5) + MEDIA)
    place = len(HEAD) + 11 + len(PICTURE)
    assert structure.problems == (f"At byte {place}: a tag of {11 + len(PICTURE)} bytes is followed by the length 5.",)


def test_wrong_lengths_are_listed_up_to_a_bound() -> None:
    structure = read(HEAD + tag(VIDEO, PICTURE, behind=0) * 50 + tag(AUDIO, SOUND))
    assert complains(structure, "50 tags in all are followed by a length that is not theirs")
    assert len(structure.problems) == 21


def test_a_header_that_promises_other_tags() -> None:
    structure = read(HEAD + tag(VIDEO, PICTURE))
    assert structure.problems == ("At byte 4: the header says audio tags, and there are none.",)
    structure = read(HEAD[:4] + b"\1" + HEAD[5:] + MEDIA)
    assert structure.problems == ("At byte 4: the header says no audio tags, and there are such tags.",)


def test_a_stated_length_of_the_file_that_is_not_its_own() -> None:
    length = len(HEAD + metadata(filesize=number(0)) + MEDIA)
    assert read(HEAD + metadata(filesize=number(length)) + MEDIA).problems == ()
    structure = read(HEAD + metadata(filesize=number(length + 40)) + MEDIA)
    assert complains(structure, f"the file states that it has {length + 40} bytes (`filesize`), and it has {length}")


def test_time_that_goes_back_is_counted() -> None:
    structure = read(HEAD + MEDIA + tag(VIDEO, PICTURE, 0) + tag(VIDEO, PICTURE, 0x1000000))
    assert says(structure, "video tags/time") == ["goes back 1 times"]
    assert says(structure, "video tags") == ["4, from 0 to 16777216 ms"]


def test_newer_codecs_are_named_in_letters() -> None:
    structure = read(HEAD + tag(VIDEO, b"\x90hvc1") + tag(AUDIO, b"\xd0"))
    assert says(structure, "video tags/codec") == ["hvc1"]
    assert says(structure, "audio tags/codec") == ["unknown"]


def test_trailing_bytes_are_left_over() -> None:
    structure = read(HEAD + MEDIA + b"trailing")
    assert structure.leftovers == ((len(HEAD + MEDIA), len(HEAD + MEDIA) + 8),)
    assert complains(structure, "no tag begins here; the 8 bytes from here belong to none")


def test_a_stream_number_that_should_be_zero() -> None:
    numbered = bytearray(tag(VIDEO, PICTURE, 80))
    numbered[10] = 1
    structure = read(HEAD + MEDIA + bytes(numbered))
    assert structure.problems == ()
    assert says(structure, "video tags") == ["3, from 0 to 80 ms"]
    numbered[-1] ^= 1
    assert read(HEAD + MEDIA + bytes(numbered)).leftovers


def test_a_cut_tag_keeps_the_size_it_declared() -> None:
    structure = read((HEAD + MEDIA)[:-3])
    assert structure.boxes[-1].declared - structure.boxes[-1].size == 3
    assert complains(structure, "a tag states 27 bytes with the length behind it, and 24 are there")


def test_a_header_of_another_length() -> None:
    structure = read(HEAD[:8] + b"\x0c" + bytes(7) + MEDIA)
    assert (structure.boxes[0].header, structure.boxes[0].size) == (12, 16)
    assert complains(structure, "the header states a length of 12 bytes")
    assert complains(read(HEAD[:5] + b"\xff" * 4 + HEAD[9:] + MEDIA), "states a length of 4294967295 bytes")


def test_a_file_that_ends_in_its_header() -> None:
    structure = read(HEAD[:6])
    assert structure.leftovers == ((0, 6),)
    assert read(HEAD[:9]).boxes[0].size == 9


def test_what_is_not_visited_is_told_and_is_no_leftover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.flv.reader.MAX_UNITS", UNITS)
    structure = read(HEAD + tag(VIDEO) * (UNITS + 5))
    assert structure.boxes[-1].kind == UNREAD
    assert structure.leftovers == ()
    assert len(structure.problems) == 1
    assert complains(structure, "more tags than are visited; from here on none is")


@pytest.mark.parametrize(("head", "expected"), [(HEAD, True), (b"FLV\2", False), (b"FLV", False), (b"", False)])
def test_looks_like(head: bytes, expected: bool) -> None:
    assert looks_like_flv(head) is expected
