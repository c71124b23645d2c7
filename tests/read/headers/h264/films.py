"""Tiny real films, and what ffmpeg's own reader of headers (the bitstream filter trace_headers) says about them."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import av
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SHAPE = ("-c:v", "libx264", "-threads", "1", "-pix_fmt", "yuv420p")
FILMS: dict[str, tuple[str, ...]] = {
    "baseline.mp4": ("-profile:v", "baseline", "-g", "5"),
    "main.mp4": ("-profile:v", "main", "-bf", "3", "-x264-params", "keyint=9:b-pyramid=normal:ref=4"),
    "interlaced.mp4": ("-profile:v", "high", "-flags", "+ildct+ilme", "-x264-params", "interlaced=1:bframes=2"),
    "weights.mp4": ("-vf", "fade=in:0:16", "-x264-params", "weightp=2:bframes=2:ref=5:slices=4:keyint=12"),
    "slices.ts": ("-x264-params", "slices=4:keyint=6:bframes=2:aud=1"),
    "open_gop.ts": ("-x264-params", "open-gop=1:keyint=6:bframes=3:b-adapt=0"),
    "intra_refresh.mp4": ("-x264-params", "intra-refresh=1:keyint=8:nal-hrd=cbr:vbv-maxrate=300:vbv-bufsize=300:bitrate=300"),
    "high444.mkv": ("-pix_fmt", "yuv444p10le", "-profile:v", "high444", "-x264-params", "cqm=jvt:bframes=1"),
}  # fmt: skip


@dataclass
class Traced:
    """What the trace says about one packet; `first` holds the fields of its first slice."""

    kinds: set[int] = field(default_factory=set)
    first: dict[str, int] = field(default_factory=dict)
    recovery: int = -1


def encode(name: str, folder: Path) -> Path:
    """Twenty pictures of 178x100, a size that needs cropping."""
    path = folder / name
    source = ("-f", "lavfi", "-i", "testsrc2=size=178x100:rate=25:duration=0.8")
    subprocess.run([FFMPEG, "-v", "error", "-y", *source, *SHAPE, *FILMS[name], str(path)], check=True, timeout=60)
    return path


def packets(path: Path) -> tuple[bytes, list[bytes]]:
    """Extradata and packets of the first video stream."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return stream.codec_context.extradata or b"", [bytes(p) for p in container.demux(stream) if p.size]


LINE = re.compile(r"^\[trace_headers @ \S+\] (?:(\d+) +(\S+) +[01]* = (-?\d+)|(.*))$")


def trace(path: Path) -> list[Traced]:
    """One row per packet, from the log of ffmpeg."""
    command = [FFMPEG, "-hide_banner", "-nostdin", "-v", "verbose", "-i", str(path), "-map", "0:v:0", "-c", "copy"]
    command += ["-bsf:v", "trace_headers", "-f", "null", "-"]
    log = subprocess.run(command, check=True, capture_output=True, timeout=60).stderr.decode("utf-8", "replace")
    rows: list[Traced] = []
    section = ""
    slices = 0
    for line in log.splitlines():
        match = LINE.match(line)
        if not match:
            continue
        _, name, value, words = match.groups()
        if words is not None:
            section = words
            if words.startswith("Packet:"):
                rows.append(Traced())
                slices = 0
            slices += words == "Slice Header"
        elif rows:
            keep(rows[-1], section, slices, name, int(value))
    return rows


def keep(row: Traced, section: str, slices: int, name: str, value: int) -> None:
    if name == "nal_unit_type":
        row.kinds.add(value)
    if name == "recovery_frame_cnt":
        row.recovery = value
    if section == "Slice Header" and slices == 1:
        row.first.setdefault(name, value)
