"""Innocent explanations for a file that declares another length, or other numbers, than it holds.

Belongs to the check frame-count. Small differences are rounding; larger ones are held against the end of the file, the sound and the
way the container keeps time.
"""

from fractions import Fraction

from entirety.detect.innocent import Explanation, Explanations, weighed
from entirety.detect.lengths import ends_early
from entirety.model.clip import Clip
from entirety.model.finding import Innocent

ID = "frame-count"
ROUNDED = Fraction(1, 2)
"""Seconds. In 96 untouched phone files (EVA-7K box trees) declared lengths differ from each other by at most 0.045 s, and sound from picture
by at most 0.49 s, save one file with 2.3 s; after a passage through Facebook by at most 0.6 s in 95 of 100."""
LAST_GROUP = Fraction(1)
"""Seconds. Below it a difference is neutral: copying from key frame to key frame leaves up to 0.98 s (EVA-7K, ffmpeg1)."""
EXPLANATIONS: Explanations = {
    "muxer-rounding": Explanation(
        "Programs round lengths to the clock of the container and count the last picture differently.",
        excluded="Rounding stays below 0.5 s and leaves no part of the file incomplete; the difference is {seconds} s.",
        not_excluded="The difference is {seconds} s; rounding stays below 0.5 s.",
    ),
    "last-group": Explanation(
        "Recording and copying stop at the end of a group of pictures or of a block of sound, not at the same moment for both.",
        excluded="The end of a group explains about 1 s and leaves no part of the file incomplete; the difference is {seconds} s.",
        not_excluded="The difference is {seconds} s; the end of a group explains about 1 s.",
    ),
    "power-loss": Explanation(
        "A recorder that lost power, or a card that was pulled, leaves a file that ends earlier than it declares.",
        excluded="Every part of the file is as long as it states: the file does not break off.",
        not_excluded="The file declares more bytes than it has: it ends before it should. Ask for the file on the recorder or its card.",
        not_tested="This container does not state how long the whole file should be.",
    ),
    "unfinished-copy": Explanation(
        "A copy or download that broke off lacks the end of the file.",
        excluded="Every part of the file is as long as it states: the file does not break off.",
        not_excluded="The file declares more bytes than it has, or parts of it cannot be decoded; ask for a new copy and its hash.",
        not_tested="This container does not state how long the whole file should be.",
    ),
    "dropped-pictures": Explanation(
        "A busy recorder counts pictures that it then did not store.",
        excluded="What is seen is something else than a picture that was counted and not stored.",
        not_excluded="Nothing in the file tells a picture that was never stored from one that is no longer there; ask for the log of the recorder.",
    ),
    "damage": Explanation(
        "Damage to the file, on its medium or in a copy, keeps pictures from being decoded.",
        excluded="Damage would show as errors of the decoder at pictures that are stored; that is not what is seen.",
        not_excluded="The decoder reported errors: the pictures are stored but cannot be read; ask for a new copy from the device.",
    ),
    "separate-sound": Explanation(
        "Sound is started and stopped by another part of the device than the picture.",
        excluded="The difference does not concern the sound.",
        not_excluded="The difference lies between sound and picture; one of 96 files straight from phones has 2.3 s of it.",
    ),
}


def weigh(clip: Clip, code: str, seconds: Fraction) -> tuple[Innocent, ...]:
    """Hold a difference of `seconds` under `code` against every innocent cause; the cut end of a file has no length in seconds, 0."""
    small = code != "truncated"
    unreadable = code == "decoded" and bool(clip.log)
    fits = {
        "muxer-rounding": small and seconds <= ROUNDED,
        "last-group": small and seconds <= LAST_GROUP,
        "power-loss": ends_early(clip),
        # A copy that broke off can have its full length, with nothing in the part that never came.
        "unfinished-copy": ends_early(clip) or unreadable,
        "damage": bool(clip.log) and code in ("decoded", "pictures", "length"),
        # AVI gives its pictures no times of their own: each one left out makes the picture run ahead of the sound.
        "dropped-pictures": code in ("pictures", "length")
        or (code == "decoded" and not unreadable)
        or (code == "sound-length" and clip.container == "avi"),
        "separate-sound": code == "sound-length",
    }
    still_open = [slug for slug, fit in fits.items() if fit]
    untested = [] if clip.movie is not None else [s for s in ("power-loss", "unfinished-copy") if not fits[s]]
    return weighed(ID, EXPLANATIONS, still_open, untested, seconds=f"{float(seconds):.3f}")
