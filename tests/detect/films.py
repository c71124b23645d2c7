"""Tiny real films, encoded when a test needs them, and the small operations that give them a history."""

import struct
from collections.abc import Sequence
from pathlib import Path

import ffmpeg
import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def encode(path: Path, *, seconds: float = 4, size: str = "160x120", sound: bool = False, **options: object) -> Path:
    """A moving test picture at 25 frames a second with a key frame every 50, H.264 without B frames unless told otherwise."""
    inputs = [ffmpeg.input(f"testsrc2=s={size}:r=25:d={seconds}", f="lavfi")]
    if sound:
        inputs.append(ffmpeg.input(f"sine=frequency=440:sample_rate=48000:duration={seconds}", f="lavfi"))
    plain = {"vcodec": "libx264", "g": 50, "bf": 0, "pix_fmt": "yuv420p", "preset": "veryfast"}
    ffmpeg.output(*inputs, str(path), **{**plain, **options}).run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return path


def copy(source: Path, path: Path, *, start: float = 0, seconds: float | None = None, **options: object) -> Path:
    """Stream copy from `start` on, as a trim without encoding again."""
    span = {} if seconds is None else {"t": seconds}
    made = ffmpeg.input(str(source), ss=start).output(str(path), c="copy", **span, **options)
    made.run(cmd=FFMPEG, quiet=True, overwrite_output=True)
    return path


def with_edits(source: Path, path: Path, edits: Sequence[tuple[int, int]]) -> Path:
    """The same film with another edit list in its first track: (duration in movie ticks, media time). The movie header must come last."""
    data = source.read_bytes()
    moov, trak = data.rindex(b"moov") - 4, data.index(b"trak", data.rindex(b"moov")) - 4
    edts = data.index(b"edts", trak) - 4
    old = struct.unpack(">I", data[edts : edts + 4])[0]
    lines = b"".join(struct.pack(">Iihh", duration, media_time, 1, 0) for duration, media_time in edits)
    body = struct.pack(">I4sII", 16 + len(lines), b"elst", 0, len(edits)) + lines
    new = struct.pack(">I4s", 8 + len(body), b"edts") + body
    grown = bytearray(data[:edts] + new + data[edts + old :])
    for box in (moov, trak):
        size = struct.unpack(">I", grown[box : box + 4])[0] + len(new) - old
        grown[box : box + 4] = struct.pack(">I", size)
    path.write_bytes(grown)
    return path
