"""Real films: every field equals what ffmpeg's own reader of headers says."""

from collections import Counter
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from entirety.model.h264 import H264Headers
from entirety.read.headers.h264 import H264Reader
from read.headers.h264.films import FILMS, encode, packets, trace

PICTURE_TYPES = {0: "P", 1: "B", 2: "I"}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    for name in FILMS:
        encode(name, folder)
    return folder


def headers(path: Path) -> H264Headers:
    extradata, all_packets = packets(path)
    reader = H264Reader(extradata)
    for packet in all_packets:
        reader.add(packet)
    return reader.columns()


@pytest.mark.parametrize("name", FILMS)
def test_equals_the_trace_of_ffmpeg(films: Path, name: str) -> None:
    found, traced = headers(films / name), trace(films / name)
    assert len(found) == len(traced) == 20
    assert found.unreadable.tolist() == []
    init = {p.number: dict(p.facts)["pic_init_qp"] for p in found.parameter_sets if p.kind == "pps"}
    for row, packet in enumerate(traced):
        first = packet.first
        assert {kind for kind in range(32) if found.nal_types[row] >> kind & 1} == packet.kinds
        assert found.slice_type[row] == first["slice_type"] % 5
        assert found.pps[row] == first["pic_parameter_set_id"]
        assert found.frame_num[row] == first["frame_num"]
        assert found.idr_pic_id[row] == first.get("idr_pic_id", -1)
        assert found.poc_lsb[row] == first.get("pic_order_cnt_lsb", -1)
        assert found.field[row] == first.get("field_pic_flag", 0) * (1 + first.get("bottom_field_flag", 0))
        assert found.reference[row] == (first["nal_ref_idc"] != 0)
        assert found.idr[row] == (first["nal_unit_type"] == 5)
        assert found.slice_qp[row] == init[int(found.pps[row])] + first["slice_qp_delta"]
        assert found.recovery_point[row] == packet.recovery


@pytest.mark.parametrize("name", FILMS)
def test_parameter_sets_and_encoder(films: Path, name: str) -> None:
    found = headers(films / name)
    sps = dict(found.parameter_sets[0].facts)
    with av.open(str(films / name)) as container:
        context = container.streams.video[0].codec_context
        assert (sps["width"], sps["height"]) == (context.width, context.height) == (178, 100)
        assert sps["level_idc"] > 0
    assert sps["time_scale"] == 2 * 25 * sps["num_units_in_tick"]
    assert [(p.kind, p.number, p.packet) for p in found.parameter_sets] == [("sps", 0, -1), ("pps", 0, -1)]
    assert [note.text.split(" - ")[0] for note in found.notes] == ["x264"]


def test_the_films_hold_what_they_are_made_for(films: Path) -> None:
    facts = {name: dict(headers(films / name).parameter_sets[0].facts) for name in FILMS}
    assert facts["baseline.mp4"]["profile_idc"] == 66
    assert facts["main.mp4"]["profile_idc"] == 77
    assert facts["interlaced.mp4"]["frame_mbs_only_flag"] == 0
    assert facts["high444.mkv"]["bit_depth_luma"] == 10
    assert facts["high444.mkv"]["chroma_format_idc"] == 3
    assert dict(headers(films / "weights.mp4").parameter_sets[1].facts)["weighted_pred_flag"] == 1
    assert any("luma_log2_weight_denom" in packet.first for packet in trace(films / "weights.mp4"))
    assert np.any(headers(films / "open_gop.ts").recovery_point >= 0)


def test_works_without_extradata_where_the_sets_are_in_band(films: Path) -> None:
    reader = H264Reader(b"")
    for packet in packets(films / "slices.ts")[1]:
        reader.add(packet)
    found = reader.columns()
    assert found.unreadable.tolist() == []
    assert [(p.kind, p.packet) for p in found.parameter_sets] == [("sps", 0), ("pps", 0)]


def read_like_pyav(path: Path) -> tuple[Counter[str], Counter[str]]:
    """Types of the pictures by our reading and by the decoder's."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        reader = H264Reader(stream.codec_context.extradata or b"")
        decoded: Counter[str] = Counter()
        for packet in container.demux(stream):
            if packet.size:
                reader.add(bytes(packet))
            decoded.update(PictureType(frame.pict_type).name for frame in packet.decode())
    return Counter(PICTURE_TYPES[kind] for kind in reader.columns().slice_type.tolist()), decoded


@pytest.mark.parametrize(
    "name", ["device/VID_20191220_170832.mp4", "processed/counter.mp4", "processed/movie-hello.avi"]
)
def test_picture_types_are_those_of_the_decoder(corpus: Path, name: str) -> None:
    ours, decoded = read_like_pyav(corpus / name)
    assert ours == decoded


EXPLAINED = {"annex-b.mp4": [5]}
"""The file was cut short and its last sample runs into other data."""


def test_every_clip_of_the_corpus_is_readable(corpus: Path) -> None:
    read = 0
    for path in sorted((corpus / "device").iterdir()) + sorted((corpus / "processed").iterdir()):
        with av.open(str(path)) as container:
            if not container.streams.video or container.streams.video[0].codec_context.name != "h264":
                continue
            size = (container.streams.video[0].codec_context.width, container.streams.video[0].codec_context.height)
        found = headers(path)
        assert found.unreadable.tolist() == EXPLAINED.get(path.name, []), path.name
        facts = dict(found.parameter_sets[0].facts)
        assert (facts["width"], facts["height"]) == size, path.name
        readable = np.delete(np.arange(len(found)), found.unreadable)
        assert np.all(found.slice_type[readable] >= 0), path.name
        assert np.all(found.slice_qp[readable] >= 0), path.name
        read += 1
    assert read >= 40
