"""Puts together what the movie header says about each track: picture or sound, size, times, edits and samples."""

from dataclasses import replace

import numpy as np

from entirety.model.container import Box, Track
from entirety.read.container.isobmff.columns import join, no_samples
from entirety.read.container.isobmff.fields import (
    Times,
    TrackHeader,
    find,
    read_edits,
    read_handler,
    read_times,
    read_track_header,
)
from entirety.read.container.isobmff.fragments import Progress
from entirety.read.container.isobmff.runs import Defaults, join_runs
from entirety.read.container.isobmff.source import Source
from entirety.read.container.isobmff.tables import read_samples

NO_TIMES = Times(0, 0, 0, 0)
NO_HEADER = TrackHeader(0, enabled=False, presented=0, width=0, height=0, rotation=-1, flags=0, alternate_group=0)
NO_DEFAULTS = Defaults(description=1, duration=0, size=0, flags=0)


def read_track(source: Source, trak: Box) -> tuple[Track, int]:
    """One track without its fragments, and the decode time at which its last sample ends."""
    tkhd, mdhd, hdlr, stbl = (
        _need(source, trak, path) for path in ("tkhd", "mdia/mdhd", "mdia/hdlr", "mdia/minf/stbl")
    )
    header = read_track_header(source, tkhd) if tkhd else NO_HEADER
    times = read_times(source, mdhd) if mdhd else NO_TIMES
    handler, name = read_handler(source, hdlr) if hdlr else ("", "")
    elst = find(trak, "edts/elst")
    samples, end = read_samples(source, stbl, handler) if stbl else (no_samples(), 0)
    stsd = find(stbl, "stsd")
    track = Track(
        track_id=header.track_id,
        handler=handler,
        handler_name=name,
        enabled=header.enabled,
        timescale=times.timescale,
        duration=times.duration,
        presented=header.presented,
        created=times.created,
        modified=times.modified,
        width=header.width,
        height=header.height,
        rotation=header.rotation,
        descriptions=tuple(entry.kind for entry in stsd.children) if stsd else (),
        edits=read_edits(source, elst) if elst else None,
        samples=samples,
        flags=header.flags,
        alternate_group=header.alternate_group,
    )
    return track, end


def _need(source: Source, trak: Box, path: str) -> Box | None:
    box = find(trak, path)
    if box is None:
        source.problem(trak.offset, f"a track without `{path}`")
    return box


def start_progress(track: Track, end: int, defaults: dict[int, Defaults]) -> Progress:
    """Where the fragments of a track go on from."""
    return Progress(defaults.get(track.track_id, NO_DEFAULTS), end, len(track.samples), [])


def finish_track(source: Source, track: Track, progress: Progress | None) -> Track:
    """The track with the samples of its fragments."""
    if progress is None or not progress.runs:
        return track
    added = join_runs(progress.runs)
    outside = int(np.count_nonzero((added.offset + added.size > source.length) | (added.offset < 0)))
    if outside:
        source.problem(progress.runs[0].box, f"{outside} of {len(added)} samples of fragments lie outside the file")
    return replace(track, samples=join((track.samples, added)))
