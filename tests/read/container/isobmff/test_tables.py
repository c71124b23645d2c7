import struct

import numpy as np
import pytest

from entirety.model.container import Movie, Samples
from entirety.read.container.isobmff import source
from read.container.isobmff.builder import box, counted, full, moov, read, trak, words

SIZES = full("stsz", words(0, 4), words(5, 6, 7, 8))
RUNS = counted("stsc", (1, 3, 1), (2, 1, 2))
CHUNKS = counted("stco", (8,), (100,))
TIMES = counted("stts", (3, 10), (1, 20))


def movie_of(*stbl: bytes, media: int = 200) -> Movie:
    return read(box("mdat", bytes(media)) + moov(trak(*stbl)))


def samples_of(*stbl: bytes) -> Samples:
    return movie_of(*stbl).tracks[0].samples


def test_columns_of_a_whole_table() -> None:
    movie = movie_of(SIZES, RUNS, CHUNKS, TIMES, counted("stss", (1,), (4,)), counted("ctts", (2, 0), (2, 5)))
    samples = movie.tracks[0].samples
    assert samples.offset.tolist() == [8, 13, 19, 100]
    assert samples.size.tolist() == [5, 6, 7, 8]
    assert samples.dts.tolist() == [0, 10, 20, 30]
    assert samples.composition.tolist() == [0, 0, 5, 5]
    assert samples.sync.tolist() == [True, False, False, True]
    assert samples.description.tolist() == [1, 1, 1, 2]
    assert movie.problems == ()


def test_columns_have_their_types_and_cannot_be_changed() -> None:
    samples = samples_of(SIZES, RUNS, CHUNKS, TIMES)
    columns = (samples.offset, samples.size, samples.dts, samples.composition, samples.sync, samples.description)
    assert [str(column.dtype) for column in columns] == ["int64", "int64", "int64", "int64", "bool", "int32"]
    assert not any(column.flags.writeable for column in columns)


def test_without_stss_every_sample_stands_alone_and_with_an_empty_one_none() -> None:
    assert samples_of(SIZES, RUNS, CHUNKS, TIMES).sync.all()
    assert not samples_of(SIZES, RUNS, CHUNKS, TIMES, counted("stss")).sync.any()


@pytest.mark.parametrize("version", [0, 1])
def test_negative_composition(version: int) -> None:
    ctts = counted("ctts", (4, -7), version=version)
    assert samples_of(SIZES, RUNS, CHUNKS, TIMES, ctts).composition.tolist() == [-7] * 4


def test_constant_size_and_64_bit_positions() -> None:
    co64 = full("co64", words(2), struct.pack(">QQ", 8, 50))
    movie = movie_of(full("stsz", words(3, 4)), counted("stsc", (1, 2, 1)), co64, TIMES)
    assert movie.tracks[0].samples.offset.tolist() == [8, 11, 50, 53]
    assert movie.tracks[0].samples.size.tolist() == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("bits", "stored"),
    [(4, bytes((0x56, 0x78))), (8, bytes((5, 6, 7, 8))), (16, struct.pack(">4H", 5, 6, 7, 8))],
)
def test_compact_sizes(bits: int, stored: bytes) -> None:
    assert samples_of(full("stz2", words(bits, 4), stored), RUNS, CHUNKS, TIMES).size.tolist() == [5, 6, 7, 8]


def test_compact_sizes_of_odd_number_and_unknown_width() -> None:
    assert samples_of(full("stz2", words(4, 3), b"\x56\x70"), RUNS, CHUNKS, TIMES).size.tolist() == [5, 6, 7]
    movie = movie_of(full("stz2", words(5, 3), bytes(9)), RUNS, CHUNKS, TIMES)
    assert len(movie.tracks[0].samples) == 0
    assert any("sizes of 5 bits" in sentence for sentence in movie.problems)


@pytest.mark.parametrize(
    ("stbl", "rows", "sentence"),
    [
        (
            (full("stsz", words(0, 9), words(5, 6, 7, 8)), RUNS, CHUNKS, TIMES),
            4,
            "`stsz` states 9 rows, and 4 are read",
        ),
        ((full("stsz", words(3, 2**32 - 1)), RUNS, CHUNKS, TIMES), 4, "the file allows"),
        ((SIZES, CHUNKS, TIMES), 0, "without a table of where they lie"),
        ((SIZES, RUNS, TIMES), 0, "without a table of where they lie"),
        ((RUNS, CHUNKS, TIMES), 0, "a sample table without sizes"),
        ((SIZES, RUNS, CHUNKS), 4, "without a table of times"),
        ((SIZES, RUNS, counted("stco", (8,)), TIMES), 3, "only 3 of 4 samples lie in a chunk"),
        ((SIZES, counted("stsc", (2, 3, 1), (1, 1, 1)), CHUNKS, TIMES), 1, "does not list existing chunks in order"),
        ((SIZES, counted("stsc", (7, 3, 1)), CHUNKS, TIMES), 0, "does not list existing chunks in order"),
        ((SIZES, counted("stsc"), CHUNKS, TIMES), 0, "only 0 of 4 samples"),
        ((SIZES, RUNS, counted("stco", (8,), (10**9,)), TIMES), 4, "1 of 4 samples reach past the end of the file"),
        ((SIZES, RUNS, CHUNKS, counted("stts", (2, 10))), 4, "`stts` describes 2 samples, and there are 4"),
        ((SIZES, RUNS, CHUNKS, counted("stts", (2**32 - 1, 10))), 4, "`stts` describes 4294967295 samples"),
        ((SIZES, RUNS, CHUNKS, counted("stts")), 4, "`stts` describes 0 samples"),
        ((SIZES, RUNS, CHUNKS, TIMES, counted("stss", (0,), (9,))), 4, "`stss` names 2 samples that do not exist"),
    ],
)
def test_contradictions_are_recorded_and_the_rest_is_kept(stbl: tuple[bytes, ...], rows: int, sentence: str) -> None:
    movie = movie_of(*stbl)
    assert len(movie.tracks[0].samples) == rows
    assert any(sentence in problem for problem in movie.problems)


def test_the_last_duration_goes_on_where_the_table_of_times_ends() -> None:
    assert samples_of(SIZES, RUNS, CHUNKS, counted("stts", (2, 10))).dts.tolist() == [0, 10, 20, 30]


def test_the_largest_numbers_do_not_overflow() -> None:
    co64 = full("co64", words(2), struct.pack(">QQ", 2**64 - 1, 2**63))
    huge = full("stsz", words(0, 4), words(*[2**32 - 1] * 4))
    movie = movie_of(huge, RUNS, co64, counted("stts", (2**32 - 1, 2**32 - 1)))
    samples = movie.tracks[0].samples
    assert (samples.offset > 0).all()
    assert (np.diff(samples.dts) == 2**32 - 1).all()


def test_samples_of_a_track_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.isobmff.tables.MAX_SAMPLES_TRACK", 2)
    movie = movie_of(SIZES, RUNS, CHUNKS, TIMES)
    assert len(movie.tracks[0].samples) == 2
    assert any("states 4 samples; the file allows 2" in sentence for sentence in movie.problems)


def test_bytes_of_a_table_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.isobmff.tables.MAX_TABLE_BYTES", 20)
    movie = movie_of(SIZES, RUNS, CHUNKS, TIMES)
    assert len(movie.tracks[0].samples) == 2
    assert any("`stsz` states 4 rows, and 2 are read" in sentence for sentence in movie.problems)


def test_a_file_holds_no_more_samples_than_bytes() -> None:
    assert source.open_source.__doc__
    lying = (
        full("stsz", words(1, 2**31)),
        counted("stsc", (1, 2**31, 1)),
        counted("stco", (8,)),
        counted("stts", (2**31, 1)),
    )
    movie = read(box("mdat", bytes(50)) + moov(trak(*lying), trak(*lying)))
    total = sum(box.size for box in movie.boxes)
    assert [len(track.samples) for track in movie.tracks] == [total, 0]
