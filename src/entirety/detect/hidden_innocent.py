"""Innocent explanations for pictures that are stored and not shown, and for parts shown in another order than stored.

Each is held against the place and the length of what was found: a trim hides an end, a buffer lies before the start, coding hides
a picture or a few.
"""

from collections.abc import Collection
from fractions import Fraction

from entirety.detect.edits import Layout
from entirety.detect.hidden_innocent_further import FURTHER
from entirety.detect.innocent import Explanation, Explanations, weighed
from entirety.detect.sentences import say
from entirety.model.finding import Innocent, Sentence, Value

ID = "hidden-footage"
PRE_ROLL = 3
"""Seconds that the motion part of a live photo spans, 1.5 before and 1.5 after (Apple's user guide)."""
DAMAGED = "In our assessment the tables of this file are damaged: they contradict each other, so that nothing can be told from what they hide."
START = Fraction(1)
START_GAP = Fraction(1, 2)
"""Seconds. A screen recording of the corpus (c.mov) shows two pictures, skips three (0.05 s) and runs on: start-up. Ten times that, within the
first second, is still taken for it."""
SHORTEST = 1
"""Seconds of its own that a further track must hold to be footage: chosen; the second track of a motion photo holds one still."""
PLACES = {
    "leading": "before the shown start",
    "trailing": "after the shown end",
    "between": "between two pictures that are shown one after the other",
    "other-track": "in another track",
    "orphaned": "in bytes that no track refers to",
    "preview": "in a picture kept beside the video",
}
EXPLANATIONS: Explanations = {
    "phone-gallery-trim": Explanation(
        "A phone's gallery or a simple player trims a clip by hiding its start or its end; what is hidden stays stored.",
        excluded="A gallery trim hides the start or the end; here neither is concerned.",
        not_excluded=(
            "A trim in a phone's gallery or a simple player hides an end in this way. That is a shortening too, and what it cut off is "
            "still stored here. Ask for the file as it lies on the device."
        ),
    ),
    "pre-roll": Explanation(
        "A live photo or a phone's pre-roll stores a few seconds before or after what is shown.",
        excluded="A pre-roll lies at an end of the clip and lasts up to 3 s; here it is {seconds} s, {place}.",
        not_excluded="{seconds} s are concerned; a live photo stores up to 3 s around its moment. Ask for the make and model of the device.",
    ),
    "pre-event-buffer": Explanation(
        "A recorder keeps the seconds before an alarm and marks the start of what it was asked for.",
        excluded="What a recorder keeps from before an event lies before the shown start; here it lies {place}.",
        not_excluded=(
            "A recorder that keeps the seconds before an alarm may store and skip them; ask which recorder wrote the file, and for its "
            "export log."
        ),
    ),
    "encoder-delay": Explanation(
        "In ordinary files the order of coding and the rounding of times hide a picture or a few.",
        excluded="Pictures that they can hide in this stream: up to {bound}. Hidden here: {count}.",
        not_excluded="Pictures that they can hide in this stream: up to {bound}. Hidden here: {count}.",
    ),
    "start-up": Explanation(
        "A recorder shows its first picture at once and skips irregular ones while it starts.",
        excluded="Starting takes a fraction of the first second; here {seconds} s are concerned, {when} s after the shown start.",
        not_excluded="The stretch is short and lies in the first second, where recorders start; one screen recording straight from its device has the same.",
    ),
    "start-within-group": Explanation(
        "A camera app cuts its buffer at a key picture and marks the start it was asked for, which lies later in the same group.",
        excluded="What is hidden is more than the beginning of the group that the shown start lies in.",
        not_excluded=(
            "All that is hidden is the beginning of the group that the shown start lies in: the first frame shown is built on it. A camera "
            "app stores the same for a live photo, and a trim without encoding again does too. Ask for the file as it lies on the device."
        ),
    ),
    "open-group": Explanation(
        "A stream that begins within a recording starts with pictures that are built on footage which is not in the file.",
        excluded="The first key picture is itself hidden, or what is hidden does not lie before it.",
        not_excluded="What is hidden lies before the first key picture and cannot be decoded from this file, so it was never to be shown.",
    ),
    "fragment-writer": Explanation(
        "A program that writes a file in fragments states the length of what is shown before it knows the end.",
        excluded="The file is not written in fragments, or what is concerned is not its end.",
        not_excluded="The file is written in fragments, and its edit list may stem from a moment when the rest was not yet written.",
    ),
    "loop-effect": Explanation(
        "A loop or bounce effect of a phone, or a presentation program, shows a part again without storing it twice.",
        excluded="The pictures concerned are not shown at all.",
        not_excluded="Everything concerned is stored once and shown again or elsewhere, as such effects do.",
    ),
    "several-cameras": Explanation(
        "A device with several lenses, or front and rear cameras, keeps one track for each.",
        excluded="What is concerned lies in the track that is shown.",
        not_excluded=(
            "A device with several cameras keeps one track for each, and programs built on the FFmpeg library mark all but the first as not "
            "enabled; compare what the tracks show, and ask for the make and model."
        ),
    ),
    "still-pictures": Explanation(
        "A cover, chapter pictures or the still of a motion photo are kept in a track of their own, or as items without one.",
        excluded="What is concerned is no row of stills, and no table of items (`iloc`) can lead to it.",
        not_excluded="The track holds stills, or less than {shortest} s; or the file has a table of items (`iloc`), which may lead to still pictures.",
    ),
    "auxiliary-track": Explanation(
        "Depth, transparency and thumbnails are kept in a track that serves another one.",
        excluded="No track concerned here says that it serves another one.",
        not_excluded="The track says that it serves another one.",
    ),
    "preview-track": Explanation(
        "A camera keeps a small copy of the video for quick viewing.",
        excluded="What is concerned is no copy of what is shown: it lasts longer or shorter, shows something else, or is not smaller.",
        not_excluded="The track is smaller than the one shown, or shows the same, and lasts as long; ask for both to be compared picture by picture.",
    ),
    **FURTHER,
}


def starting(code: str, seconds: Fraction, when: Fraction) -> bool:
    """Whether a stretch of `seconds`, `when` after the shown start, is short and early enough for a recorder's start-up."""
    return code == "between" and seconds <= START_GAP and when <= START


def claim(plan: Layout, place: str, count: int, seconds: Fraction) -> tuple[str, tuple[tuple[str, Value], ...]]:
    """Text and gaps of a sentence: what is stored and shown in all, and how much is hidden at `place`."""
    shown, times = plan.counts()
    head = "The file stores {stored} pictures and shows {shown}."
    values: dict[str, Value] = {"stored": len(plan.order), "shown": shown}
    if times != shown:
        head = (
            "The file stores {stored} pictures and shows fewer: {shown} different pictures, shown {times} times in all."
        )
        values["times"] = times
    text = f"{head} {place[0].upper()}{place[1:]}, {{seconds}} s are stored and not shown; pictures: {{count}}."
    return text, (*values.items(), ("seconds", f"{float(seconds):.3f}"), ("count", count))


def counted(identifier: str, count: int, one: str, many: str, **values: Value) -> Sentence:
    """A sentence in which a number of things stands, in the form for one or for many."""
    return say(f"{identifier}.one", one, **values) if count == 1 else say(identifier, many, count=count, **values)


def weigh(
    code: str, count: int, bound: int, seconds: Fraction, when: Fraction, *, more: Collection[str] = ()
) -> tuple[Innocent, ...]:
    """Hold a finding of `count` pictures and `seconds`, `when` seconds after the shown start, against every innocent cause.

    `more` names further causes that fit.
    """
    at_end, short = code in ("leading", "trailing"), seconds <= PRE_ROLL
    fits = {
        "phone-gallery-trim": at_end,
        "pre-roll": at_end and short,
        "pre-event-buffer": code == "leading",
        "encoder-delay": count <= bound and code not in ("orphaned", "preview"),
        "start-up": starting(code, seconds, when),
        "loop-effect": code not in PLACES,
    }
    return weighed(
        ID,
        EXPLANATIONS,
        [*(slug for slug, fit in fits.items() if fit), *more],
        count=count,
        bound=bound,
        seconds=f"{float(seconds):.3f}",
        when=f"{float(when):.3f}",
        place=PLACES.get(code, "within what is shown"),
        shortest=SHORTEST,
    )
