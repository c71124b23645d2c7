"""The innocent explanations that frozen-picture holds against each standing picture, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "low-rate-recorder": Explanation(
        cause="A recorder with few pictures a second repeats each one to fill a higher rate.",
        excluded="Before and after, pictures differ one from the next; a recorder that repeats pictures does so throughout.",
        not_excluded="Places of this kind in the file: {count}. So many may be the way this recorder works.",
    ),
    "decoder-repeat": Explanation(
        cause="A line or a decoder lost pictures and showed the last one until new ones came.",
        excluded="Afterwards the motion goes on from where it stood; had pictures been lost meanwhile, most motion would leap.",
        not_excluded="The picture goes on with a leap or at the end of the clip; a line that lost pictures for a moment leaves the same. Ask for the log of the recorder.",
    ),
    "damaged-data": Explanation(
        cause="Coded data are damaged, and the decoder showed the picture before in their place.",
        excluded="The decoder reported no damage anywhere in the clip, and every picture to be shown came out.",
        not_excluded="No damage is reported at this place, but there is damage elsewhere in the clip, and not all damage is noticed; compare with the file on the recording device.",
    ),
    "buffering-pause": Explanation(
        cause="The clip was filmed or saved from a player or a stream that paused to load.",
        not_excluded="A player or a stream that paused to load, and was recorded meanwhile, leaves the same. Ask how the clip was saved, and for the file on the recording device.",
    ),
    "static-scene": Explanation(
        cause="Nothing moved, and compression removed the noise.",
        excluded="On both sides pictures differ by {beside} grey levels or more, and within by {inside}; compression does not stop and release motion at once.",
        not_excluded="Pictures differ by {beside} grey levels beside it, and within by {inside}: little enough, or on one side only, so that a pause in the scene may look alike.",
    ),
    "lens-covered": Explanation(
        cause="The lens was covered, or the camera delivered an empty picture.",
        excluded="The picture that stands is not empty.",
        not_excluded="The picture that stands is empty, as a covered lens makes it.",
    ),
    "screen-content": Explanation(
        cause="The clip shows a screen, a slide or an animation that paused.",
        not_tested="Whether the picture shows a screen that paused is for the eye to tell: look at the stills.",
    ),
}
