import io
import random
from collections.abc import Sequence
from pathlib import Path

import av
import ffmpeg
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entirety.model.container import Box, Movie, Track
from entirety.read.container.isobmff import looks_like_isobmff, read_movie
from read.container.isobmff.builder import FTYP, box, counted, full, moov, read, trak, words
from timed import within

LAYOUTS = {"plain": "", "faststart": "faststart", "fragmented": "frag_keyframe+empty_moov+default_base_moof"}
IGNORE_EDITS = {"ignore_editlist": "1", "advanced_editlist": "0"}
LIMIT_S = 2.0


@pytest.fixture(scope="session", params=sorted(LAYOUTS))
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of moving pictures with B pictures, and a tone."""
    layout: str = request.param
    path = tmp_path_factory.mktemp("film") / f"{layout}.mp4"
    picture = ffmpeg.input("testsrc=size=64x48:rate=25:duration=1", f="lavfi")
    sound = ffmpeg.input("sine=frequency=440:duration=1", f="lavfi")
    options = {"movflags": LAYOUTS[layout]} if LAYOUTS[layout] else {}
    command = ffmpeg.output(
        picture, sound, str(path), vcodec="libx264", acodec="aac", g=10, bf=2, threads=1, pix_fmt="yuv420p", **options
    )
    command.run(cmd=imageio_ffmpeg.get_ffmpeg_exe(), quiet=True)
    return path


def open_movie(path: Path) -> Movie:
    with path.open("rb") as file:
        return read_movie(file, path.stat().st_size)


def assert_covered(movie: Movie, length: int) -> None:
    """Top-level boxes and leftovers fill the file without gap or overlap; children lie in order within their parent."""
    ranges = sorted([(found.offset, found.end) for found in movie.boxes] + list(movie.leftovers))
    position = 0
    for start, end in ranges:
        assert start == position
        assert end > start
        position = end
    assert position == length
    for parent in movie.walk():
        assert_nested(parent.children, parent.offset + parent.header, parent.end)


def assert_nested(children: Sequence[Box], start: int, end: int) -> None:
    for child in children:
        assert start <= child.offset < child.end <= end
        assert 8 <= child.header <= child.size
        start = child.end


def packets_of(path: Path) -> dict[int, list[tuple[int, int, int | None, int | None]]]:
    """Position, size, decode and presentation time of every packet by track number, in order of position."""
    found: dict[int, list[tuple[int, int, int | None, int | None]]] = {}
    with av.open(str(path), container_options=IGNORE_EDITS) as container:
        for packet in container.demux():
            if packet.size and packet.pos is not None:
                row = (packet.pos, packet.size, packet.dts, packet.pts)
                found.setdefault(packet.stream.id, []).append(row)
    return {track: sorted(rows, key=lambda row: row[:2]) for track, rows in found.items()}


def rows_of(track: Track) -> list[tuple[int, int, int, int]]:
    samples = track.samples
    columns = (samples.offset, samples.size, samples.dts, samples.dts + samples.composition)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_a_real_film_equals_the_decoder_packet_by_packet(film: Path) -> None:
    movie = open_movie(film)
    assert looks_like_isobmff(film.read_bytes()[:8])
    assert movie.problems == ()
    assert [track.handler for track in movie.tracks] == ["vide", "soun"]
    packets = packets_of(film)
    for track in movie.tracks:
        ours, theirs = rows_of(track), packets[track.track_id]
        assert [row[:2] for row in ours] == [row[:2] for row in theirs]
        assert [row[3] for row in ours] == [row[3] for row in theirs]
        # Where composition offsets are negative the library moves all decode times by one constant.
        assert len({row[2] - other[2] for row, other in zip(ours, theirs, strict=True) if other[2] is not None}) == 1


def test_a_real_film_is_described(film: Path) -> None:
    movie = open_movie(film)
    picture = movie.tracks[0]
    assert (picture.width, picture.height, picture.rotation, picture.enabled) == (64, 48, 0, True)
    assert picture.descriptions == ("avc1",)
    assert picture.handler_name == "VideoHandler"
    assert len(picture.samples) == 25
    assert np.flatnonzero(picture.samples.sync).tolist() == [0, 10, 20]
    assert any(key == "©too" and value.startswith("Lavf") for key, value in movie.tags)
    assert list(movie.fragments) == list(range(1, len(movie.fragments) + 1))
    assert bool(movie.fragments) == (film.stem == "fragmented")
    assert_covered(movie, film.stat().st_size)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_mutated_film_is_read(film: Path, data: st.DataObject) -> None:
    raw = bytearray(film.read_bytes())
    places = [found.offset for found in open_movie(film).walk()]
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.sampled_from(places)) + data.draw(st.integers(0, 40))
        value = data.draw(st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from([b"\xff" * 4, bytes(4)])))
        raw[start : start + len(value)] = value
    kept = bytes(raw[: data.draw(st.integers(0, len(raw)))]) if data.draw(st.booleans()) else bytes(raw)
    movie = read(kept)
    assert_covered(movie, len(kept))
    assert_columns_agree(movie, len(kept))


def assert_columns_agree(movie: Movie, length: int) -> None:
    for track in movie.tracks:
        samples = track.samples
        columns = (samples.offset, samples.size, samples.dts, samples.composition, samples.sync, samples.description)
        assert len({len(column) for column in columns}) == 1
        assert len(samples) <= length


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_random_bytes_are_read(raw: bytes) -> None:
    assert_covered(read(raw), len(raw))


KINDS = ["moov", "trak", "mdia", "minf", "stbl", "stsd", "stsz", "stsc", "stco", "stts", "udta", "meta", "ilst", "keys"]
KINDS += [
    "moof",
    "traf",
    "tfhd",
    "trun",
    "mdat",
    "uuid",
    "elst",
    "edts",
    "hdlr",
    "mvhd",
    "tkhd",
    "ftyp",
    "free",
    "dref",
]
TREES = st.recursive(
    st.builds(box, st.sampled_from(KINDS), st.binary(max_size=40)),
    lambda inner: st.builds(lambda kind, parts: box(kind, *parts), st.sampled_from(KINDS), st.lists(inner, max_size=5)),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TREES, max_size=4), st.binary(max_size=12))
def test_random_trees_are_read(trees: list[bytes], tail: bytes) -> None:
    raw = b"".join(trees) + tail
    movie = read(raw)
    assert_covered(movie, len(raw))
    assert_columns_agree(movie, len(raw))


def test_every_cut_of_a_file_is_read() -> None:
    tables = (full("stsz", words(0, 2), words(5, 6)), counted("stsc", (1, 2, 1)), counted("stco", (8,)))
    raw = FTYP + moov(trak(*tables, counted("stts", (2, 1)))) + box("mdat", bytes(30))
    for length in range(len(raw)):
        assert_covered(read(raw[:length]), length)


def test_a_length_beyond_the_file_does_no_harm() -> None:
    raw = FTYP + moov()
    movie = read_movie(io.BytesIO(raw), len(raw) + 1000)
    assert_covered(movie, len(raw) + 1000)


def test_a_slow_file_gives_its_bytes_in_pieces() -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 5))

    raw = FTYP + moov(trak())
    assert read_movie(Dripping(raw), len(raw)).boxes == read(raw).boxes


def test_an_error_of_the_file_itself_is_passed_on() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        read_movie(Broken(FTYP), len(FTYP))


def corpus_films(corpus: Path, *folders: str) -> list[Path]:
    found = [path for folder in folders for path in (corpus / folder).iterdir() if path.suffix in {".mp4", ".mov"}]
    assert found
    return sorted(found)


def test_every_film_of_the_corpus_is_covered_in_time(corpus: Path) -> None:
    for path in corpus_films(corpus, "device", "processed", "hostile"):
        with within(LIMIT_S, path.name):
            movie = open_movie(path)
        assert_covered(movie, path.stat().st_size)
        assert_columns_agree(movie, path.stat().st_size)


def test_mutated_films_of_the_corpus_are_read_in_time(corpus: Path) -> None:
    chance = random.Random(4)
    for path in corpus_films(corpus, "device", "processed"):
        raw = bytearray(path.read_bytes())
        places = [found.offset for found in open_movie(path).walk()]
        for _ in range(3):
            for _ in range(8):
                start = chance.choice(places) + chance.randrange(24)
                raw[start : start + 4] = chance.choice((b"\xff" * 4, bytes(4), chance.randbytes(4)))[: len(raw) - start]
            with within(LIMIT_S, path.name):
                movie = read(bytes(raw))
            assert_covered(movie, len(raw))


def test_samples_of_the_corpus_equal_the_decoder_packet_by_packet(corpus: Path) -> None:
    compared = 0
    for path in corpus_films(corpus, "device", "processed"):
        packets = packets_of(path)
        for track in open_movie(path).tracks:
            # The library hands out uncompressed sound in blocks of many samples, and leaves some data tracks out.
            if track.handler not in {"vide", "soun"} or "lpcm" in track.descriptions:
                continue
            length = path.stat().st_size
            ours = [row for row in rows_of(track) if row[1] and row[0] < length]
            theirs = packets[track.track_id]
            assert [row[0] for row in ours] == [row[0] for row in theirs], path.name
            assert [min(row[1], length - row[0]) for row in ours] == [row[1] for row in theirs], path.name
            assert (
                len({row[3] - other[3] for row, other in zip(ours, theirs, strict=True) if other[3] is not None}) == 1
            )
            compared += 1
    assert compared > 60


def test_uncompressed_sound_is_not_spread_out(tmp_path: Path) -> None:
    """A sample per 1/8000 s would cost gigabytes for an hour; the library hands such sound out in blocks."""
    path = tmp_path / "pcm.mov"
    sound = ffmpeg.input("sine=frequency=440:duration=2:sample_rate=8000", f="lavfi")
    ffmpeg.output(sound, str(path), acodec="pcm_s16le").run(cmd=imageio_ffmpeg.get_ffmpeg_exe(), quiet=True)
    with path.open("rb") as file:
        movie = read_movie(file, path.stat().st_size)
    assert [track.handler for track in movie.tracks] == ["soun"]
    assert len(movie.tracks[0].samples) == 0
    assert not movie.problems
