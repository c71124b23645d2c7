"""The innocent explanations that source-change holds against each change of traits, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "several-shots-by-one-operator": Explanation(
        cause="One person filmed several shots into one file, under different light or with other settings.",
        not_excluded="One camera can deliver both, where light, zoom or settings were others; ask for the file on the recording device, and which devices recorded.",
    ),
    "camera-switch": Explanation(
        cause="A recorder with several cameras, or a telephone with two, switched between them.",
        not_excluded="A device that goes over to its other camera shows the same; look for a camera's name in the picture and ask how many cameras recorded.",
    ),
    "zoom": Explanation(
        cause="The camera's zoom was used in between; a digital zoom enlarges, and the picture becomes less sharp.",
        excluded="Sharpness is alike before and after ({sharpness} of 1).",
        not_excluded="Sharpness differs by {sharpness} of 1, as a zoom can make it; look whether the same things are seen larger.",
        not_tested="Sharpness could not be compared; look whether the same things are seen larger.",
    ),
    "refocus": Explanation(
        cause="The camera was out of focus on one side.",
        excluded="Sharpness is alike before and after ({sharpness} of 1).",
        not_excluded="Sharpness differs by {sharpness} of 1, as a lens out of focus makes it; look whether anything in the picture is sharp.",
        not_tested="Sharpness could not be compared; look whether anything in the picture is sharp.",
    ),
    "night-mode": Explanation(
        cause="The camera went over to infrared light, or back.",
        excluded="Both sides have colour; infrared pictures have none.",
        not_excluded="One side has next to no colour, as under infrared light; look whether both sides show the same place.",
        not_tested="Colour could not be measured on both sides; look whether both show the same place.",
    ),
    "light-change": Explanation(
        cause="Light, exposure or white balance changed: in the dark a camera amplifies, and the noise grows.",
        excluded="Noise is alike before and after (a factor of {noise}), and so is the colour ({colour} levels).",
        not_excluded="Noise, colour or both are not alike on the two sides, as with another light; look how bright either side is.",
        not_tested="Noise and colour could not both be compared; look how bright either side is.",
    ),
    "quality-change": Explanation(
        cause="The recorder or the network changed the quality or the size of the pictures: strong compression takes noise and detail away.",
        excluded="What separates the two parts lies in the layout of the picture, which compression leaves as it is.",
        not_excluded="Stronger compression or another size from here on changes noise and detail; look whether the change lies exactly at the cut.",
    ),
}
