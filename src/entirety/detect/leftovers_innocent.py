"""Innocent explanations for bytes in a file that no player reads."""

from entirety.detect.innocent import Explanation, Explanations

ID = "leftovers"
EXPLANATIONS: Explanations = {
    "camera-padding": Explanation(
        "Cameras and programs keep room for tables that may grow, and fill a file up to a round length.",
        excluded="The bytes are not empty, and not one value repeated.",
        not_excluded="The bytes are empty or hold only more empty room, as devices leave it.",
    ),
    "recording-in-fragments": Explanation(
        "A device records in short fragments, so that a loss of power loses little, and in the end covers their tables with one header.",
        excluded="No table of fragments is concerned.",
        not_excluded="The tables in the free space are those of a recording in fragments, as files straight from one maker's phones and computers have them.",
    ),
    "samsung-trailer": Explanation(
        "Samsung phones add a block of their own behind the video.",
        excluded="No closing mark of such a block is there, and no block of that name.",
        not_excluded="The block bears the mark or the name of those that Samsung phones write.",
    ),
    "motion-photo": Explanation(
        "A motion or live photo keeps a picture and a short video in one file, one behind the other.",
        excluded="Neither a picture nor another movie begins there.",
        not_excluded="A picture or another movie begins there; ask for the make and model of the device, and for the photo that belongs to it.",
    ),
    "maker-block": Explanation(
        "A maker of devices adds blocks of its own: positions, speeds, thumbnails, serial numbers.",
        excluded="What is concerned is no block of its own kind, no text and no picture.",
        not_excluded="Blocks, texts and pictures of this sort are written by dashboard cameras, drones and phones; compare with another file of the same device.",
    ),
    "unfinished-copy": Explanation(
        "The copying broke off, or a rescue program filled in what it could not read.",
        excluded="Every block of the file has the length that it states, and everything that its tables point at is there.",
        not_excluded="The file lacks bytes that it counts on, so what lies at its end cannot be told apart; ask for the file again.",
    ),
    "broken-packets": Explanation(
        "A stream that was received, or cut out of one that runs on, holds pieces of packets at its ends and wherever something was lost.",
        excluded="The file is of a form that is written and not received.",
        not_excluded="The file is of a form made for transmission, in which every loss leaves bytes that belong to no packet.",
    ),
    "rewritten-tables": Explanation(
        "A program that moves the tables to the front, or adds notes, leaves the old ones as free space and the footage as it was.",
        excluded="No tables of a movie are concerned.",
        not_excluded="Changing notes or moving the tables leaves this too; the old tables can be compared with the ones in use.",
    ),
    "appended-by-carrier": Explanation(
        "A web site, a mail program or a disk adds bytes behind the file: line ends, a signature, the rest of a sector.",
        excluded="What is concerned does not lie at the end of the file, or is a movie, a picture or a table.",
        not_excluded="The bytes lie at the end of the file, where carriers add them; another copy of the file would show it.",
    ),
}
