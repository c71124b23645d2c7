"""Which stored pictures a player shows, and in which order.

An MP4 or MOV file may hold an edit list: a table that tells the player to show only some stretches of what is stored. The
file is read twice, once with the table applied and once without; pictures are matched by their place in the file, not by sums.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.model.clip import Clip
from entirety.model.time import UNSET

MOST_REORDERED = 16
"""Pictures that an H.264 or HEVC decoder may hold back at most (H.264 A.3.1, MaxDpbFrames): no more can be hidden for its sake."""


@dataclass(frozen=True)
class Layout:
    """Stored pictures of the main video in the order in which they would be seen if all were shown."""

    order: NDArray[np.int64]
    """Rows of `Clip.packets`, by presentation time."""
    hidden: NDArray[np.bool_]
    """For each of them: a player that honours the edit list never shows it."""
    seen: NDArray[np.int64]
    """What is shown, in the order of showing, as positions in `order`; a picture that is shown twice occurs twice."""
    ticks: NDArray[np.int64]
    """When: presentation times of `seen`."""
    reorder: int
    """Pictures by which decoding runs ahead of showing."""

    def seconds(self, clip: Clip, first: int, last: int) -> Fraction:
        """Seconds that the pictures at positions `first` to `last` of `order` last."""
        pts = clip.packets.pts[self.order]
        after = int(pts[last + 1]) if last + 1 < len(pts) else int(pts[last] + clip.packets.duration[self.order[last]])
        return max(0, after - int(pts[first])) * clip.stream.time_base


def layout(clip: Clip) -> Layout | None:
    """Match what is stored with what is shown; None where packets have no times or places to match them by."""
    stored, shown = clip.packets, clip.shown[clip.video]
    kept = ~shown.discard
    if (stored.pts == UNSET).any() or (shown.pts[kept] == UNSET).any() or (stored.position < 0).any():
        return None
    order = np.argsort(stored.pts, kind="stable")
    by_place = np.argsort(stored.position[order], kind="stable")
    places = stored.position[order][by_place]
    at = np.argsort(shown.pts[kept], kind="stable")
    positions = shown.position[kept][at]
    found = np.searchsorted(places, positions)
    known = (found < len(places)) & (places[np.minimum(found, len(places) - 1)] == positions)
    seen = by_place[found[known]]
    hidden = np.ones(len(order), np.bool_)
    hidden[seen] = False
    return Layout(order, hidden, seen, shown.pts[kept][at][known], reorder_depth(clip))


def reorder_depth(clip: Clip) -> int:
    """By how many pictures decoding runs ahead: what the stream's header allows, or what is observed, whichever is more."""
    order = np.argsort(clip.packets.pts, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    observed = int((np.arange(len(order)) - rank).max(initial=0))
    sets = clip.headers.parameter_sets if clip.headers else ()
    stated = max((dict(s.facts).get("max_num_reorder_frames", -1) for s in sets if s.kind == "sps"), default=-1)
    return min(MOST_REORDERED, max(observed, stated))


def hidden_by_the_list(clip: Clip) -> int | None:
    """Stored pictures outside every stretch of the edit list, by the list's own numbers; None where there is no list to count by."""
    track, movie = clip.track, clip.movie
    if track is None or movie is None or not track.edits or not len(track.samples) or movie.fragments:
        return None
    pts = track.samples.dts + track.samples.composition
    shown = np.zeros(len(pts), np.bool_)
    for edit in track.edits:
        if edit.media_time >= 0 and movie.timescale > 0:
            # One tick more: the length of an edit is rounded to the movie's clock.
            length = Fraction((edit.duration + 1) * track.timescale, movie.timescale)
            shown |= (pts >= edit.media_time) & (pts < edit.media_time + int(length))
    return int((~shown).sum())
