"""Small case folders made by hand: folders of evidence, and what a scan would have written of them."""

import hashlib
import os
import shutil
from pathlib import Path

from entirety.case.index import write_index
from entirety.case.layout import HASHES, LOG, MANIFEST, PICTURES, STATE, WORK, item_folder
from entirety.cli.tool import tool
from entirety.judge.examine import examine
from entirety.model.case import Case, Entry, Fate, Item
from entirety.report.case_record import listed_item
from entirety.report.framehash import framehash_lines
from entirety.report.write import write_report

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "trim-edit-list.mp4"
SHA256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
REPORT = item_folder(SHA256)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def report(folder: Path) -> Item:
    """Write the report on the sample; returns its line of the index."""
    done = examine(SAMPLE, tool())
    write_report(done.audit, folder, done.pictures, framehash_lines(done.clip))
    return listed_item(done.audit, REPORT, "")


def evidence(folder: Path) -> Path:
    """A clip under two names, a note, an empty file, a link, and names that are hard to list."""
    (folder / "below").mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "clip.mp4")
    shutil.copy(SAMPLE, folder / "below" / "copy of clip.mp4")
    (folder / "note.txt").write_text("no video")
    (folder / "empty.mp4").touch()
    (folder / "50%25 back\\slash\nline.txt").write_text("a name that breaks lines")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("a name in another coding")
    (folder / "link.mp4").symlink_to("clip.mp4")
    return folder


def entry(folder: Path, path: str) -> Entry:
    """One name as a scan writes it down."""
    place = folder / path
    size = 0 if place.is_symlink() else place.stat().st_size
    if place.is_symlink():
        return Entry(path, 0, "", Fate.LINK, "It is a link, which is not followed.", video_by_name=True)
    if not size:
        return Entry(path, 0, "", Fate.EMPTY, "The file is empty; ask for it again.", video_by_name=True)
    digest = sha256(place)
    fate = Fate.AUDITED if digest == SHA256 else Fate.NOT_VIDEO
    reason = "" if fate is Fate.AUDITED else "There is no video in it."
    return Entry(path, size, digest, fate, reason, video_by_name=path.endswith(".mp4"))


def line(digest: str, name: str) -> bytes:
    """As `sha256sum` writes it."""
    raw = os.fsencode(name)
    escaped = raw.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return (b"" if raw == escaped else b"\\") + digest.encode() + b"  " + escaped + b"\n"


def list_anew(case: Path) -> None:
    """Write the list of hashes of a case folder, as a scan does, and as somebody can who changed a file in it."""
    names = sorted(str(p.relative_to(case)) for p in case.rglob("*") if p.is_file() and not p.is_symlink())
    listed = [
        name for name in names if name not in (MANIFEST, LOG, STATE) and not name.startswith((f"{HASHES}/", f"{WORK}/"))
    ]
    (case / MANIFEST).write_bytes(b"".join(line(sha256(case / name), name) for name in listed))


def case_of(folder: Path, case: Path) -> Path:
    """The case folder that a scan of this folder of evidence leaves."""
    item = report(case / REPORT)
    for name in (PICTURES, HASHES, WORK):
        (case / name).mkdir()
    (case / HASHES / "kept.npy").write_bytes(b"can be made again")
    (case / STATE).write_bytes(b"SQLite format 3\0")
    (case / LOG).write_text("2026-11-26T16:00:00+00:00 scan\n")
    paths = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    entries = tuple(entry(folder, path) for path in paths)
    write_index(Case(tool(), (("language", "en"),), entries, (item,), None, "it was not asked for", folder.name), case)
    return case
