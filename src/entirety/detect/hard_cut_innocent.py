"""The innocent explanations that hard-cut holds against each break in the picture, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "several-shots-by-one-operator": Explanation(
        cause="The person filming paused, or filmed several shots into one file.",
        not_excluded="The picture cannot tell a pause by the person filming from a join made later; the device and its file can.",
    ),
    "camera-switch": Explanation(
        cause="A recorder with several cameras, or a telephone with two, switched between them.",
        excluded="Before and after show nearly the same view: {distance} of 128 bits of the perceptual hashes differ.",
        not_excluded="A recorder or telephone that switches to another camera shows the same; look for a camera's name in the picture.",
    ),
    "ptz-preset": Explanation(
        cause="A remote-controlled camera jumped to a stored position.",
        excluded="Before and after show nearly the same view: {distance} of 128 bits of the perceptual hashes differ.",
        not_excluded="A remote-controlled camera that turns within one picture, or blanks while it turns, shows the same.",
    ),
    "flash": Explanation(
        cause="A flash or a single damaged picture.",
        excluded="Neither the light nor the picture is back within four pictures.",
    ),
    "light-switched": Explanation(
        cause="A light was switched, or the camera changed its exposure at once.",
        excluded="The mean brightness changes by {light} grey levels, no more than from one picture to the next in one scene.",
        not_excluded="The mean brightness changes by {light} grey levels in the same step; look whether the objects stay where they are.",
    ),
    "fast-pan": Explanation(
        cause="The camera was swung round.",
        excluded="One picture stands out; while a camera swings, several in a row do.",
    ),
    "key-frame-pumping": Explanation(
        cause="A key frame renews a picture that strong compression had let decay.",
        excluded="The picture is no key frame, or more of it changes than a renewal changes.",
        not_excluded="The picture is a key frame, and little but its detail changes.",
    ),
    "dropped-frames": Explanation(
        cause="The device or the line dropped pictures, or repeated one and then went on.",
        excluded="Before and after are different scenes: {distance} of 128 bits of the perceptual hashes differ.",
        not_excluded="Before and after may be one scene; pictures dropped by a device or a line leave the same leap.",
    ),
    "sudden-motion": Explanation(
        cause="Something large appeared at once: an object near the lens, a gesture, another text on a screen.",
        excluded="Before and after are different scenes: {distance} of 128 bits of the perceptual hashes differ.",
        not_excluded="Something large that appears at once can look like this; look at both pictures.",
    ),
}
