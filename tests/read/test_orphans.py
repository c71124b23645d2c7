"""Bytes that no table refers to: what counts as such, and what is padding."""

import io
from pathlib import Path

import pytest

from entirety.read import orphans
from entirety.read.container.isobmff import read_movie
from entirety.read.container.isobmff.source import open_source
from entirety.read.orphans import Unlisted, unlisted
from read.container.isobmff.builder import FTYP, box, counted, full, hdlr, mdhd, moov, tkhd, trak, words

START = len(FTYP) + 8


def table(places: list[tuple[int, int]]) -> list[bytes]:
    """Sample tables of pictures at these offsets from the beginning of the media data."""
    sizes = full("stsz", words(0, len(places), *(size for _, size in places)))
    chunks = counted("stco", *([START + at] for at, _ in places))
    return [counted("stts", [len(places), 1]), counted("stsc", [1, 1, 1]), sizes, chunks]


def look(media: bytes, *tables: bytes, behind: bytes = b"") -> Unlisted:
    data = FTYP + box("mdat", media) + moov(*tables) + behind
    movie = read_movie(io.BytesIO(data), len(data))
    return unlisted(open_source(io.BytesIO(data), len(data)), movie)


MEDIA = bytes(range(1, 101))


def test_nothing_is_left_where_the_tables_are_whole() -> None:
    found = look(MEDIA, trak(*table([(0, 40), (40, 60)])))
    assert (found.ranges, found.size, found.media, found.complete) == ((), 0, 100, True)


def test_what_lies_between_samples_of_any_track() -> None:
    found = look(MEDIA, trak(*table([(0, 20), (60, 20)])), trak(*table([(30, 10)]), handler=b"soun"))
    assert found.ranges == ((START + 20, START + 30), (START + 40, START + 60), (START + 80, START + 100))
    assert found.size == 50


def test_samples_may_overlap_and_come_in_any_order() -> None:
    assert look(MEDIA, trak(*table([(50, 50), (0, 60), (10, 5)]))).size == 0


def test_gaps_of_alignment_are_nothing_and_equal_bytes_are_padding() -> None:
    media = MEDIA[:20] + bytes(30) + MEDIA[50:]
    found = look(media, trak(*table([(0, 20), (50, 20), (77, 23)])))
    assert (found.ranges, found.size, found.padding) == ((), 0, 30)


def test_free_space_and_what_belongs_to_no_block_is_searched_and_not_counted() -> None:
    found = look(MEDIA, trak(*table([(0, 100)])), behind=box("free", MEDIA) + b"\0\0\0\1junkjunk")
    assert (found.ranges, found.size, len(found.others)) == ((), 0, 2)


def test_uncompressed_sound_reaches_to_whatever_comes_next() -> None:
    parts = (full("stsz", words(2, 1000)), counted("stco", [START + 20], [START + 60]), counted("stsc", [1, 1, 1]))
    sound = box("trak", tkhd(2), box("mdia", mdhd(), hdlr(b"soun", b"\0"), box("minf", box("stbl", *parts))))
    found = look(MEDIA, trak(*table([(0, 10), (40, 20)])), sound)
    assert found.ranges == ((START + 10, START + 20),)


def test_bounds_end_the_search_and_not_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orphans, "MOST_BYTES", 25)
    found = look(MEDIA, trak(*table([(20, 10), (50, 10)])))
    assert (found.ranges, found.size, found.complete) == (((START, START + 20),), 80, False)
    monkeypatch.setattr(orphans, "MOST_RANGES", 1)
    assert not look(MEDIA, trak(*table([(10, 10), (30, 70)]))).complete


def test_tables_with_more_rows_than_are_read_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orphans, "MAX_SAMPLES_TRACK", 2)
    found = look(MEDIA, trak(*table([(0, 10), (50, 10)])))
    assert (found.ranges, found.size, found.complete) == ((), 0, False)


def test_devices_of_the_corpus_leave_nothing_but_padding(corpus: Path) -> None:
    for path in sorted((corpus / "device").glob("*.m*")):
        with path.open("rb") as file:
            size = path.stat().st_size
            assert unlisted(open_source(file, size), read_movie(file, size)).size == 0, path.name
