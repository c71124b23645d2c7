"""What `verify` says of a case folder: nothing about a whole one, a sentence about each thing that is not as it was written or scanned."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case.cases import REPORT, SAMPLE, SHA256, list_anew
from entirety.case.child import FATES
from entirety.case.index import print_index
from entirety.case.jobs import Done, Job
from entirety.case.layout import EVIDENCE, MANIFEST, STATE, WORK
from entirety.case.scan import made_by
from entirety.case.state import State
from entirety.case.verify_case import FOUND, Reports, jobs, misprinted_index, reports, second_analysis
from entirety.case.verify_evidence import evidence_files
from entirety.case.verify_files import CaseFiles, case_files, refuse_running
from entirety.case.verify_index import LARGEST, Index, Named, against_audit, against_list, read_index
from entirety.case.verify_item import verify_one
from entirety.case.verify_left import LOOK, look, looks, refused, second_look, unended
from entirety.case.verify_state import Kept, against_state
from entirety.cli.tool import tool
from entirety.errors import CannotOpen, EntiretyError
from entirety.model.case import Case, Entry, Fate

CAFE = os.fsdecode(b"caf\xe9.txt")


def in_process(given: Iterable[Job]) -> Iterator[Done]:
    """Does jobs without children."""
    for job in given:
        try:
            if job.work == LOOK:
                look(job, lambda *_: None)
                yield Done(job, Fate.AUDITED, "", {})
            else:
                yield Done(job, Fate.AUDITED, "", {FOUND: verify_one(job, tool())})
        except EntiretyError as error:
            yield Done(job, FATES.get(type(error), Fate.FAILED), str(error), None)


def said(place: Path, *, quick: bool = True) -> list[str]:
    """Every sentence, in the order of the command."""
    case, folder = place / "case", place / "evidence"
    files, index = case_files(case), read_index(case)
    held = evidence_files(index.files, folder, case)
    places = {} if quick else {one: folder / held.places[one] for one in index.clips if one in held.places}
    known = reports(case, index, files, places)
    misprinted = misprinted_index(files, index, known, tool()) or []
    readable = {sha256: path for sha256, path in places.items() if sha256 in known.readable}
    desks = place / "desks"

    def desk(name: str) -> Path:
        (desks / name).mkdir(parents=True)
        return desks / name

    found = [
        *files.differences,
        *index.differences,
        *against_list(index, case),
        *held.differences,
        *known.differences,
        *misprinted,
    ]
    for done in in_process(jobs(readable, case, desk, threads=True)):
        found += second_analysis(done, index, files)
    return found + looked(place, () if quick else refused(index))


def looked(place: Path, contents: Iterable[str]) -> list[str]:
    """What a second look at these contents gives."""
    index, folder = read_index(place / "case"), place / "evidence"
    held = evidence_files(index.files, folder, place / "case")
    shut = {sha256: folder / held.places[sha256] for sha256 in contents if sha256 in held.places}
    return [line for done in in_process(looks(index, shut, lambda _: place)) for line in second_look(done, index)]


def change(path: Path, at: int = -1) -> None:
    """Turn one byte round."""
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def rewrite(place: Path, edit: Callable[[list[Any]], object]) -> None:
    """Change index.json, and the list of hashes with it."""
    document = json.loads((place / "case/index.json").read_text())
    edit(document["items"])
    (place / "case/index.json").write_text(json.dumps(document))
    list_anew(place / "case")


def test_a_whole_case_is_left_as_it_is(place: Path) -> None:
    def seen() -> list[tuple[str, int, int]]:
        paths = [p for name in ("case", "evidence") for p in sorted((place / name).rglob("*"))]
        return [(str(p), p.lstat().st_mtime_ns, p.lstat().st_size) for p in paths]

    before = seen()
    assert said(place, quick=False) == []
    assert seen() == before


def test_a_changed_byte_of_a_clip(place: Path) -> None:
    change(place / "evidence/clip.mp4")
    (line,) = said(place)
    assert line.startswith("clip.mp4 is not the file that was scanned: its SHA-256 is ")
    # The other name has the same content still, so the report can be held against it.
    assert len(said(place, quick=False)) == 1


def test_a_changed_report(place: Path) -> None:
    change(place / "case" / REPORT / "report.html")
    expected = f"{REPORT}/report.html is not the file that was written: its SHA-256 is not the listed one"
    assert said(place)[0] == expected
    assert len(said(place)) == 1


def test_a_changed_report_under_lists_written_anew(place: Path) -> None:
    change(place / "case" / REPORT / "report.html")
    list_anew(place / "case" / REPORT)
    list_anew(place / "case")
    (line,) = said(place)
    assert said(place, quick=False) == [line]
    # Nobody changed the statement with it.
    assert line.startswith(f"{REPORT}: report.html is not the page that was written: ")
    assert "statement.intoto.json" in line


def test_a_changed_audit(place: Path) -> None:
    path = place / "case" / REPORT / "audit.json"
    path.write_bytes(path.read_bytes().replace(b'"frames": ', b'"frames": 1', 1))
    list_anew(place / "case" / REPORT)
    list_anew(place / "case")
    assert any(line.startswith(f"{REPORT}: clip.frames: recorded 1") for line in said(place, quick=False))


def test_a_missing_still(place: Path) -> None:
    still = next((place / "case" / REPORT / "stills").iterdir())
    still.unlink()
    name = f"{REPORT}/stills/{still.name}"
    assert said(place, quick=False) == [f"{name} is missing from the case folder"]


def test_a_file_that_nobody_wrote(place: Path) -> None:
    (place / "case/extra.html").write_text("new")
    (place / "case" / WORK / "left.part").write_text("is thrown away")
    assert said(place) == [f"extra.html is not listed in {MANIFEST}"]


def test_renamed_missing_and_new_evidence(place: Path) -> None:
    folder = place / "evidence"
    (folder / "note.txt").rename(folder / "below/letter.txt")
    (folder / CAFE).unlink()
    (folder / "later.mp4").write_bytes(b"new")
    shutil.copy(folder / "clip.mp4", folder / "third.mp4")
    assert sorted(said(place)) == sorted(
        [
            "note.txt moved: the same bytes are under the name below/letter.txt now",
            f"{CAFE} is missing from the folder of evidence",
            "later.mp4 is new in the folder of evidence: the index does not list it",
            "third.mp4 is new in the folder of evidence: the index does not list it; its bytes are those of below/copy of clip.mp4",
        ]
    )


def test_what_had_no_hash_and_has_one_now(place: Path) -> None:
    (place / "evidence/empty.mp4").write_bytes(b"not any more")
    assert said(place) == ["empty.mp4 was empty when the folder was scanned and is not any more: it was not examined"]


def test_a_link_in_the_place_of_a_file(place: Path, tmp_path: Path) -> None:
    for path in (place / "evidence/note.txt", place / "case/index.html", place / "case" / REPORT / "audit.json"):
        kept = tmp_path / path.name
        shutil.move(path, kept)
        path.symlink_to(kept)
    found = said(place, quick=False)
    assert len(found) == 4
    assert all("link" in line or "is no file" in line for line in found)


def test_a_link_in_the_place_of_a_report(place: Path, tmp_path: Path) -> None:
    shutil.move(place / "case" / REPORT, tmp_path / "elsewhere")
    (place / "case" / REPORT).symlink_to(tmp_path / "elsewhere")
    found = said(place, quick=False)
    assert f"below/copy of clip.mp4: its report was not read: {REPORT} is no file" in found
    assert f"{REPORT}/audit.json is missing from the case folder" in found


def test_a_list_that_points_outside(place: Path) -> None:
    with (place / "case" / MANIFEST).open("a") as file:
        file.write(f"{'ab' * 32}  ../evidence/note.txt\n{'ab' * 32}  /etc/hostname\n")
    found = said(place)
    assert len(found) == 2
    assert all("names a place outside the folder" in line for line in found)


def test_no_list(place: Path) -> None:
    (place / "case" / MANIFEST).unlink()
    found = said(place)
    assert found[0].startswith("the files of the case cannot be checked against a list: ")
    assert any(line.startswith("index.json is not listed") for line in found)


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("answer", "none-found-at-all", "gives the answer as none-found-at-all, its report as "),
        ("sentence", "All is well.", "in other words"),
        ("more_findings", 3, "findings, its report "),
        ("report", "items/other/report.html", "names another report"),
    ],
)
def test_an_index_that_says_other_things_than_a_report(place: Path, member: str, value: object, words: str) -> None:
    def edit(entries: list[dict[str, object]]) -> None:
        for one in entries:
            if one["outcome"] == "audited":
                one[member] = value

    rewrite(place, edit)
    (line,) = said(place)
    assert line.startswith("below/copy of clip.mp4: index.json ")
    assert words in line


def test_an_index_that_leaves_a_clip_out(place: Path) -> None:
    rewrite(
        place, lambda entries: entries.__setitem__(slice(None), [one for one in entries if one["outcome"] != "audited"])
    )
    found = said(place)
    assert f"{REPORT} holds a report that index.json does not list" in found
    assert f"clip.mp4: index.json and {EVIDENCE} do not say the same of it" in found
    assert any(line.startswith("clip.mp4 is new in the folder of evidence") for line in found)


@pytest.mark.parametrize(
    "changed",
    [
        {"path": "../up"},
        {"path": 5},
        {"path_bytes": "zz"},
        {"sha256": "ab"},
        {"outcome": "fine"},
        {"findings": 1},
        {"outcome": "empty"},
    ],
)
def test_an_entry_that_makes_no_sense(place: Path, changed: dict[str, object]) -> None:
    rewrite(place, lambda entries: entries[-1].update(changed))
    found = said(place)
    assert found[0].startswith("entry 6 of index.json is none that this program wrote: ")
    # What it was about is not lost from sight.
    assert any("note.txt is new" in line for line in found)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"items": 5}', b"[" * 100_000, b'{"items": [NaN}', b"\xff"])
def test_an_index_that_is_none(place: Path, content: bytes) -> None:
    (place / "case/index.json").write_bytes(content)
    with pytest.raises(CannotOpen, match=r"index\.json is no index"):
        read_index(place / "case")


def test_a_huge_index_is_not_read(place: Path) -> None:
    os.truncate(place / "case/index.json", LARGEST + 1)
    with pytest.raises(CannotOpen, match="larger than any"):
        read_index(place / "case")


def test_what_a_child_says_is_input(place: Path) -> None:
    case = place / "case"
    files, index = case_files(case), read_index(case)
    job = Job(SHA256, "verify", "", 0, "")
    broken = "a second analysis gave a result that cannot be read"
    for record in (None, {}, {FOUND: 5}, {FOUND: [1]}):
        (line,) = second_analysis(Done(job, Fate.AUDITED, "", record), index, files)
        assert line == f"below/copy of clip.mp4: {broken}"
    flood = second_analysis(Done(job, Fate.AUDITED, "", {FOUND: ["x" * 10_000] * 10_000}), index, files)
    assert sum(map(len, flood)) < 500_000
    for fate in (Fate.CRASHED, Fate.OUT_OF_MEMORY, Fate.TIMED_OUT):
        (line,) = second_analysis(Done(job, fate, "It ended.", None, words="oh"), index, files)
        assert line.endswith("; last words: oh")


@pytest.mark.parametrize("name", ["index.html", "index.csv", "index.sarif"])
def test_a_form_of_the_index_that_is_not_what_is_printed(place: Path, name: str) -> None:
    with (place / "case" / name).open("ab") as file:
        file.write(b" ")
    list_anew(place / "case")
    assert said(place) == [f"{name} is not what the reports and the entries of the index print"]


def test_a_reason_that_was_changed_shows_in_the_other_forms(place: Path) -> None:
    rewrite(place, lambda entries: entries[-1].update(reason="Nothing to see."))
    found = said(place)
    assert "index.csv is not what the reports and the entries of the index print" in found


def test_another_version_may_print_another_index(place: Path) -> None:
    files, index = case_files(place / "case"), read_index(place / "case")
    known = reports(place / "case", index, files, ())
    assert misprinted_index(files, index, known, tool()) == []
    assert misprinted_index(files, index, known, replace(tool(), version="0.0.1")) is None


def test_another_version_than_the_reports_name(place: Path) -> None:
    document = json.loads((place / "case/index.json").read_text())
    document["tool"]["version"] = "0.0.1"
    (place / "case/index.json").write_text(json.dumps(document))
    list_anew(place / "case")
    # For the sake of the report of this version: else the version in the index would keep the page from being checked.
    assert said(place) == ["below/copy of clip.mp4: index.json names another program or version than its report"]


@pytest.mark.parametrize("member", ["tool", "options", "overlaps", "no_overlaps"])
def test_an_index_that_cannot_be_printed_again(place: Path, member: str) -> None:
    document = json.loads((place / "case/index.json").read_text())
    document[member] = 5 if member == "overlaps" else None
    (place / "case/index.json").write_text(json.dumps(document))
    list_anew(place / "case")
    assert said(place) != []


def test_a_scan_that_is_not_at_its_end(place: Path) -> None:
    case = place / "case"
    refuse_running(case)
    (case / STATE).unlink()
    refuse_running(case)
    with State(case / STATE, "test"):
        before = sorted(p.name for p in case.iterdir())
        with pytest.raises(CannotOpen, match="is in use"):
            refuse_running(case)
        assert sorted(p.name for p in case.iterdir()) == before
    refuse_running(case)
    (case / f"{STATE}-journal").write_bytes(b"rows")
    with pytest.raises(CannotOpen, match="come to its end first"):
        refuse_running(case)


def test_a_case_inside_the_evidence_is_no_evidence(place: Path) -> None:
    shutil.move(place / "case", place / "evidence/case")
    index = read_index(place / "evidence/case")
    assert evidence_files(index.files, place / "evidence", place / "evidence/case").differences == ()


def hide(place: Path, fate: Fate) -> None:
    """Turn the audited clip into a file without an audit, print every form of the index anew, and list all hashes anew."""
    case = place / "case"
    entries = tuple(
        replace(one.entry, fate=fate, reason="Nothing to see.") if one.sha256 == SHA256 else one.entry
        for one in read_index(case).files.values()
    )
    for name, content in print_index(
        Case(tool(), (("language", "en"),), entries, (), None, "it was not asked for")
    ).items():
        (case / name).write_bytes(content)
    shutil.rmtree(case / REPORT)
    list_anew(case)


def test_a_clip_that_was_hidden_is_found(place: Path) -> None:
    hide(place, Fate.NOT_VIDEO)
    assert said(place) == []
    assert said(place, quick=False) == [
        "below/copy of clip.mp4: index.json gives its outcome as not-video, and it opens as a video: an audit of it is missing"
    ]


def test_a_clip_that_was_called_damaged(place: Path) -> None:
    rewrite(place, lambda entries: [one.update(outcome="damaged") for one in entries if one["outcome"] == "audited"])
    (line,) = looked(place, [SHA256])
    assert "gives its outcome as damaged, and it opens as a video" in line


def test_what_came_to_no_end_is_counted(place: Path) -> None:
    rewrite(place, lambda entries: [one.update(outcome="crashed") for one in entries if one["outcome"] == "audited"])
    index = read_index(place / "case")
    assert unended(index) == 2
    assert SHA256 not in refused(index)


@pytest.mark.parametrize(
    ("content", "fate"),
    [
        (b"no video", Fate.NOT_VIDEO),
        (b"PK\x03\x04", Fate.ARCHIVE),
        (SAMPLE.read_bytes()[:100], Fate.DAMAGED),
        (b"#EXTM3U\n", Fate.UNSUPPORTED),
    ],
)
def test_a_second_look_gives_the_same_outcome(tmp_path: Path, content: bytes, fate: Fate) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    for listed in (fate, Fate.UNREADABLE):
        one = Named(Entry("a.mp4", len(content), SHA256, listed, "why", video_by_name=True), "", "", (), 0, "")
        index = Index({"a.mp4": one}, ())
        (done,) = in_process(looks(index, {SHA256: tmp_path / "a.mp4"}, lambda _: tmp_path))
        expected = f"a.mp4: index.json gives its outcome as unreadable, a second look as {fate.value}"
        assert second_look(done, index) == ([] if listed is fate else [expected])
        assert second_look(replace(done, fate=Fate.CRASHED, reason="It ended."), index) == [
            "a.mp4: a second look gave no result: it broke off"
        ]


def test_two_names_of_one_content_of_which_other_things_are_said(place: Path) -> None:
    rewrite(place, lambda entries: next(one for one in entries if one["path"] == "clip.mp4").update(outcome="damaged"))
    assert (
        said(place)[0]
        == "clip.mp4 has the bytes of below/copy of clip.mp4, and index.json does not say the same of both"
    )


@pytest.fixture
def kept(place: Path) -> Path:
    """The same with the state that a scan leaves."""
    case = place / "case"
    (case / STATE).unlink()
    with State(case / STATE, made_by(tool(), {"language": "en"})) as state:
        for one in read_index(case).files.values():
            if one.sha256:
                record = {"answer": one.answer} if one.answer else None
                job = Job(one.sha256, "audit", "", 1, "")
                state.keep(Done(job, one.entry.fate, one.entry.reason, record))
    assert against_state(read_index(case), case) == Kept((), "")
    return place


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcome": "not-video"}, "gives its outcome as not-video, case.sqlite as audited"),
        ({"answer": "none-found-at-all"}, "gives the answer as none-found-at-all, case.sqlite as "),
        ({"sha256": "ab" * 32}, "gives its outcome as audited, case.sqlite holds nothing of it"),
    ],
)
def test_an_index_that_says_other_things_than_the_state(kept: Path, changed: dict[str, object], words: str) -> None:
    rewrite(kept, lambda entries: [one.update(changed) for one in entries if one["outcome"] == "audited"])
    found = against_state(read_index(kept / "case"), kept / "case")
    (line,) = found.differences
    assert line.startswith("below/copy of clip.mp4: index.json ")
    assert words in line


def test_a_reason_or_a_program_that_the_state_does_not_name(kept: Path) -> None:
    rewrite(kept, lambda entries: entries[-1].update(reason="Nothing to see."))
    index = read_index(kept / "case")
    (line,) = against_state(index, kept / "case").differences
    assert line == "note.txt: index.json gives the reason in other words than case.sqlite"
    index.document["tool"]["version"] = "0.0.1"
    assert against_state(index, kept / "case").differences[-1] == (
        "index.json names another program, version or settings than case.sqlite does of 50%25 back\\slash\nline.txt and 3 more"
    )


def test_a_state_that_is_none(kept: Path) -> None:
    case, index = kept / "case", read_index(kept / "case")
    whole = (case / STATE).read_bytes()

    def unread() -> str:
        before = sorted(case.iterdir())
        found = against_state(index, case)
        refuse_running(case)
        assert sorted(case.iterdir()) == before
        assert not found.differences
        return found.unread

    for change_of_it, words in (
        ("DROP TABLE done; CREATE VIEW done AS SELECT * FROM files", "not those of a scan"),
        ("DROP TABLE done", "not those of a scan"),
        ("PRAGMA user_version = 9", "of this version"),
        ("UPDATE done SET made_by = '['", "cannot be read"),
        ("UPDATE done SET record = x'ff00'", "cannot be read"),
    ):
        (case / STATE).write_bytes(whole)
        base = sqlite3.connect(case / STATE)
        base.executescript(change_of_it)
        base.close()
        assert words in unread()
    # A file that asks for others beside it, one that is cut off, one that is none, a link, and no file.
    (case / STATE).write_bytes(whole[:18] + b"\2\2" + whole[20:])
    unread()
    for content in (whole[:5000], b"SQLite format 3\0", b""):
        (case / STATE).write_bytes(content)
        assert "cannot be read" in unread()
    (case / STATE).unlink()
    assert unread() == "is not there"
    (case / STATE).symlink_to(kept / "evidence/note.txt")
    assert "cannot be read" in unread()


def test_entries_that_are_lists(place: Path) -> None:
    rewrite(place, lambda entries: entries.__setitem__(slice(0, 2), [["x"], "y"]))
    assert said(place)[:2] == [
        f"entry {n} of index.json is none that this program wrote: it is no object" for n in (0, 1)
    ]


VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**70,
    1.5,
    "",
    "x",
    "\ud800",
    "a/../b",
    [],
    ["x"],
    {},
    {"x": "y"},
    [["x", "y"]],
    "ab" * 32,
    "audited",
)


@pytest.fixture(scope="module")
def whole(made_case: Path) -> tuple[CaseFiles, Reports, str]:
    """Files, reports and index of the case as it was made."""
    case = made_case / "case"
    files = case_files(case)
    return files, reports(case, read_index(case), files, ()), (case / "index.json").read_text()


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_index_is_read_or_refused(
    made_case: Path, whole: tuple[CaseFiles, Reports, str], tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever stands in the index, nothing but a difference or CannotOpen comes of it."""
    case, (files, known, text) = made_case / "case", whole
    document = json.loads(text)
    for _ in range(data.draw(st.integers(1, 3))):
        places = [
            (holder, key)
            for holder in _holders(document)
            for key in (holder if isinstance(holder, dict) else range(len(holder)))
        ]
        holder, key = data.draw(st.sampled_from(places)) if places else (document, "items")
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(st.sampled_from(VALUES))
    (tmp_path / "index.json").write_text(json.dumps(document))
    try:
        changed = read_index(tmp_path)
    except CannotOpen:
        return
    lines = [*changed.differences, *against_list(changed, case), *against_state(changed, tmp_path).differences]
    lines += evidence_files(changed.files, made_case / "evidence", case).differences
    lines += [line for one in changed.files.values() for line in against_audit(one, known.items[0])]
    with pytest.MonkeyPatch.context() as patch:
        # Setting the page takes almost all of the time, and its tests have hostile texts of their own.
        patch.setattr("entirety.case.index.case_page", lambda *_: b"")
        lines += misprinted_index(files, replace(changed, differences=()), known, tool()) or []
    assert all(isinstance(line, str) for line in lines)
    assert unended(changed) >= 0


def _holders(value: object) -> Iterator[Any]:
    """Every object and list in a document that has a member."""
    if isinstance(value, dict | list):
        yield value
        for member in value.values() if isinstance(value, dict) else value:
            yield from _holders(member)
