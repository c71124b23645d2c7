"""What stock ffmpeg reads in the headers of a film, packet by packet: the outside truth for readers of headers."""

import re
import subprocess
from pathlib import Path

from entirety.read.log import listening
from entirety.read.packets import Stored, stored_packets
from entirety.read.streams import main_video, open_clip
from read.films import FFMPEG

FIELD = re.compile(r"\] (?:Packet: (\d+) bytes|\d+\s+(\w+)\s+[01]+ = (-?\d+))")


def stored(path: Path) -> Stored:
    """What this program reads of it."""
    with listening(), open_clip(path, ignore_edits=True) as container:
        return stored_packets(container, main_video(container, path), path)


def traced(path: Path, *names: str) -> list[list[tuple[str, int]]]:
    """For each packet these fields, in the order in which ffmpeg's trace_headers prints them."""
    command = [
        FFMPEG,
        "-v",
        "trace",
        "-nostdin",
        "-i",
        str(path),
        "-map",
        "0:v",
        "-c",
        "copy",
        "-bsf:v",
        "trace_headers",
    ]
    done = subprocess.run([*command, "-f", "null", "-"], check=True, capture_output=True, text=True)
    packets: list[list[tuple[str, int]]] = []
    for line in done.stderr.splitlines():
        found = FIELD.search(line) if "trace_headers" in line else None
        if found and found[1]:
            packets.append([])
        elif found and packets and found[2] in names:
            packets[-1].append((found[2], int(found[3])))
    return packets
