"""README.txt of a report folder: in one line each what every file is, and how anybody checks them."""

from collections.abc import Iterator

from entirety.model.audit import Audit
from entirety.model.copies import REVIEW
from entirety.report.facts import grouped
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

ALWAYS = (
    ("audit.json", "folder.audit"),
    ("report.html", "folder.html"),
    ("report.pdf", "folder.pdf"),
    ("report.*.html, report.*.pdf", "folder.languages"),
)
EXPORTS = (
    ("audit.sarif", "folder.sarif"),
    ("chapters.vtt", "folder.chapters"),
    ("findings.csv", "folder.table"),
    ("markers.otio", "folder.markers"),
    ("README.txt", "folder.readme"),
    ("statement.intoto.json", "folder.statement"),
    ("statement.dsse.json", "folder.envelope"),
    ("manifest-sha256.txt", "folder.manifest"),
)
CHECKS = (
    "sha256sum -c manifest-sha256.txt",
    "shasum -a 256 -c manifest-sha256.txt",
    "certutil -hashfile audit.json SHA256",
    "entirety verify . CLIP",
)
"""GNU, Apple, Windows (file by file), and this program."""


def folder(audit: Audit, words: Catalogue) -> bytes:
    """The text."""
    return ("\n".join(_lines(audit, words)) + "\n").encode("utf-8")


def _lines(audit: Audit, words: Catalogue) -> Iterator[str]:
    yield words.text("folder.title", name=visible(audit.custody.name))
    yield f"SHA-256: {grouped(audit.custody.sha256)}"
    yield ""
    yield words.text("folder.files")
    listed = [(name, words.text(key)) for name, key in _files(audit)]
    width = max(len(name) for name, _ in listed)
    yield from (f"  {name:<{width}}  {text}" for name, text in listed)
    yield ""
    yield words.text("folder.master")
    yield words.text("folder.evidence")
    yield ""
    yield words.text("folder.check")
    yield from (f"  {command}" for command in CHECKS[:-1])
    yield words.text("folder.verify")
    yield f"  {CHECKS[-1]}"


def _files(audit: Audit) -> Iterator[tuple[str, str]]:
    yield from ALWAYS
    if audit.stills:
        yield "stills/", "folder.stills"
    for copy in sorted({copy.file: copy for copy in audit.copies}.values(), key=lambda copy: copy.file):
        yield copy.file, "folder.review" if copy.role == REVIEW else "folder.hidden"
    yield "frames.framehash", "folder.framehash"
    yield from EXPORTS
