"""The innocent explanations that quantiser-step holds against each change of level, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "rate-control": Explanation(
        cause="The encoder's rate control took another course, as it may at any time.",
        not_excluded="Rate control does this by itself, most of all in the first seconds and after movement; nothing in the file excludes it.",
    ),
    "scene-change": Explanation(
        cause="Another view, or more or less movement, needs another amount of data.",
        not_tested="Before and after the place, change and contrast of the picture are alike within a quarter; another view would usually differ by more.",
        not_excluded="Change or contrast of the picture are others after the place than before it.",
    ),
    "night-mode": Explanation(
        cause="The light changed, or the camera went over to night mode, and with it the noise of the picture.",
        not_tested="The mean brightness before and after the place differs by {light} grey levels; a change of light would usually make more.",
        not_excluded="The mean brightness before and after the place differs by {light} grey levels.",
    ),
    "variable-network": Explanation(
        cause="A device that transmits lowers or raises its bit rate with the network.",
        not_excluded="A device that adapts to its network leaves the same; ask whether the footage was transmitted while it was recorded.",
    ),
}
