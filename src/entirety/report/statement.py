"""The statement: in a form that other programs read (in-toto Statement v1), which files belong together and what the audit of them answers.

It names the examined clip and every file of the report folder by SHA-256, so that one signature over it covers all of them. Nothing in it is
measured anew: all comes from the audit, and its only clock is the run record, which whoever made the report states.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from entirety.model.audit import Audit
from entirety.model.finding import Outcome, Weight
from entirety.report.compose import report_id
from entirety.report.document import serialise
from entirety.report.findings import strengths
from entirety.report.names import AUDIT, ENVELOPE, MANIFEST, STATEMENT
from entirety.report.rates import SHA256
from entirety.report.record import Json, Object, run_part
from entirety.report.visible import visible

TYPE = "https://in-toto.io/Statement/v1"

PREDICATE = "https://entirety.invalid/audit/v1"
"""What kind of statement this is. The form asks for an address as a name; the ending `.invalid` is kept free for ever (RFC 2606), so this one
can never lead to a service, of ours or of anybody else. An unregistered `urn:` could be given away by whoever registers it."""

STRONG_ORIGINAL = "strong_original"
"""Findings that are strong on what wrote the file, and for no other question: page one counts them apart."""

CODE = re.compile(r"[a-z]{2,3}")

LONGEST = 5_000
"""Characters of a file name; no file system allows more than 4,096."""


def statement(audit: Audit, hashes: Mapping[str, str], languages: Sequence[str]) -> bytes:
    """The statement as bytes, the same every time. `hashes` are the SHA-256 of the report's files by name: all but the statement itself, the
    envelope and the list of hashes, which are written after it and left out. `languages` are those of the printed forms: that of report.html
    first, then the further ones.
    """
    files = sorted(hashes.keys() - {AUDIT, STATEMENT, ENVELOPE, MANIFEST})
    subject: list[Json] = [
        # Other programs refuse a text that is no Unicode, as a file's name need not be.
        _subject(visible(audit.custody.name, LONGEST), audit.custody.sha256),
        _subject(AUDIT, hashes[AUDIT]),
        *(_subject(name, hashes[name]) for name in files),
    ]
    number = strengths(audit)
    kinds = [kind for w in Weight for kind in (w.value, *([STRONG_ORIGINAL] if w is Weight.STRONG else []))]
    outcomes = Counter(check.outcome for check in audit.checks)
    predicate: dict[str, Json] = {
        "report": report_id(audit),
        "tool": {"name": audit.tool.name, "version": audit.tool.version},
        "decoder": audit.tool.decoder,
        "answer": audit.answer.value,
        "findings": {kind: number[kind] for kind in kinds},
        "checks": {outcome.value: outcomes[outcome] for outcome in Outcome},
        "audit_sha256": hashes[AUDIT],
        "languages": list(languages),
        "run_as_stated": run_part(audit.run),
    }
    return serialise({"_type": TYPE, "subject": subject, "predicateType": PREDICATE, "predicate": predicate})


def subjects(content: bytes) -> dict[str, str] | None:
    """SHA-256 by name of the report's files that a statement names, without the clip, which stands first; None where these bytes are no
    statement of this form.
    """
    try:
        document: Json = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    listed = document.get("subject") if isinstance(document, dict) else None
    if not isinstance(listed, list) or len(listed) < 2:
        return None
    pairs = [_pair(one) for one in listed[1:]]
    named = dict(pair for pair in pairs if pair is not None)
    return named if len(named) == len(pairs) else None


def languages_in(content: bytes | None) -> tuple[str, ...]:
    """Codes of the languages that a statement names, the first one first; none where these bytes name none, or one twice."""
    try:
        document: Json = json.loads(b"" if content is None else content)
    except (ValueError, RecursionError):
        return ()
    predicate = document.get("predicate") if isinstance(document, dict) else None
    named = predicate.get("languages") if isinstance(predicate, dict) else None
    codes = [code for code in named if isinstance(code, str)] if isinstance(named, list) else []
    whole = isinstance(named, list) and len(set(codes)) == len(named) and all(map(CODE.fullmatch, codes))
    return tuple(codes) if whole else ()


def _pair(one: Json) -> tuple[str, str] | None:
    name, digest = (one.get("name"), one.get("digest")) if isinstance(one, dict) else (None, None)
    sha256 = digest.get("sha256") if isinstance(digest, dict) else None
    if not isinstance(name, str) or not isinstance(sha256, str) or SHA256.fullmatch(sha256) is None:
        return None
    return name, sha256


def _subject(name: str, sha256: str) -> Object:
    return {"name": name, "digest": {"sha256": sha256}}
