"""Innocent explanations for what lies in the file beside the tracks: bytes that no table refers to, and pictures kept beside the video."""

from entirety.detect.innocent import Explanation, Explanations

FURTHER: Explanations = {
    "unfinished-file": Explanation(
        "Power went or the card was full, and the tables were not brought up to date with what was written last.",
        excluded=(
            "What is concerned is not the end of the media data: listed pictures lie behind it in the file, or no coded picture was "
            "recognised in it, or it is no media data without a table."
        ),
        not_excluded=(
            "What no track refers to lies behind every listed picture, where a recording that broke off leaves its last seconds. A trim by "
            "rewriting the tables leaves the same. Ask whether the device was switched off, and for the file as it lies on the device."
        ),
    ),
    "reused-space": Explanation(
        "A recorder that reserves its files beforehand or records over old ones leaves older footage in the bytes that it did not need.",
        excluded="What is concerned is referred to by a track, or no coded picture was recognised in it, or it is no media data.",
        not_excluded=(
            "Such recorders leave older footage behind the last listed picture, and those that write in slots or in a loop leave it anywhere. "
            "Compare what the pictures show, and ask for the make and model of the recorder."
        ),
    ),
    "rewritten-data": Explanation(
        "A program that repairs or rearranges a file writes some pictures anew and leaves the old copies in place.",
        excluded="Not every picture found there is also shown, or what is concerned lies in no such bytes.",
        not_excluded="Every picture found there is also shown: nothing is kept from the viewer.",
    ),
    "unlisted-data": Explanation(
        "Devices keep position, motion, sound or padding among the media data without a table.",
        excluded="Pictures could be decoded, or coded pictures were recognised, or what is concerned lies in no such bytes.",
        not_excluded="No coded picture was recognised in these bytes; devices keep data of their own and padding there.",
    ),
    "cover-art": Explanation(
        "A cover or a poster was chosen by a person or a program, and was never part of the recording.",
        excluded="What is concerned is no single picture kept beside the video.",
        not_excluded="The picture is kept beside the video and may have been chosen freely; ask who made the file and with which program.",
    ),
    "early-preview": Explanation(
        "A camera makes its preview a moment before the recording begins.",
        excluded="What is concerned is no preview that a camera makes, or a stored picture that is not shown resembles it.",
        not_excluded="A preview made before the recording began shows what the camera saw then; compare the place and the light.",
    ),
}
