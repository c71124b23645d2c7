"""What the index says in words: the result, for the page and for the terminal alike, and what each outcome and each term means."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from entirety.judge.checks import LISTED
from entirety.model.audit import Answer
from entirety.model.case import Case, Entry, Fate, Item, Listed
from entirety.model.finding import Question, Weight
from entirety.report.wording import Catalogue

FATES = {
    Fate.AUDITED: ("Audited", "A video; it has a report."),
    Fate.NOT_VIDEO: ("Not recognised as video", "No form of video that this program knows. It may still be a recorder's own format, sound only, or something else."),
    Fate.ARCHIVE: ("Archive, not opened", "A packed file: what is in it was not looked at. Unpack it and scan again."),
    Fate.EMPTY: ("Empty", "The file has no bytes."),
    Fate.DAMAGED: ("Damaged", "A video, broken so early that nothing of it could be analysed."),
    Fate.UNSUPPORTED: ("Form not read", "A form of video that this program does not read, or refuses to read for safety."),
    Fate.UNREADABLE: ("Not readable", "The system would not let us read it; of a folder, nothing in it was looked at."),
    Fate.LINK: ("Link, not followed", "It names another place, which may lie outside the folder; that place was not looked at."),
    Fate.SPECIAL: ("Device, pipe or socket", "No file that holds bytes; it was not opened."),
    Fate.CHANGED: ("Changed while read", "Its bytes after the analysis were not those before it, so the analysis was not kept."),
    Fate.CRASHED: ("Analysis broke off", "The analysis ended without an answer; what it said last stands in scan.log. It is not tried again unless asked."),
    Fate.TIMED_OUT: ("Out of time", "The analysis was stopped at its limit of time."),
    Fate.OUT_OF_MEMORY: ("Out of memory", "The analysis was stopped at its limit of memory."),
    Fate.FAILED: ("Not finished", "The analysis could not be finished for a reason outside the file: a full disk, or the scan was ended before."),
}  # fmt: skip
"""A short word, and what it means."""

ANSWERED = {
    Answer.DIRECT: "{n} with a direct trace",
    Answer.INDICATIONS: "{n} with indications",
    Answer.RE_SAVED: "{n} re-saved by software",
    Answer.INCONCLUSIVE: "{n} without a conclusion",
    Answer.NONE_FOUND: "{n} in which no indications were found",
}

OWN_WORDS = {
    Answer.DIRECT: "The file itself contains material which shows that not everything stored in it is displayed, or that it was put together from parts.",
    Answer.INCONCLUSIVE: "The analysis does not allow a conclusion. The reason stands in the row of the clip and in its report.",
}  # fmt: skip
"""Of answers whose sentence in a report speaks of one clip."""

TERMS = (
    ("File", "A name met in the folder. Links, devices and folders that could not be opened are counted among them."),
    ("Clip", "A content that was analysed. Files with the same bytes are one clip and have one report."),
    ("Neutral observation", "Worth knowing. By itself it is no sign of anything."),
    ("Supporting sign", "It counts only together with a second sign of another kind at the same place."),
    ("Strong indication", "It carries weight alone. It is not a direct trace: the bytes do not settle which explanation holds."),
    ("Strong, for what wrote the file", "It carries weight for the question what wrote the file, and for no other. It is no sign of a cut."),
    ("Direct trace", "The bytes of the file show it. The report names other explanations, and says of each whether it is excluded."),
    ("Steady or variable rate", "Whether the pictures of a clip follow each other at equal times, or at changing ones."),
    ("Likeness, bits", "How alike two pieces of footage move: of 64 bits about 32 differ between unlike footage; a likeness of 1 means that all changes agree."),
    ("Hash, SHA-256", "A number made from all bytes of a file. No two different files with the same SHA-256 are known; where one byte differs, so does the hash."),
)  # fmt: skip
"""What a reader who is not technical has to know to read the page."""

ORIGINAL = frozenset(check.id for check in LISTED if check.question is Question.ORIGINAL)
TITLES = {check.id: check.title for check in LISTED}


class Class(Enum):
    """The parts into which the files met fall, as the result counts them: each file is in exactly one."""

    AUDITED = "audited"
    MISSED = "missed"
    ARCHIVE = "archive"
    NAMED = "named"
    """Its name ends like that of a video, and no video was recognised in it."""
    OTHER = "other"
    LOOSE = "loose"
    """Links and devices, which are not followed."""


def class_of(entry: Entry) -> Class:
    match entry.fate:
        case Fate.AUDITED:
            return Class.AUDITED
        case Fate.NOT_VIDEO | Fate.EMPTY:
            return Class.NAMED if entry.video_by_name else Class.OTHER
        case Fate.ARCHIVE:
            return Class.ARCHIVE
        case Fate.LINK | Fate.SPECIAL:
            return Class.LOOSE
        case _:
            return Class.MISSED


def counted(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def result(case: Case) -> str:
    """What came out: of the files in parts that sum to all that were met, then of the clips by answer."""
    number = Counter(class_of(entry) for entry in case.entries)
    parts = "; ".join(_parts(number, len(case.items)))
    met = f"{counted(len(case.entries), 'file', 'files')} met{': ' if parts else ''}{parts}."
    return f"{met} {_clips(case.items)}" if case.items else met


def _parts(number: Counter[Class], clips: int) -> Iterator[str]:
    words = {
        Class.AUDITED: ("analysed", "analysed"),
        Class.MISSED: ("could not be analysed", "could not be analysed"),
        Class.ARCHIVE: ("is an archive and was not opened", "are archives and were not opened"),
        Class.NAMED: ("is named as video and was not recognised as one", "are named as video and were not recognised as one"),
        Class.OTHER: ("is another file", "are other files"),
        Class.LOOSE: ("link or device was not followed", "links or devices were not followed"),
    }  # fmt: skip
    for one, (single, several) in words.items():
        if n := number[one]:
            different = f" ({clips:,} different)" if one is Class.AUDITED and clips != n else ""
            yield f"{counted(n, single, several)}{different}"


def _clips(items: Sequence[Item]) -> str:
    answers = Counter(item.answer for item in items)
    told = [text.format(n=f"{answers[answer]:,}") for answer, text in ANSWERED.items() if answers[answer]]
    text = f"Of the {counted(len(items), 'clip', 'clips')}: {', '.join(told)}"
    if gaps := sum(bool(item.unexamined) for item in items):
        text += f"; in {gaps:,} of them parts could not be examined"
    if broke := sum(bool(item.not_run) for item in items):
        text += f"; in {broke:,} of them a check broke"
    return f"{text}."


def strength(one: Listed, words: Catalogue) -> str:
    """How much a finding can carry; what only says who wrote the file is told apart, lest it be read as a sign of a cut."""
    apart = "_original" if one.weight is Weight.STRONG and one.check in ORIGINAL else ""
    return words.text(f"weight.{one.weight.value}{apart}")


def of_the_whole(one: Listed, item: Item) -> bool:
    """The finding is of the file, or of all that it shows, and of no place in it."""
    return one.check in ORIGINAL or one.end - one.start >= item.length > 0


def as_sentence(text: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
