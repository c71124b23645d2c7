"""Innocent dates, notes and bytes: clocks, zones, copies, what devices and carriers add to a file, and where it stands in a row."""

from collections.abc import Callable
from typing import Any

import ffmpeg

from entirety.validate.innocent_edit_lists import plain_film
from entirety.validate.model import Base, Plan, Step
from entirety.validate.recordings import command
from entirety.validate.variant import Variant, camera, filmed, shown, steady

SPRING = 3_608_359_200
"""2018-05-05T10:00:00Z, counted from 1904: when the device says that it recorded."""
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""User type of the box that holds a note in XMP."""
Build = Callable[[Base, Base], Plan]


def _box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + kind + body


def _dated(header: tuple[int, int], track: tuple[int, int], *, software: bool = False, **tags: Any) -> Build:
    """Creation and last change of the movie header and of its track, seconds after SPRING, and texts beside them."""
    times = [str(SPRING + seconds) for seconds in (*header, *track)]

    def plan(base: Base, _: Base) -> Plan:
        more = {f"metadata:g:{n}": f"{key}={text}" for n, (key, text) in enumerate(tags.items())}
        film = plain_film(base, **more)
        return shown(base.count, film, Step("patch", ("dates", "film.mp4", "done.mp4", *times)), software=software)

    return plan


def _with(added: bytes, *, software: bool = False) -> Build:
    """A device's file with these bytes behind its end."""

    def plan(base: Base, _: Base) -> Plan:
        patch = Step("patch", ("trailing", "film.mp4", "done.mp4", added.hex()))
        return shown(base.count, plain_film(base), patch, software=software)

    return plan


def _note(changed: str, agent: str) -> bytes:
    """A note that a program was there, and what it changed."""
    text = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"><xmpMM:History><rdf:Seq>
<rdf:li stEvt:action="saved" stEvt:when="2018-05-05T10:00:30Z" stEvt:softwareAgent="{agent}" stEvt:changed="{changed}"/>
</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>"""
    return _box(b"uuid", XMP + text.encode())


def _copied(base: Base, _: Base) -> Plan:
    """Into a new container of the same form, which leaves the dates empty."""
    own = {"fflags": "+bitexact", "map_metadata": -1, "brand": "mp42", "metadata:s:v:0": "handler_name=VideoHandle"}
    copy = command(ffmpeg.input("dated.mp4").output("done.mp4", c="copy", **own))
    patch = Step("patch", ("dates", "film.mp4", "dated.mp4", *[str(SPRING)] * 4))
    return shown(base.count, plain_film(base), patch, copy)


def _carried(base: Base, _: Base) -> Plan:
    """The library writes the file and keeps the device's name."""
    options = {key: value for key, value in camera(base).items() if key not in ("fflags", "flags:v", "metadata:s:v")}
    tags = {"metadata": "com.apple.quicktime.model=iPhone 6s", "movflags": "+use_metadata_tags"}
    return shown(base.count, command(ffmpeg.output(steady(base), "done.mp4", **{**options, **tags})), software=True)


def _later_fragments(base: Base, _: Base) -> Plan:
    """A loop recorder counts its fragments on from file to file."""
    flags = "+frag_keyframe+empty_moov+default_base_moof"
    return shown(base.count, filmed(base, steady(base), movflags=flags, fragment_index=77))


def _time_code(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base), "done.mov", timecode="11:12:47:22"), result="done.mov")


METADATA = (
    Variant(
        "reset-clock",
        "the device's clock stood at its start when the tag was written",
        (("metadata-conflict", "reset-clock"),),
        _dated((0, 0), (0, 0), date="2016-01-01T00:03:12"),
    ),
    Variant(
        "time-zone",
        "header in local time, track in universal time",
        (("metadata-conflict", "time-zone"),),
        _dated((10_800, 10_800), (0, 0)),
    ),
    Variant("undated-copy", "copied into a new container", (("metadata-conflict", "copying"),), _copied),
    Variant(
        "late-closing",
        "the header is closed two minutes after the end",
        (("metadata-conflict", "late-closing"),),
        _dated((0, 119), (0, 119)),
    ),
    Variant(
        "gallery-export",
        "shared from a phone's gallery days later, the date of recording kept in a tag",
        (("metadata-conflict", "gallery-export"),),
        _dated((800_000, 800_001), (800_000, 800_001), software=True, date="2018-05-05T10:00:00Z"),
    ),
    Variant(
        "catalogue",
        "keywords entered by a program that sorts pictures",
        (("metadata-conflict", "catalogue"),),
        _with(_note("/metadata", "Catalogue 2.0")),
    ),
    Variant(
        "whole-export",
        "saved whole by a program for editing",
        (("metadata-conflict", "whole-export"),),
        _with(_note("/", "Editor 1.0"), software=True),
    ),
    Variant(
        "carried-tags",
        "written by a library that keeps the device's name",
        (("metadata-conflict", "carried-tags"), ("metadata-conflict", "built-on-library")),
        _carried,
    ),
    Variant("padding", "filled up to a round length", (("leftovers", "camera-padding"),), _with(bytes(4096))),
    Variant(
        "covered-fragments",
        "recorded in fragments, one header in the end",
        (("leftovers", "recording-in-fragments"),),
        _with(_box(b"free", bytes(3) + b" trex" + bytes(24))),
    ),
    Variant(
        "samsung-trailer",
        "a block of the maker behind the video",
        (("leftovers", "samsung-trailer"),),
        _with(_box(b"sefd", b"Recorded_With" + bytes(20) + b"SEFT")),
    ),
    Variant(
        "motion-photo",
        "the picture that belongs to it lies behind the video",
        (("leftovers", "motion-photo"),),
        _with(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40 + b"\xff\xd9"),
    ),
    Variant(
        "maker-block",
        "positions in a block of the maker's own",
        (("leftovers", "maker-block"),),
        _with(_box(b"gps0", bytes(range(1, 201)) * 9)),
    ),
    Variant(
        "moved-tables",
        "tables were moved to the front, the old ones called free",
        (("leftovers", "rewritten-tables"),),
        _with(_box(b"free", _box(b"stco", bytes(7) + b"\x02" + bytes(range(8))))),
        "continuous",
    ),
    Variant(
        "boundary",
        "a mail program left the end of its envelope",
        (("leftovers", "appended-by-carrier"),),
        _with(b"\r\n------boundary-5e2b7a--\r\n"),
    ),
    Variant("later-fragments", "fragments are counted on", (("sequence-position", "loop-recorder"),), _later_fragments),
    Variant("time-code", "a time code of the time of day", (("sequence-position", "time-of-day"),), _time_code),
)
