import struct

import pytest

from entirety.model.container import Movie
from read.container.isobmff.builder import box, counted, full, moov, read, tkhd, trak, words

OWN = 0xF00
"""Every sample states duration, size, flags and composition."""
EMPTY = (counted("stts"), counted("stsc"), full("stsz", words(0, 0)), counted("stco"))


def trex(track: int = 1, description: int = 1, duration: int = 5, size: int = 9, flags: int = 0) -> bytes:
    return full("trex", words(track, description, duration, size, flags))


def head(*tables: bytes) -> bytes:
    return moov(trak(*(tables or EMPTY)), box("mvex", trex()))


def moof(number: int, *trafs: bytes) -> bytes:
    return box("moof", full("mfhd", words(number)), *trafs)


def traf(*runs: bytes, flags: int = 0x20000, fields: bytes = b"", time: bytes = b"", track: int = 1) -> bytes:
    return box("traf", full("tfhd", words(track), fields, flags=flags), time, *runs)


def trun(count: int, *values: int, flags: int, distance: int | None = None, first: int | None = None) -> bytes:
    before = b"" if distance is None else words(distance)
    before += b"" if first is None else words(first)
    flags |= (0x1 if distance is not None else 0) | (0x4 if first is not None else 0)
    return full("trun", words(count), before, words(*values), flags=flags)


def movie_of(*pieces: bytes, media: int = 300) -> Movie:
    return read(head() + b"".join(pieces) + box("mdat", bytes(media)))


def test_a_run_that_states_everything() -> None:
    rows = (10, 40, 0, 2, 11, 41, 0x10000, -3)
    movie = movie_of(moof(7, traf(trun(2, *rows, flags=OWN, distance=200))))
    samples, start = movie.tracks[0].samples, len(head())
    assert samples.offset.tolist() == [start + 200, start + 240]
    assert samples.size.tolist() == [40, 41]
    assert samples.dts.tolist() == [0, 10]
    assert samples.composition.tolist() == [2, -3]
    assert samples.sync.tolist() == [True, False]
    assert movie.fragments == (7,)
    assert movie.problems == ()


def test_defaults_of_the_movie_and_of_the_fragment() -> None:
    movie = movie_of(
        moof(1, traf(trun(2, flags=0, distance=150))),
        moof(2, traf(trun(2, flags=0, distance=70), flags=0x2003A, fields=words(2, 6, 8, 0x10000))),
    )
    samples = movie.tracks[0].samples
    assert samples.size.tolist() == [9, 9, 8, 8]
    assert samples.dts.tolist() == [0, 5, 10, 16]
    assert samples.sync.tolist() == [True, True, False, False]
    assert samples.description.tolist() == [1, 1, 2, 2]
    assert movie.fragments == (1, 2)


def test_first_sample_flags() -> None:
    run = trun(3, flags=0, distance=200, first=0)
    movie = movie_of(moof(1, traf(run, flags=0x20020, fields=words(0x10000))))
    assert movie.tracks[0].samples.sync.tolist() == [True, False, False]


@pytest.mark.parametrize("version", [0, 1])
def test_decode_time_of_a_fragment(version: int) -> None:
    time = full("tfdt", struct.pack(">Q" if version else ">I", 900), version=version)
    movie = movie_of(moof(1, traf(trun(2, flags=0, distance=200), time=time)))
    assert movie.tracks[0].samples.dts.tolist() == [900, 905]


def test_fragments_go_on_after_the_samples_of_the_movie_header() -> None:
    tables = (counted("stts", (2, 7)), counted("stsc", (1, 2, 1)), full("stsz", words(4, 2)), counted("stco", (8,)))
    piece = moof(1, traf(trun(1, flags=0, distance=90)))
    movie = read(head(*tables) + piece + box("mdat", bytes(200)))
    assert movie.tracks[0].samples.dts.tolist() == [0, 7, 14]
    assert movie.tracks[0].samples.size.tolist() == [4, 4, 9]


def test_positions_without_a_distance_go_on_from_the_run_before() -> None:
    first = trun(2, 40, 41, flags=0x200, distance=160)
    movie = movie_of(moof(1, traf(first, trun(1, 42, flags=0x200)), traf(trun(1, 43, flags=0x200), flags=0)))
    start = len(head())
    assert movie.tracks[0].samples.offset.tolist() == [start + 160, start + 200, start + 241, start + 283]


def test_stated_base() -> None:
    movie = movie_of(moof(1, traf(trun(1, 4, flags=0x200, distance=3), flags=0x1, fields=struct.pack(">Q", 500))))
    assert movie.tracks[0].samples.offset.tolist() == [503]


def test_two_tracks_are_kept_apart() -> None:
    film = moov(trak(*EMPTY), trak(*EMPTY, head=tkhd(2)), box("mvex", trex(), trex(2, size=3)))
    piece = moof(1, traf(trun(1, flags=0)), traf(trun(2, flags=0), track=2))
    movie = read(film + piece + box("mdat", bytes(200)))
    assert [track.samples.size.tolist() for track in movie.tracks] == [[9], [3, 3]]


@pytest.mark.parametrize(
    ("piece", "rows", "sentence"),
    [
        (box("moof", traf(trun(1, flags=0))), 1, "a movie fragment without a number"),
        (moof(1, box("traf")), 0, "a track fragment without a header"),
        (moof(1, traf(trun(1, flags=0), track=5)), 0, "a fragment of track 5"),
        (moof(1, traf(trun(9, 1, 2, flags=0x200))), 2, "`trun` states 9 samples; 2 are read"),
        (moof(1, traf(trun(2**32 - 1, flags=0))), None, "`trun` states 4294967295 samples"),
        (moof(1, traf(trun(2**32 - 1, flags=0), flags=0x20010, fields=words(0))), None, "`trun` states 4294967295"),
        (moof(1, traf(trun(1, flags=0, distance=10**6))), 1, "1 of 1 samples of fragments lie outside the file"),
        (moof(1, traf(trun(1, flags=0, distance=-(10**6)))), 1, "1 of 1 samples of fragments lie outside the file"),
        (moof(1, traf(full("trun"))), 0, "`trun` is too short"),
        (moof(1, traf(full("trun", words(1), flags=0x5))), 1, "`trun` is too short"),
        (moof(1, traf(trun(1, flags=0), flags=0x3B)), 1, "`tfhd` is too short"),
    ],
)
def test_contradictions_are_recorded(piece: bytes, rows: int | None, sentence: str) -> None:
    movie = movie_of(piece)
    assert len(movie.tracks[0].samples) == rows or rows is None
    assert len(movie.tracks[0].samples) <= movie.boxes[-1].end
    assert any(sentence in problem for problem in movie.problems)


def test_times_and_positions_at_the_limit() -> None:
    time = full("tfdt", struct.pack(">Q", 2**64 - 1), version=1)
    run = trun(1, 2**32 - 1, flags=0x200)
    movie = movie_of(moof(1, traf(run, run, flags=0x1, fields=struct.pack(">Q", 2**64 - 1), time=time)))
    assert (movie.tracks[0].samples.offset > 0).all()
    assert (movie.tracks[0].samples.dts > 0).all()
