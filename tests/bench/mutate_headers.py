"""Thousands of damaged packets, read by the reader of headers that the registries name for a codec.

    python tests/bench/mutate_headers.py --codec hevc [--count 50000] [--first 0] [--corpus DIR] [--speed]

The seeds are short films made by the packaged ffmpeg, and with `--corpus` the files of a folder that hold the codec. A number stands for one
damaged packet, always the same for the same seeds: `--first N --count 1` repeats it. Each is read twice: by a reader of its own that has read
none to three sound packets before, and by one reader that reads them all, as that of a long, bad stream does. Time is CPU time.
Printed are the number of packets, every exception and the slowest call; the exit code is 1 where one raised or took above 50 ms.
`--speed` prints instead how long reading the headers takes beside the decoding of the same film by ffmpeg, on one thread.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mutations import CHANGES, HEAD, MOST_CHANGES, TAIL, cut, tell
from entirety.read.headers.h264.columns import H264Reader
from entirety.read.headers.readers import SOUND
from entirety.read.headers.sound.blocks import SoundFormat
from entirety.read.headers.video import VIDEO

MOST_SECONDS = 0.05
"""What one call may cost: the target that the project set itself."""
MOST_PACKETS = 300
"""Kept of one film."""
X265 = ["-c:v", "libx265", "-preset", "fast", "-x265-params"]
QUIET = "log-level=none:pools=1"
FILMS: dict[str, dict[str, list[str]]] = {
    "h264": {
        "a.mp4": ["-c:v", "libx264"],
        "a.ts": ["-c:v", "libx264", "-flags", "+ildct+ilme", "-x264-params", "nal-hrd=cbr:bitrate=500:vbv-maxrate=500:vbv-bufsize=500"],
        "b.mp4": ["-c:v", "libx264", "-profile:v", "baseline", "-x264-params", "slices=4"],
    },
    "hevc": {
        "a.mp4": [*X265, QUIET],
        "a.ts": [*X265, f"{QUIET}:keyint=12:open-gop=1:hrd=1:bitrate=500:vbv-maxrate=500:vbv-bufsize=500:aud=1:repeat-headers=1"],
        "b.mkv": [*X265, f"{QUIET}:slices=2:weightb=1:scaling-list=default:temporal-layers=3:hash=1:hdr10=1"],
        "c.ts": [*X265, f"{QUIET}:interlace=tff:open-gop=0:keyint=10"],
    },
    "mpeg1video": {"a.mpg": ["-c:v", "mpeg1video", "-bf", "2"]},
    "mpeg2video": {
        "a.mpg": ["-c:v", "mpeg2video", "-bf", "2"],
        "a.ts": ["-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-g", "12", "-gop_timecode", "01:00:00:00"],
        "a.mkv": ["-c:v", "mpeg2video", "-intra_vlc", "1"],
    },
    "mpeg4": {"a.avi": ["-c:v", "mpeg4", "-bf", "2"], "a.mp4": ["-c:v", "mpeg4", "-mpeg_quant", "1"], "b.avi": ["-c:v", "libxvid"]},
    "h263": {"a.3gp": ["-c:v", "h263", "-s", "176x144", "-r", "30000/1001"], "a.avi": ["-c:v", "h263p", "-umv", "1", "-aiv", "1"]},
    "flv1": {"a.flv": ["-c:v", "flv"]},
    "mjpeg": {"a.avi": ["-c:v", "mjpeg"], "a.mov": ["-c:v", "mjpeg", "-huffman", "optimal", "-q:v", "9"]},
    "vp8": {"a.webm": ["-c:v", "libvpx"], "b.webm": ["-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16"]},
    "vp9": {"a.webm": ["-c:v", "libvpx-vp9", "-cpu-used", "8"], "a.mp4": ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-g", "10"]},
    "av1": {"a.mp4": ["-c:v", "libsvtav1", "-preset", "12"], "a.mkv": ["-c:v", "libaom-av1", "-cpu-used", "8", "-t", "0.5"]},
    "dvvideo": {"a.dv": ["-target", "pal-dv", "-t", "0.4"], "a.avi": ["-c:v", "dvvideo", "-s", "720x576", "-pix_fmt", "yuv420p", "-t", "0.4"]},
    "prores": {"a.mov": ["-c:v", "prores_ks", "-t", "0.4"]},
    "aac": {"a.mp4": ["-c:a", "aac"], "a.aac": ["-c:a", "aac"], "a.ts": ["-c:a", "aac"]},
    "mp2": {"a.mp2": ["-c:a", "mp2"]},
    "mp3": {"a.mp3": ["-c:a", "libmp3lame"], "a.mkv": ["-c:a", "libmp3lame", "-ar", "22050"]},
    "ac3": {"a.ac3": ["-c:a", "ac3"]},
    "eac3": {"a.eac3": ["-c:a", "eac3"]},
    "opus": {"a.webm": ["-c:a", "libopus"], "a.ogg": ["-c:a", "libopus", "-frame_duration", "60"]},
    "vorbis": {"a.webm": ["-c:a", "libvorbis"]},
    "flac": {"a.flac": ["-c:a", "flac"]},
    "alac": {"a.mov": ["-c:a", "alac"]},
}  # fmt: skip
"""By the library's name of the codec; those of PCM are made by their own name."""
PICTURE = ["-f", "lavfi", "-i", "testsrc2=size={size}:rate=25:duration={seconds}"]
TONE = ["-f", "lavfi", "-i", "sine=sample_rate=48000:duration={seconds}"]


@dataclass(frozen=True)
class Film:
    """The packets of one stream, and its codec's header in the container."""

    name: str
    extradata: bytes
    packets: tuple[bytes, ...]


@dataclass(frozen=True)
class Damaged:
    """What one number stands for."""

    film: Film
    extradata: bytes
    before: tuple[bytes, ...]
    packet: bytes


@dataclass
class Result:
    seconds: float = 0.0
    slowest: str = ""
    wrong: list[str] = field(default_factory=list)


def reader_of(codec: str) -> Callable[[bytes], Any]:
    """The reader that the program uses; SystemExit where there is none."""
    if codec == "h264":
        return H264Reader
    if codec in VIDEO:
        return VIDEO[codec]
    if codec in SOUND:
        return lambda extradata: SOUND[codec](SoundFormat(codec, extradata, 1))
    raise SystemExit(f"no reader for {codec}; there are: {', '.join(sorted(('h264', *VIDEO, *SOUND)))}")


def make(codec: str, folder: Path, size: str = "160x120", seconds: float = 1.2) -> Iterator[Path]:
    """Films of a codec, as far as the packaged ffmpeg can encode it."""
    options = {"a.mkv": ["-c:a", codec]} if codec.startswith("pcm_") else FILMS.get(codec, {})
    for name, chosen in options.items():
        sound = "-c:a" in chosen
        source = [word.format(size=size, seconds=seconds) for word in (TONE if sound else PICTURE)]
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *source]
        plain = [] if sound or "-pix_fmt" in chosen or codec in ("prores", "mjpeg") else ["-pix_fmt", "yuv420p"]
        done = subprocess.run(
            [*command, *plain, "-g", "12", *chosen, str(folder / name)], check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(f"{name} of {codec} could not be made: {done.stderr.strip()[-200:]}", file=sys.stderr)
        else:
            yield folder / name


def unpack(path: Path, codec: str, most: int = MOST_PACKETS) -> Film | None:
    """The first stream of the codec; None where the file has none or cannot be read."""
    packets: list[bytes] = []
    try:
        with av.open(str(path)) as container:
            for stream in container.streams:
                context = getattr(stream, "codec_context", None)
                if context is None or context.codec.canonical_name != codec:
                    continue
                for packet in container.demux(stream):
                    if packet.size and len(packets) < most:
                        packets.append(bytes(packet))
                    elif len(packets) >= most:
                        break
                return Film(path.name, bytes(context.extradata or b""), tuple(packets)) if packets else None
    except (av.FFmpegError, ValueError, OSError):
        return None
    return None


def damage(films: Sequence[Film], number: int) -> Damaged:
    """The damaged packet of a number, with the packets that its reader has read before, and perhaps a damaged header of the container."""
    chance = random.Random(number)
    film = chance.choice(films)
    # The first packets carry the settings more often than others.
    place = chance.randrange(len(film.packets) if chance.random() < 0.6 else min(3, len(film.packets)))
    before = film.packets[max(0, place - chance.randrange(4)) : place]
    if place and chance.random() < 0.5:
        before = (film.packets[0], *before)
    extradata, packet = film.extradata, film.packets[place]
    if extradata and chance.random() < 0.3:
        extradata = _damaged(chance, extradata, chance.choice(films).extradata or b"\x00")
    return Damaged(film, extradata, before, _damaged(chance, packet, chance.choice(chance.choice(films).packets)))


def _damaged(chance: random.Random, data: bytes, other: bytes) -> bytes:
    changed = bytearray(cut(data))
    starts = (0, *(k for k in range(min(len(changed), 4096)) if changed[k : k + 3] == b"\x00\x00\x01"))
    for _ in range(chance.randint(1, MOST_CHANGES)):
        chance.choice(CHANGES)(chance, changed, starts, other)
    return bytes(changed[: 2 * (HEAD + TAIL)])


def timed(result: Result, label: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """Call; keep the CPU time, and what is raised."""
    began = time.process_time()
    try:
        value = call(*arguments)
    except BaseException as error:  # noqa: BLE001 - whatever escapes is what is looked for
        result.wrong.append(f"{label}: {type(error).__name__}: {error}"[:300])
        return None
    seconds = time.process_time() - began
    if seconds > result.seconds:
        result.seconds, result.slowest = seconds, label
    if seconds > MOST_SECONDS:
        result.wrong.append(f"{label}: {1000 * seconds:.0f} ms")
    return value


def finish(result: Result, label: str, reader: Any, codec: str, rows: int) -> None:
    """What the program asks of a reader in the end."""
    columns = timed(result, f"{label}, columns", reader.columns, *((0,) if codec in SOUND else ()))
    if columns is not None and len(columns) != rows:
        result.wrong.append(f"{label}: {len(columns)} rows for {rows} packets")
    if hasattr(reader, "clocks"):
        timed(result, f"{label}, clocks", reader.clocks, 0)


def measure(codec: str, films: Sequence[Film], numbers: range) -> Result:
    result, kind = Result(), reader_of(codec)
    everything, fed = kind(films[0].extradata), 0
    for number in numbers:
        case = damage(films, number)
        label = f"{number} ({case.film.name})"
        reader = timed(result, f"{label}, container's header", kind, case.extradata)
        if reader is None:
            continue
        for packet in (*case.before, case.packet):
            timed(result, label, reader.add, packet)
        if hasattr(reader, "configure"):
            timed(result, f"{label}, configure", reader.configure, case.extradata)
        finish(result, label, reader, codec, len(case.before) + 1)
        timed(result, f"{label}, all in one", everything.add, case.packet)
        fed += 1
    columns = everything.columns(0) if codec in SOUND else everything.columns()
    if len(columns) != fed:
        result.wrong.append(f"all in one: {len(columns)} rows for {fed} packets")
    if hasattr(everything, "clocks"):
        everything.clocks(0)
    return result


def speed(codec: str, folder: Path) -> None:
    """Reading the headers beside plain decoding, on one thread, of the films made larger."""
    for path in make(codec, folder, "1280x720", 6):
        film = unpack(path, codec, 10**9)
        if film is None:
            continue
        best = min(_reading(codec, film) for _ in range(5))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = ["-v", "error", "-nostdin", "-threads", "1", "-i", str(path), "-f", "null", "-"]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *command], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        decode = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        each = 1e6 * best / len(film.packets)
        print(f"{path.name}: {len(film.packets)} packets, {each:.1f} us each; {best / decode:.4f} of decoding")


def _reading(codec: str, film: Film) -> float:
    began = time.process_time()
    reader = reader_of(codec)(film.extradata)
    for packet in film.packets:
        reader.add(packet)
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codec", required=True)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    reader_of(options.codec)
    with tempfile.TemporaryDirectory() as folder:
        if options.speed:
            speed(options.codec, Path(folder))
            return 0
        made = [unpack(path, options.codec) for path in make(options.codec, Path(folder))]
    paths = sorted(path for path in options.corpus.rglob("*") if path.is_file()) if options.corpus else []
    films = [film for film in (*made, *(unpack(path, options.codec) for path in paths)) if film]
    if not films:
        raise SystemExit(f"no film of {options.codec}: name a folder that has one with --corpus")
    result = measure(options.codec, films, range(options.first, options.first + options.count))
    packets = sum(len(film.packets) for film in films)
    print(f"{options.codec}: {options.count} damaged packets, from {packets} packets of {len(films)} films")
    print(f"slowest call {1000 * result.seconds:.1f} ms: {result.slowest}")
    return tell(result.wrong)


if __name__ == "__main__":
    sys.exit(main())
