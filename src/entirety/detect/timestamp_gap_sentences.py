"""What timestamp-gap says of one odd step of a clock: the observation with times and frame numbers, and what it can mean."""

from fractions import Fraction

from entirety.detect.odd_step import OddStep
from entirety.detect.sentences import placed, say
from entirety.detect.spans import frame_time
from entirety.model.clip import Clip
from entirety.model.finding import Sentence, Span, Value, Weight
from entirety.model.time import clock

ID = "timestamp-gap"
APART = Fraction(1, 1000)
"""Seconds by which the times of two shown pictures may differ from those stored before it is said: as finely as times are printed."""
CLAIMS = {
    "backwards": "After the picture at {at} (frame {first}) the file's clock goes back by {size} s and counts on from there, with frame {last}.",
    "gap": "The picture at {at} (frame {first}) is followed by the next one (frame {last}) after {size} s; the usual step of this file is {usual} s.",
    "overlap": "The picture at {at} (frame {first}) is followed by the next one (frame {last}) after only {size} s; the usual step of this file is {usual} s.",
    "uneven": "The picture at {at} (frame {first}) is followed by the next one (frame {last}) after {size} s, where other steps of this file are whole multiples of {usual} s.",
    "delay": "A file stores how long a picture waits before it is shown. Up to {at} (frame {first}) that wait is the same at every key picture; from the next one on it is {size} s longer or shorter.",
    "sound-samples": "Between the sound block at {at} (beside frame {first}) and a later one the file's clock goes on by {size} s; the sound stored there lasts {held} s.",
    "sound-step": "The sound block at {at} (beside frame {first}) is followed by the next one after {size} s; the usual step of this file is {usual} s.",
}
OTHERWISE = " These are the times stored in the file; the decoder shows frame {last} at {shown}."
"""Added where the decoder gives the pictures other times than the file, as it may where parts overlap."""
MEANINGS = {
    "direct": "In our assessment the parts before and after were timed in separate runs of a clock, or by one that was set back, and stand in one file.",
    "strong": "In our assessment this is consistent with parts joined or material left out here, and with the explanations below that are not excluded.",
    "strong.pause": "In our assessment this is consistent with parts joined or material left out here, with a recorder that paused, and with the other explanations below that are not excluded.",
    "strong.alone": "In our assessment this is consistent with parts joined or material left out here.",
    "supporting": "In our assessment this is a sign of a join only together with another sign at the same place.",
    "neutral": "In our assessment the explanations below that are not excluded could account for it; this alone does not tell whether footage is missing.",
    "neutral.alone": "In our assessment this alone does not tell whether footage is missing.",
}


def claim(clip: Clip, step: OddStep, span: Span) -> Sentence:
    """The observation; where times go back, or the decoder gives others, with a word on which to go by."""
    name, text = f"{ID}.{step.code}.claim", CLAIMS[step.code]
    values: dict[str, Value] = {
        "at": clock(span.start),
        "first": span.first,
        "last": span.last,
        "size": round(float(step.size), 4),
        "usual": round(float(step.habit.usual_s), 4),
        "held": round(float(step.held or 0), 4),
    }
    pictures = step.code in ("gap", "overlap", "uneven")
    shown = frame_time(clip, span.last) if pictures else span.end
    if pictures and abs(shown - span.start - step.size) > APART:
        name, text = f"{name}.otherwise", text + OTHERWISE
        values["shown"] = clock(shown)
    name, text = placed(clip, name, text)
    return say(name, text, **{gap: value for gap, value in values.items() if "{" + gap + "}" in text})


def inference(step: OddStep) -> Sentence:
    """What it can mean; explanations are pointed to only where one is open."""
    name = step.weight.value
    if step.weight is Weight.STRONG and "motion-triggered-recorder" in step.open:
        name += ".pause"
    elif step.weight in (Weight.STRONG, Weight.NEUTRAL) and not step.open:
        name += ".alone"
    return say(f"{ID}.{name}.inference", MEANINGS[name])
