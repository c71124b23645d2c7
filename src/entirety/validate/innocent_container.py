"""Innocent things in the file's structure: several tracks, fragments, other programs, damage and lost ends."""

from typing import Any

import ffmpeg

from entirety.validate.conditions import CONDITIONS, ONE_THREAD
from entirety.validate.innocent_edit_lists import plain_film
from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import afterwards, command, record, recorded
from entirety.validate.variant import Variant, camera, filmed, shown, steady

BY_ID = {condition.id: condition for condition in CONDITIONS}


def _phone(base: Base, _: Base) -> Plan:
    phone = BY_ID["phone"]
    return shown(recorded(phone, base).frames, *record(phone, base), result="recording.mov")


def _fragments(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base), movflags="+frag_keyframe+empty_moov+default_base_moof"))


def _tracks(base: Base, first: Any, second: Any) -> Step:
    """Two video tracks in one file."""
    return command(ffmpeg.output(first, second, "two.mp4", **camera(base)))


def _cameras(base: Base, other: Base) -> Plan | None:
    if other.rate != base.rate or other.count < base.count:
        return None
    rear = steady(other, "other").filter("trim", end_frame=base.count)
    truth = Truth("device", base.count, software=False)
    # ffmpeg marks all tracks but the first as not enabled; such a device marks none.
    patch = Step("patch", ("handler", "two.mp4", "done.mp4", "vide", "7"))
    return Plan((_tracks(base, steady(base), rear), patch), "done.mp4", truth)


def _served(base: Base, kind: str, flags: str) -> Plan:
    both = steady(base).filter_multi_output("split")
    patch = Step("patch", ("handler", "two.mp4", "done.mp4", kind, flags))
    return shown(base.count, _tracks(base, both[0], both[1].filter("scale", 160, 90)), patch)


def _cover(base: Base, _: Base) -> Plan:
    picture = command(
        ffmpeg.input("base.mkv", **ONE_THREAD).video.output("cover.jpg", **{"frames:v": 1, "update": 1, "q:v": 5})
    )
    film, cover = ffmpeg.input("film.mp4"), ffmpeg.input("cover.jpg")
    own = {"fflags": "+bitexact", "map_metadata": -1, "brand": "mp42", "metadata:s:v:0": "handler_name=VideoHandle"}
    both = ffmpeg.output(film.video, cover.video, "done.mp4", c="copy", **{"disposition:v:1": "attached_pic"}, **own)
    return shown(base.count, plain_film(base), picture, command(both))


def _copied(base: Base, _: Base) -> Plan:
    turn = command(ffmpeg.input("film.mp4").output("done.mkv", c="copy"))
    return shown(base.count, plain_film(base), turn, result="done.mkv", software=True)


def _on_ffmpeg(base: Base, _: Base) -> Plan:
    """The device records with the library and leaves its name."""
    options = {key: value for key, value in camera(base).items() if key not in ("fflags", "flags:v", "metadata:s:v")}
    return shown(base.count, command(ffmpeg.output(steady(base), "done.mp4", **options)), software=True)


def _sent(base: Base, condition: str) -> Plan:
    """Sent or archived: encoded again as a whole."""
    made = BY_ID[condition]
    steps, result = afterwards(made, f"recording.{made.ending}", sound=base.sound)
    return shown(base.count, *record(made, base), *steps, result=result, software=True)


def _long_sound(base: Base, _: Base) -> Plan:
    """The sound goes on for 0.4 s after the last picture."""
    options = {**camera(base), "c:a": "aac", "b:a": "64k"}
    longer = ffmpeg.input("base.mkv").audio.filter("apad", pad_dur=0.4)
    return shown(base.count, command(ffmpeg.output(steady(base), longer, "done.mp4", **options)))


def _coarse_clock(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base), movie_timescale=600, video_track_timescale=600))


def _lost_end(base: Base, _: Base) -> Plan:
    """The header stands in front, as in a file that is copied to its destination; the end never arrived."""
    kept = base.count * 4 // 5
    patch = Step("patch", ("shorten", "film.mp4", "done.mp4", str(kept)))
    truth = Truth("device", kept, (Place(kept, visible=False),), software=False)
    return Plan((plain_film(base, movflags="+faststart"), patch), "done.mp4", truth)


def _declared(base: Base, _: Base) -> Plan:
    old = BY_ID["mpeg4"]
    patch = Step("patch", ("declare", "recording.avi", "done.avi", "4"))
    return shown(base.count, *record(old, base), patch, result="done.avi")


def _spoiled(base: Base, _: Base) -> Plan:
    """The data of four pictures are damaged; the decoder fills in what it lacks."""
    at = base.count // 2 + 3
    patch = Step("patch", ("spoil", "film.mp4", "done.mp4", str(at), str(at + 4)))
    return shown(base.count, plain_film(base), patch)


CONTAINER = (
    Variant(
        "b-frames",
        "pictures are coded in another order than shown, sound begins with priming",
        (("hidden-footage", "encoder-delay"),),
        _phone,
    ),
    Variant("fragments", "the file is written in fragments", (("hidden-footage", "fragment-writer"),), _fragments),
    Variant(
        "two-cameras", "front and rear camera in one file", (("hidden-footage", "several-cameras"),), _cameras, "device"
    ),
    Variant(
        "auxiliary",
        "a track that serves another one",
        (("hidden-footage", "auxiliary-track"),),
        lambda base, _: _served(base, "auxv", "7"),
    ),
    Variant(
        "preview",
        "a small copy for quick viewing, switched off",
        (("hidden-footage", "preview-track"),),
        lambda base, _: _served(base, "vide", "6"),
    ),
    Variant("cover", "a cover picture", (("hidden-footage", "still-pictures"),), _cover),
    Variant(
        "lossless-copy",
        "put into another container without new encoding",
        (("writer-trace", "lossless-copy"),),
        _copied,
    ),
    Variant(
        "on-ffmpeg",
        "a dashboard camera that records with the FFmpeg library",
        (("writer-trace", "recorder-built-on-ffmpeg"),),
        _on_ffmpeg,
    ),
    Variant(
        "sent",
        "sent through a messenger as a whole",
        (("writer-trace", "messenger"),),
        lambda base, _: _sent(base, "messenger"),
    ),
    Variant(
        "archived",
        "converted by an archive as a whole",
        (("writer-trace", "archive-or-cms"),),
        lambda base, _: _sent(base, "twice"),
    ),
    Variant(
        "long-sound",
        "the sound ends later than the picture",
        (("frame-count", "separate-sound"), ("frame-count", "last-group")),
        _long_sound,
        needs_sound=True,
    ),
    Variant("coarse-clock", "a container that counts in 1/600 s", (("frame-count", "muxer-rounding"),), _coarse_clock),
    Variant(
        "lost-end",
        "power went, or a copy broke off",
        (("frame-count", "power-loss"), ("frame-count", "unfinished-copy")),
        _lost_end,
        "device",
    ),
    Variant(
        "declared",
        "the recorder counted four pictures that it did not store",
        (("frame-count", "dropped-pictures"),),
        _declared,
    ),
    Variant(
        "spoiled",
        "damage to the data of four pictures",
        (
            ("damaged-frames", "bad-copy"),
            ("hard-cut", "damaged-data"),
            ("jump-cut", "damaged-data"),
            ("frozen-picture", "damaged-data"),
            ("frame-count", "damage"),
        ),
        _spoiled,
    ),
)
