"""All innocent variants: for each cause that a check declares, a clip in which this cause is at work and nothing else.

Most are continuous: whatever is reported in them is a false alarm. In some the device itself broke off, joined or trimmed; there a check
that reports the place is right about what it sees, and the report names the device as one of the explanations.
"""

from entirety.judge.recording_innocent import EXPLANATIONS
from entirety.validate.innocent_clocks import CLOCKS
from entirety.validate.innocent_coded import CODED
from entirety.validate.innocent_container import CONTAINER
from entirety.validate.innocent_edit_lists import EDIT_LISTS
from entirety.validate.innocent_encoding import ENCODING
from entirety.validate.innocent_gradual import GRADUAL
from entirety.validate.innocent_leaps import LEAPS
from entirety.validate.innocent_metadata import METADATA
from entirety.validate.innocent_overlays import OVERLAYS
from entirety.validate.innocent_picture import PICTURE
from entirety.validate.innocent_rhythm import RHYTHM
from entirety.validate.innocent_sources import SOURCES
from entirety.validate.innocent_standing import STANDING
from entirety.validate.innocent_stream import STREAM
from entirety.validate.innocent_times import TIMES
from entirety.validate.innocent_unlisted import UNLISTED
from entirety.validate.variant import Variant

__all__ = ["NOT_MADE", "VARIANTS", "Variant"]

VARIANTS: tuple[Variant, ...] = (
    *(*PICTURE, *TIMES, *EDIT_LISTS, *CONTAINER, *STREAM, *UNLISTED, *METADATA),
    *(*CLOCKS, *CODED, *RHYTHM, *ENCODING),
    *(*SOURCES, *OVERLAYS),
    *GRADUAL,
    *LEAPS,
    *STANDING,
)
"""New groups come last: an earlier variant keeps its place, and with it the bases that its clips are made of."""

NOT_MADE: dict[tuple[str, str], str] = {
    ("stream-join", "clear-lead"): "A protected stream needs keys and a packager; ffmpeg writes no clear lead.",
    (
        "timecode-break",
        "clock-set",
    ): "A clock that is set leaves what a cut leaves; how often clocks are set no clip made here could tell.",
    ("timecode-break", "clip-list"): "ffmpeg writes time code tracks of one sample only.",
    ("timecode-break", "drop-frame"): "ffmpeg counts time codes by the rules.",
    ("stream-join", "non-conforming-encoder"): "No encoder at hand breaks the rules in the way that some chips do.",
    (
        "stream-join",
        "damage",
    ): "Single wrong bits hit a header, or all after a key picture, too rarely to be made by chance.",
    ("damaged-frames", "decoder-limits"): "No stream at hand uses what this decoder does not know.",
    (
        "hidden-footage",
        "open-group",
    ): "Where a search lands in a stream of open groups depends on the file; the truth would not be exact.",
    (
        "leftovers",
        "unfinished-copy",
    ): "`lost-end` ends within its media data; bytes behind such an end need a container of another form.",
    (
        "leftovers",
        "broken-packets",
    ): "Bytes that belong to no packet are told of only where a reader of transport streams follows them.",
    ("encoding-break", "frames-lost-before"): "No encoder at hand goes on counting pictures that it was not given.",
    (
        "encoding-break",
        "rate-converted",
    ): "How a rate filter rounds decides the number of pictures; the truth would not be exact.",
    ("encoding-break", "noise"): "Every clip of the set holds noise; none is made for it alone.",
    (
        "gradual-transition",
        "made-on-device",
    ): "A film that an app on the device puts together is an edited film; the edits with dissolves and fades stand for it.",
    (
        "gradual-transition",
        "shown-film",
    ): "A film on a screen before the camera would be known by its own transitions, which the edits have too.",
    (
        "hard-cut",
        "lens-switch",
    ): "A crop that changes at once is what is looked for; a telephone with several lenses must be tried by hand.",
    (
        "hard-cut",
        "shake",
    ): "A view thrown aside so far that it is another one needs a wider scene than the clips of the set; `blow` throws it less far.",
    ("repeated-footage", "recorder-overlap"): "Parts that overlap are an edit of the set: a group shown twice.",
    (
        "repeated-footage",
        "there-and-back",
    ): "A camera on a motor never goes back to the grey level; a clip turned round by a program would be the edit itself.",
    (
        "repeated-footage",
        "equal-parts",
    ): "Equal coaches drawn by a program would be equal to the grey level, as those of a train are not.",
    (
        "cadence-change",
        "behind-for-a-while",
    ): "Pictures repeated at a fixed distance are what the set's slowed stretches hold, whoever repeats them.",
    ("repeated-footage", "replay"): "A replay is what the set's repeats are, but meant to be seen.",
    (
        "cadence-change",
        "slow-motion",
    ): "What phones write for slow motion no encoder at hand writes; files of phones are tried by hand.",
    ("cadence-change", "joined-rates"): "A join of two rates is an edit; samples/join.mp4 is one.",
    ("blank-picture", "program-black"): "Empty pictures that a program puts between two shots are an edit.",
    ("blank-picture", "player-black"): "Black at an end is a fade of the set, or a covered lens.",
    ("sequence-position", "size-split"): "A file of 4 GiB is too large for a set of thousands.",
    ("sequence-position", "running-number"): "Clips of the set are named by what they were made of.",
    **{
        (
            "added-overlay",
            slug,
        ): "What a device writes into the picture at an event is what the check reports; no clip made here could tell it from an editor's."
        for slug in ("recorder-overlay", "privacy-mask", "subtitles")
    },
    **{
        ("against-recording", slug): "No clip of the set comes with a recording to hold it against."
        for slug in EXPLANATIONS
    },
    ("added-overlay", "light"): "A lit sign is drawn like a caption; a clip made here would differ in name alone.",
    **{
        ("provenance-manifest", slug): "A manifest must be signed, and this program holds no certificate to sign with."
        for slug in (
            "unknown-signer",
            "changed-after-signing",
            "unfinished-copy",
            "newer-specification",
            "routine-processing",
        )
    },
}
"""Declared causes for which no clip can be made here, each with the reason. The printed summary lists them."""
