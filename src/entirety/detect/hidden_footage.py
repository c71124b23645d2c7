"""Looks for pictures that are stored in the file and that a player does not show.

When a recording is shortened without encoding it again, the part that was cut away often stays in the file, and its edit
list tells the player to skip it. Such pictures can be counted, placed and printed.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction

from entirety.detect import reproduce
from entirety.detect.edits import Layout, agreed, by_the_list, damaged, hidden_by_the_list, layout, lead
from entirety.detect.hashed import of_packets
from entirety.detect.hidden_innocent import DAMAGED, EXPLANATIONS, ID, PLACES, claim, starting, weigh
from entirety.detect.innocent import declared
from entirety.detect.needs import FRAMES, ISOBMFF, PACKETS
from entirety.detect.orphaned import orphaned
from entirety.detect.other_tracks import other_tracks
from entirety.detect.previews import previews
from entirety.detect.rearranged import loose, rearranged, retimed
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, frame_end, frame_of, frame_time, runs, spread
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Question, Sentence, Span, Weight

ROUNDING = 1
"""Pictures that rounding to the movie's clock can hide: in 96 untouched phone files (EVA-7K box trees) the shown length differs from the
stored one by -0.95 to +0.55 pictures. Reordering hides as many as decoding runs ahead (edits.reorder_depth)."""
SHORT_LEAD = Fraction(1, 2)
"""Seconds before the shown start, within its group, up to which a camera app's start is as likely as a trim: sample_edit_list.mp4 of the
corpus, written by Apple's Core Media, hides 0.27 s so, and 96 untouched phone files (EVA-7K) at most 0.55 pictures."""
MOST_GAPS = 20
"""Hidden stretches inside the clip that get a finding of their own, longest first: chosen, so that a report stays readable."""


def _run(clip: Clip) -> Iterator[Finding]:
    plan = layout(clip)
    if plan is not None and len(plan.seen):
        plan = by_the_list(clip, plan)
        apart = loose(plan)
        yield from _stretches(clip, plan, apart)
        yield from rearranged(clip, plan, apart)
    yield from retimed(clip)
    yield from other_tracks(clip)
    yield from orphaned(clip)
    yield from previews(clip)


def _stretches(clip: Clip, plan: Layout, apart: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """One finding for each hidden stretch; those in `apart` lie beside frames that are shown apart, and `rearranged` tells them."""
    end, stretches = len(plan.order) - 1, [stretch for stretch in runs(plan.hidden) if stretch not in apart]
    inside = [s for s in stretches if s[0] > 0 and s[1] < end]
    told = set(sorted(inside, key=lambda s: s[0] - s[1])[:MOST_GAPS])
    for first, last in stretches:
        code = "leading" if first == 0 else "trailing" if last == end else "between"
        if code != "between" or (first, last) in told:
            yield _hidden(clip, plan, code, first, last)


def _hidden(clip: Clip, plan: Layout, code: str, first: int, last: int) -> Finding:
    """A stretch of hidden pictures at positions `first` to `last` of the stored order."""
    rows, count = plan.order[first : last + 1], last - first + 1
    bound = ROUNDING if code == "between" else max(ROUNDING, plan.reorder)  # decoding runs ahead at the ends only
    listed, fragmented = hidden_by_the_list(clip), bool(clip.movie and clip.movie.fragments)
    by_list = None if listed is None else int(listed.sum())
    length = plan.seconds(clip, first, last)
    time, before, after = _where(clip, plan, code, first, last)
    when = time - frame_time(clip, 0)
    beyond = count > bound and not starting(code, length, when)
    cause = lead(clip, plan, first, last)
    broken = damaged(clip, plan, first, last)
    return Finding(
        check=ID,
        code=code,
        claim=Sentence(f"{ID}.{code}.claim", *claim(plan, PLACES[code], count, length)),
        inference=_meaning(code, beyond=beyond, broken=broken),
        span=Span(time, time, before, after, byte_ranges(clip, rows.tolist())),
        weight=_weight(code, cause, length, fragmented=fragmented) if beyond and not broken else Weight.NEUTRAL,
        confidence=Confidence.HIGH if agreed(clip, plan) and not broken else Confidence.MEDIUM,
        measured=(
            Measured("hidden pictures in this stretch", count, bound, "pictures"),
            Measured("length of this stretch", f"{float(length):.3f}", None, "s"),
            Measured("hidden pictures in the file", int(plan.hidden.sum()), None, "pictures"),
            Measured(
                "hidden by the numbers of the edit list",
                "not counted" if by_list is None else by_list,
                None,
                "pictures",
            ),
            *of_packets(clip, rows),
        ),
        innocent=weigh(code, count, bound, length, when, more=_causes(code, cause, fragmented=fragmented)),
        reproduce=reproduce.stored_and_shown(clip),
        stills=tuple(sorted({before, after})),
        hidden=spread(rows),
        also=(Question.CONTINUOUS,) if code == "between" else (),
    )


def _weight(code: str, cause: str, length: Fraction, *, fragmented: bool) -> Weight:
    """`cause` is that of `edits.lead`; of fragmented files players differ in what they show, and only the list itself can be counted."""
    if fragmented and code == "trailing":
        return Weight.SUPPORTING
    if cause == "open-group":  # it cannot be decoded from this file
        return Weight.SUPPORTING
    if fragmented or (cause == "start-within-group" and length <= SHORT_LEAD):
        return Weight.STRONG
    return Weight.DIRECT


def _causes(code: str, cause: str, *, fragmented: bool) -> list[str]:
    return [slug for slug in (cause, "fragment-writer" if fragmented and code == "trailing" else "") if slug]


def _where(clip: Clip, plan: Layout, code: str, first: int, last: int) -> tuple[Fraction, int, int]:
    """Time in what is shown, last frame before and first frame after the hidden stretch."""
    if code == "leading":
        return frame_time(clip, 0), 0, 0
    if code == "trailing":
        return frame_end(clip, len(clip.frames) - 1), len(clip.frames) - 1, len(clip.frames) - 1
    before = frame_of(clip, int(plan.ticks[plan.seen == first - 1][0]))
    after = frame_of(clip, int(plan.ticks[plan.seen == last + 1][0]))
    return frame_time(clip, after), min(before, after), max(before, after)


def _meaning(code: str, *, beyond: bool, broken: bool) -> Sentence:
    if broken:
        return say(f"{ID}.damaged.inference", DAMAGED)
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
        "again, and also where a device stores more than it was asked to show. Some players ignore the edit list and show everything."
    )
    return say(f"{ID}.ends.inference", text)


CHECK = Check(
    id=ID,
    revision=2,
    question=Question.WHOLE,
    title="Pictures stored in the file and not shown",
    sees=(
        "The file is read twice: once as a player reads it, once with its edit list ignored. Pictures that only the second reading "
        "meets are stored and not shown; they are counted, placed and printed. Parts shown twice or in another order are named too. Further "
        "video tracks are decoded and compared with what is shown. Bytes that no table refers to are searched for coded pictures. Covers and "
        "previews kept beside the video are held against its pictures."
    ),
    needs=(PACKETS, ISOBMFF, FRAMES),
    innocent=declared(EXPLANATIONS),
    blind_spots=(
        "After a file was encoded again, hidden pictures are gone: nothing found says nothing about what was left out before.",
        "In bytes that no table refers to, pictures coded as H.264 and HEVC are looked for, with the settings of the file's own tracks.",
        "Where sound is stored uncompressed, what lies between one piece of it and whatever comes next is taken for sound and not searched.",
        "Tracks that are declared as something else than video (`auxv`, `pict`) are not looked at.",
        "Pictures of an entry of coding settings of another kind than the first are not read; frame-count tells that they are missing.",
        "Of pictures that are not shown, the first 3,000 of each kind are decoded; what a further track shows is for a viewer to see.",
        "A preview is compared by its coarse form only: one of a similar scene at another time looks the same. A flat one is not compared.",
        "Where a file has a table of items (`iloc`), what no track refers to may be its still pictures; the table is not read, and nothing is said.",
        "In fragmented files the library does not follow the edit list; what it hides is counted by its own numbers, and players differ.",
        "Containers other than MP4, MOV and 3GP have no edit list.",
        "Where the tables of a damaged file contradict each other, what they hide is told and carries nothing.",
    ),
    references=(
        "ISO/IEC 14496-12, 8.6.5 and 8.6.6 (edit box, edit list box).",
        "ISO/IEC 14496-15, 5.3.3 and 8.3.3 (how units of H.264 and HEVC are framed by their lengths).",
        "ITU-T H.264 (08/2021), A.3.1 and E.2.1 (number of pictures held back for reordering).",
        (
            "Yang, Baracchi, Iuliani et al., Efficient video integrity analysis through container characterization, IEEE J-STSP 2020: "
            "the bound for rounding was read off its 96 files straight from phones."
        ),
    ),
    run=_run,
)
