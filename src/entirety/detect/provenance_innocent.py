"""What else could explain what a C2PA manifest in the file states, or that it does not fit."""

from entirety.detect.innocent import Explanation, Explanations

EXPLANATIONS: Explanations = {
    "unknown-signer": Explanation(
        "The certificate of the signer is on no list; many cameras and programs sign with certificates of their own.",
        excluded="No signature could be read.",
        not_excluded="No list of signers is consulted here: the name in the certificate is what the signer wrote into it.",
    ),
    "changed-after-signing": Explanation(
        "A program that moves tables, adds notes or copies into another container breaks the checksums and leaves the footage as it was.",
        excluded="The checksums of the statement fit the file.",
        not_excluded="The checksums cover the whole file but a few fields, so any later saving breaks them; ask for the file as it was signed.",
    ),
    "unfinished-copy": Explanation(
        "The file was cut short on its way, or bytes were added behind it.",
        excluded="The checksums of the statement fit the file.",
        not_excluded="A file that lacks bytes, or has some more, no longer fits its checksums; compare its length with the original's.",
    ),
    "newer-specification": Explanation(
        "The statement was written by a newer version of the specification than the library that reads it.",
        excluded="The library could read the statement and all its parts.",
        not_excluded="What a library does not know, or gets wrong, it may report as not fitting; repeat with a newer version.",
    ),
    "routine-processing": Explanation(
        "Cameras and programs list steps that they take with every recording: filters, stabilising, export.",
        excluded="This finding is not about a listed step.",
        not_excluded="Whether a listed step concerned the content or was routine is for the signer to say; ask for its log or for the file before that step.",
    ),
}
