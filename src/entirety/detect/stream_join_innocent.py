"""The innocent explanations that stream-join holds against each break, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "recorder-reconnect": Explanation(
        cause="A recorder lost its camera, connected again, and went on in the same file.",
        not_excluded="A recorder that connects to its camera again in the middle of a file would leave the same; its log can tell.",
    ),
    "resolution-switch": Explanation(
        cause="A network camera or a call changed its picture size or quality while it ran.",
        excluded="What changed here is not only what goes with another picture size.",
        not_excluded="Only what goes with another picture size changed; cameras on a network and calls do that while they run.",
    ),
    "encoder-restart": Explanation(
        cause="The device restarted its encoder within one recording: after a pause, a change of camera or an error.",
        not_excluded="A device that restarts its encoder within one recording would leave the same; a sample from the same device can tell.",
    ),
    "lost-packets": Explanation(
        cause="Coded pictures were lost on a network or left out by a busy recorder.",
        excluded="Lost pictures leave the settings of the encoder as they were.",
        not_excluded="Coded pictures lost on a network or by a busy recorder would leave the same break in the numbers.",
    ),
    "non-conforming-encoder": Explanation(
        cause="The encoder does not keep the rules of the standard.",
        excluded="Everywhere else in this file the encoder keeps its own habit; places of this kind in the file: {count}.",
        not_excluded="Places of this kind in the file: {count}. So many may be the way this encoder works.",
    ),
}
