"""Packages to hand over: whole by their own lists and by a second reader, never half-written, and only of what the case lists."""

import os
import re
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import bagit
import pytest

from case.cases import REPORT, sha256
from entirety.case.bag import Packed, encoded, write_bag
from entirety.case.bag_payload import Payload, payload_of_case, payload_of_evidence
from entirety.case.layout import HASHES, STATE
from entirety.case.verify_files import case_files
from entirety.case.verify_index import read_index
from entirety.errors import CannotOpen, Mismatch, OutputRefused

INFO = [("Bagging-Date", "2026-11-26"), ("External-Description", "word " * 60)]
HARD = "50%25 back\\slash\nline.txt"
CAFE = os.fsdecode(b"caf\xe9.txt")


def pack(place: Path, *, with_evidence: bool = True, whole: bool = False) -> Packed:
    case = place / "case"
    payload = payload_of_case(case, case_files(case), whole=whole)
    if with_evidence:
        payload += payload_of_evidence(place / "evidence", read_index(case))
    return write_bag(place / "bag", payload, INFO)


def listed(path: Path) -> dict[str, str]:
    """A list of hashes, read as RFC 8493 says."""
    lines = path.read_bytes().decode("utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    codes = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    return {re.sub("%0D|%0A|%25", lambda found: codes[found.group()], name): digest for digest, name in pairs}


def there(bag: Path) -> dict[str, str]:
    return {str(p.relative_to(bag)): sha256(p) for p in bag.rglob("*") if p.is_file()}


def left(place: Path) -> set[str]:
    return {p.name for p in place.iterdir()}


def test_the_lists_hold_every_file(place: Path) -> None:
    packed = pack(place)
    files = there(place / "bag")
    payload = {name: digest for name, digest in files.items() if name.startswith("data/")}
    assert listed(place / "bag/manifest-sha256.txt") == payload
    tags = {name: digest for name, digest in files.items() if "/" not in name and name != "tagmanifest-sha256.txt"}
    assert listed(place / "bag/tagmanifest-sha256.txt") == tags
    assert set(tags) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "original-names.txt"}
    assert (packed.files, packed.renamed, packed.escaped) == (len(payload), 1, 1)
    size = sum((place / "bag" / name).stat().st_size for name in payload)
    assert f"Payload-Oxum: {size}.{len(payload)}\n" in (place / "bag/bag-info.txt").read_text()
    assert (place / "bag/bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert all(len(line) <= 79 for line in (place / "bag/bag-info.txt").read_text().splitlines())


# It hands the number of replacements over by its place, of which Python warns from 3.13 on.
@pytest.mark.filterwarnings("ignore:'count' is passed as positional argument:DeprecationWarning")
def test_a_second_reader_finds_it_whole(place: Path) -> None:
    # The standard's way to write `%` is read back by no release of it.
    pack(place, with_evidence=False)
    bagit.Bag(str(place / "bag")).validate(processes=1)
    assert bagit.Bag(str(place / "bag")).info["External-Description"].split() == ["word"] * 60
    with (place / "bag/data/case" / REPORT / "report.html").open("ab") as file:
        file.write(b" ")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(place / "bag")).validate(processes=1)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the program is not on this machine")
def test_the_common_program_finds_it_whole(place: Path) -> None:
    pack(place, with_evidence=False)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", name], cwd=place / "bag", check=True)


def test_names_and_dates_are_kept(place: Path) -> None:
    os.utime(place / "evidence/clip.mp4", ns=(10**18 + 5, 10**18 + 5))
    pack(place)
    folder = place / "bag/data/evidence"
    stand_in = next(folder.glob("caf_~*.txt")).name
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == {
        "clip.mp4",
        "below/copy of clip.mp4",
        "note.txt",
        "empty.mp4",
        HARD,
        stand_in,
    }
    assert (folder / "clip.mp4").stat().st_mtime_ns == 10**18 + 5
    names = (place / "bag/original-names.txt").read_text()
    assert names.endswith(f"  data/evidence/{stand_in}\n")
    assert bytes.fromhex(names.split("  ")[0]) == os.fsencode(CAFE)


def test_what_can_be_made_again_is_left_out_unless_asked(place: Path) -> None:
    pack(place, with_evidence=False)
    assert (place / "bag/data/case" / STATE).is_file()
    assert not (place / "bag/data/case" / HASHES).exists()
    shutil.rmtree(place / "bag")
    pack(place, with_evidence=False, whole=True)
    assert (place / "bag/data/case" / HASHES / "kept.npy").is_file()


def test_changed_missing_or_linked_evidence_stops_it(place: Path) -> None:
    note = place / "evidence/note.txt"
    note.write_text("NO video")
    with pytest.raises(Mismatch, match=r"note\.txt is not the file that the case lists"):
        pack(place)
    note.unlink()
    with pytest.raises(Mismatch, match=r"note\.txt is listed in the case and is missing"):
        pack(place)
    note.symlink_to("clip.mp4")
    with pytest.raises(CannotOpen, match=r"note\.txt cannot be read"):
        pack(place)
    assert left(place) == {"case", "evidence"}


def test_a_case_that_is_not_as_it_was_written(place: Path) -> None:
    (place / "case/index.html").write_text("other")
    with pytest.raises(Mismatch, match="run `entirety verify`"):
        pack(place)
    assert left(place) == {"case", "evidence"}


def test_an_index_that_makes_no_sense(place: Path) -> None:
    case = place / "case"
    (case / "index.json").write_text('{"items": [{"path": "../up"}]}')
    with pytest.raises(Mismatch, match="The index is not as it was written"):
        payload_of_evidence(place / "evidence", read_index(case))


@pytest.mark.parametrize("name", ["bag", "bag.part"])
def test_nothing_is_written_over(place: Path, name: str) -> None:
    (place / name).symlink_to("nowhere")
    with pytest.raises(OutputRefused, match=rf"{name} is there already"):
        pack(place)
    assert left(place) == {"case", "evidence", name}


def test_an_interruption_leaves_nothing(place: Path) -> None:
    files = case_files(place / "case")
    seen = []

    def stop(done: int, total: int) -> None:
        seen.append(left(place))
        if len(seen) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bag(place / "bag", payload_of_case(place / "case", files, whole=False), INFO, stop)
    assert all(names == {"case", "evidence", "bag.part"} for names in seen)
    assert left(place) == {"case", "evidence"}


def test_a_full_disk_is_said_before(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(OutputRefused, match="make room"):
        pack(place)
    assert left(place) == {"case", "evidence"}


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(80 << 20)
    tracemalloc.start()
    try:
        write_bag(tmp_path / "bag", [Payload(tmp_path / "large", "data/large", "", 80 << 20)], INFO)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_originals_are_only_read(place: Path) -> None:
    def seen() -> list[tuple[str, int, int]]:
        paths = [p for name in ("case", "evidence") for p in sorted((place / name).rglob("*"))]
        return [(str(p), p.lstat().st_mtime_ns, p.lstat().st_size) for p in paths]

    before = seen()
    pack(place)
    assert seen() == before


@pytest.mark.parametrize(
    ("name", "written"), [("a%b", "a%25b"), ("a\nb\rc", "a%0Ab%0Dc"), ("a%0Ab", "a%250Ab"), ("é ü", "é ü")]
)
def test_a_name_as_the_standard_writes_it(name: str, written: str) -> None:
    assert encoded(name) == written
