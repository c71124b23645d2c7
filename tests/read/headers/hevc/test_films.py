"""Real films of x265 against what ffmpeg's own reader of headers prints for the same packets, and against the order in which it shows them."""

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from entirety.model.clip import PICTURE_KINDS
from entirety.model.headers import MISSING, CodedHeaders
from entirety.read.headers.hevc import HevcReader
from read.films import FFMPEG, film

X265 = {
    "plain.mp4": "",
    "open.ts": "keyint=9:min-keyint=9:open-gop=1:repeat-headers=1:aud=1:hrd=1:bitrate=400:vbv-maxrate=400:vbv-bufsize=400",
    "closed.mkv": "keyint=7:min-keyint=7:open-gop=0:bframes=4",
    "radl.mp4": "keyint=10:min-keyint=10:open-gop=0:radl=2:bframes=3",
    "layers.mp4": "temporal-layers=3:bframes=5:slices=2",
    "weights.mkv": "weightp=1:weightb=1:ref=4:b-adapt=0:bframes=3",
    "refresh.ts": "intra-refresh=1:keyint=10:bframes=0",
    "fields.ts": "interlace=tff:keyint=8",
    "lists.mp4": "scaling-list=default:no-wpp=1:no-sao=1:no-temporal-mvp=1",
    "idr.mp4": "keyint=1",
    "codes.mp4": "hdr10=1:hash=1:sar=8\\:9:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=full:opt-ref-list-length-pps=1",
}  # fmt: skip
LINE = re.compile(r"\] \d+ +([\w\[\]]+) +[01]* = (-?\d+)$")
SAME = {
    "width": "pic_width_in_luma_samples",
    "profile_idc": "general_profile_idc",
    "level_idc": "general_level_idc",
    "seq_parameter_set_id": "sps_seq_parameter_set_id",
    "num_units_in_tick": "vui_num_units_in_tick",
    "time_scale": "vui_time_scale",
}
"""Facts that have another name in ffmpeg's list."""


@cache
def made(name: str, folder: Path, *, ten_bits: bool = False) -> Path:
    options: dict[str, Any] = {
        "pix_fmt": "yuv420p10le" if ten_bits else "yuv420p",
        "x265-params": "log-level=none:pools=1:" + X265[name],
    }
    return film(folder / name, size="160x128", seconds=1.6, vcodec="libx265", preset="veryfast", **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def read(path: Path) -> tuple[CodedHeaders, list[int]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        reader, times = HevcReader(bytes(stream.codec_context.extradata or b"")), []
        for packet in container.demux(stream):
            if packet.size:
                reader.add(bytes(packet))
                times.append(int(packet.pts if packet.pts is not None else -1))
    return reader.columns(), times


def traced(path: Path) -> list[dict[str, dict[str, int]]]:
    """Per packet, the first of the units of each kind as ffmpeg reads it."""
    command = [FFMPEG, "-i", str(path), "-map", "0:v:0", "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, errors="replace").stderr
    packets: list[dict[str, dict[str, int]]] = [{}]
    fields: dict[str, int] = {}
    for line in text.splitlines():
        head = line.partition("] ")[2]
        if head.startswith("Packet:"):
            packets.append({})
        elif head in ("Video Parameter Set", "Sequence Parameter Set", "Picture Parameter Set", "Slice Segment Header"):
            fields = packets[-1].setdefault(head.split()[0], {}) if head.split()[0] not in packets[-1] else {}
        elif head and head[0].isalpha():
            fields = {}
        elif found := LINE.search(line):
            fields.setdefault(found[1], int(found[2]))
    return packets


@pytest.mark.parametrize("name", X265)
def test_slices_are_those_that_ffmpeg_reads(name: str, folder: Path) -> None:
    headers, _ = read(made(name, folder))
    _, *packets = traced(made(name, folder))
    slices = [packet["Slice"] for packet in packets]
    columns = headers.columns
    assert len(headers) == len(slices) > 30
    assert not len(headers.unreadable)
    assert columns["nal_unit_type"].tolist() == [s["nal_unit_type"] for s in slices]
    assert columns["temporal_id"].tolist() == [s["nuh_temporal_id_plus1"] - 1 for s in slices]
    assert columns["slice_type"].tolist() == [s["slice_type"] for s in slices]
    assert columns["slice_pic_order_cnt_lsb"].tolist() == [s.get("slice_pic_order_cnt_lsb", 0) for s in slices]
    pps = next(dict(s.facts) for s in headers.parameter_sets if s.kind == "pps")
    assert headers.quantiser.tolist() == [pps["pic_init_qp"] + s["slice_qp_delta"] for s in slices]
    assert "".join(PICTURE_KINDS[k] for k in headers.kind) == "".join("BPI"[s["slice_type"]] for s in slices)


@pytest.mark.parametrize("name", X265)
def test_settings_are_those_that_ffmpeg_reads(name: str, folder: Path) -> None:
    headers, _ = read(made(name, folder))
    seen: dict[str, dict[str, int]] = {}
    for packet in traced(made(name, folder)):
        seen = {**packet, **seen}
    for kind, unit in (("vps", "Video"), ("sps", "Sequence"), ("pps", "Picture")):
        facts = next(dict(s.facts) for s in headers.parameter_sets if s.kind == kind)
        compared = 0
        for fact, value in facts.items():
            stated = seen[unit].get(SAME.get(fact, fact))
            if stated is not None:
                assert stated == value, (kind, fact)
                compared += 1
        assert compared >= {"vps": 6, "sps": 22, "pps": 14}[kind], compared


@pytest.mark.parametrize("name", X265)
def test_the_numbers_are_the_order_of_showing(name: str, folder: Path) -> None:
    """Within each run of numbers, pictures sorted by number are sorted by time; and nothing that a picture names is missing."""
    headers, times = read(made(name, folder))
    columns = headers.columns
    run = np.cumsum(columns["no_rasl_output_flag"] == 1)
    numbers = columns["pic_order_cnt"]
    by_number = sorted(range(len(headers)), key=lambda k: (run[k], numbers[k]))
    by_time = sorted(range(len(headers)), key=lambda k: times[k])
    assert by_number == by_time
    assert not (columns["no_reference_picture"] > 0).any()
    assert (columns["num_pic_total_curr"][headers.kind != PICTURE_KINDS.index("I")] > 0).all()


def test_ten_bits(folder: Path) -> None:
    headers, _ = read(made("lists.mp4", folder, ten_bits=True))
    facts = next(dict(s.facts) for s in headers.parameter_sets if s.kind == "sps")
    assert (facts["bit_depth_luma"], facts["width"], facts["height"]) == (10, 160, 128)
    assert not len(headers.unreadable)


def test_the_note_of_the_encoder(folder: Path) -> None:
    headers, _ = read(made("plain.mp4", folder))
    assert [note.uuid for note in headers.notes] == ["2ca2de09b51747dbbb55a4fe7fc2fc4e"]
    assert headers.notes[0].text.startswith("x265 (build ")


def test_an_open_group_that_lost_its_beginning(folder: Path, tmp_path: Path) -> None:
    """From the second key picture on: the pictures that build on what came before are told, and not taken for losses."""
    whole, _ = read(made("open.ts", folder))
    second = int(np.flatnonzero(whole.entry)[1])
    with av.open(str(made("open.ts", folder))) as container:
        packets = [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]
    reader = HevcReader(b"")
    for packet in packets[second:]:
        reader.add(packet)
    columns = reader.columns().columns
    assert columns["no_rasl_output_flag"][0] == 1
    assert columns["nal_unit_type"][1] in (8, 9)
    assert columns["no_reference_picture"][1] == MISSING
    assert not (columns["no_reference_picture"] > 0).any()


@pytest.mark.parametrize("name", ["sample-5s_h265.mp4", "video-h265.mp4"])
def test_films_of_the_corpus(name: str, corpus: Path) -> None:
    headers, _ = read(corpus / "processed" / name)
    _, *packets = traced(corpus / "processed" / name)
    assert headers.columns["slice_pic_order_cnt_lsb"].tolist() == [
        packet["Slice"].get("slice_pic_order_cnt_lsb", 0) for packet in packets
    ]
    pps = next(dict(s.facts) for s in headers.parameter_sets if s.kind == "pps")
    assert headers.quantiser.tolist() == [pps["pic_init_qp"] + packet["Slice"]["slice_qp_delta"] for packet in packets]
    assert not len(headers.unreadable)
    assert not (headers.columns["no_reference_picture"] > 0).any()
