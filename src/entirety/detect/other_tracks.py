"""Looks at video tracks of a file other than the one that a player shows.

Belongs to the check hidden-footage. A file may hold several video tracks; a player shows one of them, and leaves out every track that is
marked as not enabled. Covers, chapter pictures, previews and depth maps are kept in such tracks too, and are told apart here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.detect import reproduce
from entirety.detect.alike import OTHER, SAME, alike
from entirety.detect.hashed import all_hashes
from entirety.detect.hidden_innocent import ID, SHORTEST, counted, weigh
from entirety.detect.sentences import say
from entirety.detect.spans import byte_ranges, spread
from entirety.model.clip import Clip
from entirety.model.container import Track
from entirety.model.finding import Confidence, Finding, Measured, Span, Weight
from entirety.model.further import Origin

SLOWEST = Fraction(1, 2)
"""Pictures a second below which a track is a row of stills, such as chapter pictures: chosen; recorders that wait for movement
keep to one a second."""
SAME_LENGTH = Fraction(1, 10)
"""Part by which the length of a preview may differ from that of the track shown: chosen; one group of pictures of a short clip."""
AUXILIARY = frozenset(("auxl", "vdep", "vplx", "thmb", "cdsc"))
"""References by which a track says that it serves another one: auxiliary, depth, parallax, thumbnail, description (ISO/IEC 14496-12,
8.3.3 and ISO/IEC 23008-12)."""


@dataclass(frozen=True, slots=True)
class _Other:
    """One video track that is not shown."""

    track: Track
    own: NDArray[np.int64]
    """Rows of its samples that lie in the file and that the track shown does not refer to."""
    seconds: Fraction
    roles: frozenset[str]
    stream: int
    """Index among all streams; -1 where the library has none for it."""
    alike: int
    """Median of the differing bits between its pictures and those shown at the same share of the length; -1 where they were not compared."""


def other_tracks(clip: Clip) -> Iterator[Finding]:
    """One finding for each video track with pictures of its own that a player does not show."""
    videos = [t for t in clip.movie.tracks if t.handler == "vide"] if clip.movie else []
    streams = [stream.index for stream in clip.streams if stream.kind == "video"]
    shown = _shown(clip, videos)
    if shown is None:
        return
    for place, track in enumerate(videos):
        stream = streams[place] if place < len(streams) else -1
        # Where the track that was decoded is the one left out, the one shown is held against it instead.
        compared = stream if stream != clip.video else streams[min(videos.index(shown), len(streams) - 1)]
        other = _other(clip, track, shown, stream, compared)
        if track is not shown and len(other.own):
            yield _finding(clip, other, shown)


def _shown(clip: Clip, videos: list[Track]) -> Track | None:
    """The one track that a player shows: the one that was decoded unless it alone is marked as not enabled."""
    enabled = [track for track in videos if track.enabled and len(track.samples)]
    main = clip.track
    return main if main is None or main.enabled or not enabled else enabled[0]


def _other(clip: Clip, track: Track, shown: Track, stream: int, compared: int) -> _Other:
    samples = track.samples
    inside = (samples.size > 0) & (samples.offset + samples.size <= clip.custody.size)
    own = np.flatnonzero(inside & ~np.isin(samples.offset, shown.samples.offset))
    bits = alike(clip, compared) if track is not shown else -1
    return _Other(track, own, _seconds(track), _roles(clip, track), stream, bits)


def _seconds(track: Track) -> Fraction:
    """Length of a track by its own table; the last picture lasts as long as the others on average."""
    dts, count = track.samples.dts, len(track.samples)
    if count < 2 or track.timescale <= 0:
        return Fraction(0)
    return Fraction(max(0, int(dts[-1] - dts[0])) * count, (count - 1) * track.timescale)


def _roles(clip: Clip, track: Track) -> frozenset[str]:
    """Kinds of the references that a track makes to others."""
    moov = next((box for box in clip.movie.boxes if box.kind == "moov"), None) if clip.movie else None
    traks = [box for box in moov.children if box.kind == "trak"] if moov else []
    place = clip.movie.tracks.index(track) if clip.movie else 0
    tref = [box for box in traks[place].children if box.kind == "tref"] if place < len(traks) else []
    return frozenset(reference.kind for box in tref for reference in box.children)


def _causes(other: _Other, shown: Track) -> set[str]:
    """Explanations that fit this track."""
    track, length = other.track, _seconds(shown)
    still = len(track.samples) < SLOWEST * other.seconds or other.seconds <= SHORTEST
    smaller = track.width < shown.width and track.height < shown.height
    same = 0 <= other.alike <= SAME
    fits = {
        "still-pictures": still,
        "auxiliary-track": bool(other.roles & AUXILIARY),
        "preview-track": abs(other.seconds - length) <= SAME_LENGTH * length
        and (same or (smaller and other.alike < OTHER)),
    }
    return {slug for slug, fit in fits.items() if fit}


def _weight(other: _Other, causes: set[str]) -> Weight:
    # Another camera, slides, a screen: of enabled tracks, players let the viewer choose.
    if other.track.enabled or causes & {"still-pictures", "auxiliary-track"}:
        return Weight.NEUTRAL
    return (
        Weight.SUPPORTING if "preview-track" in causes else Weight.DIRECT
    )  # whoever hides footage could make it small


def _finding(clip: Clip, other: _Other, shown: Track) -> Finding:
    track, causes, count = other.track, _causes(other, shown), len(other.own)
    state = (
        "enabled, and players show one video track at a time"
        if track.enabled
        else "not enabled, so that a player leaves it out"
    )
    seconds = f"{float(other.seconds):.3f}"
    one, many = (f"The file holds another video track, {{size}}, with {what} of its own ({{seconds}} s). It is marked as {{state}}."
                 for what in ("1 picture", "{count} pictures"))  # fmt: skip
    size = f"{track.width} x {track.height}"
    theirs = replace(clip, video=other.stream) if other.stream >= 0 else None
    ranges = byte_ranges(theirs, range(len(theirs.packets))) if theirs else ()
    still_open = causes | {"several-cameras"}
    decoded, measured, stills = _pictures(clip, other)
    return Finding(
        check=ID,
        code="other-track",
        claim=counted(f"{ID}.other-track.claim", count, one, many, size=size, seconds=seconds, state=state),
        inference=say(f"{ID}.other-track.inference", INFERENCE),
        # It lies beside the clip and at no time of it: no shown frame is named.
        span=Span(clip.start, clip.start, -1, -1, ranges),
        weight=_weight(other, causes),
        confidence=Confidence.HIGH if theirs else Confidence.MEDIUM,
        measured=(
            Measured("pictures of its own", count, 0, "pictures"),
            Measured("length of the track", seconds, SHORTEST, "s"),
            Measured("number of the track", track.track_id, None),
            *measured,
        ),
        innocent=weigh("other-track", count, 0, other.seconds, Fraction(0), more=still_open),
        reproduce=reproduce.shown_frames(theirs or clip),
        stills=stills,
        further=decoded,
    )


def _pictures(clip: Clip, other: _Other) -> tuple[tuple[int, ...], tuple[Measured, ...], tuple[int, ...]]:
    """Pictures to print, what was measured of them, and shown frames to print where the track is the one that was decoded."""
    further = clip.further
    if other.stream == clip.video:
        return (), (), spread(np.arange(len(clip.frames)))
    if further is None:
        return (), (), ()
    rows = further.rows(Origin.TRACK, other.stream)
    cut = any(one.origin is Origin.TRACK and one.stream == other.stream and not one.complete for one in further.taken)
    name = "pictures decoded of the track" + (", where a bound ended the decoding" if cut else "")
    measured = [Measured(name, len(rows), None, "pictures")]
    if len(rows):
        measured.append(
            Measured(
                "SHA-256 over the hashes of these pictures, in the order of showing", all_hashes(further, rows), None
            )
        )
    if other.alike >= 0:
        measured.append(Measured("median of differing bits to what is shown at the same time", other.alike, SAME))
    return spread(rows), tuple(measured), ()


INFERENCE = (
    "In our assessment the file holds pictures that a viewer of this clip does not see, in a track that can be looked at by itself; "
    "cameras with several lenses, covers and previews are kept in the same way."
)
