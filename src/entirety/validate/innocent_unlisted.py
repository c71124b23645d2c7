"""Innocent media data without a table, and pictures kept beside the video: what recorders, repairs and people leave there."""

from typing import Any

import ffmpeg

from entirety.validate.conditions import ONE_THREAD
from entirety.validate.innocent_edit_lists import plain_film
from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, camera, filmed, shown, steady

COVER: dict[str, Any] = {"fflags": "+bitexact", "map_metadata": -1, "brand": "mp42"}


def _patched(base: Base, *arguments: str) -> Plan:
    return shown(base.count, plain_film(base), Step("patch", arguments))


def _unfinished(base: Base, _: Base) -> Plan:
    """Power went: the tables end a second before the media data does."""
    kept = base.count - round(base.rate)
    steps = (plain_film(base), Step("patch", ("unlist", "film.mp4", "done.mp4", str(kept), str(base.count))))
    truth = Truth("device", kept, (Place(kept, visible=False),), software=False)
    return Plan(steps, "done.mp4", truth)


def _reused(base: Base, other: Base) -> Plan:
    """A recorder wrote over an older, longer file by the same encoder."""
    older = filmed(other, steady(other, "other"), "older.mp4", sound=False)
    steps = (plain_film(base), older, Step("patch", ("append", "film.mp4", "done.mp4", "older.mp4")))
    truth = Truth("device", base.count, (Place(base.count, visible=False),), software=False)
    return Plan(steps, "done.mp4", truth)


def _rewritten(base: Base, _: Base) -> Plan:
    group = round(base.rate)
    return _patched(base, "again", "film.mp4", "done.mp4", str(group), str(2 * group))


def _motion(base: Base, _: Base) -> Plan:
    return _patched(base, "append", "film.mp4", "done.mp4", "motion")


def _poster(base: Base, _: Base) -> Plan:
    """A cover that somebody chose: the other take's first picture."""
    film, cover = ffmpeg.input("film.mp4"), ffmpeg.input("chosen.jpg")
    names = {"metadata:s:v:0": "handler_name=VideoHandle", "disposition:v:1": "attached_pic"}
    both = command(ffmpeg.output(film.video, cover.video, "done.mp4", c="copy", **COVER, **names))
    return shown(base.count, plain_film(base), _picture("other", "chosen.jpg"), both)


def _early(base: Base, _: Base) -> Plan:
    patch = Step("patch", ("thumbnail", "film.mp4", "done.mp4", "early.jpg"))
    return shown(base.count, plain_film(base), _picture("other", "early.jpg"), patch)


def _picture(name: str, target: str) -> Step:
    source = ffmpeg.input(f"{name}.mkv", **ONE_THREAD).video.filter("scale", 160, -2)
    return command(source.output(target, **{"frames:v": 1, "update": 1, "q:v": 5}))


def _twin(base: Base, _: Base) -> Plan:
    """A copy of the same size for quick viewing, switched off."""
    both = steady(base).filter_multi_output("split")
    made = command(ffmpeg.output(both[0], both[1], "two.mp4", **camera(base)))
    return shown(base.count, made, Step("patch", ("switch-off", "two.mp4", "done.mp4", "2")))


UNLISTED = (
    Variant(
        "unfinished",
        "power went: the tables end a second before the media data does",
        (("hidden-footage", "unfinished-file"),),
        _unfinished,
        "device",
    ),
    Variant(
        "reused-space",
        "a recorder wrote over an older file and left its rest behind the new pictures",
        (("hidden-footage", "reused-space"),),
        _reused,
        "device",
    ),
    Variant(
        "rewritten",
        "a repair wrote a group once more and left the old copy in place",
        (("hidden-footage", "rewritten-data"),),
        _rewritten,
    ),
    Variant(
        "motion-data",
        "a device keeps numbers of its motion behind the pictures, without a table",
        (("hidden-footage", "unlisted-data"),),
        _motion,
    ),
    Variant("poster", "a cover that somebody chose", (("hidden-footage", "cover-art"),), _poster),
    Variant(
        "early-preview",
        "the camera's preview was made before the recording began",
        (("hidden-footage", "early-preview"),),
        _early,
    ),
    Variant(
        "twin-track",
        "a second copy of the same pictures, switched off",
        (("hidden-footage", "preview-track"),),
        _twin,
    ),
)
