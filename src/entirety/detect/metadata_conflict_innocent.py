"""Innocent explanations for dates and makers that contradict each other inside one file."""

from entirety.detect.innocent import Explanation, Explanations

ID = "metadata-conflict"
EXPLANATIONS: Explanations = {
    "reset-clock": Explanation(
        "The clock of the device was never set, lost its power, or ran ahead.",
        excluded="None of the dates concerned is one at which a clock without power starts, and a wrong clock shifts all dates of one writing alike.",
        not_excluded="A clock that is wrong, or starts anew without power, gives such dates; ask how the device's clock stood, and compare with other files of that day.",
    ),
    "time-zone": Explanation(
        "One date is in local time and the other in universal time, or the zone was changed.",
        excluded="The difference is not that of any time zone, or no difference between two dates is concerned.",
        not_excluded="The difference is that of a time zone to within seconds.",
    ),
    "copying": Explanation(
        "Copying, unpacking and sending give a file a new date of its own, or none.",
        excluded="What is concerned stands inside the file, where copying changes nothing.",
        not_excluded="The file's own date is set by whatever copied it last, and programs that copy pictures into a new container often leave the dates in it empty.",
    ),
    "late-closing": Explanation(
        "A device enters the date of the last change when it has finished writing, some time after the recording ended.",
        excluded="Files straight from phones are closed within two minutes of their end; what is concerned here is {gap} s, or nothing of the kind.",
        not_excluded="The header is written when the recording ends: differences up to its length and some minutes are usual.",
    ),
    "gallery-export": Explanation(
        "A phone's gallery that trims, converts or shares a video keeps the date of recording in a tag and dates the header anew.",
        excluded="No tag of the file states an earlier date of recording than its header.",
        not_excluded="A tag states an earlier date than the header, as after an export from a phone's gallery; ask for the file as it lies on the device.",
    ),
    "catalogue": Explanation(
        "A program that sorts pictures and videos enters keywords, a place or a corrected date, and leaves the footage alone.",
        excluded="Nothing concerned here is what such a program enters: notes about the file and the date of its last change.",
        not_excluded="Programs that only sort and caption enter their name and change dates in this way.",
    ),
    "carried-tags": Explanation(
        "Programs that convert a video carry the tags of the camera over into the new file.",
        excluded="No name of a device or its maker is concerned.",
        not_excluded="Conversion keeps such tags, whoever asked for it: archives, case systems and phones convert as a matter of course.",
    ),
    "built-on-library": Explanation(
        "Some dashboard cameras, drones, recorders and phone programs record with the same libraries as converters.",
        excluded="More than a library is concerned, or no program is.",
        not_excluded="All that is named besides the device are libraries that devices are built on too; compare with another file of the same device.",
    ),
    "whole-export": Explanation(
        "A program for editing or converting also saves a recording whole, in another form.",
        excluded="No program that saves the footage anew is named here, and no date of a later saving.",
        not_excluded="Saving anew does not mean shortening; ask for the original, and for the project or the log of the export.",
    ),
}
OPEN: dict[str, tuple[str, ...]] = {
    "no-date": ("copying", "reset-clock", "whole-export"),
    "early-date": ("reset-clock",),
    "other-count": ("built-on-library",),
    "time-zone": ("time-zone",),
    "dates-differ": ("whole-export",),
    "modified-later": ("catalogue",),
    "modified-before": ("reset-clock",),
    "after-file": ("reset-clock", "copying"),
    "history": (),
    "maker": ("carried-tags", "whole-export"),
}
"""By code: the explanations that such a finding always leaves open."""
