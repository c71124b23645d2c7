"""The innocent explanations that blank-picture names beside each empty stretch."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "lens-covered": Explanation(
        cause="A hand, a cloth or a pocket covered the lens, or the scene was dark.",
        not_excluded="A covered lens or darkness looks like this.",
    ),
    "infrared-switch": Explanation(
        cause="The camera switched between day and night, and dazzled itself or went dark for a moment.",
        excluded="The stretch lies at an end of the clip.",
        not_excluded="A camera that switches between day and night loses its picture for a moment.",
    ),
    "player-black": Explanation(
        cause="A recorder, a player or an encoder begins or ends with empty pictures.",
        excluded="The stretch lies inside the clip.",
        not_excluded="Recorders and players begin or end with empty pictures.",
    ),
    "program-black": Explanation(
        cause="A program or an app put empty pictures in, for instance between two shots.",
        not_excluded="Compare what is seen just before and after, and listen whether the sound goes on; ask for the file on the recording device.",
    ),
}
