"""Watches all processes that a command starts: what they hold in memory together, and which outlive it.

A process is known by a mark in its surroundings, which children inherit whatever becomes of their parents. Linux only.
"""

import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

MARK = "ENTIRETY_TEST_MARK"
PROC = Path("/proc")
LOOK = 0.2
"""Seconds between two looks."""


def mark() -> dict[str, str]:
    """To be put into the surroundings of a command."""
    return {MARK: secrets.token_hex(8)}


def alive(marked: dict[str, str]) -> list[int]:
    """Every process that bears the mark, the ended ones that nobody has asked for left out."""
    wanted = f"{MARK}={marked[MARK]}".encode()
    found = []
    for place in PROC.glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (place / "environ").read_bytes().split(b"\0") and state(int(place.name)) != "Z":
                found.append(int(place.name))
    return found


def state(pid: int) -> str:
    """One letter, as `ps` prints it; empty where there is no such process."""
    with suppress(OSError):
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    return ""


def memory(pids: list[int]) -> tuple[int, int]:
    """Bytes that these processes hold: what they share counted once (PSS), and counted for each (RSS)."""
    shared, each = 0, 0
    for pid in pids:
        with suppress(OSError, ValueError):
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                name, _, rest = line.partition(":")
                if name == "Pss":
                    shared += int(rest.split()[0]) * 1024
                elif name == "Rss":
                    each += int(rest.split()[0]) * 1024
    return shared, each


@dataclass
class Watched:
    """The most that was seen, and how often was looked."""

    pss: int = 0
    rss: int = 0
    processes: int = 0
    looks: int = 0
    done: threading.Event = field(default_factory=threading.Event)


@contextmanager
def watched(marked: dict[str, str]) -> Iterator[Watched]:
    """Look at the marked processes several times a second while the block runs."""
    seen = Watched()

    def look() -> None:
        while not seen.done.wait(LOOK):
            pids = alive(marked)
            pss, rss = memory(pids)
            seen.pss, seen.rss = max(seen.pss, pss), max(seen.rss, rss)
            seen.processes, seen.looks = max(seen.processes, len(pids)), seen.looks + 1

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        seen.done.set()
        thread.join()


def outliving(marked: dict[str, str], seconds: float) -> list[int]:
    """Marked processes that are still there after so many seconds; they are ended then."""
    until = time.monotonic() + seconds
    while (left := alive(marked)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return left
