"""Which stored pictures a player shows, and in which order.

An MP4 or MOV file may hold an edit list: a table that tells the player to show only some stretches of what is stored. The
file is read twice, once with the table applied and once without; pictures are matched by their place in the file, not by sums.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from entirety.detect.spans import AHEAD
from entirety.model.clip import Clip
from entirety.model.time import UNSET

TABLES = ("stts", "ctts", "stsz", "stz2")
"""Tables of times and sizes, which must have a row for the same pictures (ISO/IEC 14496-12, 8.6.1 and 8.7.3)."""
IMPLAUSIBLE = 10
"""Times its pictures' usual step that a stretch may last: chosen; phones in the dark stretch the step to three times, and the pauses of
a recorder are borne out by the stated length."""


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

    def counts(self) -> tuple[int, int]:
        """Different pictures that are shown, and how many times pictures are shown in all."""
        return int((~self.hidden).sum()), int((~self.hidden[self.seen]).sum())


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


def lead(clip: Clip, plan: Layout, first: int, last: int) -> str:
    """Why a stretch at the start, positions `first` to `last` of the stored order, may have to be stored; empty where nothing of the kind fits.

    `start-within-group`: it opens the file with the one key picture that the first frame shown is built on.
    `open-group`: it is shown before the first key picture and coded after it, so it is built on pictures that are not in the file.
    """
    rows, keys = plan.order[first : last + 1], np.flatnonzero(clip.packets.key)
    if first > 0 or last + 1 >= len(plan.order) or not len(keys):
        return ""
    within = np.isin(keys, rows)
    if not within.any():
        return "open-group" if rows.min() > keys[0] else ""
    following = plan.order[last + 1]
    return "start-within-group" if np.flatnonzero(within).tolist() == [0] and not clip.packets.key[following] else ""


def reorder_depth(clip: Clip) -> int:
    """By how many pictures decoding runs ahead: what the stream's header allows, or what is observed, whichever is more."""
    order = np.argsort(clip.packets.pts, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    observed = int((np.arange(len(order)) - rank).max(initial=0))
    sets = clip.parameter_sets
    stated = max((dict(s.facts).get("max_num_reorder_frames", -1) for s in sets if s.kind == "sps"), default=-1)
    return min(AHEAD, max(observed, stated))


def by_the_list(clip: Clip, plan: Layout) -> Layout:
    """In a fragmented file, where the library shows everything, what the edit list hides by its own numbers; else `plan` itself."""
    hidden = hidden_by_the_list(clip) if clip.movie and clip.movie.fragments else None
    if hidden is None or plan.hidden.any() or len(hidden) != len(plan.order):
        return plan
    return replace(plan, hidden=hidden[plan.order])


def hidden_by_the_list(clip: Clip) -> NDArray[np.bool_] | None:
    """Samples outside every stretch of the edit list, by the list's own numbers; None where there is no list to count by."""
    track, movie = clip.track, clip.movie
    if track is None or movie is None or not track.edits or not len(track.samples):
        return None
    pts = track.samples.dts + track.samples.composition
    shown = np.zeros(len(pts), np.bool_)
    for edit in track.edits:
        if edit.media_time >= 0 and movie.timescale > 0:
            # Taken as written, as the library does; the movie's clock rounds it, by a picture at most.
            length = Fraction(edit.duration * track.timescale, movie.timescale)
            open_end = edit.duration == 0 and bool(
                movie.fragments
            )  # 0 is the rest of a fragmented file (ISO/IEC 14496-12, 8.6.6)
            shown |= (pts >= edit.media_time) & (open_end | (pts < edit.media_time + round(length)))
    return ~shown


def agreed(clip: Clip, plan: Layout) -> bool:
    """The edit list's own numbers hide as many pictures as the library does, but for the rounding of each edit."""
    listed = hidden_by_the_list(clip)
    if listed is None or clip.track is None or (clip.movie is not None and clip.movie.fragments):
        return False
    return abs(int(listed.sum()) - int(plan.hidden.sum())) <= len(clip.track.edits or ())


def damaged(clip: Clip, plan: Layout, first: int, last: int) -> bool:
    """Whether the tables contradict each other so that the pictures at positions `first` to `last` cannot be said to be hidden.

    A table of another length than the others counts only where the edit list's numbers disagree too: else both ways of counting are at one.
    """
    if clip.movie is None or clip.track is None:
        return False
    contradicting = any(f"`{table}`" in problem for problem in clip.movie.problems for table in TABLES)
    if contradicting and not agreed(clip, plan):
        return True
    length, track, base = plan.seconds(clip, first, last), clip.track, clip.stream.time_base
    steps = np.diff(clip.packets.pts[plan.order])
    usual = int(np.median(steps[steps > 0])) * base if (steps > 0).any() else Fraction(0)
    if clip.movie.fragments or track.timescale <= 0 or track.duration <= 0:  # no length of the whole is stated
        return length > IMPLAUSIBLE * (last - first + 1) * usual
    stated, listed = Fraction(track.duration, track.timescale), plan.seconds(clip, 0, len(plan.order) - 1)
    # A pause of a recorder makes a stretch long as well, and then it is part of the stated length.
    borne_out = abs(stated - listed) <= IMPLAUSIBLE * usual
    return length > stated + IMPLAUSIBLE * usual or (
        length > IMPLAUSIBLE * (last - first + 1) * usual and not borne_out
    )
