"""Recognises how cameras, phones, recorders and messengers number or date the files that they write, and names the neighbours.

Names are easily changed; they say where to ask, and nothing else. Each form states where it was seen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Neighbours = Callable[[re.Match[str]], tuple[str, ...]]
MOST_NAME = 255
"""Characters of a name that are looked at: the most that common file systems hold."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming files."""

    id: str
    says: str
    """What the name says about the file's place, as part of a sentence."""
    pattern: re.Pattern[str]
    neighbours: Neighbours
    source: str


@dataclass(frozen=True, slots=True)
class Named:
    """A file name that was recognised."""

    form: Form
    neighbours: tuple[str, ...]
    """Names that the files before and after it would have; empty where they cannot be known."""


def _stepped(found: re.Match[str]) -> tuple[str, ...]:
    """The same name with the number before and the one after."""
    digits, name = found["n"], found.string
    start, end = found.span("n")
    numbers = [number for number in (int(digits) - 1, int(digits) + 1) if 0 <= number < 10 ** len(digits)]
    return tuple(f"{name[:start]}{number:0{len(digits)}d}{name[end:]}" for number in numbers)


def _later(found: re.Match[str]) -> tuple[str, ...]:
    """As above, where counting starts at one."""
    return _stepped(found)[1:] if int(found["n"]) <= 1 else _stepped(found)


def _chapters(found: re.Match[str]) -> tuple[str, ...]:
    """The first chapter of an older GoPro is GOPR1234, the others are GP011234, GP021234."""
    chapter = int(found["n"])
    start, end = found.span("n")
    before = (
        f"{found['head']}OPR{found.string[end:]}"
        if chapter == 1
        else f"{found.string[:start]}{chapter - 1:02d}{found.string[end:]}"
    )
    return before, f"{found.string[:start]}{chapter + 1:02d}{found.string[end:]}"


def _first_chapter(found: re.Match[str]) -> tuple[str, ...]:
    return (f"{found['head']}P01{found.string[4:]}",)


def _none(_: re.Match[str]) -> tuple[str, ...]:
    return ()


def _form(id_: str, says: str, pattern: str, neighbours: Neighbours, source: str) -> Form:
    return Form(id_, says, re.compile(pattern, re.IGNORECASE | re.ASCII), neighbours, source)


END = r"(?:[ _-]?\(\d{1,3}\))?\.[a-z0-9]{2,4}"
DATE = r"(?:19|20)\d\d[-_]?[01]\d[-_]?[0-3]\d"
TIME = r"[0-2]\d[-_]?[0-5]\d[-_]?[0-5]\d"
FORMS: tuple[Form, ...] = (
    _form(
        "gopro-chapter",
        "a chapter of one long recording of a GoPro camera",
        rf"G[HXLS](?P<n>\d\d)\d{{4}}{END}",
        _later,
        "GoPro, Camera File Naming Convention (HERO6 and later): two digits of chapter, four of the recording.",
    ),
    _form(
        "gopro-first-chapter",
        "the first chapter of a recording of a GoPro camera",
        rf"(?P<head>G)OPR\d{{4}}{END}",
        _first_chapter,
        "GoPro, Camera File Naming Convention (up to HERO5).",
    ),
    _form(
        "gopro-later-chapter",
        "a later chapter of a recording of a GoPro camera",
        rf"(?P<head>G)P(?P<n>\d\d)\d{{4}}{END}",
        _chapters,
        "GoPro, Camera File Naming Convention (up to HERO5).",
    ),
    _form(
        "messenger",
        "a video that WhatsApp received or sent, numbered within its day",
        rf"VID-{DATE}-WA(?P<n>\d{{4}}){END}",
        _stepped,
        "Names in the media folder of WhatsApp on Android.",
    ),
    _form(
        "dashcam",
        "one of the files that a dashboard camera writes one after another, with the camera's side",
        rf"(?:[a-z]{{2,6}}_?)?{DATE}[-_]?{TIME}(?:[-_](?P<n>\d{{1,6}}))?[-_]?(?:[NEMPI]?[FRABIO]|EVENT|EMER|PARK)\d?{END}",
        _none,
        "Names of BlackVue, Viofo, Thinkware and similar cameras: date, time, kind of recording, F(ront) or R(ear).",
    ),
    _form(
        "recorder-channel",
        "an export of one channel of a network recorder, with its time",
        rf".*(?:ch|cam|channel|kanal)[-_ ]?\d{{1,3}}[-_ ].*{DATE}.*{END}",
        _none,
        "Names of exports of Hikvision, Dahua and similar recorders: channel, begin, end.",
    ),
    _form(
        "numbered-recorder-file",
        "a numbered file of a camera with an Ambarella or Novatek chip",
        rf"(?:NO|EV|FILE|REC|MOVI|MOV_?|AMBA|SOS|EMR)(?P<n>\d{{4,8}}){END}",
        _stepped,
        "Names on the cards of such dashboard and body cameras.",
    ),
    _form(
        "camera-number",
        "a numbered file of a camera or phone",
        rf"(?:DJI|DSC[FN]?|IMG|MVI|MAH|PICT|P|C|CLIP|VID|VIDEO|100)_?(?P<n>\d{{3,5}}){END}",
        _stepped,
        "Design rule for Camera File system (DCF, JEITA CP-3461): four letters and four digits; DJI, Canon, Nikon, Sony, Apple.",
    ),
    _form(
        "avchd",
        "a numbered stream of a camcorder (AVCHD) or of a disc",
        r"(?P<n>\d{5})\.(?:mts|m2ts)",
        _stepped,
        "AVCHD and Blu-ray: five digits in the folder STREAM.",
    ),
    _form(
        "segment",
        "a numbered piece of something longer",
        rf".*(?:seg(?:ment)?|part|chunk|cd|clip)[-_ ]?(?P<n>\d{{1,6}}){END}",
        _stepped,
        "Names that programs for splitting give.",
    ),
    _form(
        "dated",
        "a file named by the date and time of its start",
        rf"(?:[a-z]{{2,6}}[-_])?{DATE}[-_ T]?{TIME}.*{END}",
        _none,
        "Names of phones with Android (VID_20191220_170832.mp4 in the corpus) and of many recorders.",
    ),
)
"""Tried in this order; the first that fits the whole name counts."""


def named(name: str) -> Named | None:
    """How the file is named, where that is a known form."""
    for form in FORMS:
        if (found := form.pattern.fullmatch(name[:MOST_NAME])) is not None:
            return Named(form, form.neighbours(found))
    return None
