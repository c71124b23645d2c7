"""The innocent explanations that repeated-footage holds against each sequence that comes back, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "periodic-motion": Explanation(
        cause="What was filmed repeats itself: a fan, a merry-go-round, a pendulum.",
        excluded="It was found to come back once only, and {share} of the difference to pictures three further is left; what turns or swings by itself comes back again and again, and seldom so exactly.",
        not_excluded="A movement that comes back by itself can look like this; look at both stretches for what does not belong to the movement.",
    ),
    "there-and-back": Explanation(
        cause="A camera on a motor, a gate or a person goes there and back the same way.",
        excluded="What goes back the same way shows the pictures in the opposite order, and hardly ever the same in every byte.",
        not_excluded="What goes there and back the same way shows its pictures backwards, as here; look at both stretches for what goes its own way.",
    ),
    "equal-parts": Explanation(
        cause="Equal parts pass, or the camera passes them: the coaches of a train, the posts of a fence.",
        excluded="Equal parts that are filmed differ in noise; {identical} of {pictures} pictures are the same in every byte.",
        not_excluded="Equal parts that pass one after another can look like this; look for what differs between them, and for what stands beside them.",
    ),
    "looped-screen": Explanation(
        cause="The clip shows a screen, a game or an animation that runs in a loop.",
        not_tested="Whether the picture shows a screen or an animation is for the eye to tell: look at the stills.",
    ),
    "recorder-overlap": Explanation(
        cause="A recorder wrote the last pictures of one file again at the start of the next, or a line sent them twice, and the parts were put together.",
        excluded="Most of the pictures differ from the earlier ones, or they run backwards; what a recorder or a line repeats comes in the same order and is the same in every byte, unless the clip was encoded anew later.",
        not_excluded="Pictures that a recorder or a line stored twice are the same in every byte, as here: {identical} of {pictures}. Ask how the recorder splits its files.",
    ),
    "replay": Explanation(
        cause="The sequence was meant to be seen twice: a replay in a broadcast, a boomerang made by an app.",
        not_excluded="A replay or an effect of an app looks the same; ask what the clip was made with.",
    ),
}
