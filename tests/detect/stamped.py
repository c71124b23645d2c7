"""Real films whose pictures carry clock time stamps (H.264 picture timing), written into the place where x264 leaves a message without any."""

from pathlib import Path
from typing import Any

import ffmpeg

from detect.films import FFMPEG, encode
from entirety.read.headers.h264.nal import split
from entirety.read.headers.h264.sps import read_sps
from read.headers.h264.writer import BitWriter, escape

PIC_TIMING = 1


def stamped(path: Path, *, seconds: float = 4, first: int = 900_000) -> Path:
    """25 pictures a second; the time code of picture k counts `first` + k pictures since midnight."""
    params = "nal-hrd=vbr:pic-struct=1:repeat-headers=1"
    options: dict[str, Any] = {"maxrate": "500k", "bufsize": "500k", "x264-params": params}
    raw = encode(path.with_suffix(".h264"), seconds=seconds, **options)
    data = raw.read_bytes()
    spans, _ = split(data, 0)
    units = [data[start:end].rstrip(b"\x00") for start, end in spans]
    delays = read_sps(next(unit for unit in units if unit[0] & 31 == 7)).delays
    made, picture = [], 0
    for unit in units:
        kind = unit[0] & 31
        if kind == 6 and unit[1] == PIC_TIMING:
            made.append(_message(delays.cpb_removal_delay, delays.dpb_output_delay, first + picture))
            picture += 1
        else:
            made.append(unit)
    raw.write_bytes(b"".join(b"\x00\x00\x00\x01" + unit for unit in made))
    copied = ffmpeg.input(str(raw), framerate=25).output(str(path), c="copy")
    copied.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return path


def _message(removal: int, output: int, count: int) -> bytes:
    second, frame = divmod(count, 25)
    bits = BitWriter().u(removal, 0).u(output, 0).u(4, 0).u(1, 1).u(2, 0).u(1, 1).u(5, 0).u(1, 1, 0, 0).u(8, frame)
    bits.u(6, second % 60, second // 60 % 60).u(5, second // 3600)
    if len("".join(bits.text)) % 8:
        bits.u(1, 1)  # a payload ends with a one and zeros up to the next byte
    payload = bits.raw()
    return b"\x06" + escape(bytes([PIC_TIMING, len(payload)]) + payload + b"\x80")
