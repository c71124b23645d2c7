"""The innocent explanations that keyframe-rhythm holds against each odd group, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "scene-cut-encoder": Explanation(
        cause="The encoder begins a group of its own accord where the picture changes.",
        excluded=(
            "The picture does not change here by more than around it, or the encoder says, or shows at another change in this file, that it "
            "begins no group for that; or the group is too long, not too short."
        ),
        not_excluded="The picture changes here, and an encoder that begins a group at such places would do so; whether this one does cannot be told.",
    ),
    "key-on-request": Explanation(
        cause="A key picture was asked for: by a viewer or recorder that connected, an alarm, or a receiver that had lost data.",
        excluded="A key picture on request makes a group shorter, not longer.",
        not_excluded="A key picture on request leaves the same; ask for the log of the camera and the recorder.",
    ),
    "dropped-frames": Explanation(
        cause="Pictures within the group were lost on the way or dropped by a busy device.",
        excluded="The times up to the next key picture do not leave room for the missing pictures, and no picture number is missing in the group.",
        not_excluded="By its times or its picture numbers the group may have lost pictures, or a key picture; ask for the log of the recorder.",
        not_tested="The file states no time for each picture, so whether pictures were lost in time cannot be told.",
    ),
    "recorder-reconnect": Explanation(
        cause="The recorder lost its camera, paused or started again, which begins a group.",
        excluded="The clock goes on without a step here; a recorder that starts again leaves one.",
        not_excluded="The clock takes an unusual step here; a recorder that paused or connected again would leave that.",
        not_tested="The file states no time for each picture, so whether the recorder paused cannot be told.",
    ),
    "new-setting": Explanation(
        cause="The device was set to another distance of key pictures, or to another rate, while it ran.",
        excluded="The groups after this one are as long as those before, and the picture keeps its size.",
        not_excluded="From here on the distance is another one, or the picture has another size while what is seen goes on; new settings would leave that.",
    ),
    "start-up": Explanation(
        cause="The device had just started: its first group may have another length.",
        excluded="It is not the first group of the file.",
        not_excluded="It is the first group of the file, and devices settle while they start.",
    ),
}
