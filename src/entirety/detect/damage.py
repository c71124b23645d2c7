"""Where the coded data are damaged: pictures that the decoder filled in, pictures that never came out, and all that is built on them.

Damage is no sign of editing. Yet a picture that was concealed, and the key frame that repairs it, can look like a break or a freeze,
so the checks of the picture leave these places alone and the report lists them as not examined.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from entirety.detect.spans import frame_of, frames_span, runs
from entirety.model.clip import PICTURE_KINDS, Clip, Packets
from entirety.model.finding import Span
from entirety.model.time import UNSET

DAMAGE = (
    "error while decoding",
    "error splitting",
    "concealing",
    "corrupt",
    "damaged",
    "missing picture",
    "missing reference",
    "missing during reorder",
    "could not find ref",
    "slice header error",
    "no frame!",
    "invalid nal unit",
    "block unavailable",
    "too large",
    "negative number of",
    "end not reached",
    "ended prematurely",
    "partial file",
    "truncating packet",
    "invalid data found",
    "cabac_max_bin",
    "cabac decode of",
    "deblocking_filter_idc",
    "deblocking filter parameters",
    "error at mb",
)
"""Parts of complaints with which libavcodec says that picture data were lost, lower case, read off what it said of damaged H.264, HEVC,
MPEG-4 and MPEG-2 files. Complaints about headers ("Overread VUI") concern no picture."""
ONE_EACH = ("h264", "hevc", "mjpeg", "prores", "dnxhd")
"""Codecs in which every packet to be shown is one picture. Others store packets that show nothing: alternate references of VP8, VP9 and
AV1, empty pictures of MPEG-4; of those a picture counts as missing only where the decoder complained of its packet."""


def damaged_spans(clip: Clip) -> list[Span]:
    """Stretches that the decoder marked, complained of, or gave no picture for, in order; times and frames only, without the bytes.

    A stretch in which no picture came out has first = last = -1. Missing pictures of which nothing tells the place are not here: see `unplaced`.
    """
    marked = [frames_span(clip, first, last) for first, last in damaged_stretches(clip)]
    return sorted((*marked, *_missing_spans(clip)), key=lambda span: (span.start, span.first))


def damaged_stretches(clip: Clip) -> list[tuple[int, int]]:
    """Shown frames that the decoder marked or complained of, as (first, last)."""
    if not len(clip.frames):
        return []
    damaged = clip.frames.corrupt.copy()
    for frame in _complained(clip):
        damaged[frame] = True
    return runs(damaged)


def missing_pictures(clip: Clip) -> int:
    """Pictures that a player should show and that never came out of the decoder; 0 where the codec leaves that open."""
    missing = _missing(clip)
    return _lacking(clip) if missing is None else int(missing.sum())


def unplaced(clip: Clip) -> int:
    """How many pictures are missing of which nothing tells the place; the checks of the picture then leave all frames alone."""
    return _lacking(clip) if _missing(clip) is None else 0


def built_on_damage(clip: Clip) -> NDArray[np.bool_]:
    """Frames that may show damage: damaged ones and all after them, up to the next key frame and the one picture after it."""
    count, keys = len(clip.frames), np.flatnonzero(clip.frames.key)
    built = np.zeros(count, np.bool_)
    for first, last in (*damaged_stretches(clip), *_holes(clip)):
        after = keys[keys > last]
        built[_first_using(clip, first) : int(after[0]) + 2 if len(after) else count] = True
    return built


def _first_using(clip: Clip, first: int) -> int:
    """B pictures shown just before a damaged picture may be built on it."""
    bidirectional = PICTURE_KINDS.index("B")
    while first > 0 and first <= len(clip.frames) and clip.frames.kind[first - 1] == bidirectional:
        first -= 1
    return first


def _holes(clip: Clip) -> Iterator[tuple[int, int]]:
    """Each place where pictures are missing, as an empty stretch before the first frame that came out afterwards."""
    if unplaced(clip):  # missing somewhere: no frame is beyond doubt
        yield 0, len(clip.frames) - 1
    times = clip.frames.pts
    for span in _missing_spans(clip):
        end = int(span.end / clip.frames.time_base)
        # Where parts overlap in time, the same time is shown more than once, and each may be the place.
        found = np.flatnonzero(times == end)
        for at in found if len(found) else (int(np.searchsorted(times, end)),):
            yield int(at), int(at) - 1


def _complaints(clip: Clip) -> Iterator[tuple[int, int]]:
    """Packet row and frame number of every complaint about lost picture data."""
    for note in clip.log:
        if any(word in note.text.lower() for word in DAMAGE):
            yield note.packet, note.frame


def _complained(clip: Clip) -> Iterator[int]:
    """Frames that were being decoded when the decoder spoke of lost picture data; the next frame where that one never came out."""
    shown = clip.shown[clip.video]
    for packet, frame in _complaints(clip):
        stated = 0 <= packet < len(shown) and shown.pts[packet] != UNSET
        found = frame_of(clip, int(shown.pts[packet])) if stated else frame
        yield max(0, min(found, len(clip.frames) - 1))


def _to_show(packets: Packets) -> NDArray[np.bool_]:
    """Packets that hold something and are not for the decoder alone; an empty one repeats the picture before."""
    return np.asarray(~packets.discard & (packets.size > 0), dtype=np.bool_)


def _one_each(clip: Clip) -> bool:
    """Every packet is one picture: no field of one, and of a codec that stores nothing else."""
    fields = clip.headers is not None and bool((clip.headers.field > 0).any())
    return clip.stream.codec in ONE_EACH and not fields


def _missing(clip: Clip) -> NDArray[np.bool_] | None:
    """Rows of the shown packets that gave no frame; None where the times do not tell which ones."""
    shown, times = clip.shown[clip.video], clip.frames.pts
    wanted = _to_show(shown)
    pts = shown.pts[wanted]
    if not len(times) or bool((pts == UNSET).any()) or not np.isin(times, pts).all():
        return None
    complained = np.zeros(len(shown), np.bool_)
    complained[[packet for packet, _ in _complaints(clip) if 0 <= packet < len(shown)]] = True
    if len(np.unique(pts)) < len(pts) and not any(True for _ in _complaints(clip)):
        return None
    missing = _without_frame(wanted, complained, shown, times)
    if not _one_each(clip):
        return np.asarray(missing & complained, dtype=np.bool_)
    # Pictures before the first one that can be decoded by itself are left out without a word: a stream that was joined midway.
    leading = shown.pts < times.min()
    return missing if bool((leading & complained).any()) else missing & ~leading


def _without_frame(
    wanted: NDArray[np.bool_], complained: NDArray[np.bool_], shown: Packets, times: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """At each time as many packets as no frame came out for; of several packets at one time those that the decoder complained of first."""
    rows = np.flatnonzero(wanted)
    rows = rows[np.lexsort((~complained[rows], shown.pts[rows]))]
    pts, ordered = shown.pts[rows], np.sort(times)
    among = np.arange(len(pts)) - np.searchsorted(pts, pts)  # how many at the same time stand before it
    stored = np.searchsorted(pts, pts, "right") - np.searchsorted(pts, pts)
    came = np.searchsorted(ordered, pts, "right") - np.searchsorted(ordered, pts)
    missing = np.zeros(len(shown), np.bool_)
    missing[rows[among < stored - came]] = True
    return missing


def _lacking(clip: Clip) -> int:
    """How many pictures are missing where the times do not tell which: by count alone, if the decoder complained at all."""
    counted = _one_each(clip) and any(True for _ in _complaints(clip))
    return max(0, int(_to_show(clip.shown[clip.video]).sum()) - len(clip.frames)) if counted else 0


def _missing_spans(clip: Clip) -> list[Span]:
    """From the first of some missing pictures to the next one that came out."""
    missing, shown, base = _missing(clip), clip.shown[clip.video], clip.stream.time_base
    if missing is None:
        return []
    order = np.flatnonzero(_to_show(shown))
    order = order[np.lexsort((missing[order], shown.pts[order]))]
    times, spans = shown.pts[order], []
    for first, last in runs(missing[order]):
        start, final = int(times[first]), order[last]
        if last + 1 < len(order):
            end = int(times[last + 1])
        else:
            end = int(shown.pts[final]) + max(0, int(shown.duration[final]))
        spans.append(Span(start * base, end * base, -1, -1))
    return spans
