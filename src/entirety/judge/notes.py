"""What the decoder complained of, line by line in its own words, with the frame after which it did."""

from collections.abc import Iterator

from entirety.model.clip import Clip

MOST_NOTES = 200
"""Lines of the decoder's complaints that are kept; a damaged file can produce one per block of picture."""


def notes(clip: Clip) -> Iterator[str]:
    """The lines, at most MOST_NOTES and a count of the rest."""
    for note in clip.log[:MOST_NOTES]:
        yield f"after frame {note.frame}: {note.text}"
    if len(clip.log) > MOST_NOTES:
        yield f"and {len(clip.log) - MOST_NOTES} further lines"
