"""Reports what a C2PA manifest in the file states, and whether its own checksums hold.

Some cameras, programs and services put a signed statement into a file: what wrote it and what was done to the picture. Its checksums
show whether statement and file still belong together. It says what its signer says, and who the signer is nobody vouches for here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from entirety.detect import reproduce
from entirety.detect.innocent import declared, weighed
from entirety.detect.provenance_innocent import EXPLANATIONS
from entirety.detect.sentences import say
from entirety.detect.spans import MOST_RANGES, whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Weight
from entirety.model.provenance import Action, Provenance, Reading

ID = "provenance-manifest"
_EDITS = "edited cropped trimmed deleted removed redacted placed drawing filtered changedSpeed dubbed translated"
EDITS = frozenset(f"c2pa.{name}" for name in _EDITS.split())
"""Steps of an editor (C2PA Technical Specification, section on actions). What cameras do themselves is left out: colour, turning,
enhancing."""
CUTS = frozenset(f"c2pa.{name}" for name in ("cropped", "trimmed", "deleted", "removed", "redacted"))
"""Those by which something is taken away."""
SAVED = frozenset(f"c2pa.{name}" for name in ("transcoded", "converted", "repackaged", "resized"))
"""Actions that save it anew without changing what is seen (same section)."""
MOST_ROWS = 40
MOST_NAMED = 8


def _not_read(clip: Clip) -> Sentence | None:
    stated = clip.provenance
    if stated is None or stated.reading is not Reading.NOT_INSTALLED:
        return None
    text = "The file holds a C2PA manifest of {bytes} bytes, which was not read: the library for it (c2pa-python) is not installed."
    return say("need.c2pa", text, bytes=sum(end - start for start, end in stated.places))


def _none_there(clip: Clip) -> Sentence | None:
    text = "The file holds no C2PA manifest. Most files have none, and sending or saving removes it: its absence says nothing."
    return say("need.manifest", text) if clip.provenance is None else None


def _run(clip: Clip) -> Iterator[Finding]:
    stated = clip.provenance
    if stated is None:
        return
    if stated.reading is Reading.UNREADABLE:
        text = "The file holds a C2PA manifest that the library could not read."
        yield _finding(clip, stated, "unreadable", say(f"{ID}.unreadable.claim", text))
        return
    if stated.reading is Reading.INVALID:
        text = "The C2PA manifest in the file does not fit it: {codes}."
        claim = say(f"{ID}.invalid.claim", text, codes=", ".join(stated.failures[:MOST_NAMED]))
        yield _finding(clip, stated, "invalid", claim, Weight.SUPPORTING)
    elif stated.reading is Reading.UNDECIDED:
        text = (
            "Of the C2PA manifest in the file, or of those of files that it was made from, the library reports: {codes}. "
            "None of this is a mismatch that names the manifest of this very file."
        )
        claim = say(f"{ID}.undecided.claim", text, codes=", ".join(stated.remarks[:MOST_NAMED]))
        yield _finding(clip, stated, "undecided", claim)
    else:
        text = "The file holds a C2PA manifest whose signature and checksums fit it. Signed as: {signer}; written by: {program}."
        claim = say(f"{ID}.valid.claim", text, signer=_signer(stated), program=stated.program or "not stated")
        yield _finding(clip, stated, "valid", claim)
    yield from _steps(clip, stated)


def _steps(clip: Clip, stated: Provenance) -> Iterator[Finding]:
    """Listed steps; only of this very file, and of a statement that fits it, do they carry anything."""
    for code, which in (("edits-stated", EDITS), ("saving-stated", SAVED)):
        listed = [action for action in stated.actions if action.name in which]
        own = [action for action in listed if action.own]
        if own:
            text = "The C2PA manifest in the file lists these steps: {steps}. Signed as: {signer}."
            claim = say(f"{ID}.{code}.claim", text, steps=_listed(own), signer=_signer(stated))
            carries = stated.reading is Reading.VALID
            cut = carries and any(action.name in CUTS for action in own)
            weight = Weight.SUPPORTING if carries else Weight.NEUTRAL
            yield replace(_finding(clip, stated, code, claim, weight), also=(Question.WHOLE,) if cut else ())
        if len(own) < len(listed):
            text = "The C2PA manifest in the file lists these steps of a file that it was made from: {steps}."
            earlier = [action for action in listed if not action.own]
            claim = say(f"{ID}.{code}-earlier.claim", text, steps=_listed(earlier))
            yield _finding(clip, stated, f"{code}-earlier", claim)


def _listed(actions: Sequence[Action]) -> str:
    """Each action once."""
    return ", ".join(list(dict.fromkeys(action.name for action in actions))[:MOST_NAMED])


def _signer(stated: Provenance) -> str:
    names = [name for name in (stated.signer, stated.issuer) if name]
    return ", ".join(names) or "no name"


def _finding(clip: Clip, stated: Provenance, code: str, claim: Sentence, weight: Weight = Weight.NEUTRAL) -> Finding:
    earlier = "nothing follows for this file: the steps are listed for an earlier one, of which it may hold a part, or which it only refers to."
    meaning = {
        "unreadable": "nothing follows from it: a newer form, damage on the way, or a block of another use give the same.",
        "invalid": (
            "the file, or the statement in it, was changed after it had been signed, be it its tables, its notes or its footage, or it is "
            "incomplete, or the library that compares them is mistaken."
        ),
        "undecided": (
            "nothing follows from it: an earlier file's statement is not this file's, and what a library does not understand it cannot check."
        ),
        "valid": (
            "what the statement covers is as it was when it was signed. Whether the statement is true, and who signed it, this does not say: "
            "anybody can sign with a certificate of their own."
        ),
        "edits-stated": (
            "whoever signed the file states that it went through steps of an editor. It is the signer's statement; whether they changed what is "
            "seen or heard is for the file before them to show."
        ),
        "edits-stated-earlier": earlier,
        "saving-stated-earlier": earlier,
        "saving-stated": "whoever signed the file states that it was saved anew, without a change of what is seen.",
    }[code]
    if code.endswith("-stated") and stated.reading is not Reading.VALID:
        meaning, code_said = (
            "nothing follows from these steps here, for the statement that lists them does not fit the file or could not be checked in full.",
            "unfit",
        )
    else:
        code_said = code
    fits = {
        "unknown-signer": stated.reading is not Reading.UNREADABLE,
        "changed-after-signing": stated.reading is not Reading.VALID,
        "unfinished-copy": stated.reading is not Reading.VALID,
        "newer-specification": stated.reading is not Reading.VALID,
        "routine-processing": "-stated" in code,
    }
    return Finding(
        check=ID,
        code=code,
        claim=claim,
        inference=say(f"{ID}.{code_said}.inference", f"In our assessment {meaning}"),
        span=whole_clip(clip, stated.places[:MOST_RANGES]),
        weight=weight,
        confidence=Confidence.HIGH if stated.reading is Reading.VALID else Confidence.MEDIUM,
        measured=tuple(_rows(stated))[:MOST_ROWS],
        innocent=weighed(ID, EXPLANATIONS, [slug for slug, fit in fits.items() if fit]),
        reproduce=reproduce.bytes_between(*stated.places[0]),
    )


def _rows(stated: Provenance) -> Iterator[Measured]:
    told = {
        "reading of the manifest": stated.reading.value,
        "name in the certificate": stated.signer,
        "issuer of the certificate": stated.issuer,
        "time of signing as stated": stated.signed,
        "written by": stated.program,
        "read with": stated.library,
    }
    yield from (Measured(name, value, None) for name, value in told.items() if value)
    yield Measured("manifests, those of earlier files included", stated.manifests, None)
    yield from (Measured("does not fit", code, None) for code in stated.failures)
    yield from (Measured("reported besides", code, None) for code in stated.remarks)
    yield from (Measured("source of the picture as stated", source, None) for source in stated.sources)
    for action in stated.actions:
        whose = "step" if action.own else "step of a file that it was made from"
        yield Measured(whose, " ".join(part for part in (action.name, action.program, action.when) if part), None)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.ORIGINAL,
    title="A signed statement of origin (C2PA)",
    sees=(
        "Whether the file holds a C2PA manifest: a statement, signed by whoever put it there, on what wrote the file and which steps were "
        "taken. Its signature and its checksums are held against the file, and signer, time and listed steps are printed as stated."
    ),
    needs=(Need(_none_there, Outcome.NOT_APPLICABLE), Need(_not_read)),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "No list of trusted signers is consulted, no certificate is asked about at its issuer, and none is held against the day of the audit.",
        "A manifest that lies elsewhere, at an address, is not fetched: nothing leaves the machine.",
        "Anybody can remove a manifest without a trace, or sign a new one with a certificate of their own.",
        "Only steps by the names of the specification are understood; a program may describe its steps in words of its own.",
    ),
    references=(
        "C2PA Technical Specification 2.x: manifests, actions, validation status codes, embedding into BMFF.",
        "The library c2pa-python, by the makers of the specification; its version stands beside each finding.",
    ),
    run=_run,
)
