"""Tiny real films of the older codecs, and what ffmpeg's own reader of headers (trace_headers) says about them."""

import re
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
LINE = re.compile(r"^\[trace_headers @ \S+\] (?:\d+ +(\S+) +[01]* = (-?\d+)|(Packet:).*)$")
Row = dict[str, int]


def film(path: Path, *options: str, rate: str = "25", size: str = "176x144", seconds: float = 2) -> Path:
    """A moving test picture."""
    source = ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}")
    subprocess.run([FFMPEG, "-v", "error", "-y", *source, *options, str(path)], check=True, timeout=60)
    return path


def packets(path: Path) -> tuple[bytes, list[bytes], list[int | None]]:
    """Extradata, packets and presentation times of the first video stream."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        found = [(bytes(p), p.pts) for p in container.demux(stream) if p.size]
        return stream.codec_context.extradata or b"", [data for data, _ in found], [pts for _, pts in found]


def trace(path: Path) -> list[Row]:
    """The first value of every field, one row per packet, from the log of ffmpeg."""
    command = [FFMPEG, "-hide_banner", "-nostdin", "-v", "verbose", "-i", str(path), "-map", "0:v:0", "-c", "copy"]
    command += ["-bsf:v", "trace_headers", "-f", "null", "-"]
    log = subprocess.run(command, check=True, capture_output=True, timeout=60).stderr.decode("utf-8", "replace")
    rows: list[Row] = []
    for line in log.splitlines():
        match = LINE.match(line)
        if match and match[3]:
            rows.append({})
        elif match and rows:
            rows[-1].setdefault(match[1], int(match[2]))
    return rows
