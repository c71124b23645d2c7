"""The table of shots: where each begins and ends, which go together by their traits, and which finding speaks of what lies between.

A shot says nothing of who ended it. The table lists what the checks of the picture divide the clip into, the same stretches that they compare.
"""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from entirety.detect.lengths import shown_extent
from entirety.detect.shots import Shot, shots
from entirety.detect.source_groups import source_groups
from entirety.model.audit import Numbered
from entirety.model.clip import Clip
from entirety.model.finding import Sentence
from entirety.model.shots import ShotRow, ShotTable

MOST = 5000
"""Shots that are kept, the first ones; beyond that the table says how many there are. Chosen: an hour of quick montage has 3,000."""


def shot_table(clip: Clip, findings: Sequence[Numbered]) -> ShotTable:
    """One row for each shot in the order of showing; a reason instead where no picture came out, or where dividing the clip breaks down."""
    try:
        found = shots(clip)
        groups = source_groups(clip, found)
    except Exception as error:  # noqa: BLE001 - as in a check: whatever breaks here must not take the findings with it
        text = "The clip could not be divided into shots: the program broke down there ({error})."
        return ShotTable((), 0, Sentence("shots.failed", text, (("error", type(error).__name__),)))
    if not found:
        return ShotTable((), 0, _none(clip))
    speaking = _findings([*found, Shot(len(clip.frames), len(clip.frames), "end")], findings)
    rows = (
        ShotRow(
            first=shot.first,
            last=shot.last,
            start=clip.frames.time(shot.first),
            end=clip.frames.time(shot.last + 1) if shot.last + 1 < len(clip.frames) else _end(clip),
            group=group,
            border=shot.ended_by,
            finding=speaking.get(place, ""),
        )
        for place, (shot, group) in enumerate(zip(found[:MOST], groups[:MOST], strict=True))
    )
    return ShotTable(tuple(rows), len(found))


def _none(clip: Clip) -> Sentence:
    if len(clip.frames):
        return Sentence(
            "shots.all-transition", "All pictures belong to one gradual transition, so there are no shots to list."
        )
    return Sentence("shots.none", "No picture could be decoded, so there are no shots to list.")


def _end(clip: Clip) -> Fraction | None:
    """When the last picture ends; None where no picture states a time."""
    shown = shown_extent(clip, clip.video)
    return None if shown is None else shown.end


def _findings(found: Sequence[Shot], findings: Sequence[Numbered]) -> dict[int, str]:
    """By the place of a shot, the id of the strongest finding on what ends it: of the same kind, and at the same pictures."""
    lasts, borders = [shot.last for shot in found], list(pairwise(found))
    speaking: dict[int, str] = {}
    for one in findings:
        finding, span = one.finding, one.finding.span
        nearest = bisect_left(lasts, span.first)
        for place in (nearest, nearest - 1):
            if not 0 <= place < len(borders):
                continue
            shot, following = borders[place]
            if finding.check == shot.ended_by and span.first <= following.first and span.last >= shot.last:
                speaking.setdefault(place, one.id)
                break
    return speaking
