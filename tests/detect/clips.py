"""A steady clip written by hand, column by column: 25 frames a second, nothing happens, every check must stay silent on it.

Use it through the fixture `make_clip` (tests/detect/conftest.py) or import it: `from detect.clips import make_clip`.

    make_clip(100, residual=column)            any column of Frames by its name
    make_clip(packets={"dts": column})         columns of the video packets, stored and shown alike
    make_clip(headers={"frame_num": column})   columns of H264Headers; headers=None: not H.264
    make_clip(track={"edits": (...)})          fields of the video track; samples={...}: its table
    make_clip(movie={"tags": (...)})           fields of the movie; movie=None: not ISO-BMFF
    make_clip(clip={"shown": ...})             fields of the clip itself; sound=True adds an AAC stream
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip, Custody, Frames, Packets, Stream
from entirety.model.container import Box, Edit, Movie, Samples, Structure, Track
from entirety.model.h264 import H264Headers
from entirety.model.headers import EmbeddedClock, ParameterSet
from entirety.model.looks import LOOK, Looks
from entirety.model.provenance import Action, Provenance, Reading

TIMESCALE = 12_800
TICKS = 512
"""12,800 / 25."""
BASE = Fraction(1, TIMESCALE)
SOUND_RATE = 48_000
SOUND_BLOCK = 1024
BLOCKS = 144
NOTHING: Mapping[str, Any] = {}
SPS_FACTS = (
    ("profile_idc", 66),
    ("level_idc", 30),
    ("seq_parameter_set_id", 0),
    ("log2_max_frame_num", 4),
    ("pic_order_cnt_type", 2),
    ("width", 320),
    ("height", 240),
    ("frame_mbs_only_flag", 1),
    ("sar_width", -1),
    ("sar_height", -1),
    ("aspect_ratio_idc", -1),
    ("num_units_in_tick", 1),
    ("time_scale", 50),
    ("max_num_reorder_frames", 0),
)


def hashes(count: int, name: str = "picture") -> NDArray[np.uint8]:
    """`count` different hashes, n x 32."""
    rows = [np.frombuffer(hashlib.sha256(f"{name} {k}".encode()).digest(), np.uint8) for k in range(count)]
    return np.array(rows, np.uint8).reshape(count, 32)


def ripple(count: int, middle: float, height: float) -> NDArray[np.float32]:
    """A column that moves a little, the same in every run."""
    k = np.arange(count)
    return np.asarray(middle + height * (np.sin(k * 0.7) + np.sin(k * 1.9)) / 2, dtype=np.float32)


def make_frames(n: int, group: int) -> Frames:
    key = np.arange(n) % group == 0
    bits = hashes(n, "perceptual")[:, :16].copy().view(np.uint64)
    return Frames(
        time_base=BASE,
        pts=np.arange(n, dtype=np.int64) * TICKS,
        duration=np.full(n, TICKS, np.int64),
        key=key,
        kind=np.where(key, 1, 2).astype(np.int8),
        corrupt=np.zeros(n, np.bool_),
        width=np.full(n, 320, np.int32),
        height=np.full(n, 240, np.int32),
        format=np.zeros(n, np.int16),
        formats=("yuv420p",),
        interlaced=np.zeros(n, np.bool_),
        size=np.full(n, 115_200, np.int64),
        sha256=hashes(n),
        phash=bits[:, 0].copy(),
        dhash=bits[:, 1].copy(),
        luma=ripple(n, 110, 1),
        contrast=ripple(n, 40, 1),
        difference=ripple(n, 3, 0.6),
        residual=ripple(n, 2, 0.4),
        acceleration=ripple(n, 0.8, 0.2),
        colour=ripple(n, 1.5, 0.3),
        renewal=ripple(n, 1.2, 0.2),
        view=make_view(n),
        motion=np.zeros((n, BLOCKS, 2), np.int8),
        rest=np.full((n, BLOCKS), 8, np.uint8),
        looks=make_looks(-(-n // LOOK)),
    )


def make_view(n: int) -> NDArray[np.uint16]:
    """Blocks of different brightness, each of which trembles by itself."""
    levels = [ripple(n, 60 + k % 100, 0.2 + 0.1 * (k % 7)) for k in range(BLOCKS)]
    return np.asarray(np.stack(levels, axis=1) * 256, np.uint16)


def make_looks(n: int) -> Looks:
    return Looks(
        noise=ripple(n, 2, 0.1),
        sharpness=ripple(n, 0.5, 0.02),
        bars=np.zeros((n, 4), np.uint8),
        standing=np.zeros((n, BLOCKS), np.uint8),
        detail=np.full((n, BLOCKS), 20, np.uint8),
        chroma=np.stack([ripple(n, 120, 0.5), ripple(n, 132, 0.5)], axis=1),
    )


def make_packets(n: int, group: int) -> Packets:
    key = np.arange(n) % group == 0
    size = np.where(key, 20_000, 4_000 + 37 * (np.arange(n) % 5)).astype(np.int64)
    return Packets(
        pts=np.arange(n, dtype=np.int64) * TICKS,
        dts=np.arange(n, dtype=np.int64) * TICKS,
        duration=np.full(n, TICKS, np.int64),
        size=size,
        position=48 + np.cumsum(size) - size,
        key=key,
        corrupt=np.zeros(n, np.bool_),
        discard=np.zeros(n, np.bool_),
        sha256=hashes(n, "packet"),
    )


def make_sound(seconds: Fraction) -> Packets:
    """Blocks of 1,024 samples at 48 kHz, to the end of the picture and no further than one block after it."""
    n = int(-(-seconds * SOUND_RATE // SOUND_BLOCK))
    times = np.arange(n, dtype=np.int64) * SOUND_BLOCK
    size = np.full(n, 300, np.int64)
    flags = np.zeros(n, np.bool_)
    place = 10_000_000 + np.arange(n, dtype=np.int64) * 300
    length = np.full(n, SOUND_BLOCK, np.int64)
    return Packets(times, times, length, size, place, ~flags, flags, flags, hashes(n, "sound"))


def make_headers(n: int, group: int) -> H264Headers:
    """One IDR picture per group, P pictures after it, running numbers as the standard wants them."""
    place, idr = np.arange(n) % group, np.arange(n) % group == 0
    sps = ParameterSet("sps", 0, -1, b"\x67\x42\xc0\x1e steady", SPS_FACTS)
    pps = ParameterSet("pps", 0, -1, b"\x68\xce steady", (("pic_parameter_set_id", 0), ("seq_parameter_set_id", 0)))
    return H264Headers(
        nal_types=np.where(idr, 1 << 5, 1 << 1).astype(np.int32),
        slice_type=np.where(idr, 2, 0).astype(np.int8),
        idr=idr,
        frame_num=(place % 16).astype(np.int32),
        idr_pic_id=np.where(idr, np.arange(n) // group % 2, -1).astype(np.int32),
        poc_lsb=np.full(n, -1, np.int32),
        field=np.zeros(n, np.int8),
        reference=np.ones(n, np.bool_),
        pps=np.zeros(n, np.int16),
        recovery_point=np.full(n, -1, np.int32),
        slice_qp=np.full(n, 26, np.int16),
        parameter_sets=(sps, pps),
        notes=(),
        unreadable=np.zeros(0, np.int64),
    )


def make_samples(packets: Packets) -> Samples:
    """The table that describes exactly these packets."""
    one = np.ones(len(packets), np.int32)
    return Samples(packets.position, packets.size, packets.dts, packets.pts - packets.dts, packets.key, one)


def make_track(packets: Packets, edits: tuple[Edit, ...] | None, *, sound: bool = False) -> Track:
    scale, ticks = (SOUND_RATE, SOUND_BLOCK) if sound else (TIMESCALE, TICKS)
    length = len(packets) * ticks
    return Track(
        track_id=2 if sound else 1,
        handler="soun" if sound else "vide",
        handler_name="SoundHandle" if sound else "VideoHandle",
        enabled=True,
        timescale=scale,
        duration=length,
        presented=length * 1000 // scale,
        created=3_600_000_000,
        modified=3_600_000_000,
        width=0 if sound else 320,
        height=0 if sound else 240,
        rotation=0,
        descriptions=("mp4a",) if sound else ("avc1",),
        edits=edits,
        samples=make_samples(packets),
    )


def make_boxes(packets: Packets) -> tuple[Box, ...]:
    """ftyp, mdat, moov: the order in which a phone writes them."""
    mdat = int(packets.size.sum()) + 8 if len(packets) else 8
    mvhd = Box("mvhd", 40 + mdat + 8, 108, 8, 108, "moov/mvhd")
    trak = Box("trak", 40 + mdat + 116, 500, 8, 500, "moov/trak")
    return (
        Box("ftyp", 0, 24, 8, 24, "ftyp"),
        Box("free", 24, 16, 8, 16, "free"),
        Box("mdat", 40, mdat, 8, mdat, "mdat"),
        Box("moov", 40 + mdat, 616, 8, 616, "moov", (mvhd, trak)),
    )


def make_movie(packets: Packets, tracks: tuple[Track, ...]) -> Movie:
    return Movie(
        boxes=make_boxes(packets),
        major_brand="mp42",
        minor_version=0,
        brands=("isom", "mp42"),
        timescale=1000,
        duration=max((t.duration * 1000 // t.timescale for t in tracks), default=0),
        created=3_600_000_000,
        modified=3_600_000_000,
        tracks=tracks,
        tags=(),
        fragments=(),
        leftovers=(),
        problems=(),
    )


def make_structure(movie: Movie) -> Structure:
    """The outline that the reader gives beside the movie."""
    return Structure("isobmff", movie.boxes, movie.leftovers, movie.tags, movie.problems)


def make_manifest(**fields: Any) -> Provenance:
    """The statement of a camera that fits its file."""
    camera = Action("c2pa.created", "Camera 1.0", "2018-01-28T16:00:00Z", own=True)
    signed = {"signer": "Camera", "issuer": "Maker", "program": "Camera 1.0", "library": "c2pa 0.91.3", "manifests": 1}
    return replace(Provenance(Reading.VALID, ((24, 1024),), actions=(camera,)), **{**signed, **fields})


def make_clock(n: int = 100) -> EmbeddedClock:
    """A time code beside each of `n` pictures of the main video, ten o'clock at the first."""
    rows = np.arange(n, dtype=np.int64)
    return EmbeddedClock("h264-pic-timing", 0, rows, 900_000 + rows, Fraction(1, 25), daily=True)


def make_stream(kind: str, n: int) -> Stream:
    sound = kind == "audio"
    return Stream(
        index=1 if sound else 0,
        kind=kind,
        codec="aac" if sound else "h264",
        profile="LC" if sound else "Constrained Baseline",
        time_base=Fraction(1, SOUND_RATE) if sound else BASE,
        start=0,
        duration=n * (SOUND_BLOCK if sound else TICKS),
        frames=n,
        width=0 if sound else 320,
        height=0 if sound else 240,
        pixel_format="" if sound else "yuv420p",
        rotation=0,
        rate=None if sound else Fraction(25),
        average_rate=None if sound else Fraction(25),
        sample_rate=SOUND_RATE if sound else 0,
        channels=2 if sound else 0,
        tags=(("handler_name", "SoundHandle" if sound else "VideoHandle"),),
    )


def make_clip(
    n: int = 100,
    *,
    group: int = 25,
    sound: bool = False,
    packets: Mapping[str, Any] = NOTHING,
    headers: Mapping[str, Any] | None = NOTHING,
    samples: Mapping[str, Any] = NOTHING,
    track: Mapping[str, Any] = NOTHING,
    movie: Mapping[str, Any] | None = NOTHING,
    clip: Mapping[str, Any] = NOTHING,
    **columns: Any,
) -> Clip:
    """`n` steady frames with a key frame every `group`; whatever is named replaces the steady column or field."""
    video = replace(make_packets(n, group), **packets)
    blocks = make_sound(Fraction(n, 25))
    main = make_track(video, (Edit(n * 40, 0, Fraction(1)),))
    main = replace(replace(main, samples=replace(main.samples, **samples)), **track)
    tracks = (main, make_track(blocks, None, sound=True)) if sound else (main,)
    streams = (make_stream("video", n), make_stream("audio", len(blocks)))
    header = None if movie is None else replace(make_movie(video, tracks), **movie)
    made = Clip(
        custody=Custody("steady.mp4", 20_000_000, "0" * 64, "2022-01-05T10:00:00Z"),
        container="mov,mp4,m4a,3gp,3g2,mj2",
        duration=Fraction(n, 25),
        start=Fraction(0),
        tags=(("major_brand", "mp42"), ("minor_version", "0"), ("compatible_brands", "isommp42")),
        streams=streams if sound else streams[:1],
        video=0,
        movie=header,
        stored=(video, blocks) if sound else (video,),
        shown=(video, blocks) if sound else (video,),
        headers=None if headers is None else replace(make_headers(n, group), **headers),
        frames=replace(make_frames(n, group), **columns),
        log=(),
        decoder="libavcodec 62.11.100",
        structure=None if header is None else make_structure(header),
    )
    return replace(made, **clip)


def rows(packets: Packets, chosen: NDArray[Any] | list[int] | slice) -> Packets:
    """Only these rows of the packets: what is left when a player skips the others."""
    names = ("pts", "dts", "duration", "size", "position", "key", "corrupt", "discard", "sha256")
    return Packets(**{name: getattr(packets, name)[chosen] for name in names})


def frame_rows(frames: Frames, chosen: NDArray[Any] | list[int] | slice) -> Frames:
    """Only these rows of the frames."""
    columns: dict[str, Any] = {
        k: v[chosen] for k, v in vars(frames).items() if isinstance(v, np.ndarray) and len(v) == len(frames.pts)
    }
    return replace(frames, **columns)
