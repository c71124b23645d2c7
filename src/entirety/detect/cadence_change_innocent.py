"""The innocent explanations that cadence-change holds against each pattern, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "rate-conversion": Explanation(
        cause="The clip was brought to another number of pictures a second as a whole: by a converter, a messenger, a broadcaster.",
        excluded="A conversion goes through the whole clip; {outside} pictures outside this stretch move as well, and show no such pattern.",
        not_excluded="The pattern is clear in {share} of what moves in the clip, or goes on elsewhere in the same step, as a conversion of the rate does.",
    ),
    "joined-rates": Explanation(
        cause="This part comes from a recording with another number of pictures a second, and was converted when the parts were put together.",
        excluded="The stretch begins and ends within a shot: no break in the picture, no transition and no end of the clip is near.",
        not_excluded="The stretch begins or ends at a break in the picture, or at an end of the clip: at {at}; ask for both recordings.",
    ),
    "low-light": Explanation(
        cause="In the dark a camera exposes longer and shows each picture twice, or every third one again.",
        excluded="The marks are {period} pictures apart; a camera that exposes longer repeats every second or third picture.",
        not_excluded="The marks are {period} pictures apart, as where a camera exposes twice as long or half as long again.",
    ),
    "filled-rate": Explanation(
        cause="A recorder or a line with fewer pictures fills up to a higher rate.",
        excluded="Outside this stretch hardly any picture is repeated.",
        not_excluded="Pictures are repeated outside this stretch too, as a recorder does that fills up its rate.",
    ),
    "behind-for-a-while": Explanation(
        cause="An encoder or a line fell behind for a while and repeated pictures.",
        excluded="Pictures move further here, as where some are left out; what falls behind and repeats pictures makes them move less.",
        not_excluded="Pictures repeated at a fixed distance can come from an encoder or a line that fell behind; ask for the log of the recorder.",
    ),
    "slow-motion": Explanation(
        cause="A phone filmed in slow motion, or an app slowed a part down for effect.",
        not_excluded="Slow motion and time lapse that a phone or an app makes can leave such a pattern; ask what the clip was made with.",
    ),
}
