"""The innocent explanations that added-overlay holds against each thing laid over the picture, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "camera-display": Explanation(
        cause="The camera wrote its own display into the picture: a menu, a battery warning, a recording sign.",
        not_excluded="A camera's own display comes and goes in the same way; look what it says, and ask for another clip of this camera.",
    ),
    "recorder-overlay": Explanation(
        cause="A recorder writes something into the picture when an event happens: motion, an alarm, a lost camera.",
        not_excluded="A recorder that marks events shows the same; look what it says, and ask which marks this recorder makes.",
    ),
    "privacy-mask": Explanation(
        cause="The camera or recorder covers a part of the picture to protect somebody's privacy.",
        not_excluded="A camera that masks faces or windows shows the same; ask for its settings and for the recording without the mask.",
    ),
    "subtitles": Explanation(
        cause="A device or a platform burnt subtitles into the picture.",
        excluded="Nothing is drawn here; a part of the picture loses its detail.",
        not_excluded="Things of this kind in the clip: {count}. Subtitles come and go like this; look whether it is text.",
    ),
    "placed-object": Explanation(
        cause="Something was put down before the camera or drove up and stopped, and went away again.",
        excluded="It is there from one picture to the next; what is put down moves there, and is seen on its way.",
        not_excluded="The time stamps leave a gap where it appears or goes: what came meanwhile is there at once. Look at the pictures.",
    ),
    "light": Explanation(
        cause="A sign, a screen or a window within the scene lit up, or a reflection came and went.",
        not_excluded="A lit sign can look like something drawn, and glare or a reflection takes the detail of what it covers; look whether it belongs to a thing in the scene.",
    ),
    "screen-content": Explanation(
        cause="The clip shows a screen, on which windows and notices open and close.",
        not_tested="Whether the clip shows a screen is for the eye to tell: look at the stills.",
    ),
    "compression": Explanation(
        cause="Strong compression lets parts of a still scene stand, or takes their detail away.",
        excluded="Elsewhere in the picture {beside} of 144 parts show the same sign, {here} at this place; compression does this everywhere alike.",
    ),
}
