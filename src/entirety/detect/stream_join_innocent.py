"""The innocent explanations that stream-join holds against each break, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "remux-of-edit-list": Explanation(
        cause="A converter put the video into another container and wrote pictures twice that the edit list of its source counts twice.",
        excluded="What follows here does not repeat, byte for byte, pictures that are stored before it and take no time.",
        not_excluded=(
            "The repeated pictures take no time of their own. Converters leave this where the source has an edit list and the new container "
            "has none; ask for the file before it was converted."
        ),
    ),
    "recorder-reconnect": Explanation(
        cause="A recorder lost its camera, connected again, and went on in the same file.",
        excluded="Pictures repeated byte for byte are no new work of an encoder.",
        not_excluded="A recorder that connects to its camera again in the middle of a file would leave the same; ask for its log.",
    ),
    "resolution-switch": Explanation(
        cause="A network camera or a call changed its picture size or quality while it ran.",
        excluded="What changed here is not only what goes with another picture size.",
        not_tested="No difference between the settings before and after could be read.",
        not_excluded="Only what goes with another picture size changed; cameras on a network and calls do that while they run.",
    ),
    "encoder-restart": Explanation(
        cause="The device restarted its encoder within one recording: after a pause, a change of camera or an error.",
        excluded="Pictures repeated byte for byte are no new work of an encoder.",
        not_excluded="A device that restarts its encoder within one recording would leave the same; ask for another recording of the same device.",
    ),
    "clear-lead": Explanation(
        cause="A protected stream begins in the clear, so that the same video is listed twice: as it is and as encrypted.",
        excluded="No encrypted part begins or ends here.",
        not_excluded="An encrypted part begins or ends here, and its settings are listed apart for that reason alone.",
    ),
    "lost-packets": Explanation(
        cause="Coded pictures were lost on a network or left out by a busy recorder.",
        excluded="Lost pictures leave the settings of the encoder as they were, and store nothing twice.",
        not_excluded="Coded pictures lost on a network or by a busy recorder would leave the same break in the numbers; ask for the log of the recorder.",
    ),
    "non-conforming-encoder": Explanation(
        cause="The encoder does not keep the rules of the standard.",
        excluded="Everywhere else in this file the encoder keeps its own habit; places of this kind in the file: {count}.",
        not_excluded="Places of this kind in the file: {count}. So many may be the way this encoder works.",
    ),
    "damage": Explanation(
        cause="Bytes of the file were damaged or written over: single bits of a header, or everything from one place on.",
        excluded="What changes here does not come back after one change, as a header with single wrong bits would, and it is read from headers that are whole.",
        not_excluded="Damage would look the same: of single bits of a header, or of everything from a key picture on. Compare with the recording on the device.",
    ),
}
