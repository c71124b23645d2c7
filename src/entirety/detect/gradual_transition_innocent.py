"""The innocent explanations that gradual-transition holds against each transition, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "made-on-device": Explanation(
        cause="The telephone or camera made the clip itself from several shots: a slide show, a summary, a film made in an app.",
        not_excluded="Some camcorders put a fade or another transition between two takes by themselves, and apps on telephones, action cameras and dashboard cameras put such clips together; ask for the single recordings on the device.",
    ),
    "shown-film": Explanation(
        cause="The camera filmed a screen, or a programme was recorded, and the transition belongs to what was shown.",
        not_excluded="A screen that is filmed shows the transitions of what plays on it; look whether the picture is that of a screen.",
    ),
    "exposure-change": Explanation(
        cause="The camera changed its exposure.",
        excluded="Exposure makes one view brighter or darker; here an unlike view follows, or nothing at all is left of the picture.",
    ),
    "light-dimmed": Explanation(
        cause="The light went down slowly, or came up.",
        excluded="The view afterwards is unlike the one before, {distance} of 128 bits of the perceptual hashes away; light leaves things where they are.",
        not_excluded="The view afterwards is the one before, or may be as far as the camera can have moved, or the dark lasts, or only one side is seen; a light that is turned down to darkness evenly looks like this.",
    ),
    "lens-covered": Explanation(
        cause="Something covered the lens for a while.",
        excluded="A hand covers one part of the picture after the other; here most parts change in step, or as a straight line passes them.",
    ),
    "slow-pan": Explanation(
        cause="The camera was turned slowly, or zoomed.",
        excluded="A camera that turns takes each part of the picture through what lies between; here most parts go straight from the one to the other, change as a straight line passes them, or lose their contrast together.",
    ),
    "focus-pulled": Explanation(
        cause="The camera lost its focus or found it.",
        excluded="Focus blurs a view and leaves its light and dark where they are; here an unlike view follows, or nothing at all is left of the picture.",
    ),
    "thing-passing": Explanation(
        cause="Something large passed close before the lens.",
        excluded="What passes covers one part of the picture after the other; here most parts change in step.",
        not_excluded="Something even and straight-edged that passes, such as a door or a vehicle, moves a line over the picture too; look at the pictures in between.",
    ),
}
