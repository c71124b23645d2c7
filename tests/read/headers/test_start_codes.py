"""The parts at the start of a packet, and what is kept of them."""

from entirety.read.headers.start_codes import HEAD, MOST_PARTS, START, Settings, Texts, parts


def test_parts_have_their_own_bytes() -> None:
    packet = b"\x01" + START + b"\xb3abc" + START + b"\xb5" + START + b"\x00xy"
    assert [(code, packet[start:end]) for code, start, end in parts(packet)] == [
        (0xB3, b"abc"),
        (0xB5, b""),
        (0x00, b"xy"),
    ]


def test_no_more_is_looked_at_than_headers_need() -> None:
    assert len(list(parts(START * 1000))) == MOST_PARTS
    assert list(parts(bytes(HEAD) + START + b"\xb3abc")) == []
    assert list(parts(b"")) == list(parts(START)) == []


def test_settings_are_kept_where_they_change() -> None:
    settings = Settings()
    for row, payload in enumerate((b"one", b"one", b"two", b"one")):
        assert settings.same("vol", payload) == (row == 1)
        settings.take("vol", payload, row, (("width", row),))
    assert [(kept.packet, kept.payload) for kept in settings.recorded] == [(0, b"one"), (2, b"two"), (3, b"one")]


def test_texts_are_kept_where_they_change_and_data_is_left_out() -> None:
    texts = Texts()
    for row, payload in enumerate(
        (b"Lavc58.54.100", b"Lavc58.54.100", b"GA94\x03\xd4\xff", b"DTG1A\xff", b"XviD0064\x00\x00", b"short")
    ):
        texts.take(payload, row, 0)
    texts.take(b"DivX503b1393p", 9, 1)
    assert [(note.packet, note.uuid, note.text) for note in texts.recorded] == [
        (0, "user_data", "Lavc58.54.100"),
        (4, "user_data", "XviD0064"),
        (9, "user_data 2", "DivX503b1393p"),
    ]
