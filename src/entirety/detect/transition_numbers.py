"""The numbers beside a transition: what was measured of it, each with the bound that it was held against."""

from entirety.detect.dissolves import DIP, OFF_DEEP, OFF_LINE, OFF_PACE
from entirety.detect.fades import OFF_PACE as FADE_PACE
from entirety.detect.fades import OFF_SHAPE, Fade
from entirety.detect.same_scene import FAR, LIKE
from entirety.detect.transitions import Transition
from entirety.detect.wipes import ON_LINE, PARTS, Wipe
from entirety.model.finding import Measured


def measured(found: Transition) -> tuple[Measured, ...]:
    """The numbers beside their bounds; of several windows in time those of the clearest."""
    if isinstance(found, Fade):
        return (
            Measured("off the shape of the full picture, share, at most", round(found.off_shape, 3), OFF_SHAPE),
            Measured("off an even pace, share, at most", round(found.off_pace, 3), FADE_PACE),
            Measured("brightness of the empty picture", found.level, None, "of 255 grey levels"),
        )
    views = (
        Measured("likeness of both views (correlation of 144 parts), below", round(found.likeness, 2), LIKE),
        Measured("perceptual hashes, differing bits of 128, at least", found.distance, FAR, "bits"),
    )
    if isinstance(found, Wipe):
        return (
            Measured("parts that change most when the line passes, share, at least", round(found.on_line, 2), ON_LINE),
            Measured("parts of which that moment is known, of 144, at least", found.parts, PARTS),
            *views,
        )
    return (
        Measured(
            "off the straight way from view to view, share of seven tenths of the parts, at most",
            round(found.off_line, 2),
            OFF_DEEP if found.alone else OFF_LINE,
        ),
        Measured("off an even pace, share, at most", round(found.off_pace, 2), OFF_PACE),
        Measured(
            "squared contrast halfway, share of what light that falls evenly leaves, at most", round(found.dip, 2), DIP
        ),
        *views,
    )
