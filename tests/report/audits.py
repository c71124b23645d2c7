"""Audits built by hand: an ordinary one, a quiet one, a hostile one, and one with as many findings as asked for."""

import hashlib
import struct
import zlib
from dataclasses import replace
from fractions import Fraction

from entirety.model.audit import (
    Answer,
    Audit,
    CheckResult,
    Declaration,
    Numbered,
    RuleRow,
    RunRecord,
    Still,
    Tool,
    Unexamined,
)
from entirety.model.clip import Custody, Stream
from entirety.model.extract import FrameRow
from entirety.model.finding import (
    Confidence,
    Finding,
    Innocent,
    Measured,
    Outcome,
    Question,
    Sentence,
    Span,
    Status,
    Weight,
)
from entirety.model.rates import Found, MeasuredSet, Performance
from entirety.model.second_opinion import Compared, Point, SecondOpinion
from entirety.model.shots import ShotRow, ShotTable
from entirety.model.stated import Stated
from entirety.model.time import UNSET
from entirety.model.timeline import ClockLine, Timeline
from entirety.report.view_parts import Runs

HOSTILE = (
    "<script>alert(1)</script>",
    '#let x = read("/etc/passwd") $x$ *b* [c] \\ `d` @e',
    "\u202egnp.exe\u202c right to left",
    "line one\nline two\r\x1b[31mred\x07\x9b1m",
    "A" * 10_000,
    "'><img src=x onerror=alert(1)> {{ 7*7 }} {% x %} {0} {a.__class__}",
    "surrogate \udcff\ud800 end \u2028 \U000e0001",
    "中文 العربية עברית 🎬 z\u0300\u0301\u0302\u0303\u0304\u0305",
)


def png(width: int, height: int, shade: int) -> bytes:
    """A small picture written by hand: a grey slope with a darker bar whose place follows `shade`."""
    rows = b"".join(
        b"\0"
        + bytes(
            60 if abs(x - shade * width // 256) < 6 else (x * 96 // width + y * 60 // height + 80) for x in range(width)
        )
        for y in range(height)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def still(finding: str, role: str, frame: int) -> tuple[Still, bytes]:
    content = png(320, 180, frame * 7 % 256)
    record = Still(
        finding=finding,
        role=role,
        frame=frame,
        time=Fraction(frame * 1001, 30000),
        sha256=hashlib.sha256(b"planes" + content).hexdigest(),
        file=f"stills/{role}-{frame:06d}.png",
        file_sha256=hashlib.sha256(content).hexdigest(),
        width=320,
        height=180,
    )
    return record, content


def finding(check: str, weight: Weight, first: int, *, hidden: tuple[int, ...] = ()) -> Finding:
    start = Fraction(first * 1001, 30000)
    return Finding(
        check=check,
        code="seen",
        claim=Sentence(
            f"{check}.seen",
            "The file stores {stored} pictures before frame {frame} that a player does not show.",
            (("stored", len(hidden) or 38), ("frame", first)),
        ),
        inference=Sentence(
            f"{check}.means",
            "In our assessment this is what remains when a longer recording is shortened without compressing it again. "
            "It is also what some phones write when a clip is trimmed in the gallery.",
        ),
        span=Span(start, start + Fraction(1001, 30000), first, first + 1, ((48, 8192), (9000, 9100))),
        weight=weight,
        confidence=Confidence.MEDIUM if weight is Weight.SUPPORTING else Confidence.HIGH,
        measured=(
            Measured("pictures stored and not shown", 38, 4, "pictures"),
            Measured("robust deviation of the step", 8.25, 6.0, ""),
            Measured("encoder", "x264 core 164", None),
        ),
        innocent=(
            Innocent(
                "gallery-trim",
                Status.NOT_EXCLUDED,
                Sentence("why.gallery", "The brand {brand} is one that phones write.", (("brand", "isom"),)),
            ),
            Innocent(
                "reorder-delay",
                Status.EXCLUDED,
                Sentence("why.reorder", "The coding delays pictures by at most 2; 38 are stored."),
            ),
            Innocent("pre-roll", Status.NOT_TESTED, Sentence("why.pre-roll", "The device is not known.")),
        ),
        reproduce="ffmpeg -ignore_editlist 1 -noautorotate -i CLIP -map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -",
        stills=(first, first + 1),
        hidden=hidden,
    )


def declaration(name: str) -> Declaration:
    return Declaration(
        id=name,
        revision=2,
        title=f"What {name.replace('-', ' ')} looks for",
        sees="Pictures that are stored in the file and that a player which honours the edit list does not show.",
        innocent=(
            ("gallery-trim", "The owner shortened the clip in the phone's gallery, which hides the rest and keeps it."),
            ("reorder-delay", "Coding with reordered pictures needs a start-up delay of a few pictures."),
            ("pre-roll", "The device keeps a short time from before the button was pressed."),
        ),
        blind_spots=("Pictures that were removed from the file leave nothing here.",),
        references=("ISO/IEC 14496-12:2022, 8.6.6 Edit list box", "https://example.org/never-fetched"),
    )


CHECKS = (
    ("hidden-footage", Question.WHOLE, Outcome.FOUND, None),
    ("timestamp-gap", Question.CONTINUOUS, Outcome.FOUND, None),
    ("writer-trace", Question.ORIGINAL, Outcome.FOUND, None),
    ("stream-join", Question.CONTINUOUS, Outcome.CLEAR, None),
    ("frozen-picture", Question.CONTINUOUS, Outcome.CLEAR, None),
    (
        "timecode-break",
        Question.CONTINUOUS,
        Outcome.NOT_APPLICABLE,
        Sentence("need.timecode", "The file carries no clock of its own."),
    ),
    (
        "mains-hum-phase",
        Question.CONTINUOUS,
        Outcome.SKIPPED,
        Sentence("need.hum", "The hum is {db} dB, too weak.", (("db", -61.5),)),
    ),
    (
        "jump-cut",
        Question.CONTINUOUS,
        Outcome.FAILED,
        Sentence("failed", "It broke down: {error}.", (("error", "ValueError"),)),
    ),
)

BLIND_HERE = {
    "timestamp-gap": Sentence("timestamp-gap.here", "Times were rounded to {ms} ms.", (("ms", 1),)),
    "frozen-picture": Sentence("frozen-picture.here", "Nothing moved from 0 to 4 s: a cut there cannot be seen."),
}
"""What two of them could not have seen in the ordinary clip."""

SHOTS = ShotTable(
    (
        ShotRow(0, 139, Fraction(0), Fraction(140 * 1001, 30000), 1, "hard-cut", "F002"),
        ShotRow(140, 249, Fraction(140 * 1001, 30000), Fraction(250 * 1001, 30000), 2, "gradual-transition", ""),
        ShotRow(260, 359, Fraction(260 * 1001, 30000), Fraction(12012, 1000), 1, "end", ""),
    ),
    3,
)

RULE = (
    RuleRow(1, Answer.DIRECT, Sentence("rule.1", "At least one finding is a direct trace.")),
    RuleRow(2, Answer.INDICATIONS, Sentence("rule.2", "At least one finding about continuity is strong.")),
    RuleRow(3, Answer.NONE_FOUND, Sentence("rule.3", "None of the rows above holds.")),
)


def video_stream(tags: tuple[tuple[str, str], ...] = ()) -> Stream:
    return Stream(
        index=0,
        kind="video",
        codec="h264",
        profile="High",
        time_base=Fraction(1, 30000),
        start=0,
        duration=360360,
        frames=360,
        width=1920,
        height=1080,
        pixel_format="yuv420p",
        rotation=90,
        rate=Fraction(30000, 1001),
        average_rate=Fraction(30000, 1001),
        sample_rate=0,
        channels=0,
        tags=(("handler_name", "VideoHandler"), *tags),
        aspect=Fraction(4, 3),
    )


def sound_stream() -> Stream:
    return Stream(1, "audio", "aac", "LC", Fraction(1, 48000), UNSET, UNSET, 0, 0, 0, "", 0, None, None, 48000, 2, ())


MEASURED = MeasuredSet(hashlib.sha256(b"set").hexdigest(), 4210, "2026-02-14", "0.1.0", "0123456789abcdef")


def performance(check: str, **changes: object) -> Performance:
    """Rates counted on 64 clips: 40 continuous ones in which it spoke in 3, 20 edited ones, 4 that a device broke off."""
    rates = Performance(
        check=check,
        revision=2,
        kind="h264 steady software",
        clips=64,
        found=(
            Found("remove-copy", near=9, frame=8, clips=12, not_run=0),
            Found("join-encode", near=0, frame=0, clips=7, not_run=2),
            Found("freeze", near=0, frame=0, clips=1, not_run=0),
            Found("device", near=3, frame=3, clips=4, not_run=0),
        ),
        continuous=40,
        not_run=0,
        false=5,
        false_clips=3,
        hours=0.125,
        measured=MEASURED,
    )
    return replace(rates, **changes)  # type: ignore[arg-type] # fields by name


def ordinary() -> tuple[Audit, dict[str, bytes]]:
    """Four findings, one of each weight, with their stills."""
    found = (
        finding("hidden-footage", Weight.DIRECT, 90, hidden=(0, 12, 24, 37)),
        finding("timestamp-gap", Weight.STRONG, 140),
        finding("timestamp-gap", Weight.SUPPORTING, 150),
        finding("writer-trace", Weight.NEUTRAL, 0),
    )
    numbered = tuple(Numbered(f"F{at:03d}", one) for at, one in enumerate(found, 1))
    pairs = [still(one.id, "shown", frame) for one in numbered for frame in one.finding.stills]
    pairs += [still(one.id, "hidden", row) for one in numbered for row in one.finding.hidden]
    pairs += [still("", "shot", frame) for frame in (90, 140)]
    pairs += [still("", "strip", frame) for frame in (0, 60, 120, 180)]
    counts = {name: sum(one.check == name for one in found) for name, *_ in CHECKS}
    audit = Audit(
        tool=Tool("entirety", "0.1.0", "libavcodec 62.11.100", (("av", "18.1.0"), ("numpy", "2.4.0"))),
        custody=Custody(
            "clip 07 двор.mp4", 18_734_112, hashlib.sha256(b"clip").hexdigest(), "2026-03-02T09:14:55+00:00"
        ),
        sha256_after=hashlib.sha256(b"clip").hexdigest(),
        container="mov,mp4,m4a,3gp,3g2,mj2",
        duration=Fraction(13013, 1000),
        start=Fraction(0),
        shown=Fraction(12012, 1000),
        frames=360,
        stored=398,
        constant_rate=True,
        video=0,
        streams=(video_stream(), sound_stream()),
        tags=(("major_brand", "isom"), ("encoder", "Lavf59.27.100"), ("encoder", "twice")),
        answer=Answer.DIRECT,
        sentence=Sentence(
            "answer.direct",
            "The file itself contains material showing that it is not displayed as stored / was assembled from parts. (Direct trace.)",
        ),
        reason=RULE[0].condition,
        questions=(
            (Question.WHOLE, Answer.DIRECT),
            (Question.ORIGINAL, Answer.INCONCLUSIVE),
            (Question.CONTINUOUS, Answer.INDICATIONS),
        ),
        checks=tuple(
            CheckResult(name, 2, question, outcome, why, counts[name], BLIND_HERE.get(name))
            for name, question, outcome, why in CHECKS
        ),
        kind="h264 steady software",
        performance=(
            performance("hidden-footage", false=0, false_clips=0),
            performance("timestamp-gap"),
            performance("stream-join", false=0, false_clips=0, continuous=36, not_run=4, hours=1.25),
        ),
        findings=numbered,
        stills=tuple(record for record, _ in pairs),
        limits=(
            Sentence("limit.hash", "The results relate only to the file with the hash stated in this report."),
            Sentence("limit.silent", "The file has no sound: nothing could be compared with the picture."),
        ),
        unexamined=(
            Unexamined(
                Fraction(8),
                Fraction(17, 2),
                240,
                254,
                Sentence("unexamined.damaged", "The decoder reported errors in this part."),
            ),
        ),
        notes=("after frame 240: error while decoding MB 12 7", "after frame 251: concealing 310 errors"),
        timeline=Timeline(
            bins=360,
            origin=Fraction(0),
            duration=Fraction(12012, 1000),
            keys=tuple(float(at) for at in range(0, 12, 2)),
            packet_bytes=tuple(30_000.0 if at % 60 == 0 else 4_000.0 + at * 37 % 2900 for at in range(360)),
            change=tuple(9.0 if at in (90, 140) else 1.0 + at * 13 % 17 / 10 for at in range(360)),
            luma=tuple(100.0 + at % 7 for at in range(360)),
            kinds=(
                ("I", tuple(30_000.0 if at % 60 == 0 else 0.0 for at in range(360))),
                ("P", tuple(4_000.0 + at * 37 % 2900 if at % 60 else 0.0 for at in range(360))),
            ),
            quantiser=tuple(-1.0 if at % 60 == 0 else 26.0 + (at > 140) * 8 + at % 3 for at in range(360)),
            steps=tuple(1.5 if at == 140 else 0.0167 if at == 300 else 0.033367 for at in range(360)),
            usual_step=0.033367,
            clocks=(ClockLine("tmcd", tuple(float(at) for at in range(12)), (0.0,) * 5 + (2.0,) * 7),),
            sound=tuple(-90.0 if at < 30 else -40.0 + at % 5 for at in range(360)),
        ),
        run=RunRecord("2026-03-02T10:00:00+00:00", 4.125, "entirety audit clip.mp4", "Python 3.11, Linux x86_64"),
        declarations=tuple(declaration(name) for name, *_ in CHECKS),
        rule=RULE,
        second=SecondOpinion(
            "MediaInfo 24.12",
            compared=(
                Compared(Point.PICTURES, "398 / 360", "397", False),
                Compared(Point.CONTAINER, "mov,mp4,m4a,3gp,3g2,mj2", "MPEG-4", True),
                Compared(Point.CODEC, "h264", "", None),
            ),
            stated=(("application", "Lavf59.27.100"),),
        ),
        shots=SHOTS,
        extract=tuple(frame_row(frame) for frame in NEAR),
    )
    return audit, {record.file: content for record, content in pairs}


NEAR = sorted({at + by for at in (0, 1, 90, 91, 140, 141, 150, 151) for by in range(-5, 6) if at + by >= 0})


def frame_row(frame: int) -> FrameRow:
    time = Fraction(frame * 1001, 30000)
    sha256 = hashlib.sha256(f"frame {frame}".encode()).hexdigest()
    return FrameRow(
        frame, time, Fraction(1001, 30000), 4000 + frame, "I" if frame % 60 == 0 else "P", frame % 60 == 0, 1.25, sha256
    )


STATED = Stated(
    case_number="4-17/2026",
    case_exhibit="7",
    case_court="City court, second chamber",
    case_party="for the defence",
    received_from="A. Askarova, counsel",
    received_by="B. Operator",
    received_on="2026-03-01",
    received_how="by e-mail, as an attachment",
    operator_name="B. Operator",
    operator_capacity="technical analyst, not a court-appointed expert",
    operator_organisation="Example Laboratory",
    operator_contact="+7 000 000 00 00",
    operator_date="2026-03-02",
    operator_place="Almaty",
    report_replaces="E-0123456789ab",
    report_why="the exhibit number was wrong",
)
"""A case file with all but one of its parts filled in."""


def plain(*texts: Runs) -> str:
    """Linked texts without their links."""
    return " ".join("".join(run.text for run in runs) for runs in texts)


def quiet() -> Audit:
    """Nothing found, nothing unexamined, no run recorded, no stills, no error rates for its kind."""
    audit, _ = ordinary()
    return replace(
        audit,
        answer=Answer.NONE_FOUND,
        sentence=Sentence(
            "answer.none-found",
            "No indications found by the checks made. This does not show that the recording is whole or unedited.",
        ),
        reason=RULE[2].condition,
        questions=tuple((question, Answer.NONE_FOUND) for question in Question),
        checks=tuple(CheckResult(name, 2, question, Outcome.CLEAR, None, 0) for name, question, *_ in CHECKS),
        kind="vp9 variable unnamed",
        performance=(),
        findings=(),
        stills=(),
        unexamined=(),
        notes=(),
        duration=audit.shown,
        run=None,
    )


def hostile() -> tuple[Audit, dict[str, bytes]]:
    """Every place that a file's maker can write to filled with what should not work."""
    audit, pngs = ordinary()
    worst = audit.findings[0].finding
    claim = Sentence("hidden-footage.seen", "The encoder states {text}.", (("text", " ".join(HOSTILE)),))
    changed = replace(worst, claim=claim, measured=tuple(Measured("tag", text, None) for text in HOSTILE))
    audit = replace(
        audit,
        custody=replace(audit.custody, name="a\u202e4pm.<b>\n\x1b[2Jклип\udcff.mp4"),
        tags=tuple((text[:60], text) for text in HOSTILE),
        streams=(video_stream(tuple((text, text) for text in HOSTILE)),),
        findings=(Numbered("F001", changed), *audit.findings[1:]),
        kind=HOSTILE[2],
        performance=tuple(
            replace(rates, kind=HOSTILE[2], measured=MeasuredSet("0" * 64, 1, *HOSTILE[:3]))
            for rates in audit.performance
        ),
        notes=HOSTILE,
        second=SecondOpinion(
            HOSTILE[0],
            compared=tuple(Compared(Point.CODEC, text, text, False) for text in HOSTILE),
            stated=tuple((text, text) for text in HOSTILE),
        ),
    )
    return audit, pngs


def many(count: int) -> Audit:
    """`count` findings over the whole clip, none illustrated."""
    audit, _ = ordinary()
    weights = (Weight.STRONG,) * (count // 10) + (Weight.SUPPORTING,) * (count - count // 10)
    found = tuple(
        Numbered(f"F{at:03d}", finding("timestamp-gap", weight, at * 360 // count))
        for at, weight in enumerate(weights, 1)
    )
    sentence = Sentence(
        "answer.indications",
        "Indications found that the recording is not continuous or was processed after recording; other explanations are not all excluded.",
    )
    return replace(
        audit, findings=found, stills=(), answer=Answer.INDICATIONS, sentence=sentence, reason=RULE[1].condition
    )
