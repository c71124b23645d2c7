"""The innocent explanations that double-encoding and encoding-break hold against a former rhythm, and what they say of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "saved-again": Explanation(
        cause="A messenger, a platform, a converter or an archive saved the whole clip again.",
        not_excluded="Every upload and every conversion leaves the same; ask for the file on the recording device.",
    ),
    "device-encodes-twice": Explanation(
        cause="A device encodes twice by itself: a network camera and then its recorder, or a phone that trims or exports.",
        not_excluded="A recorder that encodes anew what a camera sent leaves the same; ask how the device works.",
    ),
    "refresh-without-key-frames": Explanation(
        cause="The encoder refreshes the picture in a rhythm without marking key frames, as economical modes of surveillance cameras do.",
        not_excluded="An encoder that refreshes the whole picture every {period} frames without a key frame would show the same; ask for a recording straight from the same device.",
    ),
    "periodic-scene": Explanation(
        cause="The scene itself has a rhythm: flicker, something that turns, an animation.",
        excluded="Neither the brightness nor the motion of the scene shows a rhythm of {period} frames.",
        not_excluded="The brightness or the motion of the scene itself shows a rhythm of {period} frames.",
    ),
}

BREAK_EXPLANATIONS = {
    "frames-lost-before": Explanation(
        cause="The device dropped frames, or paused, while it recorded, before the clip was saved again.",
        not_excluded="An encoder that went on counting while frames were dropped leaves the same; so does a recorder that paused.",
    ),
    "former-rhythm-irregular": Explanation(
        cause="The former encoder itself placed a key frame off its rhythm and counted on from there, as encoders do at a change of scene.",
        not_excluded="Many encoders place a key frame where the scene changes and count on from there; look whether the scene changes here.",
    ),
    "rate-converted": Explanation(
        cause="The frame rate was converted between the two encodings, which drops or repeats frames.",
        not_excluded="A program that drops or repeats frames once to keep the rate, between the two encodings, leaves the same.",
    ),
    "noise": Explanation(
        cause="Noise happens to look like a rhythm.",
        excluded="Each side shows the rhythm by itself; were the values of the pictures in random order, chance would make that in at most one of a hundred clips.",
    ),
}
