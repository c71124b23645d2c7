"""Looks for pictures that are stored in the file and that a player does not show.

When a recording is shortened without encoding it again, the part that was cut away often stays in the file, and a table tells the
player to skip it. Such pictures can be counted, placed and printed.
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.detect import commands
from entirety.detect.edits import Layout, hidden_by_the_list, layout
from entirety.detect.hidden_innocent import EXPLANATIONS, ID, PLACES, starting, weigh
from entirety.detect.innocent import declared
from entirety.detect.needs import FRAMES, ISOBMFF, PACKETS
from entirety.detect.rearranged import rearranged, retimed
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_end, frame_of, frame_time, runs, spread
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Sentence, Span, Value, Weight

ROUNDING = 1
"""Pictures that rounding to the movie's clock can hide: in 96 untouched phone files (EVA-7K box trees) the shown length differs from the
stored one by -0.95 to +0.55 pictures. Reordering hides as many as decoding runs ahead (edits.reorder_depth)."""
MOST_GAPS = 20
"""Hidden stretches inside the clip that get a finding of their own, longest first: chosen, so that a report stays readable."""


def _run(clip: Clip) -> Iterator[Finding]:
    plan = layout(clip)
    if plan is None or not len(plan.seen):
        return
    end, stretches = len(plan.order) - 1, runs(plan.hidden)
    inside = [s for s in stretches if s[0] > 0 and s[1] < end]
    told = set(sorted(inside, key=lambda s: s[0] - s[1])[:MOST_GAPS])
    for first, last in stretches:
        code = "leading" if first == 0 else "trailing" if last == end else "between"
        if code != "between" or (first, last) in told:
            yield _hidden(clip, plan, code, first, last)
    yield from rearranged(clip, plan)
    yield from retimed(clip)


def _hidden(clip: Clip, plan: Layout, code: str, first: int, last: int) -> Finding:
    """A stretch of hidden pictures at positions `first` to `last` of the stored order."""
    rows, count, total = plan.order[first : last + 1], last - first + 1, int(plan.hidden.sum())
    bound, listed = max(ROUNDING, plan.reorder), hidden_by_the_list(clip)
    length = plan.seconds(clip, first, last)
    seconds = f"{float(length):.3f}"
    time, before, after = _where(clip, plan, code, first, last)
    text = (
        "The file stores {stored} pictures and shows {shown} of them. Stored and not shown, {place}: {hidden} (number of pictures), "
        "{seconds} s of footage."
    )
    numbers: dict[str, Value] = {
        "stored": len(clip.packets),
        "shown": len(clip.packets) - total,
        "hidden": count,
        "seconds": seconds,
    }
    when = time - frame_time(clip, 0)
    beyond = count > bound and not starting(code, length, when)
    agreed = listed is not None and abs(listed - total) <= ROUNDING
    return Finding(
        check=ID,
        code=code,
        claim=say(f"{ID}.{code}.claim", text.replace("{place}", PLACES[code]), **numbers),
        inference=_meaning(code, beyond=beyond),
        span=Span(time, time, before, after, byte_ranges(clip, rows.tolist())),
        weight=Weight.DIRECT if beyond else Weight.NEUTRAL,
        confidence=Confidence.HIGH if agreed else Confidence.MEDIUM,
        measured=(
            Measured("hidden pictures in this stretch", count, bound, "pictures"),
            Measured("length of this stretch", seconds, None, "s"),
            Measured("hidden pictures in the file", total, None, "pictures"),
            Measured(
                "hidden by the numbers of the edit list", "not counted" if listed is None else listed, None, "pictures"
            ),
        ),
        innocent=weigh(code, count, bound, length, when),
        reproduce=commands.stored_and_shown(clip),
        stills=tuple(sorted({before, after})),
        hidden=spread(rows),
    )


def _where(clip: Clip, plan: Layout, code: str, first: int, last: int) -> tuple[Fraction, int, int]:
    """Time in what is shown, last frame before and first frame after the hidden stretch."""
    if code == "leading":
        return frame_time(clip, 0), 0, 0
    if code == "trailing":
        return frame_end(clip, len(clip.frames) - 1), len(clip.frames) - 1, len(clip.frames) - 1
    before = frame_of(clip, int(plan.ticks[plan.seen == first - 1][0]))
    after = frame_of(clip, int(plan.ticks[plan.seen == last + 1][0]))
    return frame_time(clip, after), min(before, after), max(before, after)


def _meaning(code: str, *, beyond: bool) -> Sentence:
    if not beyond:
        text = "In our assessment this is what reordering, rounding of times, or the start of a recorder leave in ordinary files."
        return say(f"{ID}.small.inference", text)
    if code == "between":
        text = (
            "In our assessment the file holds footage from the middle of the clip that a player skips: this results when a part is taken "
            "out without encoding again. What is skipped can be seen in the pictures beside this finding."
        )
        return say(f"{ID}.between.inference", text)
    text = (
        "In our assessment the file holds more footage than it shows: this results when a recording is shortened without encoding it "
        "again, and also where a device stores more than it was asked to show. Some players ignore the table and show everything."
    )
    return say(f"{ID}.ends.inference", text)


CHECK = Check(
    id=ID,
    revision=1,
    question=Question.WHOLE,
    title="Pictures stored in the file and not shown",
    sees=(
        "The file is read twice: once as a player reads it, once with its table of edits ignored. Pictures that only the second reading "
        "meets are stored and not shown; they are counted, placed and printed. Parts shown twice or in another order are named too."
    ),
    needs=(PACKETS, ISOBMFF, FRAMES),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "After a file was encoded again, hidden pictures are gone: nothing found says nothing about what was left out before.",
        "Only the table of edits of the picture that is shown is followed; bytes that no table refers to, and further tracks, are not searched.",
        "In fragmented files the library follows the table of edits only in part.",
        "Containers other than MP4, MOV and 3GP have no such table.",
    ),
    references=(
        "ISO/IEC 14496-12, 8.6.5 and 8.6.6 (edit box, edit list box).",
        "ITU-T H.264 (08/2021), A.3.1 and E.2.1 (number of pictures held back for reordering).",
        (
            "Yang, Baracchi, Iuliani et al., Efficient video integrity analysis through container characterization, IEEE J-STSP 2020: "
            "the bound for rounding was read off its 96 untouched phone files."
        ),
    ),
    run=_run,
)
