"""The child process in which one file is read: held to limits, cut off from the terminal, and heard only through its own folder.

It says how far it is, what came out, and whatever it or a library had to complain of, in three small files. The parent reads them with care:
a file that was made to take a program over would write them.
"""

import contextlib
import errno
import faulthandler
import json
import multiprocessing
import os
import signal
import stat
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entirety.case.jobs import Job
from entirety.case.limits import Limits, apply
from entirety.errors import (
    Archive,
    CannotOpen,
    ChangedWhileReading,
    Damaged,
    EntiretyError,
    NotVideo,
    Unsupported,
)
from entirety.model.case import Fate
from entirety.report.visible import visible

Tell = Callable[[int, int], None]
Work = Callable[[Job, Tell], dict[str, Any]]
"""Does one job: is given it and somebody to tell how far it is, returns JSON values."""

NO_ROOM = 74
"""Exit code of a child that could not write down its result; sysexits.h calls it an error of input or output."""
OUTSIDE = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENFILE") if hasattr(errno, name)
)
"""What the system says where the fault is not the file's: no room, no right to write, too many files open."""
RESULT, PROGRESS, WORDS = "result.json", "progress", "last-words.txt"
MOST_RESULT = 128 * 2**20
"""Bytes of a result: a hundred findings take 0.1 MB, an overlap 0.6 kB, and a thousand copies of one clip have half a million."""
MOST_WORDS = 2_000
"""Characters of last words that are kept."""
MOST_REASON = 1_000
"""Characters of a reason; a name alone may have 255."""
FATES = {
    Archive: Fate.ARCHIVE,  # before the kind that it is a kind of
    CannotOpen: Fate.UNREADABLE,
    NotVideo: Fate.NOT_VIDEO,
    Damaged: Fate.DAMAGED,
    Unsupported: Fate.UNSUPPORTED,
    ChangedWhileReading: Fate.CHANGED,
}

SAID = frozenset(fate.value for fate in (*FATES.values(), Fate.AUDITED, Fate.CRASHED, Fate.FAILED, Fate.OUT_OF_MEMORY))
"""What a child can say of itself; all other fates are the parent's to find."""


def live(job: Job, work: Work, limits: Limits) -> None:
    """The whole life of a child; it ends the process."""
    folder = Path(job.folder)
    _settle(folder)
    network = apply(limits)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    fate, reason, record = _result(job, work, _teller(folder / PROGRESS))
    said = {"fate": fate.value, "reason": reason, "record": record, "peak": _peak(), "network": network}
    try:
        part = folder / f"{RESULT}.part"
        part.write_text(json.dumps(said), encoding="ascii")
        part.replace(folder / RESULT)
    except OSError:
        os._exit(NO_ROOM)
    # At once: nothing of this process is needed any more, and to take it down in order costs 20 ms.
    sys.stderr.flush()
    os._exit(0)


def _settle(folder: Path) -> None:
    """A process group of its own, nothing to read from a terminal, and what is said goes into a file."""
    if hasattr(os, "setsid"):
        os.setsid()
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDONLY)
    words = os.open(folder / WORDS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for wanted, given in ((0, nothing), (1, words), (2, words)):
        os.dup2(given, wanted)
    faulthandler.enable()


def _end_with_parent() -> None:
    """A child whose parent was killed ends too, with all that it started."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _teller(path: Path) -> Tell:
    place = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)

    def tell(done: int, expected: int) -> None:
        os.lseek(place, 0, os.SEEK_SET)
        os.write(place, b"%20d %20d\n" % (done, expected))

    return tell


def _result(job: Job, work: Work, tell: Tell) -> tuple[Fate, str, dict[str, Any] | None]:
    try:
        return Fate.AUDITED, "", work(job, tell)
    except EntiretyError as error:
        return next((FATES[kind] for kind in FATES if isinstance(error, kind)), Fate.FAILED), str(error), None
    except MemoryError:
        return Fate.OUT_OF_MEMORY, "", None
    except Exception as error:  # noqa: BLE001 - whatever broke, it costs this file alone and is recorded
        if isinstance(error, OSError) and error.errno in OUTSIDE:
            return (
                Fate.FAILED,
                f"The case folder could not be written ({error.strerror}); make room and scan again.",
                None,
            )
        traceback.print_exc()
        # What else it says may hold paths of this machine, which are for the log and not for an index.
        return Fate.CRASHED, f"It met an error of the kind {type(error).__name__}", None


def _peak() -> int:
    """Largest memory of this process so far, bytes."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - Windows has none

    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most if sys.platform == "darwin" else most * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """What a child said at its end, as far as it makes sense."""

    fate: Fate
    reason: str
    record: dict[str, Any] | None
    peak: int
    network: str


def heard(folder: Path) -> Heard | None:
    """What the child in this folder said at its end; None where it said nothing, or anything that ours never say."""
    try:
        said = json.loads(_read(folder / RESULT, MOST_RESULT))
    except (OSError, ValueError, RecursionError):
        return None
    match said:
        case {
            "fate": str(fate),
            "reason": str(reason),
            "record": dict() | None as record,
            "peak": int(peak),
            "network": str(network),
        } if fate in SAID and 0 <= peak < 2**60 and (record is not None) == (fate == Fate.AUDITED.value):
            return Heard(Fate(fate), visible(reason, MOST_REASON), record, peak, visible(network, 20))
    return None


def last_words(folder: Path) -> str:
    """The end of what the child and its libraries said, in one line; empty where they said nothing."""
    try:
        text = _read(folder / WORDS, MOST_RESULT, tail=4 * MOST_WORDS).decode("utf-8", "replace")
    except OSError:
        return ""
    return visible(" / ".join(line.strip() for line in text.splitlines() if line.strip())[-MOST_WORDS:], MOST_WORDS)


def progress(folder: Path) -> tuple[int, int]:
    """Pictures done and expected; zeros where nothing was said yet."""
    try:
        done, expected = (int(number) for number in _read(folder / PROGRESS, 64).split())
    except (OSError, ValueError):
        return 0, 0
    return done, expected


def _read(path: Path, most: int, *, tail: int = 0) -> bytes:
    """A small regular file that is no link; `tail` asks for its last bytes only. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    place = os.open(path, flags)
    try:
        status = os.fstat(place)
        if not stat.S_ISREG(status.st_mode) or (status.st_size > most and not tail):
            raise OSError(f"{path.name} is no small file")
        if tail:
            os.lseek(place, max(0, status.st_size - tail), os.SEEK_SET)
        with os.fdopen(os.dup(place), "rb") as file:
            return file.read(tail or most)
    finally:
        os.close(place)
