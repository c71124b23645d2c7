"""The catalogue of edits, and how each becomes a clip: recording, edit, what follows, and the truth to the frame.

Where in the clip something is done follows from the name of the base alone.
"""

import hashlib
from fractions import Fraction

from entirety.validate import by_copy, by_encoding, by_hiding
from entirety.validate.conditions import Condition
from entirety.validate.edits_seen import SEEN
from entirety.validate.model import Base, Place, Plan, Truth
from entirety.validate.recordings import afterwards, record, recorded
from entirety.validate.scene import Done, Edit, Scene


def plan(edit: Edit, condition: Condition, base: Base, other: Base) -> Plan | None:
    """The plan of one clip; None where this edit cannot be made of this base under this condition."""
    if edit.how == "copy" and condition.afterwards:
        return None
    if base.cuts and (edit.how != "none" or condition.rate or condition.uneven):
        return None  # where a known cut lies is known of whole recordings that keep every picture
    made, second = recorded(condition, base), recorded(condition, other)
    scene = Scene(
        made, second, _share(base.id), base.sound and (other.sound or not edit.second), base.scene == "moving"
    )
    done = edit.make(scene)
    if done is None:
        return None
    steps, name, truth = done
    recordings = [*record(condition, base)]
    if edit.second:
        recordings += record(condition, other, name="other", target="second")
    after, result = afterwards(condition, name, sound=scene.sound)
    software = truth.software or bool(after) or condition.named
    # A base with known cuts is no continuous take: it serves as an edited film whose cuts are known.
    nature = "edited" if base.cuts else truth.nature
    final = Truth(nature, truth.frames, _known(truth, base), truth.hidden, software, truth.unseen)
    return Plan((*recordings, *steps, *after), result, final)


def _share(name: str) -> Fraction:
    """A share between 0 and 1 that follows from a name."""
    return Fraction(int(hashlib.sha256(name.encode()).hexdigest()[:4], 16), 0xFFFF)


def _known(truth: Truth, base: Base) -> tuple[Place, ...]:
    """Cuts that the base is known to have; only untouched clips are made of such bases, so that they stay where they are."""
    return tuple(
        sorted({*truth.places, *(Place(cut, visible=True) for cut in base.cuts)}, key=lambda place: place.frame)
    )


def _untouched(scene: Scene) -> Done:
    return (), f"recording.{scene.ending}", Truth("continuous", scene.made.frames, software=False)


EDITS: tuple[Edit, ...] = (
    Edit("untouched", "untouched", "none", "nothing was done", _untouched),
    Edit(
        "trim-start-copy",
        "trim-copy",
        "copy",
        "start left out within a group",
        lambda s: by_copy.trim_start(s, within=True),
    ),
    Edit(
        "trim-start-key-copy",
        "trim-copy",
        "copy",
        "start left out at a key frame",
        lambda s: by_copy.trim_start(s, within=False),
    ),
    Edit("trim-end-copy", "trim-copy", "copy", "end left out", by_copy.trim_end),
    Edit("trim-start-encode", "trim-encode", "encode", "start left out", lambda s: by_encoding.trim(s, start=True)),
    Edit("trim-end-encode", "trim-encode", "encode", "end left out", lambda s: by_encoding.trim(s, start=False)),
    *(
        Edit(f"cut-{s}-copy", "remove-copy", "copy", f"{s} s left out in the middle", by_copy.cut(s, "list"))
        for s in (1, 2, 5, 10)
    ),
    Edit(
        "cut-2-mkvmerge", "remove-copy", "copy", "2 s left out, parts appended by mkvmerge", by_copy.cut(2, "mkvmerge")
    ),
    Edit("cut-2-chain", "remove-copy", "copy", "2 s left out, transport streams chained", by_copy.cut(2, "chain")),
    *(
        Edit(f"cut-{s}-encode", "remove-encode", "encode", f"{s} s left out in the middle", by_encoding.cut(s))
        for s in (0.2, 0.5, 1, 2, 5, 10)
    ),
    Edit("join-copy", "join-copy", "copy", "another take follows", by_copy.join("list"), second=True),
    Edit(
        "join-mkvmerge", "join-copy", "copy", "another take appended by mkvmerge", by_copy.join("mkvmerge"), second=True
    ),
    Edit("insert-copy", "join-copy", "copy", "a part of another take in the middle", by_copy.insert, second=True),
    Edit("join-encode", "join-encode", "encode", "another take follows", by_encoding.join, second=True),
    Edit(
        "insert-encode", "join-encode", "encode", "2 s of another take in the middle", by_encoding.insert, second=True
    ),
    Edit(
        "dissolve",
        "transition",
        "encode",
        "2 s left out, half a second's dissolve",
        by_encoding.dissolve(other=False),
    ),
    Edit(
        "dissolve-other",
        "transition",
        "encode",
        "dissolves into another take",
        by_encoding.dissolve(other=True),
        second=True,
    ),
    Edit("fade", "transition", "encode", "2 s left out, out to black and in again", by_encoding.fade),
    Edit("freeze", "freeze", "encode", "one picture stands for 1.2 s", by_encoding.freeze(1.2)),
    Edit("repeat-copy", "repeat", "copy", "a group shown twice", by_copy.repeat),
    Edit("repeat-encode", "repeat", "encode", "1.5 s shown twice", by_encoding.repeat(1.5)),
    Edit("reverse", "repeat", "encode", "1.5 s shown backwards", by_encoding.reverse(1.5)),
    Edit("slower", "speed", "encode", "a stretch at 0.8 of its speed", by_encoding.speed(Fraction(4, 5))),
    Edit("faster", "speed", "encode", "a stretch at 1.25 of its speed", by_encoding.speed(Fraction(5, 4))),
    Edit(
        "hide-2-list",
        "remove-copy",
        "copy",
        "2 s in the middle hidden by an edit list",
        by_hiding.middle_listed,
        since=2,
    ),
    Edit(
        "hide-2-unlisted",
        "remove-copy",
        "copy",
        "2 s in the middle that the tables no longer refer to",
        by_hiding.middle_unlisted,
        since=2,
    ),
    Edit(
        "second-track-off",
        "join-copy",
        "copy",
        "another take in a second track, switched off",
        by_hiding.second_track,
        second=True,
        since=2,
    ),
    *(
        Edit(
            f"cut-within-{how}",
            "remove-copy",
            "copy",
            f"the end of a group and what follows it left out, {says}",
            by_copy.cut_within("list" if how == "copy" else how),
            since=3,
            often=True,
        )
        for how, says in (
            ("copy", "parts put together by ffmpeg"),
            ("mkvmerge", "parts appended by mkvmerge"),
            ("chain", "transport streams chained"),
            ("cat", "transport streams put together byte by byte"),
            ("raw", "pictures taken out of the container and timed anew"),
        )
    ),
    *(
        Edit(f"cut-2-{how}", "remove-copy", "copy", f"2 s left out, {says}", by_copy.cut(2, how), since=3, often=True)
        for how, says in (
            ("cat", "transport streams put together byte by byte"),
            ("raw", "pictures taken out of the container and timed anew"),
        )
    ),
    *(
        Edit(
            f"join-{how}", "join-copy", "copy", f"another take follows, {says}", by_copy.join(how), second=True, since=3
        )
        for how, says in (
            ("cat", "transport streams put together byte by byte"),
            ("raw", "pictures taken out of the container and timed anew"),
        )
    ),
    Edit(
        "hide-2-mp4",
        "remove-copy",
        "copy",
        "put into MP4, where an edit list hides 2 s in the middle",
        by_hiding.middle_listed_anew,
        since=3,
        often=True,
    ),
    Edit("sound-silenced", "sound", "copy", "2 s of sound silenced, pictures copied", by_copy.silence),
    *SEEN,
)

TWO_TAKES = frozenset(edit.id for edit in EDITS if edit.second and edit.id != "second-track-off")
"""Edits that show two recordings; of the second track nothing is shown."""
