"""Looks for traces of what wrote this file last: a camera, a recorder, or software.

Cameras, editors, converters and messengers leave names, brands and habits of structure in the files they write. Software says that
the file is not the one the camera wrote; it says nothing about what was done to the footage, if anything.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.innocent import Explanation, Explanations, declared, weighed
from entirety.detect.sentences import say
from entirety.detect.spans import whole_clip
from entirety.detect.written_by import SOFTWARE, Match, matches
from entirety.knowledge import writers
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Innocent, Measured, Question, Weight

ID = "writer-trace"
MOST_NAMED = 6
"""Names in the sentence of a finding; all of them stand in the table below it."""
EXPLANATIONS: Explanations = {
    "messenger": Explanation(
        "Messengers and social networks write a video anew when it is sent.",
        excluded="Among what the traces name ({names}) is a program for editing or converting and no library, which messengers and networks are not known to leave.",
        not_excluded="The traces fit what messengers and networks leave, and names from before the sending can survive it; ask for the file as it lies on the device that recorded it.",
    ),
    "archive-or-cms": Explanation(
        "Archives, case systems and web sites convert what they take in, without shortening it.",
        excluded="Among what the traces name ({names}) is a program for editing and no library, which such systems are not known to leave.",
        not_excluded="Such systems use the same software, and names from before can survive it; ask which ones the file passed through.",
    ),
    "lossless-copy": Explanation(
        "Only the container was changed: the coded pictures were copied as the camera made them.",
        excluded="The traces name a software encoder ({names}): more than a change of container.",
        not_excluded="No software encoder left its name in this file, and some programs for editing export without encoding again: the coded pictures may be those of the camera.",
    ),
    "recorder-built-on-ffmpeg": Explanation(
        "Some dashboard cameras, drones, network recorders and phone programs record with the FFmpeg library themselves.",
        excluded="The traces ({names}) name more than libraries that recorders are built on.",
        not_excluded="All that is named are libraries that recorders are built on too; compare with another file of the same device.",
    ),
}


def _run(clip: Clip) -> Iterator[Finding]:
    found = matches(clip)
    software = [m for m in found if m.writer.family in SOFTWARE and m.writer.sure != "low"]
    rest = [m for m in found if m not in software]
    if software:
        yield _re_saved(clip, software)
    if rest:
        yield _device(clip, rest)
    if not found:
        yield _unknown(clip)


def _re_saved(clip: Clip, software: list[Match]) -> Finding:
    """Strong for what wrote the file, and for nothing else: this check never says more than re-saved."""
    sure = any(m.writer.sure == "high" for m in software)
    text = "Inside the file there are traces known from this software: {names}."
    inference = (
        "In our assessment the file was written by software after it was recorded, or by a recorder that is built on such software. Sending, "
        "archiving and converting do this to any video; it says nothing in itself on whether content was removed. The original is needed."
    )
    return Finding(
        check=ID,
        code="re-saved",
        claim=say(f"{ID}.re-saved.claim", text, names=_names(software)),
        inference=say(f"{ID}.re-saved.inference", inference),
        span=whole_clip(clip),
        weight=Weight.STRONG,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        measured=_table(software),
        innocent=_weigh(software),
        reproduce=_command(clip, software),
    )


def _device(clip: Clip, found: list[Match]) -> Finding:
    text = "Inside the file there are traces known from a device, a recorder, or a library of its maker: {names}."
    inference = (
        "In our assessment such traces are what a camera or recorder leaves; software can keep or write them too."
    )
    return Finding(
        check=ID,
        code="device",
        claim=say(f"{ID}.device.claim", text, names=_names(found)),
        inference=say(f"{ID}.device.inference", inference),
        span=whole_clip(clip),
        weight=Weight.NEUTRAL,
        confidence=Confidence.HIGH if any(m.writer.sure == "high" for m in found) else Confidence.LOW,
        measured=_table(found),
        innocent=(),
        reproduce=_command(clip, found),
    )


def _unknown(clip: Clip) -> Finding:
    text = "None of the {count} known traces of devices and programs was found in the file."
    inference = (
        "In our assessment this is no sign of a camera and no sign of software: a device may write what no table "
        "entry knows, and software need not leave a name."
    )
    return Finding(
        check=ID,
        code="unknown",
        claim=say(f"{ID}.unknown.claim", text, count=len(writers())),
        inference=say(f"{ID}.unknown.inference", inference),
        span=whole_clip(clip),
        weight=Weight.NEUTRAL,
        confidence=Confidence.LOW,
        measured=(Measured("traces found", 0, 1),),
        innocent=(),
        reproduce=reproduce.container_tags(),
    )


def _weigh(software: list[Match]) -> tuple[Innocent, ...]:
    families = {m.writer.family for m in software}
    encoded = any(m.writer.id in ("lavc", "x264", "openh264") for m in software)
    fits = {
        # Messengers and archives write with libraries, and the names that were in the file before can survive that.
        "messenger": "library" in families or not families & {"editor", "converter"},
        "archive-or-cms": "library" in families or "editor" not in families,
        "lossless-copy": not encoded,
        "recorder-built-on-ffmpeg": families == {"library"},
    }
    return weighed(ID, EXPLANATIONS, [slug for slug, fit in fits.items() if fit], names=_names(software))


def _names(matches: list[Match]) -> str:
    """Each name once, in the order of the table."""
    return "; ".join(list(dict.fromkeys(m.writer.name for m in matches))[:MOST_NAMED])


def _table(matches: list[Match]) -> tuple[Measured, ...]:
    return tuple(
        Measured(f"{m.writer.name}: {t.where} {t.key}".rstrip(), t.text, f"{s.rule} {s.text}")
        for m in matches
        for t, s in zip(m.found, m.writer.signs, strict=True)
    )


def _command(clip: Clip, matches: list[Match]) -> str:
    """One command for traces in the container, one for notes in the stream, both where both are named."""
    noted = {t.where == "note" for m in matches for t in m.found}
    lines = [reproduce.container_tags()] if False in noted else []
    return " && ".join([*lines, reproduce.notes(clip)] if True in noted else lines)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.ORIGINAL,
    title="Traces of what wrote this file",
    sees=(
        "Names of software and devices in the tags of the file, in the names of its tracks, in its brands and boxes, and notes that encoders "
        "leave in the stream, compared with a table of known writers in which each entry states its source."
    ),
    needs=(),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Traces are easily removed, kept by mistake, or written on purpose: none of them is protected.",
        "Programs that write as phones do (the libraries of Android and Apple) are not told from the camera.",
        "The name of the service that a transport stream (.ts, .mts) carries, where FFmpeg writes its own, is not read.",
        "What is not in the table is not recognised; notes of encoders are read from H.264 streams only.",
    ),
    references=(
        "Yang, Baracchi, Iuliani et al., Efficient video integrity analysis through container characterization, IEEE J-STSP 2020.",
        "ISO/IEC 14496-12, 4.3 and 8.4.3 (file type, handler); the source of each table entry stands in knowledge/writers.toml.",
    ),
    run=_run,
)
