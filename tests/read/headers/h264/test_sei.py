"""Supplemental information: texts of encoders and recovery points are taken, the rest is stepped over."""

import pytest

from entirety.model.headers import TEXT_MOST
from entirety.read.headers.h264.sei import NOTES_MOST, Notes, note_text, read_sei
from read.headers.h264.writer import BitWriter, escape

UUID = bytes(range(16))


def message(kind: int, payload: bytes) -> bytes:
    size = len(payload)
    return b"\xff" * (kind // 255) + bytes([kind % 255]) + b"\xff" * (size // 255) + bytes([size % 255]) + payload


def sei(*messages: bytes) -> bytes:
    return b"\x06" + escape(b"".join(messages) + b"\x80")


def test_messages_among_others() -> None:
    text = UUID + b"camera \x00" + b"x" * 600
    recovery = BitWriter().ue(17).u(1, 1, 0).u(2, 0).raw()
    found = read_sei(sei(message(4, b"\x00" * 5), message(5, text), message(300, b"abc"), message(6, recovery)))
    assert found.user_data == (text,)
    assert (found.recovery_frame_cnt, found.readable) == (17, True)


def test_a_size_beyond_the_unit() -> None:
    broken = read_sei(b"\x06\x05\x30" + UUID + b"\x80")
    assert (broken.user_data, broken.recovery_frame_cnt, broken.readable) == ((), -1, False)
    assert not read_sei(b"\x06" + b"\xff" * 50).readable
    assert not read_sei(b"\x06\x06\xff\xff").readable


def test_the_number_of_messages_is_bounded() -> None:
    assert read_sei(sei(*[message(1, b"a")] * 63)).readable
    assert not read_sei(sei(*[message(1, b"a")] * 65)).readable


def test_an_empty_unit_says_nothing() -> None:
    assert read_sei(b"\x06").readable
    assert read_sei(b"\x06\x80\x00").user_data == ()


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (b"x264 - core\x00", "x264 - core"),
        ("Größe 3\nzwei".encode(), "Größe 3 zwei"),
        (b"MDPM\x01\x02abc", "MDPM"),
        ("a\u202eb".encode(), "a"),
        (b"\xff\xfe", ""),
        (b"y" * 9_000, "y" * TEXT_MOST),
    ],
)
def test_the_printable_beginning_is_the_text(payload: bytes, text: str) -> None:
    assert note_text(UUID + payload) == text


def test_a_text_is_noted_when_it_changes() -> None:
    notes = Notes()
    for row, text in enumerate((b"one", b"one", b"two", b"one")):
        notes.take(UUID + text, row)
    notes.take(UUID[::-1] + b"one", 4)
    assert [(note.packet, note.text) for note in notes.recorded] == [(0, "one"), (2, "two"), (3, "one"), (4, "one")]
    assert notes.recorded[0].uuid == "000102030405060708090a0b0c0d0e0f"


def test_the_number_of_texts_is_bounded() -> None:
    notes = Notes()
    for row in range(NOTES_MOST + 5):
        notes.take(UUID + b"%d" % row, row)
    assert len(notes.recorded) == NOTES_MOST
