import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.read.container.isobmff.tags import MAX_TAGS
from entirety.read.container.isobmff.text import MAX_CHARACTERS, read_text
from read.container.isobmff.builder import box, full, hdlr, moov, read, words


def tags_of(*user: bytes) -> list[tuple[str, str]]:
    return list(read(moov(box("udta", *user))).tags)


def international(text: bytes, language: int = 0x15C7) -> bytes:
    return struct.pack(">HH", len(text), language) + text


def data(form: int, value: bytes) -> bytes:
    return box("data", words(form, 0), value)


def test_quicktime_items() -> None:
    place = box(b"\xa9xyz", international(b"+33.1268-117.3274/"))
    assert tags_of(place) == [("©xyz", "+33.1268-117.3274/")]


def test_quicktime_item_in_two_languages() -> None:
    both = international("Süden".encode("mac_roman"), 0) + international("юг".encode())
    assert tags_of(box(b"\xa9nam", both)) == [("©nam", "Süden"), ("©nam", "юг")]


def test_quicktime_item_written_as_itunes_writes() -> None:
    assert tags_of(box(b"\xa9too", data(1, b"HandBrake"))) == [("©too", "HandBrake")]


def test_quicktime_item_of_bare_text_or_wrong_length() -> None:
    assert tags_of(box(b"\xa9mak", b"Maker")) == [("©mak", "Maker")]
    assert tags_of(box(b"\xa9mak", b"\xff\xff\0\0Maker")) == []


@pytest.mark.parametrize("text", [b"A title\0", "A title".encode("utf-16") + b"\0\0"])
def test_3gpp_items(text: bytes) -> None:
    assert tags_of(full("titl", b"\x15\xc7", text)) == [("titl", "A title")]


def test_3gpp_text_of_16_bits_may_hold_two_zeros_in_a_row_across_characters() -> None:
    text = b"\xfe\xff" + "aĀb".encode("utf-16-be") + b"\0\0"
    assert tags_of(full("auth", b"\x15\xc7", text)) == [("auth", "aĀb")]


def test_bare_text_of_makers() -> None:
    assert tags_of(box("FIRM", b"HD7.01.01.70.00"), box("MUID", b"\1\2\3"), box("free", b"abc"), box("name", b"")) == [
        ("FIRM", "HD7.01.01.70.00")
    ]


def itunes(*items: bytes) -> bytes:
    return full("meta", hdlr(b"mdir", b""), box("ilst", *items))


def test_itunes_items() -> None:
    program = box(b"\xa9too", data(1, b"Lavf61.7.100"))
    named = box("----", full("mean", b"com.example"), full("name", b"iTunSMPB"), data(1, b" 0000"))
    picture = box("covr", data(13, b"\xff\xd8\xff"))
    wide = box(b"\xa9cmt", data(2, "юг".encode("utf-16-be")))
    assert tags_of(itunes(program, named, picture, wide)) == [
        ("©too", "Lavf61.7.100"),
        ("com.example:iTunSMPB", "0000"),
        ("©cmt", "юг"),
    ]


def named_keys(names: list[bytes], *items: bytes) -> bytes:
    entries = (box("mdta", name) for name in names)
    return box("meta", hdlr(b"mdta", b""), full("keys", words(len(names)), *entries), box("ilst", *items))


def test_named_keys() -> None:
    names = [b"com.apple.quicktime.make", b"com.android.capture.fps", b"count", b"precise"]
    items = (
        box(words(1), data(1, b"Apple")),
        box(words(2), data(23, struct.pack(">f", 240))),
        box(words(3), data(21, b"\xff\xfe")),
        box(words(3), data(22, b"\xff\xfe")),
        box(words(4), data(24, struct.pack(">d", 0.5))),
        box(words(4), data(24, b"\0")),
    )
    assert list(read(moov(named_keys(names, *items))).tags) == [
        ("com.apple.quicktime.make", "Apple"),
        ("com.android.capture.fps", "240.0"),
        ("count", "-2"),
        ("count", "65534"),
        ("precise", "0.5"),
    ]


@pytest.mark.parametrize("number", [0, 2, 2**32 - 1])
def test_item_without_a_name(number: int) -> None:
    movie = read(moov(named_keys([b"one"], box(words(number), data(1, b"text")))))
    assert [value for _, value in movie.tags] == ["text"]
    assert any(f"text item {number} has no name" in sentence for sentence in movie.problems)


def test_items_stand_in_file_order_wherever_they_lie() -> None:
    first = box("trak", box("udta", box("name", b"Stereo")))
    second = box("udta", itunes(box(b"\xa9too", data(1, b"a"))), box("FIRM", b"b"))
    movie = read(moov(first, second) + itunes(box(b"\xa9cmt", data(1, b"c"))))
    assert list(movie.tags) == [("name", "Stereo"), ("©too", "a"), ("FIRM", "b"), ("©cmt", "c")]


def test_items_are_bounded() -> None:
    movie = read(moov(box("udta", *(box("FIRM", b"x") for _ in range(MAX_TAGS + 1)))))
    assert len(movie.tags) == MAX_TAGS
    assert any("more than 500 text items" in sentence for sentence in movie.problems)
    assert len(tags_of(box(b"\xa9cmt", international(b"x" * 3000)))[0][1]) == MAX_CHARACTERS


@given(st.binary(max_size=300))
def test_any_bytes_give_printable_text(raw: bytes) -> None:
    assert all(character.isprintable() for character in read_text(raw))


@given(st.text(max_size=50), st.sampled_from(["utf-8", "utf-16"]))
def test_text_is_kept(text: str, encoding: str) -> None:
    kept = "".join(character for character in text if character.isprintable() and not character.isspace())
    assert read_text(kept.encode(encoding)) == kept


def test_long_text_cut_inside_a_character_stays_text() -> None:
    text = "a" + "€" * 5000
    assert read_text(text.encode()) == text[:MAX_CHARACTERS]


@given(st.binary(max_size=120))
def test_any_bytes_as_an_item_are_read(raw: bytes) -> None:
    items = [box(kind, raw) for kind in (b"\xa9nam", b"titl", b"FIRM")]
    movie = read(
        moov(box("udta", *items, itunes(box("----", raw)), named_keys([raw], box(words(1), box("data", raw)))))
    )
    assert all(len(value) <= MAX_CHARACTERS and value.isprintable() for _, value in movie.tags)
