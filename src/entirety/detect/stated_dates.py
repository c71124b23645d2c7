"""Collects every date that a file states about itself, and tells by how much two of them differ: not at all, by a time zone, or otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from entirety.detect.moments import DAY, SINCE_1904, Moment, of_header, parse
from entirety.detect.xmp_history import Packet
from entirety.model.clip import Clip
from entirety.model.container import Movie

MOST = 200
"""Dates looked at; a file with a history of a hundred steps states about that many."""
_CREATED = "creation_time date ©day com.apple.quicktime.creationdate date_recorded date_digitized dateutc idit icrd"
_WRITTEN = "_statistics_writing_date_utc _statistics_writing_date_utc-eng date_encoded date_tagged"
CREATED, WRITTEN = frozenset(_CREATED.split()), frozenset(_WRITTEN.split())
"""Keys of tags, in small letters, that hold the date of recording or of writing: QuickTime, iTunes, Matroska, AVI."""

LAG = 300
"""Seconds. Untouched phone files of EVA-7K state a last change up to 119 s after creation and length together (a phone by Apple, 2 of 96
files); more than twice that is allowed."""
SLACK = 5
"""Seconds by which clocks read one after another differ. The same files: 1."""
ZONES = frozenset(
    (
        *range(-12 * 60, 14 * 60 + 1, 60),
        *(-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765),
    )
)
"""Minutes by which local times differ from UTC: whole hours, and the zones with half and quarter hours (IANA time zone database)."""
DIGITAL = Moment(662_688_000, zoned=True).seconds
"""1991-01-01: before that year there was no QuickTime, and no file of these forms."""
RESET_DAYS = 2
"""A clock without power starts at the first of January of some year, and runs on from there; two days of use are allowed."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One date at one place of the file."""

    part: str
    """`movie header`, `track 1`, `tag`, `XMP`."""
    name: str
    moment: Moment
    changed: bool = False
    """The date of the last change or of writing, not that of creation."""
    mended: bool = False
    """Counted from 1970 in a field that counts from 1904, and read here as it must have been meant."""

    @property
    def header(self) -> bool:
        """It stands in the header of the movie or of a track."""
        return self.part not in ("tag", "XMP")


def stated_dates(clip: Clip, packet: Packet) -> list[Stated]:
    """All of them, header first; what is unset is left out. At most MOST."""
    return list(islice(_all(clip, packet), MOST))


def _all(clip: Clip, packet: Packet) -> Iterator[Stated]:
    if clip.movie is not None:
        yield from _headers(clip.movie)
    seen: set[tuple[str, str]] = set()
    for key, text in _texts(clip):
        name = key.lower().rsplit("/", 1)[-1]
        if (name, text) not in seen and name in CREATED | WRITTEN and (moment := parse(text)) is not None:
            seen.add((name, text))
            yield Stated("tag", name, moment, changed=name in WRITTEN)
    for name, text, changed in (
        ("CreateDate", packet.created, False),
        ("ModifyDate", packet.modified, True),
        ("MetadataDate", packet.described, True),
    ):
        if (moment := parse(text)) is not None:
            yield Stated("XMP", name, moment, changed)


def _headers(movie: Movie) -> Iterator[Stated]:
    tracks = [(f"track {n}", track.created, track.modified) for n, track in enumerate(movie.tracks, 1)]
    for place, created, modified in (("movie header", movie.created, movie.modified), *tracks):
        for count, changed in ((created, False), (modified, True)):
            if count:
                # As a date since 1904 such a number lies before QuickTime; as one since 1970 it lies between 1991 and the day of the file.
                mended = of_header(count).seconds < DIGITAL <= count < SINCE_1904
                moment = Moment(count, zoned=True) if mended else of_header(count)
                yield Stated(place, "last change" if changed else "creation", moment, changed, mended)


def _texts(clip: Clip) -> Iterator[tuple[str, str]]:
    """Tags; in MP4 and QuickTime files the library's `creation_time` only repeats the header."""
    movie = clip.movie
    pairs = [*(movie.tags if movie else ()), *clip.tags, *(tag for stream in clip.streams for tag in stream.tags)]
    yield from (pair for pair in pairs if movie is None or pair[0].lower() != "creation_time")
    yield from clip.structure.facts if clip.structure is not None and movie is None else ()


def gap(one: Moment, other: Moment) -> int:
    """Seconds from one to the other; 0 where a date without time of day covers both."""
    distance = other.seconds - one.seconds
    coarse = max(one.precision, other.precision)
    return 0 if coarse >= DAY and abs(distance) <= 2 * DAY else distance


def is_zone(distance: int, slack: int = SLACK) -> bool:
    """Whether two clocks apart by this many seconds can show one moment in two time zones; equal ones cannot."""
    nearest = round(distance / 900) * 900
    return nearest != 0 and abs(distance - nearest) <= slack and bool({nearest // 60, -nearest // 60} & ZONES)


def is_reset(moment: Moment) -> bool:
    """Whether this is a date at which a clock starts that lost its power: the first days of a year, or of a count."""
    days = moment.seconds // DAY
    gps = 3_657  # 1980-01-06, day 0 of the satellites' count
    year = str(moment)[:4]
    first = parse(f"{year}-01-01")
    return 0 <= days - gps < RESET_DAYS or (
        first is not None and 0 <= moment.seconds - first.seconds < RESET_DAYS * DAY
    )
