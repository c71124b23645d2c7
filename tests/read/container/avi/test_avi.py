import struct

import pytest

from entirety.read.container.avi import looks_like_avi
from entirety.read.container.isobmff.source import MAX_DEPTH
from read.container.avi.builder import (
    chunk,
    frames_of,
    hdrl,
    idx1,
    listed,
    riff,
    standard_index,
    strl,
    super_index,
)
from read.container.structures import by_path, complains, read, says

INDEX = idx1(("00dc", 4, 8), ("00dc", 20, 8))
PLAIN = riff(hdrl(2), listed("movi", frames_of(2)), INDEX)
UNITS = 50
"""Visits, where a test is about their bound."""


def test_a_whole_file_is_read_without_complaint() -> None:
    structure = read(PLAIN)
    assert structure.form == "avi"
    assert structure.problems == ()
    paths = [box.path for box in structure.walk()]
    assert paths == [
        "RIFF-AVI",
        "RIFF-AVI/LIST-hdrl",
        "RIFF-AVI/LIST-hdrl/avih",
        "RIFF-AVI/LIST-hdrl/LIST-strl",
        "RIFF-AVI/LIST-hdrl/LIST-strl/strh",
        "RIFF-AVI/LIST-hdrl/LIST-strl/strf",
        "RIFF-AVI/LIST-movi",
        "RIFF-AVI/LIST-movi/00dc",
        "RIFF-AVI/idx1",
    ]
    assert (by_path(structure, "RIFF-AVI/LIST-movi/00dc").size, by_path(structure, "RIFF-AVI").header) == (32, 12)


def test_statements_of_the_headers() -> None:
    structure = read(riff(hdrl(2, strl(9, chunk("strn", b"Sound\0"), kind=b"auds", handler=bytes(4)))))
    top = "RIFF-AVI/LIST-hdrl"
    assert says(structure, f"{top}/avih/dwTotalFrames") == ["2"]
    assert says(structure, f"{top}/avih/dwFlags") == ["0x10 (AVIF_HASINDEX)"]
    assert says(structure, f"{top}/LIST-strl[1]/strh/fccHandler") == ["MJPG"]
    assert says(structure, f"{top}/LIST-strl[1]/strh/dwRate") == ["25"]
    assert says(structure, f"{top}/LIST-strl[1]/strf/biWidth") == ["320"]
    assert says(structure, f"{top}/LIST-strl[2]/strh/fccHandler") == ["0"]
    assert says(structure, f"{top}/LIST-strl[2]/strf/nSamplesPerSec") == ["8000"]
    assert says(structure, f"{top}/LIST-strl[2]/strn") == ["Sound"]


def test_texts_that_cameras_leave() -> None:
    info = listed("INFO", chunk("ISFT", b"CanonMVI01\0"), chunk("ICRD", b"caf\xe9"))
    date = chunk("IDIT", b"Tue Mar 03 12:00:00 2009\n\0")
    junk = chunk("JUNK", bytes(4) + b"CAMERA 3000\0\x01\x02")
    items = struct.pack("<HH", 4, 14) + b"COOLPIX S3000\0" + struct.pack("<HH", 7, 2) + b"\1\0"
    structure = read(riff(hdrl(0, date), info, junk, chunk("JUNK", bytes(40)), listed("ncdt", chunk("nctg", items))))
    assert says(structure, "RIFF-AVI/LIST-INFO/ISFT") == ["CanonMVI01"]
    assert says(structure, "RIFF-AVI/LIST-INFO/ICRD") == ["caf\\xe9"]
    assert says(structure, "RIFF-AVI/LIST-hdrl/IDIT") == ["Tue Mar 03 12:00:00 2009"]
    assert says(structure, "RIFF-AVI/JUNK[1]") == ["CAMERA 3000"]
    assert says(structure, "RIFF-AVI/JUNK[2]") == []
    assert says(structure, "RIFF-AVI/LIST-ncdt/nctg/4") == ["COOLPIX S3000"]


def test_chunks_are_runs_named_after_what_is_in_them() -> None:
    parts = (frames_of(2), frames_of(1, "01wb"), chunk("JUNK", b"x"), frames_of(1, "01wb"), frames_of(1, "00dc", b""))
    structure = read(riff(hdrl(3), listed("movi", *parts), idx1()))
    assert [box.kind for box in by_path(structure, "RIFF-AVI/LIST-movi").children] == [
        "00dc+01wb",
        "JUNK",
        "00dc+01wb",
    ]
    assert says(structure, "LIST-movi") == ["stream 00: 3 chunks, 1 of them without data", "stream 01: 2 chunks"]


def test_records_are_looked_into() -> None:
    record = listed("rec ", frames_of(1), frames_of(1, "01wb"))
    structure = read(riff(hdrl(2), listed("movi", record, record), idx1()))
    assert [box.kind for box in by_path(structure, "RIFF-AVI/LIST-movi").children] == ["LIST-rec"]
    assert says(structure, "LIST-movi") == ["stream 00: 2 chunks", "stream 01: 2 chunks"]


def test_chunks_that_no_index_names() -> None:
    structure = read(riff(hdrl(3), listed("movi", frames_of(3)), INDEX))
    place = by_path(structure, "RIFF-AVI/LIST-movi").offset + 12 + 32
    assert complains(structure, f"At byte {place}: 1 of 3 chunks in `movi` are named by no index, this one first")
    assert len(structure.problems) == 1


def test_an_index_may_count_from_the_start_of_the_file() -> None:
    start = len(riff(hdrl(2))) + 12
    structure = read(riff(hdrl(2), listed("movi", frames_of(2)), idx1(("00dc", start, 8), ("00dc", start + 16, 8))))
    assert structure.problems == ()


def test_an_index_that_names_what_is_not_there() -> None:
    structure = read(riff(hdrl(1), listed("movi", frames_of(1)), INDEX))
    assert complains(structure, "1 of 2 entries of `idx1` name a place where no chunk of `movi` begins")


def test_a_file_without_its_index() -> None:
    structure = read(riff(hdrl(2), listed("movi", frames_of(2))))
    assert complains(structure, "no index (`idx1`, `ix##`) of the chunks in `movi`, though the main header says")


@pytest.mark.parametrize(("stated", "words"), [(5, "`avih` states 5 pictures"), (5, "`strh` states 5 pictures")])
def test_counts_that_do_not_fit(stated: int, words: str) -> None:
    structure = read(riff(hdrl(stated), listed("movi", frames_of(2)), INDEX))
    assert complains(structure, words)


def opendml(*, named: bool = True) -> bytes:
    """Two `RIFF` lists, each with one picture and its index; `named`: the index of indexes names the second one."""
    places = [0, 0]
    for _ in range(2):
        head = hdrl(
            1, strl(2, super_index(*places[: 2 if named else 1])), listed("odml", chunk("dmlh", struct.pack("<I", 2)))
        )
        first = len(riff(head)) + 12
        index = standard_index(first, (8, 8))
        one = riff(head, listed("movi", frames_of(1), index), idx1(("00dc", 4, 8)))
        second = len(one) + 24
        two = riff(listed("movi", frames_of(1), standard_index(second, (8, 8))), form="AVIX")
        places = [first + 16, second + 16]
    return one + two


def test_long_files_have_several_lists() -> None:
    structure = read(opendml())
    assert [box.kind for box in structure.boxes] == ["RIFF-AVI", "RIFF-AVIX"]
    assert [words for words in structure.problems if "strh" not in words] == []
    assert says(structure, "RIFF-AVI/LIST-hdrl/LIST-odml/dmlh/dwTotalFrames") == ["2"]


def test_an_index_that_the_index_of_indexes_does_not_name() -> None:
    structure = read(opendml(named=False))
    assert complains(structure, "an index that `indx` does not name")


def test_the_second_part_cut_off_shows_in_the_index_of_indexes() -> None:
    whole = opendml()
    structure = read(whole[: read(whole).boxes[1].offset])
    assert complains(structure, "1 of 2 entries of `indx` name a place where no index begins")


@pytest.mark.parametrize("stated", [bytes(4), b"\xff" * 4])
def test_a_recording_that_was_not_closed(stated: bytes) -> None:
    raw = bytearray(riff(hdrl(0), listed("movi", frames_of(3))))
    place = raw.index(b"movi") - 4
    raw[4:8] = raw[place : place + 4] = stated
    structure = read(bytes(raw))
    assert structure.leftovers == ()
    assert by_path(structure, "RIFF-AVI/LIST-movi").declared == 0
    assert complains(structure, "`LIST-movi` states no size, as in a recording that was not closed")
    assert says(structure, "LIST-movi") == ["stream 00: 3 chunks"]


def test_a_cut_file_keeps_the_size_it_declared() -> None:
    structure = read(PLAIN[:-40])
    box = by_path(structure, "RIFF-AVI")
    assert box.declared - box.size == 40
    assert complains(structure, "states")


def test_chunks_that_were_not_filled_up_to_an_even_length() -> None:
    odd = chunk("00dc", b"odd", fill=False)
    structure = read(riff(hdrl(2), listed("movi", odd, odd, b"\0"), idx1()))
    assert says(structure, "LIST-movi") == ["stream 00: 2 chunks"]
    assert complains(structure, "a chunk stands at an odd place")
    info = listed("INFO", chunk("ISFT", b"odd", fill=False), chunk("ICRD", b"2009"))
    structure = read(riff(hdrl(0), info))
    assert says(structure, "RIFF-AVI/LIST-INFO/ICRD") == ["2009"]


def test_reading_goes_on_behind_damage() -> None:
    structure = read(riff(hdrl(2), listed("movi", frames_of(1), b"\xff" * 30, frames_of(1)), idx1()))
    assert says(structure, "LIST-movi") == ["stream 00: 2 chunks"]
    assert complains(structure, "30 bytes belong to none, and reading goes on behind them")


def test_damage_at_the_end_of_movi() -> None:
    structure = read(riff(hdrl(1), listed("movi", frames_of(1), b"\xff" * 30), idx1()))
    assert complains(structure, "the 30 bytes from here to the end of `movi` belong to none")
    structure = read(riff(hdrl(1), listed("movi", frames_of(1), chunk("abcd", b"12")), idx1()))
    assert complains(structure, "`abcd` is no kind of chunk that stands in `movi`")


def test_trailing_bytes_are_left_over() -> None:
    structure = read(PLAIN + b"some more bytes")
    assert structure.leftovers == ((len(PLAIN), len(PLAIN) + 15),)
    structure = read(PLAIN + b"some more bytes" + PLAIN)
    assert structure.leftovers == ((len(PLAIN), len(PLAIN) + 15),)
    assert complains(structure, "another `RIFF-AVI`")


def test_nesting_is_bounded() -> None:
    part = b""
    for _ in range(200):
        part = listed("hdrl", part)
    structure = read(riff(part))
    assert max(box.path.count("/") for box in structure.walk()) == MAX_DEPTH - 1
    assert complains(structure, "nested more than 32 deep")


def test_nothing_is_claimed_about_what_was_not_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.avi.reader.MAX_UNITS", UNITS)
    structure = read(riff(hdrl(UNITS + 10), listed("movi", frames_of(UNITS + 10, body=b"")), INDEX))
    assert len(structure.problems) == 1
    assert complains(structure, "more chunks than are visited")
    assert says(structure, "LIST-movi") == [
        f"stream 00: {UNITS} chunks, {UNITS} of them without data; not all were visited"
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [(PLAIN, True), (b"RIFF\0\0\0\0AVIX", True), (b"RIFF\0\0\0\0WAVE", False), (b"RIFF", False), (b"", False)],
)
def test_looks_like(head: bytes, expected: bool) -> None:
    assert looks_like_avi(head) is expected
