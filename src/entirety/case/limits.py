"""What a child process may use while it reads one file: memory, processor time, open files, size of what it writes, and no network.

A file can be made to ask for more than a machine has. The parent watches memory and time and ends a child that goes beyond; the limits here
are the system's own, and hold where the parent is too slow. Windows has none of these: there the parent alone watches.
"""

import ctypes
import sys
from contextlib import suppress
from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file."""

    memory: int
    """Bytes that the child and its own children may hold in memory."""
    cpu: float
    """Seconds of processor time."""
    silence: float
    """Seconds by the clock without any progress."""
    written: int = 4 * 1024 * MIB
    """Bytes of the largest file that it may write. A frame-hash list takes 110 bytes a picture."""
    files: int = 256
    """Open at one time; an audit needs some forty."""


SPARE = 3 * 1024 * MIB
"""What the system lets a child ask for beyond what it may hold. The parent's watch is what bounds memory; this only stops a file that fills it
faster than the watch looks. Nearer, and a decoder of very large pictures would be refused memory that it asks for and does not use, and
would call pictures damaged."""


def limits_for(size: int, memory: int, minutes: float | None) -> Limits:
    """For a file of `size` bytes; `minutes` is what the user allows for each file, None for what its size calls for.

    Ten minutes and one more for each MiB: footage of a standing camera that was packed to 100 kbit/s has 80 s in a MiB, which an audit of
    1080p reads in 30 s of processor time. Silence: ten minutes, and what it takes to hash the file twice at 10 MB a second.
    """
    cpu = (10 + size / MIB) * 60 if minutes is None else minutes * 60
    return Limits(memory, cpu, 600 + 2 * size / 1e7)


def limits_for_search(memory: int) -> Limits:
    """For the search for shared footage, which says nothing while it runs: 12 million pictures take some 1.1 GB and ten minutes."""
    return Limits(max(memory, 1536 * MIB), 6 * 3600, 6 * 3600)


def apply(limits: Limits) -> str:
    """Hold this process, and all that it starts, to the limits; returns in one word how the network is kept away.

    To be called before the process has a second thread.
    """
    network = _leave_network()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        seconds = int(limits.cpu) + 60
        bounds = {
            resource.RLIMIT_NOFILE: limits.files,
            resource.RLIMIT_FSIZE: limits.written,
            resource.RLIMIT_CORE: 0,
        }
        # What is held for writing, as opposed to libraries and files that are only looked at.
        bounds[resource.RLIMIT_DATA] = limits.memory + SPARE
        # The first ends a process with a signal that says why; the second, later, with one that does not.
        pairs = {kind: (most, most) for kind, most in bounds.items()} | {resource.RLIMIT_CPU: (seconds, seconds + 5)}
        for kind, (soft, most) in pairs.items():
            _, hard = resource.getrlimit(kind)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (min(soft, bound), bound))
    return network


def _leave_network() -> str:
    """Where Linux allows it, leave every network: not even this machine can be reached. Elsewhere only the reader's own rule holds, which
    opens nothing but files.
    """
    if sys.platform == "linux":
        alone, users = 0x40000000, 0x10000000  # CLONE_NEWNET, CLONE_NEWUSER
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None, use_errno=True)
            # Without rights of its own a process needs a name space of users to leave the network.
            if not system.unshare(alone) or not system.unshare(alone | users):
                return "cut"
    return "unused"
