"""Names the places at which two checks read one and the same number of the stream, so that one fact never counts as two signs.

The time codes of MPEG-2 and MPEG-4 groups are a clock, which timecode-break follows, and a running number, which stream-join follows.
"""

from collections.abc import Mapping

from entirety.detect.coded_runs import coded_breaks
from entirety.model.clip import Clip
from entirety.model.finding import Weight

SAME: Mapping[str, str] = {"mpeg2-group": "group-time-code", "mpeg4-group": "picture-time"}
"""By the source of a clock: the code under which stream-join tells a break of the same number."""


def rows_told(clip: Clip, source: str) -> tuple[int, ...]:
    """Packets at which stream-join reports that the number behind this clock breaks, as more than a note."""
    if source not in SAME:
        return ()
    breaks = (found for kind in coded_breaks(clip) for found in kind)
    return tuple(found.row for found in breaks if found.code == SAME[source] and found.weight is not Weight.NEUTRAL)
