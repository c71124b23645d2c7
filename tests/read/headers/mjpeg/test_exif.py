import struct

from hypothesis import given
from hypothesis import strategies as st

from entirety.read.headers.mjpeg.exif import exif_texts, printable


def tiff(*entries: tuple[int, bytes], order: str = "<") -> bytes:
    """A TIFF file with text entries, their texts behind the list."""
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "IH", 8, len(entries))
    at, lines, texts = 8 + 2 + 12 * len(entries), b"", b""
    for name, text in entries:
        lines += struct.pack(order + "HHII", name, 2, len(text), at + len(texts))
        texts += text
    return head + lines + texts


def test_reads_four_texts_and_no_others() -> None:
    data = tiff(
        (0x010F, b"Maker\x00"), (0x0110, b"Model 1\x00"), (0x9999, b"secret\x00"), (0x0132, b"2020:01:01 10:00:00\x00")
    )
    assert exif_texts(data) == (("Make", "Maker"), ("Model", "Model 1"), ("DateTime", "2020:01:01 10:00:00"))


def test_reads_both_orders_of_bytes() -> None:
    for order in "<>":
        assert exif_texts(tiff((0x0131, b"Program 2\x00"), order=order)) == (("Software", "Program 2"),)


def test_what_is_no_text_is_left_out() -> None:
    assert printable(b"\xff\xfe\x01") == ""
    assert exif_texts(b"no TIFF file") == ()


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for order in (b"II*\x00", b"MM\x00*"):
        assert isinstance(exif_texts(order + data), tuple)
