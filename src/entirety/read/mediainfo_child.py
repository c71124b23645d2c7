"""Runs MediaInfo over one file, in a process of its own: a native library that meets a hostile file may take its process with it.

Started as a script by `second_opinion`, never imported. The library is handed the file's bytes, not its name, so it looks at no
neighbour and follows no reference; where the system has such limits it can open nothing further, write nothing and take no more memory.
"""

import contextlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

MEMORY = 1 << 30
"""Bytes of address space. Chosen: with every one of 90 clips it stays below 40 MB of memory in use."""
SECONDS = 20
"""Of computing. Chosen: of 90 clips none takes more than 0.2 s."""
LONGEST = 200
GENERAL = (
    "Format",
    "Duration",
    "VideoCount",
    "AudioCount",
    "Encoded_Application",
    "Encoded_Library",
    "Encoded_Date",
    "Tagged_Date",
)
VIDEO = ("Format", "Width", "Height", "FrameCount", "Source_FrameCount", "FrameRate_Mode", "Duration")


def summary(told: Any) -> dict[str, Any]:
    """The few members of MediaInfo's JSON that are wanted, as texts; empty where it does not state them."""
    tracks = (told.get("media") or {}).get("track", [])
    general: dict[str, Any] = next((track for track in tracks if track.get("@type") == "General"), {})
    video = next((track for track in tracks if track.get("@type") == "Video"), None)
    return {
        "version": str(told["creatingLibrary"]["version"])[:LONGEST],
        "general": _chosen(general, GENERAL),
        "video": None if video is None else _chosen(video, VIDEO),
    }


def _chosen(track: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(track.get(name, ""))[:LONGEST] for name in names}


def confine() -> None:
    """From here on nothing can be opened, written to disk or sent; what is open stays open."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    bounds = (
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
    )
    for kind, most in bounds:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main(site: str, path: str) -> None:
    """Print the summary as JSON; `null` where the library cannot be loaded. `site` is the folder that holds the package."""
    answer, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    # Whatever the library prints on its own must not mix with the answer.
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.path.append(site)
    reader = importlib.import_module("pymediainfo").MediaInfo
    told = None
    with Path(path).open("rb") as file:
        # This loads the library, which could not be opened any more afterwards.
        if reader.can_parse():
            confine()
            told = summary(json.loads(reader.parse(file, output="JSON")))
    os.write(answer, json.dumps(told).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
