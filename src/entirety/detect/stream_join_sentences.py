"""What the check stream-join says: of each kind of break what was seen, and apart from it what it can mean.

Settings and signatures are listed in the table beside the finding; the sentence says where they change and how many.
"""

from entirety.detect.encoder_runs import Break
from entirety.detect.runs_hevc import MARKED
from entirety.detect.sentences import say
from entirety.detect.stream_join_repeats import CODE
from entirety.model.finding import Sentence, Value, Weight

ID = "stream-join"
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
    "encoder-note.same": "At {at} the signature of an encoder changes. Its name stays {after}; the settings in it differ (see the table).",
    "idr-pic-id": (
        "The key pictures of this file are numbered by one rule, kept in {regular} of {all} steps; at {at} number {before} is followed by "
        "number {after}, where another was due."
    ),
    "frame-num": "The coded pictures are numbered without a break, in {regular} of {all} steps; at {at} number {before} should follow and {after} follows.",
    CODE: "At {at} the same coded pictures are stored twice, byte for byte; the second time they take up no time. Pictures: {regular}.",
}
MEANINGS = {
    Weight.DIRECT: "In our assessment the parts before and after this place were coded in separate runs of an encoder, or by one that was set up anew in between, and stand in one file.",
    Weight.STRONG: "In our assessment this is consistent with parts joined here, and also with the explanations below that are not excluded.",
    Weight.SUPPORTING: "In our assessment this is a sign of a join only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment the way the encoder or the line works could account for this; this alone does not tell whether parts were joined.",
}
NUMBERS_MEAN = "In our assessment this is consistent with pictures that are not in this file, with parts put together here, and with the explanations below that are not excluded."
MARKED_MEANS = (
    "In our assessment what wrote the stream marked a join here; the mark does not say what was joined, or why."
)
TWICE_MEANS = "In our assessment this is what a converter leaves where its source has an edit list; this alone does not tell whether parts were joined."
WITH_FORM = "In our assessment these settings go with the new size or shape of the picture; format-change tells and weighs that change."

BLIND_SPOTS = (
    "Parts of one recording, or of two by the same device with the same settings, join without a trace where no running number breaks.",
    "After the whole clip was encoded again, nothing of this is left.",
    "Where the container lists several sets of settings in a fragmented file, or of different kinds, only the list is read and not the settings themselves.",
    "H.264: whole groups taken out leave no trace where all key pictures bear one number, where their numbers follow no rule, or where an even number of groups is missing from two numbers in turn. Where the encoder allows gaps in its picture numbers, missing numbers are no finding.",
    "H.264: the numbers for the order of showing begin anew at most key pictures; they say something only where decoding can begin without that, and at the end of an incomplete group. They are compared where the stream carries them in every picture (type 0).",
    "HEVC: whole closed groups taken out leave no trace, nor does the end of a group in which pictures are stored in the order of showing; nor, often, does a part of 256 pictures, or a multiple.",
    "MPEG-2: where the encoder writes no time codes, or restarts them, whole groups taken out leave no trace; nor in a clip of two or three groups, which show no rule.",
    "MPEG-4 part 2 without time codes, and H.263, count time within the second, or within eight to nine: a part of just that length leaves no trace.",
    "VP8 and VP9 number nothing, and AV1 may begin its numbers anew at each key picture: parts that begin there join without a trace. Motion JPEG shows other tables or another build of the images only.",
)


def claim(found: Break, at: str) -> Sentence:
    """What was seen at the time `at`, as a clock shows it."""
    known = sum(not name.endswith(".other") for name in found.fields)
    same = found.code == "encoder-note" and found.before == found.after
    code = found.code + (".same" if same else "" if not known else ".one" if known == 1 else ".known")
    values: dict[str, Value] = {"at": at, "before": found.before, "after": found.after, "count": known}
    values |= {"regular": found.regular, "all": found.regular + found.count}
    text = CLAIMS.get(code, found.says)
    used = {gap: value for gap, value in values.items() if "{" + gap + "}" in text}
    return say(f"{ID}.{code}.claim", text, **used)


def meaning(found: Break, weight: Weight, *, with_form: bool = False) -> Sentence:
    """What it can mean: of a broken number never more than that something is missing or was put together."""
    if with_form:
        return say(f"{ID}.with-form.inference", WITH_FORM)
    if found.code == CODE:
        return say(f"{ID}.{CODE}.inference", TWICE_MEANS)
    if found.code == MARKED:
        return say(f"{ID}.{MARKED}.inference", MARKED_MEANS)
    if found.number and weight is not Weight.NEUTRAL:
        return say(f"{ID}.numbers.inference", NUMBERS_MEAN)
    return say(f"{ID}.{weight.value}.inference", MEANINGS[weight])
