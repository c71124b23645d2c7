"""What a command does to the machine, seen from outside: files opened and written, calls to a network, processes left behind.

Three witnesses: inotify, where the system is Linux; strace, where it is installed; and a listener on this machine that nobody may call.
"""

import ctypes
import hashlib
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STRACE = shutil.which("strace")
CALLS = [
    "open",
    "openat",
    "creat",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mknod",
    "mknodat",
    "chmod",
    "fchmod",
    "fchmodat",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
    "truncate",
    "ftruncate",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "removexattr",
    "connect",
    "sendto",
    "sendmsg",
    "bind",
]
OPENED, CHANGED = (
    0x00000020,
    0x00000002 | 0x00000004 | 0x00000040 | 0x00000080 | 0x00000100 | 0x00000200 | 0x00000400 | 0x00000800,
)
"""Of inotify: a file was opened; and its bytes, its attributes or its folder's names were changed."""
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
NO_FILE = re.compile(r"/dev/(null|tty)$|/proc/self/(uid_map|gid_map|setgroups)$")
"""What a program writes to without writing a file."""
PLAIN = re.compile(r"^(?P<call>\w+)\((?P<rest>.*)$")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>")
"""With `-y` strace writes the path behind every descriptor."""


@dataclass
class Calls:
    """What strace saw."""

    opened: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    """Opened for writing, made, renamed, removed, or given other attributes."""
    network: set[str] = field(default_factory=set)


def read_calls(folder: Path, working: Path) -> Calls:
    """The logs of `strace -ff -y`, one for each process, of a command that was started in `working`."""
    found = Calls()
    for log in folder.iterdir():
        for line in log.read_text("utf-8", "surrogateescape").splitlines():
            if match := PLAIN.match(line):
                _note(found, match["call"], match["rest"], str(working))
    return found


def _note(found: Calls, call: str, rest: str, working: str) -> None:
    if call in {"connect", "sendto", "sendmsg", "bind"}:
        if "AF_INET" in rest:
            found.network.add(f"{call}({rest}")
        return
    if re.search(r"\)\s+= -1 ", rest) and "EACCES" not in rest and "EPERM" not in rest:
        return
    folders, texts = FOLDER.findall(rest), TEXT.findall(rest)
    paths = [_plain(text) for text in texts]
    if call in {"symlink", "symlinkat", "setxattr", "lsetxattr"}:
        paths = paths[-1:] if call.startswith("sym") else paths[:1]
    bases = [_plain(folder) for folder in folders] or [working]
    bases += [bases[-1]] * len(paths)
    paths = [os.path.normpath(Path(*pair)) for pair in zip(bases, paths, strict=False)] or bases[:1]
    if call in {"open", "openat"}:
        found.opened.update(paths)
        if not WRITES.search(TEXT.sub("", rest, count=1).partition(" = ")[0]):
            return
    found.written.update(paths)


def _plain(quoted: str) -> str:
    """A path as strace quotes it, in octal and with backslashes."""
    raw = quoted.encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1")
    return raw.decode("utf-8", "surrogateescape")


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the calls that came in."""
    calls: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    done = threading.Event()

    def answer() -> None:
        while not done.is_set():
            try:
                client, address = server.accept()
            except TimeoutError:
                continue
            calls.append(str(address))
            client.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
    finally:
        done.set()
        thread.join()
        server.close()


class Inotify:
    """Watches files and folders (not what lies below their folders) for events; on other systems than Linux it sees nothing."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._system = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        self._fd = self._system.inotify_init1(os.O_NONBLOCK) if self._system else -1

    def watch(self, path: Path, mask: int) -> None:
        if self._system:
            number = self._system.inotify_add_watch(self._fd, os.fsencode(path), mask)
            assert number >= 0, path
            self._names[number] = str(path)

    def watch_all(self, folder: Path, mask: int) -> None:
        """A folder, and every folder in it."""
        self.watch(folder, mask)
        for inside, _, _ in os.walk(folder):
            self.watch(Path(inside), mask)

    def events(self) -> list[str]:
        """What happened so far, in words."""
        found = []
        while self._system:
            try:
                data = os.read(self._fd, 65536)
            except BlockingIOError:
                break
            at = 0
            while at < len(data):
                number, mask, _, length = struct.unpack_from("iIII", data, at)
                name = data[at + 16 : at + 16 + length].rstrip(b"\0")
                at += 16 + length
                found.append(f"{self._names.get(number, '?')}/{os.fsdecode(name)}: {mask:#x}")
        return found

    def close(self) -> None:
        if self._system:
            os.close(self._fd)


@dataclass(frozen=True)
class Kept:
    """A file as it was at one time; of a link or a pipe its status alone."""

    sha256: str
    size: int
    modified: int
    changed: int
    mode: int


def kept(folder: Path, *, content: bool = True) -> dict[str, Kept]:
    """Everything below a folder."""
    found = {}
    for inside, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(inside) / name
            status = path.lstat()
            regular = path.is_file() and not path.is_symlink()
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if regular and content else ""
            found[str(path.relative_to(folder))] = Kept(
                sha256, status.st_size if regular else 0, status.st_mtime_ns, status.st_ctime_ns, status.st_mode
            )
    return found


@dataclass(frozen=True)
class Places:
    """Folders of one run, apart from each other: what is read, what is written, and where nothing may appear."""

    evidence: Path
    case: Path
    quiet: Path
    """Working folder, home and place for temporary files of the command, each below it."""
    log: Path

    def outside(self, written: set[str]) -> set[str]:
        """Of the paths written, those in neither the case folder nor the place for temporary files, and no device or switch of the system."""
        allowed = (f"{self.case}/", str(self.quiet / "tmp"))
        return {
            path
            for path in written
            if path != str(self.case) and not path.startswith(allowed) and not NO_FILE.match(path)
        }

    def environment(self) -> dict[str, str]:
        home, temporary = self.quiet / "home", self.quiet / "tmp"
        source = str(Path(__file__).parents[2] / "src")
        return {
            **os.environ,
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "TMPDIR": str(temporary),
            "PYTHONPATH": source,
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def places(folder: Path) -> Places:
    found = Places(folder / "evidence", folder / "out" / "case", folder / "quiet", folder / "log")
    for path in (
        found.evidence,
        found.case.parent,
        found.log,
        *(found.quiet / name for name in ("cwd", "home", "tmp")),
    ):
        path.mkdir(parents=True, exist_ok=True)
    return found


def scan_command(places: Places, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "entirety", "scan", str(places.evidence), "--out", str(places.case), *arguments]


def traced(places: Places, command: Sequence[str]) -> list[str]:
    """The command under strace, where that is installed."""
    if STRACE is None:
        return list(command)
    calls = f"trace={','.join('?' + call for call in CALLS)}"
    head = [STRACE, "-ff", "-y", "-qq", "-s", "4096", "--seccomp-bpf", "-e", calls, "-e", "signal=none"]
    return [*head, "-o", str(places.log / "calls"), *command]


def run(places: Places, command: Sequence[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run it to its end in the quiet working folder."""
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        cwd=places.quiet / "cwd",
        env=places.environment(),
        timeout=seconds,
        stdin=subprocess.DEVNULL,
    )
