import struct
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.headers.mjpeg import MjpegReader
from read.films import film
from read.headers.traced import stored

LUMA = bytes((16, 11, 10, 16, 24, 40, 51, 61) * 8)


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def image(*before: bytes, table: bytes = LUMA, width: int = 320, sampling: int = 0x22, interval: int = 0) -> bytes:
    """One image: the segments before, a table, a restart interval where given, the size, and the start of the picture."""
    size = struct.pack(">BHHB", 8, 240, width, 3) + bytes((1, sampling, 0, 2, 0x11, 0, 3, 0x11, 0))
    restart = segment(0xDD, struct.pack(">H", interval)) if interval else b""
    scan = segment(0xDA, b"\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00")
    return (
        b"\xff\xd8" + b"".join(before) + segment(0xDB, b"\x00" + table) + restart + segment(0xC0, size) + scan + b"\x12"
    )


def read(*packets: bytes) -> MjpegReader:
    reader = MjpegReader(b"")
    for packet in packets:
        reader.add(packet)
    return reader


def test_reads_size_table_and_order() -> None:
    found = read(image(), image(interval=4)).columns()
    assert found.quantiser.tolist() == [round(sum(LUMA) / 64)] * 2
    assert found.columns["width"].tolist() == [320, 320]
    assert found.columns["restart_interval"].tolist() == [0, 4]
    assert [s.payload for s in found.parameter_sets if s.kind == "markers"] == [b"\xdb\xc0\xda", b"\xdb\xdd\xc0\xda"]
    assert found.entry.all()
    assert not len(found.unreadable)


def test_records_the_sampling_when_it_changes() -> None:
    found = read(image(), image(), image(sampling=0x21)).columns()
    sets = [s for s in found.parameter_sets if s.kind == "sof"]
    assert [s.packet for s in sets] == [0, 2]
    assert [dict(s.facts)["sampling.0"] for s in sets] == [0x22, 0x21]


def test_a_scaled_table_is_the_same_form_and_another_one_is_not() -> None:
    half, other = bytes(max(1, v // 2) for v in LUMA), bytes(range(8, 72))
    found = read(image(), image(table=half), image(table=other)).columns()
    assert [s.packet for s in found.parameter_sets if s.kind == "dqt"] == [0, 2]
    assert len(set(found.columns["tables"].tolist())) == 3


def test_notes_a_comment_once_while_only_its_clock_runs() -> None:
    texts = (b"Camera 7, 10:00:01", b"Camera 7, 10:00:02", b"Other maker")
    found = read(*(image(segment(0xFE, text)) for text in texts)).columns()
    assert [(n.packet, n.uuid, n.text) for n in found.notes] == [
        (0, "COM", "Camera 7, 10:00:01"),
        (2, "COM", "Other maker"),
    ]


def test_reads_the_maker_from_exif() -> None:
    made = b"Maker\x00"
    tiff = b"MM\x00*" + struct.pack(">IHHHIII", 8, 1, 0x010F, 2, len(made), 26, 0) + made
    found = read(image(segment(0xE1, b"Exif\x00\x00" + tiff))).columns()
    assert [(n.uuid, n.text) for n in found.notes] == [("APP1", "Make: Maker")]


def test_reads_the_field_of_avi1() -> None:
    found = read(image(segment(0xE0, b"AVI1\x01\x00" + bytes(8)))).columns()
    assert found.columns["field"].tolist() == [1]


def test_a_cut_image_is_unreadable_and_the_next_one_is_read() -> None:
    whole = image()
    found = read(whole[:40], whole).columns()
    assert found.unreadable.tolist() == [0]
    assert found.columns["width"][1] == 320


def test_real_film_with_rate_control(tmp_path: Path) -> None:
    found = stored(film(tmp_path / "clip.avi", seconds=1, vcodec="mjpeg", video_bitrate="500k")).coded
    assert found is not None
    assert not len(found.unreadable)
    assert len(np.unique(found.quantiser)) > 3
    assert len([s for s in found.parameter_sets if s.kind == "dqt"]) == 1
    assert [n.text[:4] for n in found.notes] == ["Lavc"]
    assert set(found.columns["width"].tolist()) == {162}


def test_corpus_camera_holds_one_form(corpus: Path) -> None:
    found = stored(corpus / "device" / "video-avi.avi").coded
    assert found is not None
    assert len(np.unique(found.columns["tables"])) > 3
    assert sorted(s.kind for s in found.parameter_sets) == ["dqt", "dqt", "markers", "sof"]


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(0, 200), st.binary(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_row(packets: list[bytes], place: int, wrong: bytes) -> None:
    whole = image(segment(0xE1, b"Exif\x00\x00II*\x00" + wrong))
    broken = whole[:place] + wrong + whole[place + len(wrong) :]
    found = read(*packets, b"\xff\xd8" + wrong, broken, whole).columns()
    assert len(found) == len(packets) + 3
