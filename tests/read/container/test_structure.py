import functools
import io
import random
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entirety.model.container import Structure
from entirety.read.container.avi import read_avi
from entirety.read.container.flv import read_flv
from entirety.read.container.matroska import read_matroska
from entirety.read.container.ogg import read_ogg
from entirety.read.container.structure import read_structure
from read.container.avi.builder import chunk, frames_of, hdrl, listed, riff
from read.container.films import make_films
from read.container.flv import builder as flv
from read.container.matroska import builder as matroska
from read.container.ogg.builder import vorbis
from read.container.structures import assert_covered, complains, read, says
from timed import within

LIMIT_S = 2.0
READERS = {"matroska": read_matroska, "avi": read_avi, "ogg": read_ogg, "flv": read_flv}
SUFFIXES = {".mkv", ".webm", ".mka", ".avi", ".ogg", ".ogv", ".flv"}
SMALL = {
    "matroska": matroska.HEAD
    + matroska.segment(matroska.INFO, matroska.tracks(), matroska.cluster(0), matroska.cluster(9), matroska.cues(1)),
    "avi": riff(
        hdrl(2), listed("INFO", chunk("ISFT", b"hand")), listed("movi", frames_of(2)), chunk("idx1", bytes(32))
    ),
    "ogg": b"".join(vorbis()),
    "flv": flv.HEAD + flv.metadata(duration=flv.number(1)) + flv.tag(flv.VIDEO, b"\x17picture") * 2,
}


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_films(tmp_path_factory.mktemp("forms"))


def open_structure(path: Path) -> Structure:
    with path.open("rb") as file:
        structure = read_structure(file, path.stat().st_size, None)
    assert structure is not None
    assert_covered(structure, path.stat().st_size)
    return structure


def packets_of(path: Path) -> list[int]:
    """Packets of each stream, as the library finds them."""
    with av.open(str(path)) as container:
        counts = [0] * len(container.streams)
        for packet in container.demux():
            counts[packet.stream.index] += bool(packet.size)
    return counts


def test_real_films_are_read_without_complaint(films: dict[str, Path]) -> None:
    for name, path in films.items():
        structure = open_structure(path)
        assert structure.problems == (), name
        assert structure.leftovers == (), name
        assert structure.form == {"webm": "matroska", "live": "matroska"}.get(path.stem, path.stem)


def test_real_films_name_their_writer_and_title(films: dict[str, Path]) -> None:
    for name, path in films.items():
        values = [value for _, value in open_structure(path).facts]
        assert any("Lavf" in value for value in values), name
        # A live WebM written by ffmpeg keeps its tags out; in AVI the title is `INAM`.
        assert any("by hand" in value for value in values) or name == "live.webm", name


def test_blocks_are_as_many_as_the_packets_that_the_library_finds(films: dict[str, Path]) -> None:
    for name in ("matroska.mkv", "webm.webm", "live.webm"):
        stated = says(open_structure(films[name]), "Segment/Cluster")[1:]
        assert [int(words.split()[2]) for words in stated] == packets_of(films[name]), name
    stated = says(open_structure(films["avi.avi"]), "LIST-movi")
    assert [int(words.split()[2]) for words in stated] == packets_of(films["avi.avi"])
    structure = open_structure(films["flv.flv"])
    found = [int(says(structure, f"{kind} tags")[0].split(",")[0]) for kind in ("video", "audio")]
    # The library numbers the streams of this form as it meets them.
    assert sorted(found) == sorted(packets_of(films["flv.flv"]))


def test_a_live_film_states_no_size(films: dict[str, Path]) -> None:
    assert [box.declared for box in open_structure(films["live.webm"]).boxes if box.kind == "Segment"] == [0]


def test_a_film_with_bytes_behind_it_has_leftovers(films: dict[str, Path]) -> None:
    for name, path in films.items():
        raw = path.read_bytes()
        structure = read(raw + b"\x00 something behind")
        assert structure.leftovers == ((len(raw), len(raw) + 18),), name


@pytest.mark.parametrize("form", sorted(SMALL))
def test_every_cut_of_a_file_is_read(form: str) -> None:
    for length in range(len(SMALL[form])):
        raw = SMALL[form][:length]
        assert_covered(READERS[form](io.BytesIO(raw), length), length)


@pytest.mark.parametrize("form", sorted(SMALL))
@settings(max_examples=40, deadline=None)
@given(raw=st.binary(max_size=200), keep=st.integers(0, 40))
def test_random_bytes_are_read(form: str, raw: bytes, keep: int) -> None:
    raw = SMALL[form][:keep] + raw
    assert_covered(READERS[form](io.BytesIO(raw), len(raw)), len(raw))


@pytest.mark.parametrize("form", sorted(SMALL))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_films_are_read(films: dict[str, Path], form: str, data: st.DataObject) -> None:
    path = next(path for path in films.values() if path.stem == form)
    raw = bytearray(path.read_bytes() if data.draw(st.booleans()) else SMALL[form])
    structure = READERS[form](io.BytesIO(bytes(raw)), len(raw))
    places = [box.offset for box in structure.walk()]
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.sampled_from(places)) + data.draw(st.integers(0, 60))
        value = data.draw(st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from([b"\xff" * 4, bytes(4)])))
        raw[start : start + len(value)] = value
    kept = bytes(raw[: data.draw(st.integers(0, len(raw)))]) if data.draw(st.booleans()) else bytes(raw)
    assert_covered(READERS[form](io.BytesIO(kept), len(kept)), len(kept))


@pytest.mark.parametrize("form", sorted(SMALL))
def test_a_slow_file_gives_its_bytes_in_pieces(form: str) -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 5))

    raw = SMALL[form]
    assert READERS[form](Dripping(raw), len(raw)) == READERS[form](io.BytesIO(raw), len(raw))


@pytest.mark.parametrize("form", sorted(SMALL))
def test_a_length_beyond_the_file_does_no_harm(form: str) -> None:
    raw = SMALL[form]
    assert_covered(READERS[form](io.BytesIO(raw), len(raw) + 1_000), len(raw) + 1_000)


@pytest.mark.parametrize("form", sorted(SMALL))
def test_an_error_of_the_file_itself_is_passed_on(form: str) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        READERS[form](Broken(b""), 1_000)


def test_a_form_without_a_reader_has_no_structure() -> None:
    assert read_structure(io.BytesIO(b"some text"), 9, None) is None
    assert read_structure(io.BytesIO(b""), 0, None) is None


def nested(inside: Callable[[bytes], bytes], times: int) -> bytes:
    return functools.reduce(lambda held, _: inside(held), range(times), b"")


MANY = 300_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "matroska: empty elements": lambda: matroska.HEAD + matroska.segment(b"\xec\x80" * MANY),
    "matroska: groups in a cluster": lambda: (
        matroska.HEAD + matroska.segment(matroska.cluster(0, b"\xa0\x86\xa1\x84\x81\0\0\x80" * MANY))
    ),
    "matroska: clusters of no size": lambda: (
        matroska.HEAD + matroska.open_ended("Segment", matroska.open_ended("Cluster", b"\xe7\x81\0") * MANY)
    ),
    "matroska: places to jump to": lambda: matroska.HEAD + matroska.segment(matroska.cues(5) * (MANY // 10)),
    "matroska: endless nesting": lambda: (
        matroska.HEAD + nested(lambda held: matroska.element("SimpleTag", held, width=8), 3_000)
    ),
    "matroska: largest sizes": lambda: (
        matroska.HEAD + b"".join(matroska.raw_id("Segment") + b"\x01" + b"\xff" * 6 + b"\xfe" for _ in range(50_000))
    ),
    "avi: empty chunks": lambda: riff(hdrl(1), listed("movi", (b"00dc" + bytes(4)) * MANY)),
    "avi: two kinds in turn": lambda: riff(hdrl(1), listed("movi", (b"00dcaaaaJUNK" + bytes(4)) * MANY)),
    "avi: chunks of odd length": lambda: riff(hdrl(1), listed("movi", b"00dc\1\0\0\0x" * MANY)),
    "avi: empty lists": lambda: riff() * MANY,
    "ogg: empty pages": lambda: b"".join(vorbis()) + (b"OggS" + bytes(23)) * MANY,
    "ogg: signs without pages": lambda: b"".join(vorbis()) + b"OggS\0" * MANY,
    "flv: empty tags": lambda: flv.HEAD + flv.tag(flv.VIDEO) * MANY,
    "flv: two kinds in turn": lambda: flv.HEAD + (flv.tag(flv.VIDEO) + flv.tag(flv.SCRIPT)) * MANY,
}


QUICK = {"matroska: endless nesting", "matroska: largest sizes", "avi: two kinds in turn", "ogg: signs without pages"}
"""Cases that take a fraction of a second; the others use up their visits, and are run by hand."""


@pytest.mark.parametrize(
    "case", [case if case in QUICK else pytest.param(case, marks=pytest.mark.slow) for case in HOSTILE]
)
def test_files_built_to_exhaust_are_read_in_time(case: str) -> None:
    raw = HOSTILE[case]()
    file = io.BytesIO(raw)
    with within(LIMIT_S):
        structure = read_structure(file, len(raw), None)
    assert structure is not None
    assert_covered(structure, len(raw))
    assert structure.problems


def test_every_film_of_the_corpus_is_covered_in_time(corpus: Path) -> None:
    films = corpus_films(corpus)
    assert len(films) >= 19
    for path in films:
        with within(LIMIT_S, path.name):
            open_structure(path)


def corpus_films(corpus: Path) -> list[Path]:
    return sorted(
        path
        for part in ("device", "processed", "hostile")
        for path in (corpus / part).iterdir()
        if path.suffix in SUFFIXES
    )


def test_mutated_films_of_the_corpus_are_read_in_time(corpus: Path) -> None:
    chance = random.Random(4)
    for path in corpus_films(corpus):
        raw = bytearray(path.read_bytes())
        places = [box.offset for box in open_structure(path).walk()]
        for _ in range(2):
            for _ in range(8):
                start = chance.choice(places) + chance.randrange(24)
                raw[start : start + 4] = chance.choice((b"\xff" * 4, bytes(4), chance.randbytes(4)))[: len(raw) - start]
            with within(LIMIT_S, path.name):
                structure = read_structure(io.BytesIO(bytes(raw)), len(raw), None)
            if structure is not None:
                assert_covered(structure, len(raw))


def test_a_camera_that_leaves_its_name(corpus: Path) -> None:
    structure = open_structure(corpus / "device" / "video-avi.avi")
    assert says(structure, "RIFF-AVI/LIST-ncdt/nctg/4") == ["COOLPIX S3000"]
    assert structure.problems == ()


def test_chunks_of_the_corpus_are_as_many_as_the_packets_that_the_library_finds(corpus: Path) -> None:
    for name in ("multi-cluster.mkv", "gizmo.webm", "annex-b-avc.mkv"):
        path = corpus / "processed" / name
        stated = says(open_structure(path), "Segment/Cluster")[1:]
        assert sum(int(words.split()[2]) for words in stated) == sum(packets_of(path)), name


def test_a_recording_of_a_browser_states_no_sizes(corpus: Path) -> None:
    structure = open_structure(corpus / "processed" / "annex-b-avc.mkv")
    assert [box.declared for box in structure.walk() if box.kind in {"Segment", "Cluster"}] == [0] * 9
    assert structure.problems == ()


def test_a_clip_cut_short_says_so(corpus: Path) -> None:
    raw = (corpus / "processed" / "gizmo.webm").read_bytes()
    structure = read(raw[: len(raw) // 2])
    assert complains(structure, "`Segment` states")
    assert complains(structure, "and the file ends at byte")
