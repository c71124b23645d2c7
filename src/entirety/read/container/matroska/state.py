"""What the walk through a Matroska file carries along: bounds, the clusters met, and how many blocks each track has."""

from dataclasses import dataclass, field

from entirety.read.container.blocks import Block, tell_end
from entirety.read.container.isobmff.source import Source
from entirety.read.container.search import Search

MAX_TRACKS = 1_000
"""Track numbers counted apart; real films have below twenty."""
OTHERS = -1
"""Number under which the blocks of all further tracks are counted."""


@dataclass(slots=True)
class Cluster:
    """One cluster, and what it states about its own time and place; None where it states none."""

    block: Block
    segment: int
    """Where the data of its segment begins; places are counted from there."""
    timestamp: int | None = None
    position: int | None = None
    previous: int | None = None
    """`PrevSize`: bytes of the cluster before it."""
    walked: bool = False


@dataclass(slots=True)
class Tally:
    """The blocks of one track."""

    blocks: int
    first: int
    last: int
    offset: int
    """Byte of the first one."""


MAX_CUES = 120_000
"""Elements of the list of places to jump to that are visited, 0.4 s: 20,000 places of six, one every two seconds for eleven hours."""


@dataclass(slots=True)
class Walk:
    """The file, what may still be visited in it, and what was met."""

    source: Source
    search: Search
    units: int
    cues: int = MAX_CUES
    complete: bool = True
    """False once something was not visited or not listed for lack of share."""
    clusters: list[Cluster] = field(default_factory=list)
    tracks: dict[int, Tally] = field(default_factory=dict)

    def stop(self, offset: int, words: str) -> None:
        """Say once that the file has had its share."""
        if self.complete:
            tell_end(self.source, offset, words)
        self.complete = False

    def count(self, track: int, time: int, offset: int) -> None:
        """One block of `track`, shown at `time` in units of the segment."""
        tally = self.tracks.get(track)
        if tally is None:
            if len(self.tracks) > MAX_TRACKS and track != OTHERS:
                self.count(OTHERS, time, offset)
            else:
                self.tracks[track] = Tally(1, time, time, offset)
            return
        tally.blocks += 1
        if time > tally.last:
            tally.last = time
        elif time < tally.first:
            tally.first = time
