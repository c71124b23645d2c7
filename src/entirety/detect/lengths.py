"""What a file declares about its length, and how long what it holds really is.

Containers write lengths in up to four places; none is a clock. The real length is counted from the times of the stored pictures and
sound blocks themselves.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from entirety.detect.steps import clock_of
from entirety.model.clip import Clip, Packets
from entirety.model.container import Box, Track
from entirety.model.time import UNSET


@dataclass(frozen=True, slots=True)
class Extent:
    """From the first to the end of the last picture or sound block, seconds."""

    start: Fraction
    end: Fraction

    @property
    def length(self) -> Fraction:
        return self.end - self.start


def extent(packets: Packets, base: Fraction) -> Extent | None:
    """Of those packets that are to be shown and have a time; None where there is none.

    A file that states no times of showing, as AVI does, is measured by its times of decoding.
    """
    times = clock_of(packets)
    kept = np.flatnonzero(~packets.discard & (times != UNSET))
    if not len(kept):
        return None
    last = kept[times[kept].argmax()]
    end = int(times[last]) + max(0, int(packets.duration[last]))
    return Extent(int(times[kept].min()) * base, end * base)


def declared_pictures(clip: Clip) -> int:
    """Number of pictures that the container states; 0 where it states none. An entry of zero bytes in a table holds none.

    AVI counts places of one tick each; FFmpeg writes many empty ones between two pictures where the tick is short.
    """
    if clip.track is not None:
        return int((clip.track.samples.size > 0).sum())
    known = clip.packets.dts[clip.packets.dts != UNSET]
    if clip.container != "avi" or len(known) < 2:
        return clip.stream.frames
    return round(clip.stream.frames / max(1, int(np.median(np.diff(known)))))


def shown_extent(clip: Clip, index: int) -> Extent | None:
    """Of what a player shows or plays of one stream: the last picture may state a length that reaches past the end of the edit."""
    whole, track = extent(clip.shown[index], clip.streams[index].time_base), _track(clip, index)
    # Blocks from before the clip's start belong to the preparation of the decoder.
    whole = Extent(max(whole.start, clip.start), max(whole.end, clip.start)) if whole else None
    if whole is None or track is None or not track.edits or clip.movie is None or clip.movie.timescale <= 0:
        return whole
    listed = Fraction(sum(e.duration for e in track.edits if e.media_time >= 0), clip.movie.timescale)
    return Extent(whole.start, min(whole.end, whole.start + listed)) if listed > 0 else whole


def _track(clip: Clip, index: int) -> Track | None:
    """The container's declaration of one stream, found by its place among the streams of its kind."""
    handler = {"video": "vide", "audio": "soun"}.get(clip.streams[index].kind)
    tracks = [t for t in clip.movie.tracks if t.handler == handler] if clip.movie else []
    place = sum(s.kind == clip.streams[index].kind for s in clip.streams[:index])
    return tracks[place] if place < len(tracks) else None


def declared_lengths(clip: Clip) -> list[tuple[str, Fraction, Fraction]]:
    """Each place with what it declares and what was counted for it, seconds; only places that declare something."""
    movie, track, video = clip.movie, clip.track, extent(clip.packets, clip.stream.time_base)
    shown = shown_extent(clip, clip.video)
    if movie is not None and track is not None:
        # The header of a fragmented file covers the part before the first fragment only.
        if movie.fragments or movie.timescale <= 0 or track.timescale <= 0 or video is None or shown is None:
            return []
        empty = Fraction(sum(e.duration for e in track.edits or () if e.media_time < 0), movie.timescale)
        longest = Fraction(max(t.presented for t in movie.tracks), movie.timescale)
        places = [
            ("movie header (mvhd) against its longest track", Fraction(movie.duration, movie.timescale), longest),
            (
                "track header (tkhd) against what is shown",
                Fraction(track.presented, movie.timescale),
                shown.length + empty,
            ),
            ("media header (mdhd) against what is stored", Fraction(track.duration, track.timescale), video.length),
        ]
        return [place for place in places if place[1] > 0]
    if clip.duration is None or clip.duration <= 0:
        return []
    spans = [
        extent(p, s.time_base) for p, s in zip(clip.stored, clip.streams, strict=True) if s.kind in ("video", "audio")
    ]
    ends = [span.end for span in spans if span is not None]
    return [("container against all it holds", clip.duration, max(ends) - clip.start)] if ends else []


def cut_short(clip: Clip) -> Box | None:
    """The first box that states more bytes than the file still has; None where all are complete or there are none."""
    boxes = clip.movie.boxes if clip.movie else ()
    return next((box for box in boxes if box.declared > box.size), None)


def ends_early(clip: Clip) -> bool:
    """Whether the file lacks bytes that it counts on: a box that is cut short, or pictures beyond its end."""
    samples = clip.track.samples if clip.track else None
    beyond = samples is not None and bool((samples.offset + samples.size > clip.custody.size).any())
    return beyond or cut_short(clip) is not None


def expected_frames(clip: Clip) -> int:
    """Pictures that should come out of the decoder: packets to be shown, two fields of one picture counted once."""
    shown = clip.shown[clip.video]
    count = int((~shown.discard).sum())
    if clip.headers is None:
        return count
    fields = clip.packets.position[clip.headers.field > 0] if len(clip.headers) == len(clip.packets) else ()
    halves = int(np.isin(shown.position[~shown.discard], fields).sum())
    return count - halves // 2
