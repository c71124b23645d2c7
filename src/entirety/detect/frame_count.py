"""Compares what a file declares about its length and its number of pictures with what it holds.

A container states in several places how many pictures there are and how long they last. Where statement and content differ,
something was lost or written carelessly; sometimes something was taken out and the statement was left as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from entirety.detect import reproduce
from entirety.detect.innocent import declared
from entirety.detect.length_innocent import EXPLANATIONS, ID, LAST_GROUP, ROUNDED, weigh
from entirety.detect.lengths import (
    cut_short,
    declared_lengths,
    declared_pictures,
    expected_frames,
    extent,
    shown_extent,
)
from entirety.detect.needs import PACKETS
from entirety.detect.sentences import say
from entirety.detect.spans import whole_clip
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Sentence, Span, Value, Weight


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement between statement and content."""

    code: str
    claim: Sentence
    measured: tuple[Measured, ...]
    seconds: Fraction
    """How long it lasts; 0 where it has no length."""
    weight: Weight
    command: str
    at_start: bool = False


def _run(clip: Clip) -> Iterator[Finding]:
    for difference in (*_truncated(clip), *_stored(clip), *_length(clip), *_decoded(clip), *_sound(clip)):
        yield _finding(clip, difference)


def _truncated(clip: Clip) -> Iterator[Difference]:
    if (box := cut_short(clip)) is not None:
        lacking = box.declared - box.size
        text = "The file ends early. Its part {box} states {stated} bytes, and the file has {present} of them: {lacking} bytes are not there."
        values: dict[str, Value] = {"box": box.kind, "stated": box.declared, "present": box.size, "lacking": lacking}
        measured = (Measured("bytes stated beyond the end of the file", lacking, 0, "bytes"),)
        claim = say(f"{ID}.truncated.claim", text, **values)
        yield Difference("truncated", claim, measured, Fraction(0), Weight.SUPPORTING, reproduce.container_tags())


def _stored(clip: Clip) -> Iterator[Difference]:
    """Number of pictures that the container states against those read."""
    stated, count = declared_pictures(clip), len(clip.packets)
    if stated > 0 and stated != count:
        seconds = abs(stated - count) * _step(clip)
        text = "The container declares {stated:,} pictures; {count:,} could be read."
        claim = say(f"{ID}.pictures.claim", text, stated=stated, count=count)
        measured = (Measured("pictures read", count, stated), _limit(seconds))
        yield Difference("pictures", claim, measured, seconds, _weight(clip, seconds), _stored_times(clip))


def _length(clip: Clip) -> Iterator[Difference]:
    places = declared_lengths(clip)
    worst = max((abs(stated - counted) for _, stated, counted in places), default=Fraction(0))
    if worst > ROUNDED:
        text = "The length that the file declares and the length of what it holds differ by {seconds} s."
        claim = say(f"{ID}.length.claim", text, seconds=_decimal(worst))
        measured = tuple(Measured(place, _decimal(counted), _decimal(stated), "s") for place, stated, counted in places)
        yield Difference("length", claim, (*measured, _limit(worst)), worst, _weight(clip, worst), _stored_times(clip))


def _decoded(clip: Clip) -> Iterator[Difference]:
    """Pictures that should have come out of the decoder against those that did; damage itself is the subject of damaged-frames."""
    wanted, count = expected_frames(clip), len(clip.frames)
    if wanted > count > 0:
        seconds = (wanted - count) * _step(clip)
        # A start between key frames explains it; other codecs than H.264 store packets that are no picture.
        explained = not bool(clip.packets.key[0]) or clip.headers is None
        text = "The file has {wanted:,} pictures to show; the decoder gave {count:,}."
        values: dict[str, Value] = {"wanted": wanted, "count": count}
        if clip.log:
            text = "The file has {wanted:,} pictures to show; {lost:,} of them could not be decoded, and the decoder reported errors."
            values = {"wanted": wanted, "lost": wanted - count}
        claim = say(f"{ID}.{'undecoded' if clip.log else 'decoded'}.claim", text, **values)
        measured = (Measured("pictures decoded", count, wanted), _limit(seconds))
        weight = Weight.NEUTRAL if explained else _weight(clip, seconds)
        yield Difference("decoded", claim, measured, seconds, weight, reproduce.shown_frames(clip))


def _sound(clip: Clip) -> Iterator[Difference]:
    """Ends and starts of the first sound stream against the picture's, as shown; encoder priming is already taken off there."""
    index = next((s.index for s in clip.streams if s.kind == "audio"), None)
    sound = shown_extent(clip, index) if index is not None else None
    picture = shown_extent(clip, clip.video)
    if index is None or sound is None or picture is None:
        return
    start, end = sound.start - picture.start, sound.end - picture.end
    worst = max(abs(start), abs(end))
    if worst > ROUNDED:
        text = "Sound and picture do not cover the same time. Start of the sound after that of the picture: {start} s; end: {end} s. A minus sign means earlier."
        claim = say(f"{ID}.sound-length.claim", text, start=_decimal(start), end=_decimal(end))
        measured = (
            Measured("start of the sound after the picture's", _decimal(start), _decimal(LAST_GROUP), "s"),
            Measured("end of the sound after the picture's", _decimal(end), _decimal(LAST_GROUP), "s"),
        )
        command = reproduce.stored_times(clip, index)
        yield Difference("sound-length", claim, measured, worst, _weight(clip, worst), command, abs(start) > abs(end))


def _weight(clip: Clip, seconds: Fraction) -> Weight:
    """A file that breaks off explains every other difference; the break itself is told apart."""
    return Weight.SUPPORTING if seconds > LAST_GROUP and cut_short(clip) is None else Weight.NEUTRAL


def _limit(seconds: Fraction) -> Measured:
    return Measured("difference", _decimal(seconds), _decimal(LAST_GROUP), "s")


def _step(clip: Clip) -> Fraction:
    """Mean time from one stored picture to the next, seconds."""
    whole = extent(clip.packets, clip.stream.time_base)
    return whole.length / max(1, len(clip.packets)) if whole else Fraction(0)


def _stored_times(clip: Clip) -> str:
    return reproduce.stored_times(clip, clip.video)


def _decimal(seconds: Fraction) -> str:
    return f"{float(seconds):.3f}"


def _finding(clip: Clip, difference: Difference) -> Finding:
    text = (
        "In our assessment two things that should agree in a file do not agree here; that alone does not tell whether something was lost, "
        "never stored, or taken out."
    )
    return Finding(
        check=ID,
        code=difference.code,
        claim=difference.claim,
        inference=say(f"{ID}.inference", text),
        span=_where(clip, difference),
        weight=difference.weight,
        confidence=Confidence.HIGH,
        measured=difference.measured,
        innocent=weigh(clip, difference.code, difference.seconds),
        reproduce=difference.command,
    )


def _where(clip: Clip, difference: Difference) -> Span:
    """The end of the clip, where totals disagree; its start where the sound starts elsewhere. The whole clip would agree with every sign."""
    whole, box = whole_clip(clip), cut_short(clip)
    if difference.at_start:
        return Span(whole.start, whole.start, whole.first, whole.first)
    places = ((box.offset, box.end),) if difference.code == "truncated" and box is not None else ()
    return Span(whole.end, whole.end, whole.last, whole.last, places)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.WHOLE,
    title="Declared and real length, declared and real number of pictures",
    sees=(
        "A file states how many pictures it holds and how long it lasts, often in several places. These statements are compared with the "
        "pictures and sound blocks that are really there, with what the decoder makes of them, and sound is compared with picture."
    ),
    needs=(PACKETS,),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "Software that shortens a file corrects the statements with it: agreement says nothing about what was left out.",
        "Live transport streams and fragmented files state no total length, and nothing can be compared there.",
    ),
    references=(
        "ISO/IEC 14496-12, 8.2.2 (mvhd), 8.3.2 (tkhd), 8.4.2 (mdhd), 8.7.3 (stsz).",
        (
            "Yang, Baracchi, Iuliani et al., Efficient video integrity analysis through container characterization, IEEE J-STSP 2020: "
            "thresholds were read off its phone files, straight from the phone and processed."
        ),
    ),
    run=_run,
)
