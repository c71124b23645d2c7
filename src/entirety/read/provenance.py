"""Reads the C2PA manifest of a file through the library that its makers publish, where that is installed.

The file is read here and nowhere else: no manifest is fetched from an address, no certificate is asked about, no list of trusted
signers is consulted. So the signature says that the statement is the signer's, and nothing says who the signer is.
"""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from entirety.model.container import Structure
from entirety.model.provenance import Action, Provenance, Reading

USER_TYPE = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""Of the `uuid` box that holds a manifest store in an ISO-BMFF file (C2PA Technical Specification, embedding into BMFF)."""
KINDS = frozenset(("jumb", "C2PA"))
"""A bare JUMBF box, and the chunk of an AVI file."""
MAX_MANIFEST = 16 * 2**20
"""Bytes. Pictures of earlier versions travel in manifests; of a video some hundred kilobytes are usual."""
MAX_TEXT = 200
MAX_ACTIONS = 100
MAX_MANIFESTS = 100
OFFLINE = {
    "version": 1,
    "verify": {
        "verify_after_reading": True,
        "verify_trust": False,
        "verify_timestamp_trust": False,
        "ocsp_fetch": False,
        "remote_manifest_fetch": False,
    },
}
"""Settings of the library: nothing leaves the machine, and no certificate is held against a list or today's date."""
OF_CERTIFICATES = ("signingCredential.", "timeStamp.", "claimSignature.outsideValidity")
"""What is said of certificates and clocks is left out: it depends on lists and on the day of the audit, not on the file."""
MISMATCHES = frozenset(
    {
        "claimSignature.mismatch",
        "claim.signature.mismatch",
        "assertion.hashedURI.mismatch",
        "assertion.dataHash.mismatch",
        "assertion.bmffHash.mismatch",
        "assertion.boxesHash.mismatch",
        "assertion.collectionHash.mismatch",
    }
)
"""Codes by which a signature or a checksum does not fit; of the others many mean that something was not understood or is missing."""
FORMATS = {"isobmff": "video/mp4", "avi": "video/avi"}


def read_provenance(path: Path, structure: Structure | None) -> Provenance | None:
    """The manifest of the file; None where no block for one is there. Raises OSError only, as the file itself does."""
    places = tuple(_places(path, structure)) if structure is not None else ()
    if structure is None or not places:
        return None
    try:
        library = importlib.import_module("c2pa")
    except ImportError:
        return Provenance(Reading.NOT_INSTALLED, places)
    if sum(end - start for start, end in places) > MAX_MANIFEST:
        return Provenance(Reading.UNREADABLE, places)
    name = f"c2pa {library.sdk_version()}"
    try:
        store = _store(library, path, FORMATS.get(structure.form, "video/mp4"))
    except (library.C2paError, ValueError, RecursionError):
        return Provenance(Reading.UNREADABLE, places, library=name)
    return _stated(store, places, name)


def _places(path: Path, structure: Structure) -> Iterator[tuple[int, int]]:
    with path.open("rb") as file:
        for box in structure.boxes:
            if box.kind == "uuid" and box.header >= 24:
                file.seek(box.offset + box.header - 16)
                if file.read(16) == USER_TYPE:
                    yield box.offset, box.end
            elif box.kind in KINDS or any(child.kind in KINDS for child in box.children):
                yield from ((found.offset, found.end) for found in box.walk() if found.kind in KINDS)


def _store(library: Any, path: Path, form: str) -> dict[str, Any]:
    """What the library prints as JSON; ValueError where it is of another form than it should be."""
    with (
        library.Context.from_dict(OFFLINE) as context,
        path.open("rb") as file,
        library.Reader(form, file, context=context) as reader,
    ):
        store = _object(json.loads(reader.json()))
    if not _object(store.get("manifests")):
        raise ValueError("a manifest store without manifests")
    return store


def _stated(store: dict[str, Any], places: tuple[tuple[int, int], ...], library: str) -> Provenance:
    manifests, active = _object(store["manifests"]), str(store.get("active_manifest", ""))
    own = _object(manifests.get(active))
    signature = _object(own.get("signature_info"))
    told = [(item, label == active) for label, manifest in _ordered(manifests, active) for item in _actions(manifest)]
    actions = tuple(
        Action(_text(item.get("action")), _program(item.get("softwareAgent")), _text(item.get("when")), mine)
        for item, mine in told[:MAX_ACTIONS]
    )
    sources = {
        _text(str(item["digitalSourceType"]).rsplit("/", 1)[-1]) for item, _ in told if "digitalSourceType" in item
    }
    told_of = set(_failures(store, active))
    failures = sorted({code for code, mine in told_of if mine and code in MISMATCHES})
    remarks = sorted({code for code, _ in told_of} - set(failures))
    return Provenance(
        reading=Reading.INVALID if failures else Reading.UNDECIDED if remarks else Reading.VALID,
        places=places,
        signer=_text(signature.get("common_name")),
        issuer=_text(signature.get("issuer")),
        signed=_text(signature.get("time")),
        program=_text(own.get("claim_generator")) or _generator(own),
        actions=actions,
        sources=tuple(sorted(sources))[:MAX_ACTIONS],
        failures=tuple(failures[:MAX_ACTIONS]),
        remarks=tuple(remarks[:MAX_ACTIONS]),
        manifests=len(manifests),
        library=library,
    )


def _ordered(manifests: dict[str, Any], active: str) -> list[tuple[str, dict[str, Any]]]:
    """The file's own manifest first, then the others by their labels."""
    labels = sorted(manifests, key=lambda label: (label != active, label))[:MAX_MANIFESTS]
    return [(label, _object(manifests[label])) for label in labels]


def _actions(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for assertion in _list(manifest.get("assertions")):
        if _text(_object(assertion).get("label")).startswith("c2pa.actions"):
            yield from (_object(item) for item in _list(_object(_object(assertion).get("data")).get("actions")))


def _failures(store: dict[str, Any], active: str) -> Iterator[tuple[str, bool]]:
    """Codes of what is reported as a failure, and whether the address beside it names the manifest of this very file."""
    for status in (_object(item) for item in _list(store.get("validation_status"))):
        code = _text(status.get("code"))
        if code and not code.startswith(OF_CERTIFICATES):
            yield code, bool(active) and active in str(status.get("url", "")).split("/")


def _generator(manifest: dict[str, Any]) -> str:
    named = (_object(one) for one in _list(manifest.get("claim_generator_info")))
    return _text("; ".join(f"{one.get('name', '')} {one.get('version', '')}".strip() for one in named))


def _program(agent: object) -> str:
    return _text(_object(agent).get("name")) if isinstance(agent, dict) else _text(agent)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:MAX_ACTIONS] if isinstance(value, list) else []


def _text(value: object) -> str:
    """Printable, at most MAX_TEXT characters; empty for what is no text."""
    return "".join(c for c in value[:MAX_TEXT] if c.isprintable()) if isinstance(value, str) else ""
