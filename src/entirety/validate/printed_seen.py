"""What only the picture shows, as text: cuts within one take by how much was left out, stretches by how long they last, and sources.

Every line holds counts, and a rate with its interval where clips are summed up. What was left out of a still scene cannot be seen in the
picture; these clips have lines of their own, so that they neither lower a rate nor are passed over.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from entirety.knowledge.performance import Row, Seen
from entirety.validate.edits import TWO_TAKES
from entirety.validate.placed import CUTS, SOURCES
from entirety.validate.printed_rates import rate
from entirety.validate.stirred import MOVING, ONE_CAMERA, STILL, STIRRED

CUT = re.compile(r"cut-([0-9.]+)-encode(-again)?")
"""Middle cuts that were encoded again, of which the curve is drawn."""

WAYS = {
    "camera-like": ("camera", "phone", "variable", "ts", "mkv"),
    "messenger": ("messenger",),
    "recorder": ("recorder",),
    "twice": ("twice",),
    "other codecs": ("hevc", "mpeg4", "mpeg2", "vp9", "mjpeg"),
}
"""How the clip came in: what was done to its pictures, in five kinds."""

SCENES = {MOVING: "the camera moves", STIRRED: "something moved in a still view", STILL: "nothing moved there"}

STRETCHES: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("frozen-picture", "a picture held", (("0.5 s", ("freeze-0.5",)), ("1.2 s", ("freeze",)), ("2 s", ("freeze-2",)))),
    (
        "repeated-footage",
        "shown twice",
        (("1 s", ("repeat-1",)), ("1.5 s", ("repeat-encode",)), ("3 s", ("repeat-3",)), ("a group", ("repeat-copy",))),
    ),
    (
        "repeated-footage",
        "shown backwards",
        (("1 s", ("reverse-1",)), ("1.5 s", ("reverse",)), ("3 s", ("reverse-3",))),
    ),
    ("cadence-change", "another speed", (("0.8", ("slower",)), ("1.25", ("faster",)))),
    (
        "gradual-transition",
        "a dissolve",
        (
            ("0.3 s", ("dissolve-other-0.3",)),
            ("0.5 s", ("dissolve-other",)),
            ("1 s", ("dissolve-other-1",)),
            ("2 s", ("dissolve-other-2",)),
            ("0.5 s within one take", ("dissolve",)),
        ),
    ),
    ("gradual-transition", "a fade and a wipe", (("fade", ("fade",)), ("wipe", ("wipe-other",)))),
    ("blank-picture", "through black", (("fade", ("fade",)),)),
    (
        "added-overlay",
        "laid over",
        tuple((shape, (f"overlay-{shape}",)) for shape in ("caption", "circle", "frame", "blur")),
    ),
)
"""Check, what was done, and the edits by length or form."""


def seen(rows: Iterable[Row]) -> Iterator[str]:
    """The lines for the rows of one half."""
    counted = [row for row in rows if row.seen is not None]
    if not counted:
        yield "what only the picture shows: not counted in this table"
        return
    yield from curve(counted)
    yield ""
    yield from stretches(counted)
    yield ""
    yield from sources(counted)


def curve(rows: Iterable[Row]) -> Iterator[str]:
    """Middle cuts that were encoded again: found within one frame, by length, scene and kind of copy."""
    cuts = [(float(match[1]), row, row.seen) for row in rows if row.seen and (match := CUT.fullmatch(row.edit))]
    if not cuts:
        return
    yield f"middle cuts, encoded again: found within one frame by {', '.join(CUTS)}, of the clips"
    yield f"  {'':<34}" + "".join(f"{way:>16}" for way in WAYS) + "   all"
    for scene, says in SCENES.items():
        yield f"  {says}"
        here = [cut for cut in cuts if cut[2].scene == scene]
        for length in sorted({length for length, _, _ in here}):
            yield _line(f"{length:g} s", [(row, told) for one, row, told in here if one == length])
        if here:
            yield _line("0.5 s and more", [(row, told) for length, row, told in here if length >= 0.5])


def _line(name: str, cuts: list[tuple[Row, Seen]]) -> str:
    ways = [_frame_of([cut for cut in cuts if cut[0].condition in conditions]) for conditions in WAYS.values()]
    cells = "".join(f"{f'{found} of {clips}' if clips else '-':>16}" for found, clips in ways)
    return f"    {name:<32}{cells}   {rate(*_frame_of(cuts))}"


def _frame_of(cuts: list[tuple[Row, Seen]]) -> tuple[int, int]:
    return sum(told.frame for _, told in cuts), sum(row.clips for row, _ in cuts)


def stretches(rows: Iterable[Row], check: str = "") -> Iterator[str]:
    """What lasts for a while, by length and by the check that is to find it; of one check, or of all."""
    rows = list(rows)
    yield "what lasts for a while: found within half a second, of the clips in which the check ran"
    for name, says, lengths in STRETCHES:
        if check in ("", name):
            for scene, of in _apart(name):
                here = [(length, [row for row in rows if row.edit in edits and of(row)]) for length, edits in lengths]
                found = [f"{length} {rate(*_near_of(own, name))}" for length, own in here if own]
                if found:
                    yield f"  {name}, {says}{scene}: {'; '.join(found)}"


def _apart(check: str) -> tuple[tuple[str, Callable[[Row], bool]], ...]:
    """Repeats are told apart by the scene: a still one looks alike at any time."""
    if check != "repeated-footage":
        return (("", lambda _: True),)
    return (
        (", the camera moves", lambda row: row.seen is not None and row.seen.scene == MOVING),
        (", it stands still", lambda row: row.seen is None or row.seen.scene != MOVING),
    )


def _near_of(rows: list[Row], check: str) -> tuple[int, int]:
    """A check that was not there when the table was measured ran in no clip."""
    done = [(row, counted) for row in rows if (counted := dict(row.checks).get(check)) is not None]
    return sum(counted.near for _, counted in done), sum(row.clips - counted.not_run for row, counted in done)


def sources(rows: Iterable[Row]) -> Iterator[str]:
    """Parts told rightly to be of one source or of two."""
    told = [row for row in rows if row.seen]
    kinds: tuple[tuple[str, Callable[[Row], bool]], ...] = (
        ("two recordings of different cameras, told apart", lambda row: row.edit in TWO_TAKES and not _one_camera(row)),
        ("one recording whose cut was seen, not told apart", lambda row: row.edit not in TWO_TAKES),
        ("two takes drawn with one camera, told apart", _one_camera),
    )
    yield f"one source or two, told by {SOURCES}"
    for says, of in kinds:
        yield f"  {says}: {_told([row for row in told if of(row)])}"
    yield f"  the first two together: {_told([row for row in told if not _one_camera(row)])}"


def _one_camera(row: Row) -> bool:
    return row.seen is not None and row.seen.scene == ONE_CAMERA


def _told(rows: list[Row]) -> str:
    pairs = [row.seen for row in rows if row.seen]
    return rate(sum(one.grouped for one in pairs), sum(one.parts for one in pairs))
