"""Looks at single pictures that a file keeps beside its video: covers, thumbnails, a camera's preview.

Belongs to the check hidden-footage. A camera makes its preview from the recording's own start; where a shortened file still carries the
old one, it shows something that is not in the clip.
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.detect import reproduce
from entirety.detect.alike import OTHER, SAME
from entirety.detect.hidden_innocent import ID, weigh
from entirety.detect.sentences import say
from entirety.model.clip import Clip
from entirety.model.finding import Confidence, Finding, Measured, Sentence, Span, Weight
from entirety.model.further import Origin, Preview

COVER = "covr"
"""The box in which covers are kept that a person or a program chooses."""


def previews(clip: Clip) -> Iterator[Finding]:
    """One finding for each preview that resembles no shown picture, or that could not be compared."""
    for preview in clip.further.previews if clip.further is not None else ():
        if not 0 <= preview.nearest <= SAME:
            yield _finding(clip, preview)


def _is_cover(preview: Preview) -> bool:
    return any(part.split("[")[0] == COVER for part in preview.path.split("/"))


def _finding(clip: Clip, preview: Preview) -> Finding:
    hidden = 0 <= preview.hidden <= SAME
    elsewhere = preview.nearest >= OTHER
    fits = {"cover-art"} if hidden or _is_cover(preview) else {"cover-art", "early-preview"}
    rows, packets = _unseen(clip, preview) if hidden else ((), ())
    at = (preview.offset, preview.offset + preview.size)
    return Finding(
        check=ID,
        code="preview",
        claim=_claim(preview, hidden=hidden, elsewhere=elsewhere),
        inference=_meaning(hidden=hidden, elsewhere=elsewhere),
        # It lies beside the clip and at no time of it: no shown frame is named.
        span=Span(clip.start, clip.start, -1, -1, (at,)),
        weight=_weight(preview, hidden=hidden, elsewhere=elsewhere),
        confidence=Confidence.MEDIUM,
        measured=(
            Measured("differing bits to the nearest shown picture", _bits(preview.nearest), OTHER),
            Measured("differing bits to the nearest stored picture that is not shown", _bits(preview.hidden), SAME),
        ),
        innocent=weigh("preview", 1, 0, Fraction(0), Fraction(0), more=fits),
        reproduce=reproduce.bytes_of_the_file((at,)),
        stills=(0,) if preview.row >= 0 else (),
        hidden=packets,
        further=(preview.row, *rows) if preview.row >= 0 else (),
    )


def _unseen(clip: Clip, preview: Preview) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The picture that is not shown and that a preview resembles: its row, or its stored packet where a table lists it."""
    further, row = clip.further, preview.hidden_row
    if further is None or row < 0:
        return (), ()
    return ((), (int(further.packet[row]),)) if further.origin[row] == Origin.HIDDEN else ((row,), ())


def _bits(number: int) -> int | str:
    return number if number >= 0 else "not compared"


def _weight(preview: Preview, *, hidden: bool, elsewhere: bool) -> Weight:
    """A cover is chosen freely; it is a sign only where it shows what the file hides."""
    if hidden or (elsewhere and not _is_cover(preview)):
        return Weight.SUPPORTING
    return Weight.NEUTRAL


def _claim(preview: Preview, *, hidden: bool, elsewhere: bool) -> Sentence:
    head, name = "The file holds a picture of its own beside the video, in `{path}`.", f"{ID}.preview"
    if preview.row < 0:
        return say(f"{name}.unreadable.claim", f"{head} It could not be decoded.", path=preview.path)
    if hidden:
        text = f"{head} It resembles a picture that is stored and not shown more than any that is shown."
        return say(f"{name}.hidden.claim", text, path=preview.path)
    if elsewhere:
        return say(f"{name}.claim", f"{head} It resembles no picture of the clip.", path=preview.path)
    if preview.nearest < 0:
        text = f"{head} It was not compared with the video: its shape is another one, or it is of almost one grey throughout."
        return say(f"{name}.incomparable.claim", text, path=preview.path)
    text = f"{head} Whether the clip shows the same could not be told."
    return say(f"{name}.open.claim", text, path=preview.path)


def _meaning(*, hidden: bool, elsewhere: bool) -> Sentence:
    if hidden:
        text = "In our assessment the picture was made when what is now hidden was still shown."
        return say(f"{ID}.preview.hidden.inference", text)
    if elsewhere:
        text = (
            "In our assessment the picture shows something that is not in the clip: this results when a recording is shortened and keeps its "
            "old preview, and also where a cover was chosen or the camera made it beforehand."
        )
        return say(f"{ID}.preview.inference", text)
    return say(f"{ID}.preview.open.inference", "In our assessment this picture says nothing about the clip.")
