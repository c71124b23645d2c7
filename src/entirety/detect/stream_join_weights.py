"""How much each kind of break that stream-join finds can carry, and why.

A change that another check tells as well, or that damage of the file explains, weighs less, so that one fact never counts as two signs.
"""

from entirety.detect.damage import damaged_stretches
from entirety.detect.encoder_runs import QUANTISER, SHAPE, SIZE, Break
from entirety.detect.same_view import resized
from entirety.detect.spans import first_shown, frame_of_packet
from entirety.detect.steps import COUNTED, in_time
from entirety.detect.stream_join_descriptions import encrypted
from entirety.model.clip import Clip
from entirety.model.finding import Weight

CLEAR_RULE = 8
"""Places where a rule was kept that make its only breaks a direct trace: chosen; by chance 1 time in 256."""
NEAR_DAMAGE = 12
"""Pictures on either side: chosen, half a second at 25 a second; damage lasts to the next key picture as a rule."""

RANK = (Weight.NEUTRAL, Weight.SUPPORTING, Weight.STRONG, Weight.DIRECT)


def weight_of(clip: Clip, found: Break) -> Weight:
    """How much one break can carry."""
    if found.reverts:
        return Weight.SUPPORTING
    if found.weight is not None:
        return found.weight
    if found.code == "sample-description":  # the container keeps the parts apart, whatever the settings are
        return Weight.SUPPORTING if encrypted(found) else max(Weight.STRONG, _settings(found), key=RANK.index)
    if found.code == "parameter-sets":
        # What goes with another size or shape of the picture is told, and weighed, by format-change.
        return Weight.NEUTRAL if with_form(clip, found) else _settings(found)
    return Weight.DIRECT if found.code == "encoder-note" else _numbers(clip, found)


def _numbers(clip: Clip, found: Break) -> Weight:
    row = first_shown(clip, found.row)
    if found.number and found.code != "idr-pic-id" and _damaged(clip, row):
        return Weight.SUPPORTING  # what damaged the pictures there may have taken others
    goes_on = in_time(clip, row)  # over a gap in time a recorder that paused explains the break as well
    if found.code == "idr-pic-id":
        stated = clip.container not in COUNTED
        return Weight.DIRECT if goes_on and stated and found.regular >= CLEAR_RULE else Weight.STRONG
    return Weight.STRONG if goes_on else Weight.SUPPORTING


def _damaged(clip: Clip, row: int) -> bool:
    """A picture near the one of this packet could not be decoded in full."""
    frame = frame_of_packet(clip, row)
    return any(first - NEAR_DAMAGE <= frame <= last + NEAR_DAMAGE for first, last in damaged_stretches(clip))


def with_form(clip: Clip, found: Break) -> bool:
    """Only the stated shape of the picture changes; or only what goes with another size, and the view goes on."""
    if found.code != "parameter-sets":
        return False
    names = {name.partition(".")[2] for name in found.fields}
    return names <= set(SHAPE) or (_settings(found) is Weight.STRONG and resized(clip, found.row))


def _settings(found: Break) -> Weight:
    """How much a change of these fields of the parameter sets can carry."""
    names = {name.partition(".")[2] for name in found.fields}
    picture_only = all(name.startswith("pps.") for name in found.fields)
    if picture_only:
        return Weight.SUPPORTING if names <= QUANTISER else Weight.STRONG
    return Weight.STRONG if names <= SIZE | QUANTISER | {"other"} else Weight.DIRECT
