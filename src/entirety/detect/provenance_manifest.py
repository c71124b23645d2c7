"""Reports what a C2PA manifest in the file states, and whether its own checksums hold.

Some cameras, programs and services put a signed statement into a file: what wrote it and what was done to the picture. Its checksums
show whether statement and file still belong together. It says what its signer says, and who the signer is nobody vouches for here.
"""

from collections.abc import Iterator, Sequence

from entirety.detect import reproduce
from entirety.detect.innocent import Explanation, Explanations, declared, weighed
from entirety.detect.sentences import say
from entirety.detect.spans import MOST_RANGES, whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Outcome, Question, Sentence, Weight
from entirety.model.provenance import Action, Provenance, Reading

ID = "provenance-manifest"
_EDITS = "edited cropped trimmed deleted removed placed drawing color_adjustments adjustedColor filtered changedSpeed dubbed translated enhanced"
EDITS = frozenset(f"c2pa.{name}" for name in _EDITS.split())
"""Actions that change what is seen or heard (C2PA Technical Specification, section on actions)."""
SAVED = frozenset(f"c2pa.{name}" for name in ("transcoded", "converted", "repackaged", "resized"))
"""Actions that save it anew without changing what is seen (same section)."""
MOST_ROWS = 40
MOST_NAMED = 8
EXPLANATIONS: Explanations = {
    "unknown-signer": Explanation(
        "The certificate of the signer is on no list; many cameras and programs sign with certificates of their own.",
        excluded="No signature could be read.",
        not_excluded="No list of signers is consulted here: the name in the certificate is what the signer wrote into it.",
    ),
    "changed-after-signing": Explanation(
        "A program that moves tables, adds notes or copies into another container breaks the checksums and leaves the footage as it was.",
        excluded="The checksums of the statement fit the file.",
        not_excluded="The checksums cover the whole file but a few fields, so any later saving breaks them; ask for the file as it was signed.",
    ),
    "unfinished-copy": Explanation(
        "The file was cut short on its way, or bytes were added behind it.",
        excluded="The checksums of the statement fit the file.",
        not_excluded="A file that lacks bytes, or has some more, no longer fits its checksums; compare its length with the original's.",
    ),
    "newer-specification": Explanation(
        "The statement was written by a newer version of the specification than the library that reads it.",
        excluded="The library could read the statement and all its parts.",
        not_excluded="What a library does not know it may report as not fitting; repeat with a newer version.",
    ),
    "routine-processing": Explanation(
        "Cameras and programs list steps that they take with every recording: stabilising, turning, colour, export.",
        excluded="No step that changes what is seen is listed.",
        not_excluded="Whether a listed step concerned the content or was routine is for the signer to say; ask for its log or for the file before that step.",
    ),
}


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
    else:
        text = "The file holds a C2PA manifest whose signature and checksums fit it. Signed as: {signer}; written by: {program}."
        claim = say(f"{ID}.valid.claim", text, signer=_signer(stated), program=stated.program or "not stated")
        yield _finding(clip, stated, "valid", claim)
    yield from _steps(clip, stated)


def _steps(clip: Clip, stated: Provenance) -> Iterator[Finding]:
    """Listed actions that change what is seen, or save it anew; of a statement that does not fit, they carry nothing."""
    fits = stated.reading is Reading.VALID
    for code, which, weight in (("edits-stated", EDITS, Weight.STRONG), ("saving-stated", SAVED, Weight.SUPPORTING)):
        listed = [action for action in stated.actions if action.name in which]
        if listed:
            text = "The C2PA manifest in the file lists these steps: {steps}. Signed as: {signer}."
            claim = say(f"{ID}.{code}.claim", text, steps=_listed(listed), signer=_signer(stated))
            yield _finding(clip, stated, code, claim, weight if fits else Weight.NEUTRAL)


def _listed(actions: Sequence[Action]) -> str:
    """Each action once, and whether it is told of this file or of one that it was made from."""
    said = [f"{action.name}{'' if action.own else ' (of a file that it was made from)'}" for action in actions]
    return ", ".join(list(dict.fromkeys(said))[:MOST_NAMED])


def _signer(stated: Provenance) -> str:
    names = [name for name in (stated.signer, stated.issuer) if name]
    return ", ".join(names) or "no name"


def _finding(clip: Clip, stated: Provenance, code: str, claim: Sentence, weight: Weight = Weight.NEUTRAL) -> Finding:
    meaning = {
        "unreadable": "nothing follows from it: a newer form, damage on the way, or a block of another use give the same.",
        "invalid": "the file was changed after it had been signed, be it its tables, its notes or its footage, or it is incomplete.",
        "valid": (
            "what the statement covers is as it was when it was signed. Whether the statement is true, and who signed it, this does not say: "
            "anybody can sign with a certificate of their own."
        ),
        "edits-stated": (
            "whoever signed the file states that what is seen or heard in it was changed. It is the signer's statement; what was changed is "
            "for the file before that step to show."
        ),
        "saving-stated": "whoever signed the file states that it was saved anew, without a change of what is seen.",
    }[code]
    if code.endswith("-stated") and stated.reading is not Reading.VALID:
        meaning, code_said = (
            "nothing follows from these steps here, for the statement that lists them does not fit the file.",
            "unfit",
        )
    else:
        code_said = code
    fits = {
        "unknown-signer": stated.reading is not Reading.UNREADABLE,
        "changed-after-signing": stated.reading is not Reading.VALID,
        "unfinished-copy": stated.reading is not Reading.VALID,
        "newer-specification": stated.reading is not Reading.VALID,
        "routine-processing": code.endswith("-stated"),
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
