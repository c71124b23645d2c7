"""Looks for places where a coded stream does not go on as one run of an encoder would.

Recordings that are joined without being encoded again keep what their encoders wrote: settings, signatures and running numbers.
Where these change or break in the middle of a file, two runs meet, or coded pictures that lay between are not in the file.
"""

from collections.abc import Iterator

from entirety.detect import reproduce
from entirety.detect.coded_runs import coded_breaks
from entirety.detect.encoder_runs import (
    FEW_BREAKS,
    LOSSY,
    SIZE,
    Break,
    frame_numbers,
    idr_numbers,
    parameter_sets,
)
from entirety.detect.encoder_signatures import encoder_notes
from entirety.detect.innocent import declared, weighed
from entirety.detect.needs import FRAMES, PACKETS
from entirety.detect.picture_order import picture_orders
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, first_shown, frame_of_packet, frame_time, join_span
from entirety.detect.stream_join_descriptions import changes, encrypted, entries, sample_descriptions, unread
from entirety.detect.stream_join_innocent import EXPLANATIONS
from entirety.detect.stream_join_repeats import CODE, repeats
from entirety.detect.stream_join_sentences import BLIND_SPOTS, ID, claim, meaning
from entirety.detect.stream_join_weights import weight_of, with_form
from entirety.detect.unfit_settings import CODE as UNFIT
from entirety.detect.unfit_settings import unfit_settings
from entirety.model.clip import Clip
from entirety.model.finding import Check, Confidence, Finding, Measured, Need, Question, Sentence, Weight
from entirety.model.time import clock

MOST_TOLD = 50
"""Places of one kind above which no reader could look at each: chosen; a recorder that reconnects so often has it for a habit."""
HABIT_SHARE = 4
"""More than one change of settings in so many key pictures is how this encoder works: chosen."""
MOST_FIELDS = 12
"""Fields printed beside a finding; the rest of a longer list is told by the command that shows it again: chosen."""


def run(clip: Clip) -> Iterator[Finding]:
    """One finding for each break; of a kind that is this file's habit only the first, as a note."""
    kinds = list(_breaks(clip))
    twice = repeats(clip, [found for breaks in kinds for found in breaks])
    for again in dict.fromkeys(twice.values()):
        yield _finding(clip, again, Weight.NEUTRAL)
    for every in kinds:
        breaks = [found for found in every if found.row not in twice]
        habit = _habit(clip, breaks)
        for found in breaks[:1] if habit else breaks:
            yield _finding(clip, found, Weight.NEUTRAL if habit else weight_of(clip, found))


def _breaks(clip: Clip) -> Iterator[list[Break]]:
    """The breaks of each kind; settings that change with the container's entry are part of that change and not told again."""
    headers, said = clip.headers, clip.headers or clip.coded
    settings = list(parameter_sets(said)) if said else []
    described = list(sample_descriptions(clip, settings))
    changed = {found.row for found in described}
    yield described
    yield [found for found in settings if found.row not in changed]
    if said is not None:
        yield list(encoder_notes(said))
    yield from coded_breaks(clip)
    yield list(unfit_settings(clip))
    if headers is not None:
        unknown = unread(clip, entries(clip))
        yield list(idr_numbers(headers, unknown))
        numbers = list(frame_numbers(headers, unknown, changed))
        yield numbers
        # Pictures that are missing break both counts; one fact is not to count as two signs.
        yield from picture_orders(headers, unknown, changed | {found.row for found in numbers})


def _habit(clip: Clip, breaks: list[Break]) -> bool:
    """More than FEW_BREAKS places of one kind are held against the pictures, or the key pictures."""
    if len(breaks) <= FEW_BREAKS:
        return False
    if len(breaks) > MOST_TOLD:
        return True
    if breaks[0].code == "frame-num":
        return len(breaks) * LOSSY > len(clip.packets)
    keys = clip.headers.idr if clip.headers else clip.coded.entry if clip.coded else clip.packets.key
    return len(breaks) * HABIT_SHARE > int(keys.sum())


def _finding(clip: Clip, found: Break, weight: Weight) -> Finding:
    frame = frame_of_packet(clip, first_shown(clip, found.row))
    before = max(0, frame - 1)
    return Finding(
        check=ID,
        code=found.code,
        claim=claim(found, clock(frame_time(clip, frame))),
        inference=meaning(found, weight, with_form=with_form(clip, found)),
        span=join_span(clip, before, frame, byte_ranges(clip, [found.row])),
        weight=weight,
        confidence=Confidence.MEDIUM if weight in (Weight.SUPPORTING, Weight.NEUTRAL) else Confidence.HIGH,
        measured=(
            Measured("packet in decode order", found.row, None),
            Measured("places of this kind", found.count, None),
            *(
                Measured(f"{name}, before -> after", f"{was} -> {now}", None)
                for name, was, now in found.details[:MOST_FIELDS]
            ),
        ),
        innocent=weighed(ID, EXPLANATIONS, _open(found, weight), _untested(found), count=found.count),
        reproduce=reproduce.container_tags() if found.code == "sample-description" else reproduce.headers(clip),
        stills=tuple(dict.fromkeys((before, frame))),
    )


def _open(found: Break, weight: Weight) -> set[str]:
    """Explanations that fit this break."""
    if found.code == CODE:
        return {"remux-of-edit-list"}
    still_open = {"recorder-reconnect", "encoder-restart"} | ({"clear-lead"} if encrypted(found) else set())
    if found.code == UNFIT:
        return still_open | {"damage"}
    still_open |= {"damage"} if found.reverts else set()
    if found.number:
        still_open.add("lost-packets")
    elif {name.partition(".")[2] for name in found.fields} & SIZE and weight in (Weight.STRONG, Weight.NEUTRAL):
        still_open.add("resolution-switch")
    return still_open | ({"non-conforming-encoder"} if weight is Weight.NEUTRAL or found.count > FEW_BREAKS else set())


def _untested(found: Break) -> set[str]:
    unread_fields = found.code == UNFIT or (found.code == "sample-description" and not found.fields)
    return {"resolution-switch"} if unread_fields else set()


def _no_reader(clip: Clip) -> Sentence | None:
    text = "No reader for the headers of {codec} video is built in, so joins inside the stream were not looked for."
    seen = clip.headers is not None or clip.coded is not None or changes(clip)
    return None if seen else say("stream-join.codec", text, codec=clip.stream.codec)


CHECK = Check(
    id=ID,
    revision=3,
    question=Question.CONTINUOUS,
    title="Places where the coded stream does not go on as one run of an encoder would",
    sees="An encoder writes its settings and its signature once and numbers the pictures it codes. The check reports where these change or break in the middle of the stream, and where the container itself lists a second set of settings. A broken number is consistent with pictures that are not in the file and with parts put together, and does not say which of the two.",
    needs=(FRAMES, PACKETS, Need(_no_reader)),
    innocent=declared(EXPLANATIONS),
    blind_spots=BLIND_SPOTS,
    references=(
        "ISO/IEC 14496-12, 8.5.2 and 8.7.4 (sample description box, sample to chunk box).",
        "ISO/IEC 13818-2, 6.3.8 and 6.3.9 (time_code, broken_link, temporal_reference); ISO/IEC 14496-2, 6.3.4 and 6.3.5; ITU-T H.263, 5.1.2.",
        "ITU-T H.264 (08/2021), 7.4.2.1 and 7.4.2.2 (parameter sets), 7.4.3 (frame_num, idr_pic_id), 8.2.1 (picture order count), D.2.7 (user data)",
    ),
    run=run,
)
