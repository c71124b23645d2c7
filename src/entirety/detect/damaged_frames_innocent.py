"""The innocent explanations that damaged-frames holds against each place, and what it says of them."""

from entirety.detect.innocent import Explanation, Explanations

ID = "damaged-frames"
MOSTLY = 0.5
"""Share of damaged pictures, or of packets with unreadable headers, from which the reader itself is in doubt: chosen; a bad copy damages
single places."""
EXPLANATIONS: Explanations = {
    "bad-copy": Explanation(
        "A worn card, a disk with read errors, or a copy that broke off damages single places.",
        not_excluded="Nothing in the file tells where damage came from; compare the hash with that of the recording on the device.",
    ),
    "lost-packets": Explanation(
        "A network camera or a live transmission loses data on the way.",
        not_excluded="Nothing in the file tells where damage came from; ask how the recorder received the picture.",
    ),
    "decoder-limits": Explanation(
        "The decoder does not know everything that a recorder writes, or the stream starts between two key frames.",
        excluded="The damage does not lie at the start, and the decoder marks single pictures only.",
        not_excluded="Damage at the start, or in most pictures, is also what a decoder shows that cannot read the stream in full.",
    ),
}
