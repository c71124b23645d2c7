import struct

import pytest

from entirety.model.container import Box, Movie
from entirety.read.container.isobmff import looks_like_isobmff
from entirety.read.container.isobmff.source import MAX_BOXES, MAX_DEPTH, MAX_PROBLEMS
from read.container.isobmff.builder import FTYP, box, counted, full, hdlr, moov, mvhd, read, trak, words


def by_path(movie: Movie, path: str) -> Box:
    return next(found for found in movie.walk() if found.path == path)


def test_every_box_has_its_place_in_the_file() -> None:
    movie = read(FTYP + box("mdat", b"12345") + moov(trak(), trak()) + box("free"))
    assert [(found.kind, found.offset, found.size) for found in movie.boxes][:2] == [("ftyp", 0, 24), ("mdat", 24, 13)]
    paths = [found.path for found in movie.walk()]
    assert paths[:5] == ["ftyp", "mdat", "moov", "moov/mvhd", "moov/trak[1]"]
    assert "moov/trak[2]/mdia/minf/stbl" in paths
    assert movie.leftovers == ()


def test_size_of_64_bits() -> None:
    wide = struct.pack(">I4sQ", 1, b"mdat", 21) + b"12345"
    movie = read(wide + moov())
    assert (movie.boxes[0].header, movie.boxes[0].size, movie.boxes[0].declared) == (16, 21, 21)
    assert movie.boxes[1].offset == 21


def test_size_zero_reaches_to_the_end() -> None:
    movie = read(moov() + struct.pack(">I4s", 0, b"mdat") + b"123")
    assert (movie.boxes[-1].size, movie.boxes[-1].declared) == (11, 0)
    assert movie.leftovers == ()
    assert not any("mdat" in sentence for sentence in movie.problems)


def test_size_zero_inside_a_box_is_a_problem() -> None:
    movie = read(box("moov", mvhd(), struct.pack(">I4s", 0, b"udta")))
    assert by_path(movie, "moov/udta").end == by_path(movie, "moov").end
    assert any("`udta` inside another box states no size" in sentence for sentence in movie.problems)


def test_uuid_counts_its_type_as_header() -> None:
    identity = bytes(range(16))
    movie = read(box("uuid", identity, b"abc") + box("uuid", identity) + moov())
    assert [(found.path, found.header, found.size) for found in movie.boxes[:2]] == [
        ("uuid[1]", 24, 27),
        ("uuid[2]", 24, 24),
    ]


@pytest.mark.parametrize(("meta", "header"), [(full, 12), (box, 8)], ids=["ISO", "QuickTime"])
def test_meta_with_and_without_version(meta: object, header: int) -> None:
    assert callable(meta)
    movie = read(moov(meta("meta", hdlr(b"mdta", b""), box("ilst"))))
    found = by_path(movie, "moov/meta")
    assert found.header == header
    assert [child.kind for child in found.children] == ["hdlr", "ilst"]
    assert movie.problems == ("At byte 0: a movie header without tracks.",)


@pytest.mark.parametrize(
    ("handler", "fields"),
    [(b"vide", bytes(78)), (b"soun", bytes(28)), (b"soun", bytes(9) + b"\1" + bytes(34)), (b"tmcd", bytes(26))],
    ids=["picture", "sound", "QuickTime sound", "timecode"],
)
def test_sample_entries_hold_boxes_after_their_fields(handler: bytes, fields: bytes) -> None:
    entry = box("avc1", fields, box("avcC", b"\1\2\3"))
    movie = read(moov(trak(full("stsd", words(1), entry), handler=handler)))
    stsd = by_path(movie, "moov/trak/mdia/minf/stbl/stsd")
    assert stsd.header == 12
    assert stsd.children[0].offset == stsd.offset + 16
    assert by_path(movie, stsd.path + "/avc1/avcC").size == 11
    assert movie.tracks[0].descriptions == ("avc1",)


def test_count_of_entries_is_compared() -> None:
    movie = read(moov(trak(full("stsd", words(3), box("avc1", bytes(78))))))
    assert any("`stsd` states 3 entries, and 1 are there" in sentence for sentence in movie.problems)


def test_data_references_are_children() -> None:
    movie = read(box("moov", box("trak", box("mdia", box("minf", box("dinf", counted_dref()))))))
    assert by_path(movie, "moov/trak/mdia/minf/dinf/dref/url ").size == 12


def counted_dref() -> bytes:
    return full("dref", words(1), full("url ", flags=1))


def test_zero_word_at_the_end_of_udta_is_no_problem() -> None:
    movie = read(moov(box("udta", box("free"), bytes(4))))
    assert not any("belong" in sentence for sentence in movie.problems)


@pytest.mark.parametrize("tail", [b"\0\0\0\1", b"abc", bytes(8), struct.pack(">I4s", 5, b"free")])
def test_other_bytes_after_the_last_child_are_a_problem(tail: bytes) -> None:
    movie = read(moov(box("udta", box("free"), tail)))
    assert any("belong to no box" in sentence for sentence in movie.problems)
    assert [child.kind for child in by_path(movie, "moov/udta").children] == ["free"]


def test_a_cut_file_keeps_the_size_it_declared() -> None:
    movie = read((moov() + box("mdat", bytes(100)))[:-40])
    assert (movie.boxes[-1].size, movie.boxes[-1].declared) == (68, 108)
    assert movie.leftovers == ()
    assert any("`mdat` states 108 bytes, and 68 are there" in sentence for sentence in movie.problems)


def test_children_end_with_their_parent() -> None:
    movie = read(box("moov", struct.pack(">I4s", 500, b"udta")) + box("mdat", bytes(600)))
    assert by_path(movie, "moov/udta").end == by_path(movie, "moov").end
    assert by_path(movie, "moov/udta").declared == 500


@pytest.mark.parametrize(
    "tail",
    [b"abc", bytes(40), b"\x01\x02\x03\x04\xff\xfe\xfd\xfc", b"Here is some text", struct.pack(">I4s", 4, b"free")],
    ids=["short", "zeros", "no kind", "text", "no size"],
)
def test_trailing_bytes_are_left_over(tail: bytes) -> None:
    head = FTYP + moov()
    movie = read(head + tail)
    assert movie.leftovers == ((len(head), len(head) + len(tail)),)
    assert any(f"At byte {len(head)}:" in sentence for sentence in movie.problems)


def test_an_unknown_box_that_fits_is_a_box() -> None:
    movie = read(moov() + box("abcd", b"123"))
    assert [found.kind for found in movie.boxes] == ["moov", "abcd"]


def test_unprintable_kinds_are_spelled_out() -> None:
    movie = read(moov(box("udta", box(b"\xa9too", b"\0\0\0\0"), box(b"\0\0\0\1"))))
    assert [child.kind for child in by_path(movie, "moov/udta").children] == [r"\xa9too", r"\x00\x00\x00\x01"]


def test_nesting_is_bounded() -> None:
    data = b""
    for _ in range(1000):
        data = box("moov", data)
    movie = read(data)
    assert max(found.path.count("/") for found in movie.walk()) == MAX_DEPTH - 1
    assert any("nested more than 32 deep" in sentence for sentence in movie.problems)


def test_number_of_boxes_is_bounded() -> None:
    movie = read(box("free") * (MAX_BOXES + 1))
    assert len(movie.boxes) == MAX_BOXES
    assert movie.leftovers == ((8 * MAX_BOXES, 8 * MAX_BOXES + 8),)
    assert any(f"more than {MAX_BOXES} boxes" in sentence for sentence in movie.problems)


def test_sentences_are_bounded() -> None:
    movie = read(moov(*(box("udta", b"ab") for _ in range(MAX_PROBLEMS + 50))))
    assert len(movie.problems) == MAX_PROBLEMS + 1


def test_media_data_is_never_read() -> None:
    inside = box("moov", mvhd())
    movie = read(box("mdat", inside) + moov())
    assert movie.boxes[0].children == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (FTYP, True),
        (box("wide"), True),
        (struct.pack(">I4s", 0, b"mdat"), True),
        (struct.pack(">I4s", 1, b"mdat"), True),
        (struct.pack(">I4s", 5, b"ftyp"), False),
        (b"\x1a\x45\xdf\xa3\1\0\0\0", False),
        (b"RIFF\0\0\0\0AVI ", False),
        (b"\0\0\0\x18fty", False),
        (b"", False),
    ],
)
def test_looks_like(head: bytes, expected: bool) -> None:
    assert looks_like_isobmff(head) is expected


def test_tables_outside_are_not_containers() -> None:
    movie = read(moov(trak(counted("stts", (1, 1)))))
    assert by_path(movie, "moov/trak/mdia/minf/stbl/stts").children == ()
