"""The table of shots in words: what each shot shows at its beginning, where it lies, and what ends it."""

from collections.abc import Iterator
from fractions import Fraction

from entirety.model.audit import Audit, Still
from entirety.model.shots import ShotRow, ShotTable, group_name
from entirety.model.time import clock
from entirety.report.lanes import MOST_POINTS
from entirety.report.view import Picture, ShotsView, ShotView
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

MOST_ROWS = 60
"""Shots printed: about two pages. The saved audit has more. Chosen: nobody reads a longer list on paper."""
BORDERS = ("hard-cut", "gradual-transition", "dissolve", "fade", "wipe", "stream-join", "end")
"""What can end a shot: checks, and codes of findings of gradual-transition, which say it more closely."""


def shots_view(audit: Audit, words: Catalogue) -> ShotsView:
    """Sentences and rows; a clip of one shot has sentences alone, and so has an audit that knows of no shots."""
    table = audit.shots
    if table is None:
        return ShotsView((words.text("shot.absent"),), (), False, (), "")
    if not table.rows:
        none = words.text("shot.none") if table.reason is None else words.say(table.reason)
        return ShotsView((none,), (), False, (), "")
    unseen = (words.text("shot.unexamined"),) if audit.unexamined else ()
    lead = (words.text("shot.means"), words.text("shot.within"), *unseen)
    if not table.divided:
        one = table.rows[0]
        said = words.text("shot.one", first=one.first, last=one.last, seconds=_length(one, words))
        return ShotsView((said, *lead), (), False, (), "")
    rows = table.rows[:MOST_ROWS]
    known = {one.id: one.finding.code for one in audit.findings}
    pictures = {still.frame: still for still in audit.stills if still.role == "shot"}
    shown = tuple(_row(number, row, known, pictures, words) for number, row in enumerate(rows, 1))
    illustrated = any(row.picture for row in shown)
    groups = words.text("shot.groups_one" if len({row.group for row in rows}) == 1 else "shot.groups_several")
    notes = (groups, words.text("shot.pictures")) if illustrated else (groups,)
    return ShotsView((words.text("shot.count", n=table.count), *lead), shown, illustrated, notes, _rest(table, words))


def _row(number: int, row: ShotRow, known: dict[str, str], pictures: dict[int, Still], words: Catalogue) -> ShotView:
    unknown = words.text("shot.no_time")
    start, end = (unknown if time is None else clock(time) for time in (row.start, row.end))
    still = next((pictures[frame] for frame in sorted(pictures) if row.first <= frame <= row.last), None)
    finding = row.finding if row.finding in known else ""
    return ShotView(
        number=f"{number}",
        when=words.text("finding.time_range", start=start, end=end),
        frames=words.text("shot.frames", first=row.first, last=row.last),
        pictures=words.text("item.pictures", n=row.last - row.first + 1),
        length=_length(row, words),
        group=group_name(row.group),
        border=_border(row, known.get(finding, ""), words),
        finding=finding,
        picture=None if still is None else _picture(still, number, words),
    )


def _length(row: ShotRow, words: Catalogue) -> str:
    if row.start is None or row.end is None:
        return words.text("shot.no_time")
    if row.end < row.start:
        return words.text("shot.back")
    return words.text("streams.seconds", seconds=f"{float(row.end - row.start):.3f}")


def _border(row: ShotRow, code: str, words: Catalogue) -> str:
    """`code` is that of the finding; empty where there is none."""
    name = code if row.border == "gradual-transition" and code in BORDERS else row.border
    kind = words.text(f"shot.border_{name}") if name in BORDERS else visible(name, 80)
    if code or row.border == "end":
        return kind
    return words.text("shot.unlisted", kind=kind)


def _picture(still: Still, number: int, words: Catalogue) -> Picture:
    time = words.text("picture.no_time") if still.time is None else clock(still.time)
    short = words.text("picture.frame_short", number=still.frame)
    return Picture(
        file=still.file,
        label="",
        title=words.text("picture.frame", number=still.frame, time=time),
        short=short,
        sha256=still.sha256,
        size=words.text("picture.size", width=still.width, height=still.height, file=still.file),
        alt=words.text("shot.alt", number=number, frame=still.frame, time=time),
        width=still.width,
        height=still.height,
    )


def _rest(table: ShotTable, words: Catalogue) -> str:
    """What is not printed, and whether audit.json has it."""
    left, unkept = table.count - min(len(table.rows), MOST_ROWS), table.count - len(table.rows)
    if left <= 0:
        return ""
    rest = words.text("shot.rest", n=left)
    return f"{rest} {words.text('shot.unkept', n=unkept)}" if unkept else rest


def lane(table: ShotTable | None, origin: Fraction) -> Iterator[tuple[float, float, str]]:
    """Begin, end and group of each shot with known times, seconds from the first shown frame; none for a clip that nothing divides."""
    if table is None or not table.divided:
        return
    for row in table.rows[:MOST_POINTS]:
        if row.start is not None and row.end is not None:
            yield float(row.start - origin), float(row.end - origin), group_name(row.group)
