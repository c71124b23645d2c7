"""The innocent explanations that jump-cut holds against each leap within a scene, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "several-shots-by-one-operator": Explanation(
        cause="The person filming paused and went on from the same place, or the recorder records only while something moves.",
        not_excluded="The picture cannot tell a pause by the person filming, or by the recorder, from time taken out later; ask for the file on the recording device, and how the recorder is set.",
    ),
    "dropped-frames": Explanation(
        cause="The device or the line dropped pictures, or repeated one and then went on.",
        not_excluded="Pictures dropped by a device or a line leave the same leap; the picture does not tell a quarter of a second from several. Ask for the log of the recorder.",
    ),
    "low-rate": Explanation(
        cause="The recorder takes few pictures a second, which were repeated to fill up a higher rate.",
        excluded="No repeated pictures lie just before this place, and leaps do not follow each other at equal distances here.",
        not_excluded="Pictures repeat, or leaps follow each other at equal distances here, as where a slow recorder fills up a higher rate.",
    ),
    "late-picture": Explanation(
        cause="The time stamps leave a gap here: the device was busy, and took its next picture later.",
        excluded="The time stamps leave no gap here.",
        not_excluded="The time stamps leave a gap of {gap} s here; timestamp-gap says what that can mean.",
    ),
    "flash": Explanation(
        cause="A flash, or a single picture of another kind.",
        excluded="Of the four pictures that follow, and of the four before, none comes back to within half of the step.",
    ),
    "light-switched": Explanation(
        cause="A light was switched, or the camera changed its exposure at once.",
        excluded="The mean brightness changes by {light} grey levels; a switched light is considered from 8 on.",
        not_excluded="The mean brightness changes by {light} grey levels in the same step; look whether the objects stay where they are.",
    ),
    "fast-pan": Explanation(
        cause="The camera was swung round.",
        excluded="One picture stands out; while a camera swings, several in a row do.",
    ),
    "shake": Explanation(
        cause="The camera was struck, or shook.",
        excluded="{moved} of 144 parts of the picture stand out; a blow moves all of them, to and fro for several pictures.",
        not_excluded="All of the picture moves; a blow that leaves the camera standing in another position looks like this. Look whether things in front of the background are displaced against it.",
    ),
    "sudden-motion": Explanation(
        cause="Something moved at once: a gesture, an object near the lens, another text or figure on a screen.",
        not_excluded="Something that appears, goes or moves within one picture can look like this; look at both pictures.",
    ),
    "screen-content": Explanation(
        cause="The recording shows a screen, on which text or a window appears at once.",
        not_tested="Whether a window, a text or a message appears on a screen, or a light signal changes, is for the eye to tell: look at the stills.",
    ),
    "key-frame-pumping": Explanation(
        cause="A key frame renews a picture that strong compression had let decay.",
        excluded="The picture is no key frame.",
        not_excluded="The picture is a key frame; key frames are weighed down for it, and held against the other key frames where there are more than eight.",
    ),
    "overlay-display": Explanation(
        cause="The camera's own display, such as a clock, changed.",
        excluded="The change is not confined to a strip along the upper or lower edge: {moved} of 144 blocks stand out.",
    ),
    "damaged-data": Explanation(
        cause="Coded data are damaged: the decoder filled in what it lacked, and the next key frame repairs the picture at once.",
        excluded="The decoder reported no damage anywhere in the clip, and every picture to be shown came out.",
        not_excluded="No damage is reported from the last key frame before this place on, but there is damage elsewhere in the clip, and not all damage is noticed; compare with the file on the recording device.",
    ),
}
