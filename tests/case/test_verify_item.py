"""What `verify` says of one report: nothing of a whole one, and of each thing that was changed a sentence of its own."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from case.cases import SAMPLE
from entirety.case import verify_item
from entirety.case.verify_item import How, Verified, verified
from entirety.cli.tool import tool
from entirety.errors import CannotOpen, Environment
from entirety.judge.examine import Examination, examine
from entirety.model.audit import Audit, RunRecord
from entirety.model.copies import Copy
from entirety.model.stated import Stated
from entirety.report import recheck, reprint, resealed
from entirety.report.beside import SYSTEM, look_at
from entirety.report.document import serialise, to_document
from entirety.report.exports import exports
from entirety.report.framehash import framehash_lines
from entirety.report.names import ENVELOPE, LATER, MANIFEST, STATEMENT
from entirety.report.pades import open_identity, signed
from entirety.report.seal import fingerprint, seal
from entirety.report.statement import statement
from entirety.report.view import View
from entirety.report.wording import Catalogue
from entirety.report.write import Finish, printed, render, view_of, write_report
from report.certificates import PASSPHRASE, SIGNED, identity_file

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
RUN = RunRecord("2026-11-26T18:00:00+00:00", 1.5, "entirety audit clip.mp4", "Python 3.11, Linux")
TOOL = tool()
VERSION = TOOL.version


@dataclass(frozen=True)
class Memory:
    """What was printed, and what from: the same is always printed from the same, as others test."""

    views: dict[tuple[object, ...], View]
    forms: dict[tuple[str, int], bytes]
    exports: dict[tuple[object, ...], dict[str, bytes]]

    def exported(self, audit: Audit, words: Catalogue) -> dict[str, bytes]:
        key = words.language, len(audit.findings), audit.answer, audit.stored, audit.copies
        if key not in self.exports:
            self.exports[key] = exports(audit, words)
        return self.exports[key]


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hashes_of(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): sha256(p) for p in folder.rglob("*") if p.is_file()}


def list_anew(folder: Path) -> None:
    """What somebody does who changes a report and knows of the list of hashes."""
    lines = [f"{sha256}  {name}\n" for name, sha256 in sorted(hashes_of(folder).items()) if name != MANIFEST]
    (folder / MANIFEST).write_text("".join(lines))


def seal_anew(
    folder: Path, audit: Audit, key: Ed25519PrivateKey = KEY, *, languages: tuple[str, ...] = ("en",)
) -> None:
    """And of everything else that vouches for it."""
    (folder / STATEMENT).write_bytes(statement(audit, hashes_of(folder), languages))
    (folder / ENVELOPE).write_bytes(seal((folder / STATEMENT).read_bytes(), key))
    list_anew(folder)


@dataclass(frozen=True)
class Case:
    """A clip, the report on it, and the audit in the report."""

    clip: Path
    folder: Path
    audit: Audit

    def said(self, **how: Any) -> Verified:
        return verified(self.folder, self.clip, replace(How(TOOL, Catalogue("en")), **how))

    def differences(self, **how: Any) -> tuple[str, ...]:
        return self.said(**how).differences

    def change(self, name: str, old: bytes = b"", new: bytes = b" ") -> None:
        """Put `new` in the place of `old`, or at the end."""
        content = (self.folder / name).read_bytes()
        assert old in content
        (self.folder / name).write_bytes(content.replace(old, new, 1) if old else content + new)


@pytest.fixture(scope="module")
def examined() -> Examination:
    done = examine(SAMPLE, TOOL)
    return replace(done, audit=replace(done.audit, run=RUN))


@pytest.fixture(scope="module")
def sealed(examined: Examination, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed report with exports; not to be changed."""
    folder = tmp_path_factory.mktemp("sealed") / "report"
    finish = Finish(seal=lambda content: seal(content, KEY))
    write_report(examined.audit, folder, examined.pictures, framehash_lines(examined.clip), finish=finish)
    return folder


@pytest.fixture
def case(sealed: Path, examined: Examination, tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A copy of it, to be changed. The clip is not decoded again, and nothing is printed twice that is printed from the same."""

    def again(path: Path, *_: Any, **__: Any) -> Examination:
        assert path.read_bytes() == SAMPLE.read_bytes()
        return examined

    def view_once(audit: Audit, words: Catalogue, hashes: Mapping[str, str]) -> View:
        key = words.language, *sorted(hashes.items())
        if key not in memory.views:
            memory.views[key] = view_of(audit, words, hashes)
        return memory.views[key]

    def print_once(form: str, view: View, audit: Audit, folder: Path, pngs: Mapping[str, bytes]) -> bytes:
        # A view that is kept is one object for one content.
        if (form, id(view)) not in memory.forms:
            memory.forms[form, id(view)] = printed(form, view, audit, folder, pngs)
        return memory.forms[form, id(view)]

    monkeypatch.setattr(verify_item, "examine", again)
    monkeypatch.setattr(reprint, "view_of", view_once)
    monkeypatch.setattr(reprint, "printed", print_once)
    monkeypatch.setattr(reprint, "exports", memory.exported)
    shutil.copytree(sealed, tmp_path / "report")
    shutil.copy(SAMPLE, tmp_path / "clip.mp4")
    return Case(tmp_path / "clip.mp4", tmp_path / "report", recheck.recorded_audit(tmp_path / "report"))


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory({}, {}, {})


def test_a_whole_report(case: Case) -> None:
    before = hashes_of(case.folder)
    assert case.said() == Verified(
        (),
        (
            (
                f"The signature is intact for the key with the fingerprint {fingerprint(KEY.public_key())}. Whose key that is, nothing in the report "
                "can say: learn it from its owner, or give the owner's key with --key."
            ),
        ),
    )
    assert hashes_of(case.folder) == before


def test_whose_signature_it_is(case: Case) -> None:
    done = case.said(key=public(KEY))
    assert done.differences == ()
    assert (
        done.notes[0]
        == f"The signature is intact, and made with the key that was given, {fingerprint(KEY.public_key())}."
    )
    (line,) = case.differences(key=public(OTHER))
    assert line == (
        f"{ENVELOPE} was signed with the key {fingerprint(KEY.public_key())}, not with the key that was given, "
        f"{fingerprint(OTHER.public_key())}: it is somebody else's signature"
    )
    with pytest.raises(CannotOpen, match="no public key"):
        case.said(key=b"no key")


def test_a_byte_of_the_clip(case: Case) -> None:
    content = bytearray(case.clip.read_bytes())
    content[content.index(b"mdat") + len(content) // 2] ^= 0xFF
    case.clip.write_bytes(content)
    done = case.said()
    other, frame = done.differences
    assert other.startswith("clip.mp4 is not the file that was audited: its SHA-256 is ")
    assert frame.startswith("the first frame that differs is frame ")
    assert any(note.startswith("No second analysis was made") for note in done.notes)


def test_a_byte_of_the_audit(case: Case) -> None:
    case.change("audit.json", b'"stored": ', b'"stored": 1')
    done = case.differences()
    assert done[0].startswith("clip.stored: recorded 1")
    assert done[1] == (
        f"audit.json has the SHA-256 {sha256(case.folder / 'audit.json')}, and {MANIFEST}, {STATEMENT}, report.html, report.pdf carry another one: "
        "either the audit was changed after they were made, or they were changed"
    )


def test_an_audit_that_only_some_carry(case: Case) -> None:
    case.change("report.html", sha256(case.folder / "audit.json").encode(), b"0" * 64)
    about_audit, about_page = case.differences()
    assert "and report.html carries another one: " in about_audit
    assert about_audit.endswith(f"; carried as it is by {MANIFEST}, {STATEMENT}, report.pdf")
    assert about_page.startswith("report.html is not the page that was written: ")


def test_an_audit_that_cannot_be_read(case: Case) -> None:
    case.change("audit.json", b'"schema_version": 1', b'"schema_version": "')
    (line,) = case.differences()
    assert line.startswith("audit.json was changed after it was written: ")
    (case.folder / "audit.json").unlink()
    (line,) = case.differences()
    assert line.startswith("audit.json is missing from the report folder: without it nothing else")


def test_an_audit_that_holds_more_than_the_report_prints(case: Case) -> None:
    case.change("audit.json", b'"schema_version": 1,', b'"schema_version": 1, "verdict": "nothing to see",')
    render(case.folder, finish=Finish(seal=lambda content: seal(content, KEY)))
    (line,) = case.differences()
    assert line.startswith("audit.json is not written as this program writes it: ")


LISTED = [
    ("findings.csv", "findings.csv is not the file that was written: ", "What it lists need not be what"),
    ("README.txt", "README.txt is not the file that was written: ", "What it lists need not be what"),
    ("frames.framehash", "frames.framehash is not the file that was written: ", "Hold no frame of a clip against it."),
    ("report.html", "report.html is not the page that was written: ", "What it says need not be what"),
    (STATEMENT, f"{STATEMENT} is not the statement that was written: ", "What it says of the other files"),
]


@pytest.mark.parametrize(("name", "begin", "meaning"), LISTED)
def test_a_byte_of_a_file(case: Case, name: str, begin: str, meaning: str) -> None:
    case.change(name)
    line = next(line for line in case.differences() if line.startswith(f"{name} "))
    assert line.startswith(f"{begin}its SHA-256 is not the one in {MANIFEST}")
    assert meaning in line


MADE = [
    ("findings.csv", "findings.csv is not what this audit gives: "),
    ("README.txt", "README.txt is not what this audit gives: "),
    ("frames.framehash", "frames.framehash does not list the frames of this clip"),
    ("report.html", "report.html does not print this audit: "),
]


@pytest.mark.parametrize(("name", "begin"), MADE)
def test_a_file_changed_with_everything_that_vouches_for_it(case: Case, name: str, begin: str) -> None:
    case.change(name)
    seal_anew(case.folder, case.audit)
    (line,) = case.differences()
    assert line.startswith(begin)


def test_a_picture(case: Case) -> None:
    name = case.audit.stills[0].file
    case.change(name)
    (line,) = case.differences()
    assert line == (
        f"{name} is not the picture that was written: its SHA-256 is not the one in {MANIFEST}, {STATEMENT}, audit.json. "
        "What it shows need not be in the clip."
    )
    seal_anew(case.folder, case.audit)
    (line,) = case.differences()
    assert line == f"{name} is not the picture that the audit cites. What it shows need not be in the clip."
    (case.folder / name).unlink()
    list_anew(case.folder)
    assert f"{name} is missing from the report folder: {STATEMENT} lists it" in case.differences()


def with_review_copy(case: Case) -> Case:
    """The report with a review copy, printed and sealed anew."""
    (case.folder / "review-copy.mp4").write_bytes(b"plays")
    copy = Copy("review", 0, "review-copy.mp4", sha256(case.folder / "review-copy.mp4"), 9, 0)
    audit = replace(case.audit, copies=(copy,))
    (case.folder / "audit.json").write_bytes(serialise(to_document(audit)))
    render(case.folder, finish=Finish(seal=lambda content: seal(content, KEY)))
    return replace(case, audit=audit)


def test_the_review_copy(case: Case) -> None:
    assert not case.said().review
    case = with_review_copy(case)
    done = case.said()
    assert done.differences == ()
    assert done.review
    assert any(note.startswith("review-copy.mp4 is for looking only: ") for note in done.notes)
    case.change("review-copy.mp4")
    (line,) = case.differences()
    assert line.startswith(
        f"review-copy.mp4 is not the review copy that was written: its SHA-256 is not the one in {MANIFEST}"
    )


def test_pictures_and_copies_that_the_audit_does_not_cite(case: Case) -> None:
    names = ("hidden-track-7.mkv", "review-copy.mp4", "stills/hidden-000999.png")
    for name in names:
        (case.folder / name).write_bytes(b"other")
    unlisted = case.differences()
    assert [line for line in unlisted if " is no part of a report" in line] == [
        f"{name} is no part of a report: nothing in the report vouches for it" for name in names
    ]
    seal_anew(case.folder, case.audit)
    assert case.differences() == tuple(foreign(name) for name in names)


def foreign(name: str) -> str:
    return (
        f"{name} is listed in {MANIFEST}, {STATEMENT} and is no file that this program writes: nothing else in the report "
        "vouches for it"
    )


def test_a_link_or_a_folder_for_the_audit(case: Case, tmp_path: Path) -> None:
    path = case.folder / "audit.json"
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    link, *_ = case.differences()
    assert link == "audit.json is a link or a device, not a file: nothing behind it was read"
    path.unlink()
    path.mkdir()
    (line,) = case.differences()
    assert line.startswith("audit.json is missing from the report folder: ")


@pytest.mark.parametrize("name", [STATEMENT, ENVELOPE, MANIFEST, "report.html", "frames.framehash"])
def test_a_folder_for_a_file(case: Case, name: str) -> None:
    (case.folder / name).unlink()
    (case.folder / name).mkdir()
    (case.folder / name / "x").write_bytes(b"x")
    lines = case.differences()
    assert f"{name}/x is no part of a report: nothing in the report vouches for it" in lines
    assert any(line.startswith(f"{name} is missing") for line in lines)


def test_a_list_that_was_changed(case: Case) -> None:
    case.change(MANIFEST, sha256(case.folder / "report.html").encode(), b"0" * 64)
    assert case.differences() == (
        f"{MANIFEST} states another SHA-256 of report.html than it has; the file itself is what follows from the audit: the list was changed.",
    )


@pytest.mark.parametrize("content", [b"", b"ab  report.html\n", b"\xff", b"ab" * 32 + b"  ../report.html\n"])
def test_a_list_that_is_none(case: Case, content: bytes) -> None:
    (case.folder / MANIFEST).write_bytes(content)
    assert case.differences() == (
        f"{MANIFEST} is missing or unreadable: the files of the report cannot be checked against it",
    )


def test_missing_files(case: Case) -> None:
    for name in ("report.html", "README.txt", STATEMENT):
        (case.folder / name).unlink()
    missing = [line for line in case.differences() if " is missing from the report folder" in line]
    assert missing == [
        f"{name} is missing from the report folder: {MANIFEST} lists it"
        for name in ("README.txt", "report.html", STATEMENT)
    ]


def test_files_that_are_none_of_ours(case: Case) -> None:
    (case.folder / "note.html").write_text("read me")
    (case.folder / ".DS_Store").write_bytes(b"seen")
    (case.folder / "link.html").symlink_to("report.html")
    done = case.said()
    assert done.differences == (
        "link.html is a link or a device, not a file: nothing behind it was read",
        "note.html is no part of a report: nothing in the report vouches for it",
    )
    assert any(note.startswith(".DS_Store was put into the report folder by a computer") for note in done.notes)
    assert ".DS_Store" in SYSTEM
    (case.folder / "link.html").unlink()
    list_anew(case.folder)
    assert (
        f"note.html is listed in {MANIFEST} and is no file that this program writes: nothing else in the report vouches for it"
        in case.differences()
    )


def test_a_list_that_was_shortened(case: Case) -> None:
    case.change(MANIFEST, f"{sha256(case.folder / 'README.txt')}  README.txt\n".encode(), b"")
    (line,) = case.differences()
    assert line.startswith(f"README.txt is part of a report and is not listed in {MANIFEST}: ")


def test_a_page_under_the_name_of_another_language(case: Case) -> None:
    for form in ("html", "pdf"):
        shutil.copy(case.folder / f"report.{form}", case.folder / f"report.ru.{form}")
    seal_anew(case.folder, case.audit)
    assert case.differences() == (foreign("report.ru.html"), foreign("report.ru.pdf"))
    seal_anew(case.folder, case.audit, languages=("en", "ru"))
    assert [line.split(": ", 1)[0] for line in case.differences()] == [
        "report.ru.html does not print this audit",
        "report.ru.pdf does not print this audit",
    ]


def test_the_languages_are_those_of_the_statement(case: Case) -> None:
    seal_anew(case.folder, case.audit, languages=("ru", "en", "kk"))
    said = case.differences()
    for name in ("report.html", "report.pdf", "README.txt"):
        assert any(line.startswith((f"{name} does not print", f"{name} is not what this audit gives")) for line in said)
    for code in ("en", "kk"):
        assert f"report.{code}.html is missing from the report folder" in said
        assert f"report.{code}.pdf is missing from the report folder" in said
    (case.folder / "report.uk.html").write_bytes(b"page")
    seal_anew(case.folder, case.audit, languages=("en", "uk"))
    assert case.differences() == (foreign("report.uk.html"), "report.uk.pdf is missing from the report folder")
    for none in ((), ("en", "en"), ("../en",), ("uk",)):
        (case.folder / "report.uk.html").unlink(missing_ok=True)
        seal_anew(case.folder, case.audit, languages=none)
        lines = case.differences()
        assert (f"{STATEMENT} does not state this report: " in "".join(lines)) == (none != ("uk",))


@pytest.mark.parametrize("old", [b'"answer": "', b'"version": "', b'"urn', b'"strong": '])
def test_a_statement_that_says_something_else(case: Case, old: bytes) -> None:
    if old == b'"urn':
        case.change(STATEMENT, b"audit/v1", b"audit/v2")
    else:
        case.change(STATEMENT, old, old + b"1")
    (case.folder / ENVELOPE).write_bytes(seal((case.folder / STATEMENT).read_bytes(), KEY))
    list_anew(case.folder)
    assert case.differences() == (
        f"{STATEMENT} does not state this report: what it says of the audit or of its files is not what follows from them",
    )


def test_a_statement_that_cannot_be_read(case: Case) -> None:
    (case.folder / STATEMENT).write_bytes(b"[" * 100_000)
    list_anew(case.folder)
    first, second = case.differences()
    assert first.startswith(f"{ENVELOPE} signs another statement than {STATEMENT}: ")
    assert second.startswith(f"{STATEMENT} is no statement that this program wrote: ")


def enveloped(edit: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        document = json.loads(content)
        edit(document)
        return json.dumps(document, indent=2).encode() + b"\n"

    return changed


ENVELOPES = {
    "wrong": (enveloped(lambda d: d["signatures"][0].update(sig="A" * 86 + "==")), "the signature is wrong: "),
    "keyid": (enveloped(lambda d: d["signatures"][0].update(keyid="0" * 64)), "names the key 000"),
    "count": (enveloped(lambda d: d["signatures"].append(d["signatures"][0])), "must hold exactly one signature"),
    "none": (enveloped(lambda d: d.update(signatures=[])), "must hold exactly one signature"),
    "type": (enveloped(lambda d: d.update(payloadType="text/plain")), "does not say that a statement is in it"),
    "base64": (enveloped(lambda d: d.update(payload="?")), "statement, signature or key in it cannot be read"),
    "kinds": (
        enveloped(lambda d: d["signatures"][0].update(sig=5)),
        "statement, signature or key in it cannot be read",
    ),
    "key": (enveloped(lambda d: d["signatures"][0].update(publicKey="AAAA")), "the key in it is no Ed25519 key"),
    "more": (enveloped(lambda d: d.update(note="hello")), "it is spelled in another way"),
    "spaces": (lambda content: content + b" ", "it is spelled in another way"),
    "json": (lambda _: b"[" * 100_000, "it is no JSON text"),
    "bytes": (lambda _: b"\xff\xfe", "it is no JSON text"),
}


@pytest.mark.parametrize("kind", ENVELOPES)
def test_an_envelope(sealed: Path, tmp_path: Path, kind: str) -> None:
    edit, words = ENVELOPES[kind]
    for name in (STATEMENT, ENVELOPE, MANIFEST):
        shutil.copy(sealed / name, tmp_path)
    (tmp_path / ENVELOPE).write_bytes(edit((sealed / ENVELOPE).read_bytes()))
    told = resealed.about_envelope(look_at(tmp_path), None, Catalogue("en"))
    assert told.notes == ()
    assert told.differences[ENVELOPE].startswith(ENVELOPE)
    assert words in told.differences[ENVELOPE]


def test_a_signature_that_is_wrong(case: Case) -> None:
    changed = ENVELOPES["wrong"][0]((case.folder / ENVELOPE).read_bytes())
    (case.folder / ENVELOPE).write_bytes(changed)
    (line,) = case.differences()
    assert line == (
        f"{ENVELOPE}: the signature is wrong: the statement in it is not what the owner of the key {fingerprint(KEY.public_key())} signed, or "
        "they did not sign it"
    )


def test_the_envelope_of_another_report(case: Case) -> None:
    (case.folder / ENVELOPE).write_bytes(seal(b"{}", KEY))
    list_anew(case.folder)
    (line,) = case.differences()
    assert line.startswith(f"{ENVELOPE} signs another statement than {STATEMENT}: ")


def test_a_huge_envelope_is_not_read(case: Case) -> None:
    with (case.folder / ENVELOPE).open("r+b") as file:
        file.truncate((64 << 20) + 1)
    list_anew(case.folder)
    (line,) = case.differences()
    assert "it is larger than any" in line


def test_a_report_without_a_signature(case: Case) -> None:
    (case.folder / ENVELOPE).unlink()
    list_anew(case.folder)
    done = case.said()
    assert done.differences == ()
    assert done.notes[0] == "The report carries no signature: who made it is stated, not shown."
    (line,) = case.differences(key=public(KEY))
    assert (
        line
        == f"{ENVELOPE} is missing: a key was given, and the report carries no signature that could be held against it"
    )


def test_a_report_of_an_earlier_version(case: Case, examined: Examination, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ENVELOPE, *LATER):
        (case.folder / name).unlink()
    list_anew(case.folder)
    missing = {f"{name} is missing from the report folder" for name in LATER}
    # This version writes them: without any mention of them they are missed all the same.
    assert missing <= set(case.differences())
    newer = replace(TOOL, version="9.9")
    again = replace(examined, audit=replace(examined.audit, tool=newer))
    monkeypatch.setattr(verify_item, "examine", lambda *_, **__: again)
    done = case.said(tool=newer)
    assert not missing & set(done.differences)
    (note,) = [note for note in done.notes if note.startswith("The report has no")]
    assert note == (
        f"The report has no {', '.join(sorted(LATER))}: version {VERSION}, which made it, wrote none, or they were taken away with every mention "
        "of them."
    )


def test_the_differences_of_another_version_are_announced(
    case: Case, examined: Examination, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(TOOL, version="9.9")
    monkeypatch.setattr(
        verify_item, "examine", lambda *_, **__: replace(examined, audit=replace(examined.audit, tool=newer))
    )
    assert case.differences(tool=newer) == (
        f"the audit was made by version {VERSION} of this program, this is version 9.9; its second analysis gave the same findings and values",
    )
    case.change("report.html")
    done = case.said(tool=newer)
    assert done.differences[-1].startswith("report.html is not the page that was written: ")
    assert any(note.startswith("Another version may write the same in another way.") for note in done.notes)
    rebuilt = replace(TOOL, decoder="another")
    monkeypatch.setattr(
        verify_item, "examine", lambda *_, **__: replace(examined, audit=replace(examined.audit, tool=rebuilt))
    )
    assert case.differences(tool=rebuilt)[0].startswith(f"the audit was made by another build of version {VERSION} ")


def test_a_recording_that_is_not_named(case: Case) -> None:
    (line,) = case.differences(sources=(case.folder / "audit.json",))
    assert line.startswith("audit.json is no recording that the clip was held against: ")


def test_what_the_operator_stated_is_not_checked(case: Case) -> None:
    audit = replace(case.audit, stated=Stated(case_number="12"))
    (case.folder / "audit.json").write_bytes(serialise(to_document(audit)))
    done = case.said()
    # It is no difference of the analysis; that it was put in later shows in all that carries the hash of the audit.
    assert [line.split(" ", 1)[0] for line in done.differences] == ["audit.json"]
    assert "What the operator stated about the case is not checked: no analysis can." in done.notes


APPENDED = b"\nmore\n%%EOF\n"


def test_what_follows_a_printed_pdf(case: Case) -> None:
    case.change("report.pdf", new=APPENDED)
    assert case.differences() == (
        (
            f"report.pdf prints this audit, and {len(APPENDED)} bytes were appended to it that are no signature of this PDF: a reader may show "
            "other pages than those that were printed"
        ),
    )


def test_a_pdf_that_was_signed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    path = case.folder / "report.pdf"
    by = open_identity(identity_file(), PASSPHRASE.encode(), "me.p12")
    path.write_bytes(signed(path.read_bytes(), by, SIGNED))
    done = case.said()
    # The lists hold the hash of the PDF as it was printed: that is how it begins.
    assert done.differences == ()
    assert done.notes[1] == (
        "report.pdf prints this audit and is signed by Айгүл Қ., as the certificate issued by Айгүл Қ. says; the time by the signing computer's own "
        "clock is 2026-03-02T12:00:00+00:00. The signature is intact. Anybody can make a certificate with any name, and whether this one can be "
        "trusted was not asked."
    )
    with monkeypatch.context() as patch:
        patch.setattr(resealed, "only_signs", lambda *_: False)
        (line,) = case.differences()
    assert line.startswith("report.pdf prints this audit, and among the ")
    assert "bytes after it there is more than signatures, such as other contents of a page" in line
    seal_anew(case.folder, case.audit)
    assert case.differences() == ()
    case.change("report.pdf", new=APPENDED)
    (line,) = case.differences()
    assert "bytes were appended to it that are no signature of this PDF" in line

    def absent(_: bytes) -> tuple[()]:
        raise Environment("Install pyHanko.")

    monkeypatch.setattr(resealed, "signatures", absent)
    (line,) = case.differences()
    assert line.endswith(
        "bytes follow in it that could not be read, so that nothing vouches for them: Install pyHanko."
    )


def test_a_byte_of_the_pdf(case: Case) -> None:
    content = bytearray((case.folder / "report.pdf").read_bytes())
    content[len(content) // 2] ^= 1
    (case.folder / "report.pdf").write_bytes(content)
    (line,) = case.differences()
    assert line.startswith(
        f"report.pdf is not the PDF that was written: its SHA-256 is not the one in {MANIFEST}, {STATEMENT}. What it says "
    )
    seal_anew(case.folder, case.audit)
    (line,) = case.differences()
    assert line.startswith("report.pdf does not print this audit: ")
