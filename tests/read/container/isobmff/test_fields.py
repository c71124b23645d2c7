import struct
from fractions import Fraction

import pytest

from entirety.model.container import Edit, Track
from read.container.isobmff.builder import (
    FTYP,
    box,
    counted,
    full,
    hdlr,
    matrix,
    mdhd,
    moov,
    mvhd,
    read,
    tkhd,
    trak,
    words,
)


def test_brands() -> None:
    movie = read(FTYP + moov())
    assert (movie.major_brand, movie.minor_version, movie.brands) == ("isom", 512, ("isom", "avc1"))


def test_old_quicktime_has_no_brand() -> None:
    movie = read(moov())
    assert (movie.major_brand, movie.minor_version, movie.brands) == ("", 0, ())


def test_movie_header_of_both_versions() -> None:
    long = full("mvhd", struct.pack(">QQIQ", 2**33, 2**34, 90000, 2**35), bytes(80), version=1)
    movie = read(box("moov", long))
    assert (movie.created, movie.modified, movie.timescale, movie.duration) == (2**33, 2**34, 90000, 2**35)
    movie = read(moov())
    assert (movie.created, movie.modified, movie.timescale, movie.duration) == (1000, 2000, 600, 900)


def test_unknown_duration_is_zero() -> None:
    assert read(box("moov", mvhd(duration=2**32 - 1))).duration == 0
    long = full("mvhd", struct.pack(">QQIQ", 0, 0, 600, 2**64 - 1), bytes(80), version=1)
    assert read(box("moov", long)).duration == 0


def only_track(*parts: bytes) -> Track:
    return read(moov(box("trak", *parts))).tracks[0]


@pytest.mark.parametrize(
    ("turn", "rotation"),
    [
        (matrix(1, 0, 0, 1), 0),
        (matrix(0, 1, -1, 0), 90),
        (matrix(-1, 0, 0, -1), 180),
        (matrix(0, -1, 1, 0), 270),
        (matrix(2, 0, 0, 2), 0),
        (matrix(-1, 0, 0, 1), -1),
        (matrix(1, 1, -1, 1), -1),
        (matrix(0, 0, 0, 0), -1),
    ],
)
def test_rotation(turn: bytes, rotation: int) -> None:
    assert only_track(tkhd(turn=turn)).rotation == rotation


def test_track_header_of_both_versions() -> None:
    track = only_track(tkhd(7, flags=1))
    assert (track.track_id, track.enabled, track.presented, track.width, track.height) == (7, True, 900, 640, 360)
    times = struct.pack(">QQIIQ", 1, 2, 9, 0, 2**40)
    long = full("tkhd", times, bytes(16), matrix(0, 1, -1, 0), words(1920 << 16, 1080 << 16), version=1, flags=2)
    track = only_track(long)
    assert (track.track_id, track.enabled, track.presented, track.rotation) == (9, False, 2**40, 90)
    assert (track.width, track.height) == (1920, 1080)


def test_flags_and_alternate_group_of_both_versions() -> None:
    group = struct.pack(">10xhi", 5, 0)
    short = full("tkhd", words(10, 20, 1, 0, 900), group, matrix(1, 0, 0, 1), words(0, 0), flags=15)
    long = full(
        "tkhd", struct.pack(">QQIIQ", 1, 2, 9, 0, 9), group, matrix(1, 0, 0, 1), words(0, 0), version=1, flags=7
    )
    assert [(t.flags, t.alternate_group) for t in (only_track(short), only_track(long))] == [(15, 5), (7, 5)]
    assert (only_track(full("tkhd")).flags, only_track(full("tkhd")).alternate_group) == (0, 0)


def test_extended_types_of_uuid_boxes() -> None:
    name = bytes(range(16))
    wide = struct.pack(">I4sQ", 1, b"uuid", 40) + name + bytes(8)
    movie = read(FTYP + box("uuid", name, b"notes") + moov() + wide)
    assert movie.extended_types == (name.hex(), name.hex())
    assert read(FTYP + moov() + box("uuid", name)[:20]).extended_types == ("",)


def test_media_header() -> None:
    track = only_track(tkhd(), box("mdia", mdhd(timescale=30000, duration=1001)))
    assert (track.timescale, track.duration, track.created, track.modified) == (30000, 1001, 100, 200)


@pytest.mark.parametrize(
    ("component", "stored", "name"),
    [
        (bytes(4), b"VideoHandler\0", "VideoHandler"),
        (bytes(4), b"no zero at the end", "no zero at the end"),
        (bytes(4), b"", ""),
        (bytes(4), b"\0", ""),
        (b"mhlr", b"\x10Core Media Video", "Core Media Video"),
        (b"mhlr", b"\x10Core Media Video\0\0\0", "Core Media Video"),
        (b"mhlr", b"\x01", "\ufffd"),
        (bytes(4), b"\x09GoPro AVC", "GoPro AVC"),
        (bytes(4), b"\x09GoPro AVC\0", "GoPro AVC"),
        (
            bytes(4),
            b"ISO Media file produced by a program with a name\0",
            "ISO Media file produced by a program with a name",
        ),
        (bytes(4), "Kamera Süd\0".encode(), "Kamera Süd"),
        (bytes(4), b"S\x9fd\0", "Süd"),
    ],
)
def test_handler_names(component: bytes, stored: bytes, name: str) -> None:
    track = only_track(tkhd(), box("mdia", mdhd(), hdlr(b"vide", stored, component)))
    assert (track.handler, track.handler_name) == ("vide", name)


def test_edits_of_both_versions() -> None:
    short = counted("elst", (300, -1, 0x10000), (600, 1024, 0x8000), (5, 0, -0x10000))
    track = only_track(tkhd(), box("edts", short))
    assert track.edits == (
        Edit(300, -1, Fraction(1)),
        Edit(600, 1024, Fraction(1, 2)),
        Edit(5, 0, Fraction(-1)),
    )
    long = full("elst", words(1), struct.pack(">QqI", 2**40, -1, 0x18000), version=1)
    assert only_track(tkhd(), box("edts", long)).edits == (Edit(2**40, -1, Fraction(3, 2)),)


def test_no_edit_list_is_none_and_an_empty_one_is_empty() -> None:
    assert only_track(tkhd()).edits is None
    assert only_track(tkhd(), box("edts", counted("elst"))).edits == ()


def test_more_edits_than_bytes() -> None:
    movie = read(moov(trak(edts=box("edts", full("elst", words(2**32 - 1, 300, 0, 0x10000))))))
    assert movie.tracks[0].edits == (Edit(300, 0, Fraction(1)),)
    assert any("`elst` states 4294967295 edits; 1 are read" in sentence for sentence in movie.problems)


def test_short_boxes_give_zeros_and_a_problem() -> None:
    movie = read(box("moov", full("mvhd"), box("trak", full("tkhd", words(1)))))
    assert (movie.timescale, movie.tracks[0].track_id, movie.tracks[0].rotation) == (0, 0, -1)
    assert any("`mvhd` is too short" in sentence for sentence in movie.problems)
    assert any("`tkhd` is too short" in sentence for sentence in movie.problems)


def test_what_a_track_lacks_is_named() -> None:
    movie = read(moov(box("trak")))
    for path in ("tkhd", "mdia/mdhd", "mdia/hdlr", "mdia/minf/stbl"):
        assert any(f"a track without `{path}`" in sentence for sentence in movie.problems)


def test_no_movie_header() -> None:
    movie = read(FTYP + box("mdat", bytes(9)))
    assert movie.tracks == ()
    assert movie.problems == ("At byte 0: the 41 bytes from here on hold no movie header (`moov`).",)


def test_second_movie_header_is_not_read() -> None:
    movie = read(moov() + box("moov", mvhd(duration=1)))
    assert movie.duration == 900
    assert any("another `moov`" in sentence for sentence in movie.problems)


def test_tracks_are_bounded() -> None:
    movie = read(moov(*(box("trak") for _ in range(1001))))
    assert len(movie.tracks) == 1000


def test_empty_file() -> None:
    movie = read(b"")
    assert (movie.boxes, movie.leftovers, movie.tracks) == ((), (), ())
    assert len(movie.problems) == 1
