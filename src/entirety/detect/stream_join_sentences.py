"""What the check stream-join says: of each kind of break what was seen, and apart from it what it can mean.

Settings and signatures are listed in the table beside the finding; the sentence says where they change and how many.
"""

from entirety.detect.encoder_runs import Break
from entirety.detect.sentences import say
from entirety.detect.stream_join_repeats import CODE
from entirety.model.finding import Sentence, Value, Weight

ID = "stream-join"
NUMBERS = frozenset(("idr-pic-id", "frame-num"))
CLAIMS = {
    "sample-description": "At {at} the file goes over from {before} of its list of coding settings to {after}.",
    "sample-description.known": (
        "At {at} the file goes over from {before} of its list of coding settings to {after}; {count} of the settings differ."
    ),
    "sample-description.one": (
        "At {at} the file goes over from {before} of its list of coding settings to {after}; one of the settings differs."
    ),
    "parameter-sets": "From {at} on the picture is coded with other settings; in which fields they differ could not be read.",
    "parameter-sets.known": "From {at} on the picture is coded with other settings; {count} of them differ.",
    "parameter-sets.one": "From {at} on the picture is coded with other settings; one of them differs.",
    "encoder-note": "At {at} an encoder signed the stream anew: {after}. Signature before: {before}.",
    "idr-pic-id": (
        "The key pictures of this file are numbered by one rule, kept in {regular} of {all} steps; at {at} number {before} is followed by "
        "number {after}, where another was due."
    ),
    "frame-num": "The coded pictures are numbered without a break; at {at} number {before} is due and {after} is stored.",
    CODE: "At {at} the same coded pictures are stored twice, byte for byte; the second time they take up no time. Pictures: {regular}.",
}
MEANINGS = {
    Weight.DIRECT: "In our assessment the parts before and after this place were coded in separate runs of an encoder, or by one that was set up anew in between, and stand in one file.",
    Weight.STRONG: "In our assessment this is consistent with parts joined here, and also with the explanations below that are not excluded.",
    Weight.SUPPORTING: "In our assessment this is a sign of a join only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment this fits the way the encoder or the line worked throughout; this alone does not tell whether parts were joined.",
}
NUMBERS_MEAN = "In our assessment coded pictures that lay between are not in this file, or parts that were coded separately were put together."
TWICE_MEANS = "In our assessment this is what a converter leaves where its source has an edit list; this alone does not tell whether parts were joined."
WITH_SIZE = "In our assessment these settings go with the new size of the picture, while what is seen goes on; format-change tells and weighs the change."

BLIND_SPOTS = (
    "Parts of one recording, or of two by the same device with the same settings, join without a trace where no running number breaks.",
    "An encoder that gives all key pictures one number, as many do, leaves nothing to compare; so do numbers without a rule.",
    "After the whole clip was encoded again, nothing of this is left.",
    "Where an encoder allows gaps in its picture numbers, missing numbers are no finding.",
    "Parts whose settings are listed under another kind than the first, or in a fragmented file, are told by the list alone.",
    "Numbers for the order of showing start anew at most key pictures, and say something only where playback may start without that, or where a run is not complete; of type 1 and 2 they follow from the other numbers and are not compared.",
    "Time codes of MPEG-2 groups tell nothing where an encoder writes zeros or restarts them, or where fewer than two groups keep the rule for each that does not.",
    "Pictures of MPEG-4 part 2 without time codes, and of H.263, count their time anew each second, or every eight to nine: a part of just that length leaves no break.",
    "HEVC counts its pictures anew at every closed key picture: whole closed groups taken out, or the end of a group without reordered pictures, leave no trace in its numbers; nor does a part of a whole multiple of 256 pictures, as only the low bits are stored.",
    "VP8 and VP9 number nothing, and AV1 may begin its numbers anew at each key picture: parts that begin there join without a trace.",
)


def claim(found: Break, at: str) -> Sentence:
    """What was seen at the time `at`, as a clock shows it."""
    known = sum(not name.endswith(".other") for name in found.fields)
    code = found.code + ("" if not known else ".one" if known == 1 else ".known")
    values: dict[str, Value] = {"at": at, "before": found.before, "after": found.after, "count": known}
    values |= {"regular": found.regular, "all": found.regular + found.count}
    text = CLAIMS.get(code, found.says)
    used = {gap: value for gap, value in values.items() if "{" + gap + "}" in text}
    return say(f"{ID}.{code}.claim", text, **used)


def meaning(found: Break, weight: Weight, *, with_size: bool = False) -> Sentence:
    """What it can mean: of a broken number never more than that something is missing or was put together."""
    if with_size:
        return say(f"{ID}.with-size.inference", WITH_SIZE)
    if found.code == CODE:
        return say(f"{ID}.{CODE}.inference", TWICE_MEANS)
    if (found.number or found.code in NUMBERS) and weight is not Weight.NEUTRAL:
        return say(f"{ID}.numbers.inference", NUMBERS_MEAN)
    return say(f"{ID}.{weight.value}.inference", MEANINGS[weight])
