"""Cases drawn by hand: one with every fate, every answer and nasty names, and one of any number of files."""

import hashlib
from dataclasses import replace
from fractions import Fraction

from entirety.knowledge.performance import Row, Table
from entirety.model.audit import Answer, Tool
from entirety.model.case import Case, Entry, Fate, Item, Listed
from entirety.model.clip import Custody
from entirety.model.coverage import Layer, Recording
from entirety.model.finding import Confidence, Weight
from entirety.model.overlap import Group, Overlap, Overlaps, Placed, Span, Unread
from entirety.report.wording import Catalogue

TOOL = Tool("entirety", "0.1.0", "libavcodec 62.11.100", (("av", "18.1.0"), ("numpy", "2.4.0")))
REVISIONS = (("hard-cut", 4), ("writer-trace", 2), ("frozen-picture", 5))
STEADY, NAMED, RARE = "h264 steady unnamed", "h264 steady software", "vp9 steady software"
WORDS = Catalogue("en")

NASTY = (
    "двор/камера 1.mp4",
    "\u202egpj.exe\u202c.mp4",
    "quote\"<script>alert(1)</script>&'.mp4",
    "line\nbreak\r.mp4",
    "=cmd|' /C calc'!A0.mp4",
    " \t@SUM(1).mp4",
    "semi;=1+1.mp4",
    "back\\slash.mp4",
    "שלום עולם.mp4",
    "bytes \udcff\udcfe.mp4",
    "percent %41 #x ?y.mp4",
    "javascript:alert(1)",
    "-",
    "x" * 200 + ".mp4",
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def listed(number: int, check: str, weight: Weight, at: Fraction, claim: str, **changes: object) -> Listed:
    one = Listed(f"F{number:03d}", check, "cut", weight, Confidence.HIGH, claim, at, at + Fraction(1, 25), 75, 76)
    return replace(one, **changes)  # type: ignore[arg-type] # fields by name


FOUND = {
    Answer.DIRECT: (
        listed(1, "hidden-footage", Weight.DIRECT, Fraction(0), "The file stores 38 pictures before the first shown one.", bytes=(48, 8192)),
        listed(2, "writer-trace", Weight.STRONG, Fraction(0), "The file names a program as its writer: Lavf59 [x](y) {0}."),
    ),
    Answer.INDICATIONS: (
        listed(1, "hard-cut", Weight.STRONG, Fraction(3003, 1000), "Between two pictures everything in view changes at once."),
        listed(2, "frozen-picture", Weight.SUPPORTING, Fraction(5), "The picture stands still for 2.000 s."),
    ),
    Answer.RE_SAVED: (listed(1, "writer-trace", Weight.STRONG, Fraction(0), "The file names a program as its writer."),),
    Answer.INCONCLUSIVE: (listed(1, "frozen-picture", Weight.SUPPORTING, Fraction(2), "The picture stands still."),),
    Answer.NONE_FOUND: (),
}  # fmt: skip


NO_CONCLUSION = "The analysis does not allow a conclusion (most of the checks could not be run on this file)."


def item(path: str, content: str, answer: Answer, kind: str = STEADY, **changes: object) -> Item:
    sha256 = sha(content)
    made = Item(
        sha256=sha256,
        name=path,
        folder=f"items/{sha256[:32]}",
        answer=answer,
        sentence=NO_CONCLUSION if answer is Answer.INCONCLUSIVE else WORDS.text(f"answer.{answer.value}"),
        kind=kind,
        container="mov,mp4,m4a,3gp,3g2,mj2",
        codec=kind.split(maxsplit=1)[0],
        width=1280,
        height=720,
        frames=250,
        length=Fraction(10) + Fraction(len(path), 7),
        findings=FOUND[answer],
        more=0,
        picture=f"pictures/{sha256[:32]}.jpg" if FOUND[answer] and answer is not Answer.RE_SAVED else "",
        not_run=(),
        unexamined=0,
        revisions=REVISIONS,
        pictured="F001" if FOUND[answer] and answer is not Answer.RE_SAVED else "",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields by name


def entry(path: str, content: str, fate: Fate = Fate.AUDITED, reason: str = "", size: int = 1_234_567) -> Entry:
    return Entry(path, size, sha(content) if content else "", fate, reason, path.endswith(".mp4"))


BROKEN = (
    entry("notes/readme.txt", "readme", Fate.NOT_VIDEO, "readme.txt holds no video.", 812),
    entry("playlist.mp4", "playlist", Fate.NOT_VIDEO, "playlist.mp4 holds no video.", 64),
    entry("empty.mp4", "", Fate.EMPTY, "The file has no bytes.", 0),
    entry("half.mp4", "half", Fate.DAMAGED, "half.mp4 is broken before its first picture."),
    entry("old.rm", "old", Fate.UNSUPPORTED, "This form of video is not read."),
    entry("secret", "", Fate.UNREADABLE, "The system would not open it: Permission denied.", 0),
    entry("link.mp4", "", Fate.LINK, "A symbolic link to \u202e/etc/<b>passwd</b>, which is not followed.", 0),
    entry("export.zip", "export", Fate.ARCHIVE, "export.zip is a ZIP archive, which is not opened."),
    entry("pipe", "", Fate.SPECIAL, "A named pipe.", 0),
    entry("moving.mp4", "moving", Fate.CHANGED, "Its bytes after the analysis were not those before it."),
    entry("bomb.mp4", "bomb", Fate.CRASHED, "The analysis ended without an answer; last words: <img src=x onerror=alert(1)>\x1b[2J"),
    entry("slow.mp4", "slow", Fate.TIMED_OUT, "The analysis was stopped after 600 s."),
    entry("huge.mp4", "huge", Fate.OUT_OF_MEMORY, "The analysis needed more than 1 GiB."),
    entry("full.mp4", "full", Fate.FAILED, "The disk is full."),
)  # fmt: skip


def drawn() -> Case:
    """Some 40 entries: every fate, every answer, nasty names, two files of one content, a group of clips that share footage."""
    answers = list(Answer)
    entries, items = list(BROKEN), []
    for at, path in enumerate(NASTY):
        entries.append(entry(path, path))
        items.append(item(path, path, answers[at % 5], (STEADY, NAMED, RARE)[at % 3]))
    for at in range(12):
        path = f"cam{at % 3}/clip {at:02d}.mp4"
        entries.append(entry(path, path))
        items.append(item(path, path, answers[-(at % 3) - 1], STEADY))
    entries += [entry("cam0/copy of clip 00.mp4", "cam0/clip 00.mp4"), entry("cam9/clip 00.mp4", "cam0/clip 00.mp4")]
    entries += [entry("notes/readme (2).txt", "readme", Fate.NOT_VIDEO, "readme (2).txt holds no video.", 812)]
    items[-1] = replace(items[-1], not_run=(("jump-cut", "It broke down: ValueError."),), unexamined=2, more=12)
    items[-2] = replace(items[-2], revisions=(("hard-cut", 3),))
    entries.sort(key=lambda one: one.path)
    first = {one.sha256: at for at, one in reversed(list(enumerate(entries)))}
    items.sort(key=lambda one: first[one.sha256])
    return Case(
        tool=TOOL,
        options=(("stills", "yes"), ("second-opinion", "no")),
        entries=tuple(entries),
        items=tuple(items),
        overlaps=shared(items),
        no_overlaps="",
        folder="exhibit 7",
    )


def span(start: float, end: float) -> Span:
    return Fraction(start), Fraction(end)


def alike() -> Overlap:
    """Four seconds of the first of two clips that lie at the begin of the second, by likeness."""
    return Overlap(
        (0, 1),
        Fraction(6),
        ((150, 250), (0, 100)),
        (span(6, 10), span(0, 4)),
        Layer.PICTURES,
        Fraction(7, 2),
        3.5,
        0.93,
    )


def shared(items: list[Item]) -> Overlaps:
    """Two groups: three clips with a gap and a conflict, and two clips."""
    clips = tuple(
        Recording(Custody(one.name, 9, one.sha256, "2026-01-01T00:00:00Z"), 250, one.length, "h264", 640, 360, sound=False)
        for one in items
    )  # fmt: skip
    one = alike()
    other = replace(one, clips=(1, 2), offset=Fraction(30))
    exact = replace(one, matched_by=Layer.FRAMES, differing=None, likeness=None, offset=Fraction(1))
    placed: tuple[Placed, ...] = (Placed(0, span(0, 10), Fraction(0), 1), Placed(1, span(6, 16), Fraction(6), 2))
    placed += (Placed(2, span(36, 46), Fraction(36), 1),)
    group = Group(placed, (one, other), (exact,), (span(16, 36),), (span(6, 10),))
    last = replace(one, clips=(3, 4))
    small = Group(
        (Placed(3, span(0, 10), Fraction(0), 1), Placed(4, span(6, 16), Fraction(6), 1)),
        (last,),
        (),
        (),
        (span(6, 10),),
    )
    unread = (Unread(items[-1].name, "It could not be decoded twice."),)
    return Overlaps(clips, (group, small), tuple(range(5, len(items) - 1)), unread)


def large(count: int) -> Case:
    """`count` files in 40 folders; every tenth is no video, every twentieth a copy of the one before."""
    answers = list(Answer)
    entries: list[Entry] = []
    items: list[Item] = []
    for at in range(count):
        path = f"disk/camera {at % 40:02d}/2026-03-{at % 28 + 1:02d} {at:06d}.mp4"
        if at % 10 == 3:
            entries.append(entry(path.replace(".mp4", ".txt"), path, Fate.NOT_VIDEO, "It holds no video.", at))
        elif at % 20 == 7:
            entries.append(entry(path, items[-1].name))
        else:
            entries.append(entry(path, path))
            items.append(item(path, path, answers[at * 7 % 5], (STEADY, NAMED, RARE)[at % 3]))
    entries.sort(key=lambda one: one.path)
    return Case(TOOL, (), tuple(entries), tuple(items), None, "it was not asked for")


def table() -> Table:
    """Rates measured on three kinds: one flag in 100 clips, none in 60, and too few."""

    def row(kind: str, clips: int, answers: dict[str, int], half: str = "reporting", nature: str = "continuous") -> Row:
        return Row(
            half, nature, "camera", kind, "untouched", "untouched", clips, 10.0 * clips, tuple(answers.items()), ()
        )

    rows = (
        row(STEADY, 80, {"none-found": 79, "indications": 1}),
        row(STEADY, 20, {"none-found": 20}),
        row(NAMED, 60, {"re-saved": 60}),
        row(RARE, 9, {"direct": 9}),
        row(STEADY, 500, {"direct": 500}, half="tuning"),
        row(STEADY, 500, {"direct": 500}, nature="edited"),
    )
    return Table("0" * 64, "2026-11-26", "0.1.0", "f" * 40, "ffmpeg", 669, 51, REVISIONS, rows, ())
