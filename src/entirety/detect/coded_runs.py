"""Names, for each codec but H.264, the function that finds where one run of its encoder ends and another begins.

Each function takes a clip and yields lists of breaks, one list for each kind of break, with the weight and the words of each.
"""

from collections.abc import Callable, Iterator, Mapping

from entirety.detect import runs_hevc
from entirety.detect.encoder_runs import Break
from entirety.model.clip import Clip

BREAKS: Mapping[str, Callable[[Clip], Iterator[list[Break]]]] = {
    "hevc": runs_hevc.breaks,
}
"""By the library's name of the codec; each is called only where `Clip.coded` is there."""


def coded_breaks(clip: Clip) -> Iterator[list[Break]]:
    """The breaks of each kind, where the codec of the main video is one of these."""
    finder = BREAKS.get(clip.stream.codec)
    if finder is not None and clip.coded is not None:
        yield from finder(clip)
