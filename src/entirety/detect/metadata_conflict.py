"""Looks for dates, makers and notes in a file that contradict each other.

A file states in many places when it was made and by what. A camera writes them all at once, so they agree; a program that saves the
file later writes some anew and leaves others. Clocks are wrong and zones are mixed up often enough that nothing here stands alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from entirety.detect import reproduce
from entirety.detect.date_conflicts import Conflict, conflicts
from entirety.detect.innocent import declared, weighed
from entirety.detect.known_writers import SOFTWARE, known
from entirety.detect.metadata_conflict_innocent import EXPLANATIONS, ID, OPEN
from entirety.detect.sentences import say
from entirety.detect.spans import whole_clip
from entirety.detect.stated_dates import stated_dates
from entirety.detect.traces import traces
from entirety.detect.written_by import held_back, platforms
from entirety.detect.xmp_history import Packet, Step, read_packet
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Sentence, Weight

MOST_NAMED = 6
"""Names in one sentence."""
MOST_ROWS = 40
"""Dates in one table; beyond that nobody compares them."""
CLAIMS = {
    "no-date": "The header of the file states no date of creation: its fields for it are empty.",
    "early-date": "The file states a date from before 1991, when no video file of this form existed.",
    "other-count": "The header counts a date from 1970, where the standard counts from 1904.",
    "time-zone": "Dates of creation in the file differ by {hours} h, which is the difference of a time zone.",
    "dates-differ": "Dates of creation in the file differ by {span}, which no time zone explains.",
    "modified-later": "The file states a last change {span} after its creation; what is shown lasts {length} s.",
    "modified-before": "The file states a last change {span} before its creation.",
    "after-file": "A date inside the file is {span} later than the file's own date of last change.",
}
MEANINGS = {
    "no-date": "programs that copy or convert leave these fields empty; a camera with a clock fills them, and one without does not.",
    "early-date": "the clock was not set when it was written, or the field was filled by a program; nothing follows on when it was recorded.",
    "other-count": "whatever wrote the header counts otherwise than the standard; the date is read here as it must have been meant.",
    "time-zone": "these dates name one moment in two time zones, which is common.",
    "dates-differ": "not all of these dates were written when the recording was made: some are of a later saving, or were entered by hand.",
    "modified-later": "something was written into the file after the recording had ended, be it notes, an order of tables, or the footage.",
    "modified-before": "the clock was set in between, or the dates were not written by one device at one time.",
    "after-file": "one of the two clocks was wrong, or the file's own date was set by whatever copied it.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding of this check is made of."""

    weight: Weight
    claim: Sentence
    meaning: Sentence
    rows: tuple[Measured, ...]
    causes: tuple[str, ...]
    """Innocent explanations that fit here, besides those that always do."""
    gap: int = 0


def _run(clip: Clip) -> Iterator[Finding]:
    packet = read_packet(clip.movie.xmp) if clip.movie is not None else Packet()
    services = platforms(clip)
    found = [_dates(clip, conflict) for conflict in conflicts(clip, stated_dates(clip, packet))]
    for finding in (*found, *_history(clip, packet), *_maker(clip)):
        yield held_back(finding, services)


def _dates(clip: Clip, conflict: Conflict) -> Finding:
    gaps = {
        "hours": f"{round(conflict.seconds / 900) / 4:g}",
        "span": spoken(abs(conflict.seconds)),
        "length": f"{float(clip.duration or 0):.1f}",
    }
    text = CLAIMS[conflict.code]
    claim = say(f"{ID}.{conflict.code}.claim", text, **{k: v for k, v in gaps.items() if "{" + k + "}" in text})
    rows = tuple(Measured(f"{date.part}, {date.name}", str(date.moment), None) for date in conflict.dates)
    if conflict.code == "after-file":
        rows = (Measured("date of the file itself", clip.custody.modified, None), *rows)
    if conflict.bound:
        rows = (Measured("difference", conflict.seconds, conflict.bound, "s"), *rows)
    meaning = say(f"{ID}.{conflict.code}.inference", f"In our assessment {MEANINGS[conflict.code]}")
    told = Told(conflict.weight, claim, meaning, rows, conflict.causes, conflict.seconds)
    return _finding(clip, conflict.code, told)


def _history(clip: Clip, packet: Packet) -> Iterator[Finding]:
    """Steps that programs entered when they saved, or the program that is named as the maker."""
    steps = packet.steps or ((Step("created", packet.created, packet.tool, ""),) if packet.tool else ())
    agents = list(dict.fromkeys(step.agent for step in steps if step.agent))
    if not agents:
        return
    notes_only = bool(packet.steps) and all(step.changed == "/metadata" for step in steps if step.agent)
    text = "A note in the file (XMP) lists steps of saving: {count}. They name: {agents}."
    claim = say(f"{ID}.history.claim", text, count=len(steps), agents="; ".join(agents[:MOST_NAMED]))
    what = (
        "these programs changed notes about the file; whether they touched the footage is not said"
        if notes_only
        else "the file was saved by these programs, and is not as a camera wrote it; what was done to the footage is not said"
    )
    meaning = say(f"{ID}.history.{'notes' if notes_only else 'saved'}.inference", f"In our assessment {what}.")
    rows = tuple(Measured(f"{s.action} {s.changed}".strip(), f"{s.when} {s.agent}".strip(), None) for s in steps)
    causes = ("catalogue",) if notes_only else ("whole-export",)
    weight = Weight.NEUTRAL if notes_only else Weight.SUPPORTING
    yield _finding(clip, "history", Told(weight, claim, meaning, rows, causes))


def _maker(clip: Clip) -> Iterator[Finding]:
    """A device by name, and software by its traces."""
    sure = [match for match in known(traces(clip)) if match.writer.sure != "low"]
    devices = [match for match in sure if match.writer.family in ("device", "recorder")]
    software = [match for match in sure if match.writer.family in SOFTWARE]
    if not devices or not software:
        return
    names = {
        key: "; ".join(list(dict.fromkeys(match.writer.name for match in found))[:MOST_NAMED])
        for key, found in (("devices", devices), ("software", software))
    }
    text = "The file names as its maker: {devices}. It also bears traces of software: {software}."
    text_meaning = "In our assessment the file comes from such a device and was written anew by the software, or the device itself uses it."
    rows = tuple(Measured(m.writer.name, "; ".join(t.text for t in m.found)[:200], None) for m in (*devices, *software))
    only_library = {match.writer.family for match in software} == {"library"}
    weight, causes = (Weight.NEUTRAL, ("built-on-library",)) if only_library else (Weight.SUPPORTING, ())
    claim = say(f"{ID}.maker.claim", text, **names)
    meaning = say(f"{ID}.maker.inference", text_meaning)
    yield _finding(clip, "maker", Told(weight, claim, meaning, rows, causes))


def spoken(seconds: int) -> str:
    """A length of time in the largest unit that keeps it readable."""
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds} s"


def _finding(clip: Clip, code: str, told: Told) -> Finding:
    return Finding(
        check=ID,
        code=code,
        claim=told.claim,
        inference=told.meaning,
        span=whole_clip(clip),
        weight=told.weight,
        confidence=Confidence.HIGH if told.weight is Weight.SUPPORTING else Confidence.LOW,
        measured=told.rows[:MOST_ROWS],
        innocent=weighed(ID, EXPLANATIONS, {*OPEN[code], *told.causes}, gap=told.gap),
        reproduce=reproduce.xmp() if code == "history" else reproduce.container_tags(),
    )


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.ORIGINAL,
    title="Dates, makers and notes that contradict each other",
    sees=(
        "The dates of creation and of the last change that stand in the header, in each track, in tags and in the XMP note are compared with "
        "each other, with the length of the clip and with the date of the file itself; differences of a time zone are told apart. The steps of "
        "saving that programs enter into the note are listed, and a device's name beside traces of software is pointed out."
    ),
    needs=(),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Of the XMP note only dates, programs and steps are read, not its list of the files and parts that were put together.",
        "Every date and name in a file can be changed with common programs, without a trace; dates that agree say nothing.",
        "Dates inside the pictures, in the sound, and in tracks of measurements (GPS) are not compared.",
        "Where a site or messenger wrote the file anew, what contradicts itself is told and carries nothing.",
        "The file's own date is that of the disk it was audited on, whatever copied it there.",
    ),
    references=(
        "ISO/IEC 14496-12, 8.2.2 and 8.4.2 (movie header, media header: seconds since 1904-01-01 UTC).",
        "ISO 16684-1 (XMP), and Adobe, XMP Specification Part 2: xmpMM:History.",
        (
            "Yang, Baracchi, Iuliani et al., Efficient video integrity analysis through container characterization, IEEE J-STSP 2020: the "
            "bounds for late closing were read off its 96 files straight from phones."
        ),
    ),
    run=_run,
)
