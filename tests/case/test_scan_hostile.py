"""A folder made to break the tool: every name has one outcome, and nothing outside is opened, called, written or obeyed."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from case import crafted, obeyed, watching
from case.crafted_tags import MARK
from entirety.report.case_names import path_from
from read.films import film

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, links and watching are those of Unix")

TOLD = "what-a-file-outside-holds"
CI_TAGGED = ("tags.mp4", "tags.mkv", "tags.avi", "tags.flv")
"""Enough to go through every reader of our own; each costs a whole audit."""
CI_AUDITED = ("elsewhere-url.mov", "claims-2gb-media.mp4")
"""Crafted files that can be audited all the same; the others of their kind under `slow`."""
EASY = (
    "compressed-film",
    "nested-tags-1000.",
    "endless-inside",
    "huge.avi",
    "elsewhere-",
    "claims-2",
    "data-reference-gone",
    "entity.mp4",
    "huge-negative",
)


@dataclass
class Scanned:
    """A scan that has ended, and what was seen of it from outside."""

    places: watching.Places
    done: "subprocess.CompletedProcess[bytes]"
    calls: watching.Calls
    events: list[str]
    heard: list[str]
    before: dict[str, watching.Kept]
    after: dict[str, watching.Kept]
    address: str
    index: dict[str, Any] = field(default_factory=dict)

    def outcomes(self) -> dict[str, list[str]]:
        """Outcomes by path."""
        found: dict[str, list[str]] = {}
        for item in self.index["items"]:
            found.setdefault(path_from(item["path"], item["path_bytes"]), []).append(item["outcome"])
        return found


def scan(
    folder: Path, fill: Callable[[Path, crafted.Bait], None], *arguments: str, seconds: float = 500, strace: bool = True
) -> Scanned:
    """Fill a folder of evidence, scan it with the real command, and look on; without `strace` by inotify and a listener alone, which cost nothing."""
    places = watching.places(folder)
    bait, inotify = folder / "secret.txt", watching.Inotify()
    bait.write_text(f"root:x:0:0:{TOLD}\n")
    with watching.listener() as (address, heard):
        fill(places.evidence, crafted.Bait(bait, address))
        before = watching.kept(places.evidence)
        inotify.watch(bait, watching.OPENED | watching.CHANGED)
        inotify.watch_all(places.evidence, watching.CHANGED)
        command = watching.scan_command(places, "--jobs", "2", *arguments)
        done = watching.run(places, watching.traced(places, command) if strace else command, seconds)
    events = inotify.events()
    inotify.close()
    calls = watching.read_calls(places.log, places.quiet / "cwd")
    scanned = Scanned(places, done, calls, events, heard, before, watching.kept(places.evidence), address)
    assert done.returncode in {0, 3}, done.stderr.decode()
    scanned.index = json.loads((places.case / "index.json").read_text("utf-8"))
    return scanned


def names(folder: Path) -> list[str]:
    """Every name below a folder that is no folder, as an index writes it."""
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]


def nothing_outside(scanned: Scanned) -> None:
    """No file outside opened, none written, nobody called; the evidence as it was."""
    assert scanned.events == []
    assert scanned.heard == []
    assert scanned.calls.network == set()
    assert scanned.after == scanned.before
    assert watching.kept(scanned.places.quiet) == {
        name: one for name, one in watching.kept(scanned.places.quiet).items() if name in {"cwd", "home", "tmp"}
    }
    assert not any(TOLD in path or "secret.txt" in path for path in scanned.calls.opened)
    assert scanned.places.outside(scanned.calls.written) == set()


def one_outcome_each(scanned: Scanned) -> None:
    outcomes = scanned.outcomes()
    assert sorted(outcomes) == sorted(names(scanned.places.evidence))
    assert {path: found for path, found in outcomes.items() if len(found) != 1} == {}
    assert "crashed" not in {found[0] for found in outcomes.values()}, scanned.index


def nothing_obeyed(scanned: Scanned) -> None:
    """No markup live, no formula, no steering, no text of the file outside, in anything that was written or said."""
    case, wrong = scanned.places.case, Counter[str]()
    for path in case.rglob("*.html"):
        wrong.update(
            f"{path.relative_to(case)}: {what}" for what in obeyed.page(path.read_text("utf-8"), scanned.address)
        )
    wrong.update(f"index.csv: {what}" for what in obeyed.table((case / "index.csv").read_bytes()))
    for path in case.rglob("*.pdf"):
        wrong.update(f"{path.relative_to(case)}: {what}" for what in obeyed.document(path.read_bytes()))
        assert TOLD not in text_of(path)
    for said in (scanned.done.stdout, scanned.done.stderr, (case / "scan.log").read_bytes()):
        wrong.update(f"said: {what}" for what in obeyed.steering(said.decode("utf-8")))
    for path in (path for path in case.rglob("*") if path.suffix in {".html", ".json", ".csv", ".sarif"}):
        assert TOLD not in path.read_text("utf-8"), path
    assert wrong == Counter()


def text_of(pdf: Path) -> str:
    """The words in a document; none where no program is there that reads them."""
    program = shutil.which("pdftotext")
    return (
        subprocess.run([program, str(pdf), "-"], check=True, capture_output=True, text=True).stdout if program else ""
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("small") / "small.mp4"
    return film(target, size="64x48", seconds=0.4, vcodec="libx264", pix_fmt="yuv420p", bf=0).read_bytes()


def odd_things(folder: Path, bait: crafted.Bait, small: bytes) -> None:
    """What is no file: pipes, sockets, links that lead outside, round and up, and folders named like films."""
    os.mkfifo(folder / "pipe.mp4")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        try:
            os.chdir(folder)
            server.bind("socket.mp4")
        finally:
            os.chdir(here)
    (folder / "outside.mp4").symlink_to(bait.file)
    (folder / "outside-folder").symlink_to(bait.file.parent)
    (folder / "round.mp4").symlink_to("round.mp4")
    (folder / "up").symlink_to("..")
    (folder / "gone.mp4").symlink_to("nothing")
    inside = folder / "folder.mp4" / "<b>" / "\x1b[2J"
    inside.mkdir(parents=True)
    (inside / "twin.mp4").write_bytes(small)
    deep = folder
    for _ in range(40):
        deep /= "deeper"
    deep.mkdir(parents=True)
    (deep / "notes.txt").write_text("=1+1\n")


@pytest.fixture
def crafted_folder(tmp_path: Path, small: bytes) -> Scanned:
    def fill(folder: Path, bait: crafted.Bait) -> None:
        for name in crafted.write(folder, bait, small):
            if name.startswith(EASY) and name not in CI_AUDITED:
                (folder / name).unlink()
        odd_things(folder, bait, small)
        (folder / "names").mkdir()
        for name in (*crafted.STRANGE_NAMES, os.fsdecode(crafted.NO_TEXT)):
            (folder / "names" / name).write_bytes(small)

    return scan(tmp_path, fill, "--no-overlaps", strace=False)


def test_crafted_files_have_one_outcome_each_reach_nothing_outside_and_are_not_obeyed(crafted_folder: Scanned) -> None:
    one_outcome_each(crafted_folder)
    found = {path: outcome for path, (outcome,) in crafted_folder.outcomes().items()}
    for name in (
        "playlist.mp4",
        "playlist.ts",
        "script.mp4",
        "script.mkv",
        "session.mp4",
        "dash.mp4",
        "asx.wmv",
        "references.asf",
    ):
        assert found[name] == "unsupported", name
    assert found["pipe.mp4"] == found["socket.mp4"] == "special"
    assert {found[name] for name in ("outside.mp4", "outside-folder", "round.mp4", "up", "gone.mp4")} == {"link"}
    assert found["empty.mp4"] == "empty"
    assert {found[f"names/{name}"] for name in crafted.STRANGE_NAMES} == {"audited"}
    nothing_outside(crafted_folder)
    nothing_obeyed(crafted_folder)


@pytest.fixture(scope="module")
def tagged_folder(tmp_path_factory: pytest.TempPathFactory, small: bytes) -> Scanned:
    def fill(folder: Path, bait: crafted.Bait) -> None:
        for name in crafted.write_tagged(folder, bait, small, CI_TAGGED):
            assert (folder / name).is_file()

    return scan(tmp_path_factory.mktemp("tagged"), fill)


@pytest.mark.slow
def test_tags_are_shown_and_not_obeyed(tagged_folder: Scanned) -> None:
    one_outcome_each(tagged_folder)
    assert {outcome for (outcome,) in tagged_folder.outcomes().values()} == {"audited"}
    nothing_outside(tagged_folder)
    nothing_obeyed(tagged_folder)
    pages = "".join(path.read_text("utf-8") for path in tagged_folder.places.case.rglob("report.html"))
    assert f"&lt;{MARK}" in pages, "no tag reached a page: the test sees nothing"


@pytest.mark.slow
def test_every_tagged_film(tmp_path: Path, small: bytes) -> None:
    def fill(folder: Path, bait: crafted.Bait) -> None:
        list(crafted.write_tagged(folder, bait, small))
        list(crafted.write_named(folder, small))

    scanned = scan(tmp_path, fill)
    one_outcome_each(scanned)
    assert {outcome for (outcome,) in scanned.outcomes().values()} == {"audited"}
    nothing_outside(scanned)
    nothing_obeyed(scanned)


@pytest.mark.slow
def test_every_crafted_file_and_the_bombs(tmp_path: Path, small: bytes) -> None:
    def fill(folder: Path, bait: crafted.Bait) -> None:
        list(crafted.write(folder, bait, small))
        list(crafted.write(folder, bait, small, heavy=True))

    scanned = scan(tmp_path, fill, "--no-overlaps", seconds=3_000)
    one_outcome_each(scanned)
    nothing_outside(scanned)
    nothing_obeyed(scanned)


@pytest.fixture
def growing() -> Iterator[Callable[[Path], None]]:
    """Writes to a file until the test ends."""
    stop, threads = threading.Event(), list[threading.Thread]()

    def grow(path: Path) -> None:
        def write() -> None:
            while not stop.wait(0.02):
                with suppress(FileNotFoundError), path.open("ab") as file:
                    file.write(b"\0\0\0\x08free")

        threads.append(threading.Thread(target=write))
        threads[-1].start()

    yield grow
    stop.set()
    for thread in threads:
        thread.join()


def test_a_file_that_grows_is_called_changed(tmp_path: Path, small: bytes, growing: Callable[[Path], None]) -> None:
    places = watching.places(tmp_path)
    (places.evidence / "grows.mp4").write_bytes(small)
    growing(places.evidence / "grows.mp4")
    done = watching.run(places, watching.scan_command(places, "--jobs", "1"), 200)
    assert done.returncode in {3, 4}, done.stderr
    (item,) = json.loads((places.case / "index.json").read_text("utf-8"))["items"]
    assert item["outcome"] == "changed"


def test_a_case_folder_within_the_evidence_is_refused(tmp_path: Path, small: bytes) -> None:
    places = watching.places(tmp_path)
    (places.evidence / "small.mp4").write_bytes(small)
    before = watching.kept(tmp_path)
    for case in (places.evidence / "case", places.evidence, tmp_path):
        command = [*watching.scan_command(places)[:4], str(places.evidence), "--out", str(case)]
        assert watching.run(places, command, 60).returncode == 2
    assert watching.kept(tmp_path) == before
