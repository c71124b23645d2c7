"""The innocent explanations that hard-cut holds against each break in the picture, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "several-shots-by-one-operator": Explanation(
        cause="The person filming paused, or filmed several shots into one file.",
        not_excluded="The picture cannot tell a pause by the person filming from a join made later; ask for the file on the recording device.",
    ),
    "camera-switch": Explanation(
        cause="A recorder with several cameras, or a telephone with two, switched between them.",
        not_excluded="A recorder or telephone that switches to another camera shows the same; look for a camera's name in the picture and ask how many cameras recorded.",
    ),
    "lens-switch": Explanation(
        cause="A telephone went over to another of its lenses, or zoomed in one step.",
        excluded="Neither picture is like the middle of the other, enlarged 1.5 to 3 times.",
        not_excluded="One picture is like the middle of the other, enlarged, as where a telephone goes over to another lens; look whether the same things are seen, larger or smaller.",
    ),
    "ptz-preset": Explanation(
        cause="A remote-controlled camera jumped to a stored position.",
        not_excluded="A remote-controlled camera that turns within one picture, or blanks while it turns, shows the same; ask whether the camera can be turned, and for its log.",
    ),
    "flash": Explanation(
        cause="A flash, or a single picture of another kind.",
        excluded="The view before does not come back within the four pictures that follow, and the new one is not seen within the four before.",
    ),
    "damaged-data": Explanation(
        cause="Coded data are damaged: the decoder filled in what it lacked, and the next key frame repairs the picture at once.",
        excluded="The decoder reported no damage anywhere in the clip, and every picture to be shown came out.",
        not_excluded="No damage is reported from the last key frame before this place on, but there is damage elsewhere in the clip, and not all damage is noticed; compare with the file on the recording device.",
    ),
    "light-switched": Explanation(
        cause="A light was switched, or the camera changed its exposure at once.",
        not_excluded="The mean brightness changes by {light} grey levels in the same step. Another lamp need not change it, and can turn light and shadow round, so that no measure here tells it from another view; look whether the objects stay where they are.",
    ),
    "fast-pan": Explanation(
        cause="The camera was swung round.",
        excluded="The largest step in the two pictures on either side is {beside} times as large as this one; while a camera swings, several in a row are alike.",
    ),
    "key-frame-pumping": Explanation(
        cause="A key frame renews a picture that strong compression had let decay.",
        excluded="The view itself is another one; a key frame that renews a picture changes its detail and leaves the view.",
    ),
    "dropped-frames": Explanation(
        cause="The device or the line dropped pictures, or repeated one and then went on.",
        not_excluded="Where a moving camera or a line drops many pictures, the view afterwards is another one too. Ask for the log of the recorder.",
    ),
    "shake": Explanation(
        cause="A blow threw the camera aside, and it swung back.",
        excluded="Within a second the picture does not come back by degrees, in fast motion, towards what it showed before.",
        not_excluded="The picture moves fast after the break and within a second comes back by degrees towards what it showed before, as after a blow to the camera; play the second that follows.",
    ),
    "sudden-motion": Explanation(
        cause="Something large appeared at once: an object near the lens, a gesture, another text on a screen.",
        not_excluded="Something large that appears at once can look like this; look at both pictures.",
    ),
}
