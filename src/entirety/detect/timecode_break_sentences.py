"""What timecode-break says of each change of a clock, and what it can mean."""

from entirety.model.finding import Weight

CLAIMS = {
    "jump": "Between the pictures at {at} (frame {first}) and {after} (frame {last}) {clock} in stream {stream} changes against the file's own times: from then on it is {size} s ahead of where they put it.",
    "back": "Between the pictures at {at} (frame {first}) and {after} (frame {last}) {clock} in stream {stream} changes against the file's own times: from then on it is {size} s behind where they put it.",
    "stands": "Between the pictures at {at} (frame {first}) and {after} (frame {last}) the file's own times step, and {clock} in stream {stream} goes on as if nothing lay between: it is {size} s behind from then on.",
    "still": "A clock of the footage, {clock} in stream {stream}, shows the same reading from beginning to end.",
    "speed": "A clock of the footage, {clock} in stream {stream}, advances about {pace} s in each second of the file.",
    "unsteady": "A clock of the footage, {clock} in stream {stream}, goes so unevenly against the file's own times that changes below {hidden} s cannot be told.",
}
MEANINGS = {
    Weight.STRONG: "In our assessment this is consistent with material left out, put in or repeated here, and with the explanations below that are not excluded.",
    Weight.SUPPORTING: "In our assessment this is a sign of a join only together with another sign at the same place.",
    Weight.NEUTRAL: "In our assessment the explanations below that are not excluded could account for it; this alone does not tell whether footage is missing.",
}
SHARED = "In our assessment this rests on the same number as the finding of stream-join at this place; the two are one sign, which is weighed there."
