"""The table of error rates as text, for a terminal and for the notes of those who work on the checks: counts first, then what they allow to say."""

from collections import Counter
from collections.abc import Iterable, Iterator

from entirety.knowledge.performance import GROUPS, Counted, Rival, Row, Table
from entirety.validate.innocent import NOT_MADE
from entirety.validate.placed import CUTS, ORIGIN, SOURCES
from entirety.validate.printed_copies import copies
from entirety.validate.printed_rates import rate
from entirety.validate.printed_seen import STRETCHES, curve, seen, sources, stretches

ANSWERS = ("direct", "indications", "re-saved", "inconclusive", "none-found", "refused")
PLAIN = (
    "The set was made by us and does not represent clips in court. Clips made from one take are alike, so that the intervals are narrower than "
    "they should be. Ranges are 95 % intervals, and none in n is bounded by 3/n. A rate is not the chance that some clip was edited."
)


def summary(table: Table, half: str) -> list[str]:
    """All that is printed of one half."""
    rows = [row for row in table.rows if row.half == half]
    rivals = [rival for rival in table.rivals if rival.half == half]
    clips, bases = sum(row.clips for row in rows), table.bases
    return [
        f"{clips:,} clips of the {half} half, {table.clips:,} in all, from {bases} continuous takes; set {table.set_sha256[:16]}",
        f"{table.date}, {table.tool}, {table.ffmpeg.split(' Copyright')[0]}",
        "",
        *_answers(rows),
        "",
        *_found(rows),
        "",
        *copies(rows),
        "",
        *seen(rows),
        "",
        *_false(rows),
        "",
        *_compared(rivals),
        "",
        "innocent causes without a clip of their own:",
        *(f"  {check} {slug}: {reason}" for (check, slug), reason in NOT_MADE.items()),
        "",
        PLAIN,
    ]


def for_check(table: Table, check: str) -> list[str]:
    """What was measured of one check on the reporting half, by kind of file."""
    rows = [row for row in table.rows if row.half == "reporting"]
    if check in ORIGIN:
        return _origin(table, rows, check)
    lines = [
        f"measured on {table.clips:,} clips from {table.bases} continuous takes, {table.date}, set {table.set_sha256[:16]}:"
    ]
    for kind in sorted({row.kind for row in rows}):
        here = [row for row in rows if row.kind == kind]
        found = _groups(here, check)
        lines.append(f"  {kind}: {'; '.join(found) if found else 'no edits of this kind of file'}")
        lines.append(f"    {_false_of(here, check)}")
    if check in CUTS:
        lines += curve(rows)
    if check in {name for name, _, _ in STRETCHES}:
        lines += stretches(rows, check)
    if check == SOURCES:
        lines += sources(rows)
    return [*lines, PLAIN]


def _origin(table: Table, rows: list[Row], check: str) -> list[str]:
    """What wrote a file has no place in the clip: only how often such a check spoke at all."""
    counts = [(row.clips, dict(row.checks)[check]) for row in rows]
    ran = sum(clips - counted.not_run for clips, counted in counts)
    right, wrong = (sum(getattr(counted, what) for _, counted in counts) for what in ("near", "false_clips"))
    return [
        f"measured on {table.clips:,} clips from {table.bases} continuous takes, {table.date}, set {table.set_sha256[:16]}:",
        f"  of {ran} clips of the reporting half it spoke, above neutral, in {right} that software had written last and in {wrong} that none had;",
        "  it looks at the file and not for edits, so that nothing is counted of edits found.",
        PLAIN,
    ]


def _answers(rows: Iterable[Row]) -> Iterator[str]:
    yield f"{'answer on page one':<22}{'clips':>7}" + "".join(f"{answer:>14}" for answer in ANSWERS)
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        how = row.group if row.nature != "edited" else f"edited: {row.group}"
        kinds.setdefault(how, []).append(row)
    order = {f"edited: {group}": place for place, group in enumerate(GROUPS)} | {
        "untouched": -3,
        "innocent": -2,
        "device": -1,
    }
    for how in sorted(kinds, key=lambda how: order.get(how, 99)):
        given = Counter[str]()
        for row in kinds[how]:
            given.update(dict(row.answers))
        yield f"{how:<22}{given.total():>7}" + "".join(f"{given[answer]:>14}" for answer in ANSWERS)
    whole = Counter[str]()
    for row in (row for members in kinds.values() for row in members if row.nature == "continuous"):
        whole.update(dict(row.answers))
    for answer in ("direct", "indications"):
        yield f"continuous clips answered {answer}: {rate(whole[answer], whole.total())}"


def _found(rows: list[Row]) -> Iterator[str]:
    yield "found within half a second, of the clips in which the check ran (within one frame)"
    for check in _checks(rows):
        if check in ORIGIN:
            continue
        found = _groups(rows, check)
        yield f"  {check}: {'; '.join(found) if found else 'nothing to find'}"


def _groups(rows: Iterable[Row], check: str) -> list[str]:
    """`remove-copy 12 of 14 (11)` for every group of edits."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.nature != "continuous":
            groups.setdefault(row.group, []).append(row)
    texts = []
    for group in sorted(groups, key=GROUPS.index):
        ran = sum(row.clips - dict(row.checks)[check].not_run for row in groups[group])
        near, frame = (
            sum(getattr(dict(row.checks)[check], what) for row in groups[group]) for what in ("near", "frame")
        )
        if ran:
            name = "known cuts" if group == "untouched" else group
            texts.append(f"{name} {near} of {ran} ({frame})")
    return texts


def _false(rows: list[Row]) -> Iterator[str]:
    yield "findings on continuous clips, which are false: clips, and per hour of footage"
    for check in _checks(rows):
        yield f"  {check}: {_false_of(rows, check)}"


def _false_of(rows: Iterable[Row], check: str) -> str:
    whole = [row for row in rows if row.nature == "continuous"]
    counts: list[Counted] = [dict(row.checks)[check] for row in whole]
    ran = sum(row.clips for row in whole) - sum(one.not_run for one in counts)
    hours = sum(row.seconds for row in whole) / 3600
    false, clips = sum(one.false for one in counts), sum(one.false_clips for one in counts)
    hourly = f"{false} in {hours:.2f} h" if false else f"none in {hours:.2f} h"
    return f"false in {rate(clips, ran)} continuous clips, {hourly}" if ran else "no continuous clips in which it ran"


def _compared(rivals: list[Rival]) -> Iterator[str]:
    yield "breaks that can be seen: found of all that an editor left (recall), which of the reports lie where something was done (precision), and F1 of both;"
    yield "then what is reported on continuous clips"
    for name in sorted({rival.name for rival in rivals}):
        here = [rival for rival in rivals if rival.name == name]
        # What a device itself broke off is no less a place, but nobody looked whether the picture shows it.
        edited = [one for one in here if one.nature == "edited"]
        visible, near, frame = (sum(getattr(one, what) for one in edited) for what in ("visible", "near", "frame"))
        reported, off, false = (sum(getattr(one, what) for one in here) for what in ("reported", "off", "false"))
        yield f"  {name}"
        yield f"    within 0.5 s: found {rate(near, visible)}, right {rate(reported - false, reported)}{_f1(near, visible, reported - false, reported)}"
        yield f"    within one frame: found {rate(frame, visible)}, right {rate(reported - off, reported)}{_f1(frame, visible, reported - off, reported)}"
        steady = [one for one in here if one.nature == "continuous"]
        hours, alarms = sum(one.seconds for one in steady) / 3600, sum(one.reported for one in steady)
        hourly = (
            f"{alarms / hours:.1f} an hour" if hours and alarms else f"at most {3 / hours:.1f} an hour" if hours else ""
        )
        yield f"    on continuous clips: {alarms} in {hours:.2f} h{', ' if hourly else ''}{hourly}"


def _f1(found: int, visible: int, right: int, reported: int) -> str:
    """The harmonic mean of recall and precision; nothing where one of them is not defined."""
    if not (found and visible and right and reported):
        return ""
    recall, precision = found / visible, right / reported
    return f", F1 {2 * recall * precision / (recall + precision):.3f}"


def _checks(rows: list[Row]) -> list[str]:
    return [check for check, _ in rows[0].checks] if rows else []
