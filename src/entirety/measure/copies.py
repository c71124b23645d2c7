"""Chooses what goes into playable copies of the pictures that a player does not show, and in which order.

A picture that is built on others needs them: those are in the copy too, from the key picture on, and counted apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entirety.measure.further import hidden_rows, tracks_of
from entirety.model.clip import Clip, Packets
from entirety.model.further import Further, Origin
from entirety.model.time import UNSET
from entirety.read.extract import Piece, matroska

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Made:
    """One copy: a file's bytes and what is in it."""

    role: str
    stream: int
    content: bytes
    pictures: int
    lead: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to go into one copy."""

    role: str
    stream: int
    pieces: list[Piece]
    own: set[int]
    """Offsets of the pictures that the copy is made for."""


def copies(path: Path, clip: Clip) -> Iterator[Made]:
    """One copy for each source of pictures that are not shown; none where there are none."""
    for plan in _plans(clip):
        done = matroska(path, plan.stream, plan.pieces, clip.streams[plan.stream].time_base) if plan.own else None
        if done is not None and done[1]:
            content, written = done
            lead = sum(piece.offset not in plan.own for piece in plan.pieces[:written])
            yield Made(plan.role, plan.stream, content, written, lead)


def _plans(clip: Clip) -> Iterator[_Plan]:
    further = clip.further
    if further is None or clip.movie is None:
        return
    yield _Plan("edit-list", clip.video, *_listed(clip.packets, hidden_rows(clip)))
    for stream in sorted({int(stream) for stream in further.stream[further.rows(Origin.ORPHAN)]}):
        yield _Plan("orphan", stream, *_orphans(clip, further, stream))
    for stream in sorted({int(stream) for stream in further.stream[further.rows(Origin.TRACK)]}):
        packets = clip.stored[stream]
        yield _Plan("track", stream, *_listed(packets, np.arange(len(packets))))


def _listed(packets: Packets, rows: Rows) -> tuple[list[Piece], set[int]]:
    """Listed pictures with the key picture before them; stretches follow one another without a gap."""
    usable = (packets.pts != UNSET) & (packets.dts != UNSET) & (packets.position >= 0)
    keys = np.flatnonzero(packets.key & usable)
    rows = rows[usable[rows]]
    first = np.searchsorted(keys, rows, side="right") - 1
    wanted = np.zeros(len(packets), np.bool_)
    for key, row in zip(first.tolist(), rows.tolist(), strict=True):
        if key >= 0:
            wanted[keys[key] : row + 1] = True
    taken = np.flatnonzero(wanted & usable)
    pieces, at = list[Piece](), 0
    for stretch in np.split(taken, np.flatnonzero(np.diff(taken) != 1) + 1):
        if len(stretch):
            shift = at - int(packets.pts[stretch].min())
            pieces += _pieces(packets, stretch, shift)
            at = int((packets.pts[stretch] + np.maximum(packets.duration[stretch], 1)).max()) + shift
    return _in_step(pieces), {int(packets.position[row]) for row in rows.tolist()}


def _pieces(packets: Packets, rows: Rows, shift: int) -> Iterator[Piece]:
    for row in rows.tolist():
        pts, dts = int(packets.pts[row]) + shift, int(packets.dts[row]) + shift
        yield Piece(int(packets.position[row]), int(packets.size[row]), pts, dts, bool(packets.key[row]))


def _in_step(pieces: list[Piece]) -> list[Piece]:
    """Decode times that never run back, as a container demands."""
    done: list[Piece] = []
    for piece in pieces:
        least = done[-1].dts + 1 if done else piece.dts
        done.append(replace(piece, dts=min(max(piece.dts, least), max(piece.pts, least))))
    return done


def _orphans(clip: Clip, further: Further, stream: int) -> tuple[list[Piece], set[int]]:
    """Carved pictures at the clip's usual step: no table says when they were to be shown, only in which order."""
    rows = further.rows(Origin.ORPHAN, stream)
    track = next(track for index, track in tracks_of(clip, clip.movie) if index == stream) if clip.movie else None
    step = _step(clip.stored[stream])
    shown: list[tuple[int, int, bool]] = []
    places = np.sort(track.samples.offset) if track else np.zeros(0, np.int64)
    between = np.searchsorted(places, further.offset[rows])
    for part in np.split(rows, np.flatnonzero(np.diff(between)) + 1):
        begins = int(further.offset[part].min())
        if track and not further.key[part[further.offset[part].argmin()]]:
            table = track.samples
            before = np.flatnonzero(table.offset < begins)
            keys = before[table.sync[before]]
            lead = before[before >= keys[-1]] if len(keys) else before[:0]
            lead = lead[np.argsort((table.dts + table.composition)[lead], kind="stable")]
            shown += [(int(table.offset[k]), int(table.size[k]), bool(table.sync[k])) for k in lead.tolist()]
        shown += [(int(further.offset[k]), int(further.size[k]), bool(further.key[k])) for k in part.tolist()]
    order = {offset: number for number, (offset, _, _) in enumerate(shown)}
    stored = sorted(shown)
    delay = max((number - order[offset] for number, (offset, _, _) in enumerate(stored)), default=0)
    pieces = [
        Piece(offset, size, order[offset] * step, (number - delay) * step, key)
        for number, (offset, size, key) in enumerate(stored)
    ]
    return pieces, {int(offset) for offset in further.offset[rows]}


def _step(packets: Packets) -> int:
    steps = np.diff(np.sort(packets.pts[packets.pts != UNSET]))
    return max(1, int(np.median(steps[steps > 0]))) if (steps > 0).any() else 1
