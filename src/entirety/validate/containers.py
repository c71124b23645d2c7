"""Counts how well structure alone tells a file as its camera left it from one that software wrote, on box trees of known history.

Rules: those of `writer-trace` (knowledge/writers.toml), as they are in the program; nothing is learned from the trees that are counted.
A file with a trace of software is `re-saved`, one with a trace of a camera's library and none of software is `native`, and everything else
is `unknown`: in the published set 24 % of the untouched files have a structure that no other phone shows, so that an unheard-of structure
says nothing. No rule reads a date or anything that names one device.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from entirety.detect.known_writers import known, software
from entirety.detect.traces import movie_traces
from entirety.knowledge import Writer
from entirety.knowledge.intervals import interval
from entirety.model.container import Movie
from entirety.read.box_tree_set import BoxTree

NATIVE = "native"
"""The history of files as recorded."""
DIRECT = "non-SN"
"""The channel of files that went through no site or messenger; in all others even an untouched recording was written anew."""
TUNING = tuple(f"D{number:02d}" for number in range(1, 36, 3))
"""Devices of EVA-7K whose trees were looked at while rules were written: every third, chosen before the first look. All others report."""

ANSWERS = ("re_saved", "native", "unknown", "unreadable")


@dataclass(frozen=True, slots=True)
class Answered:
    """One tree and what the rules say about it."""

    channel: str
    history: str
    device: str
    answer: str

    @property
    def untouched(self) -> bool:
        return self.channel == DIRECT and self.history == NATIVE


@dataclass(frozen=True, slots=True)
class Rates:
    """Native against re-saved without a site between; shares of the files that were answered, unknown ones counted apart."""

    native: int
    re_saved: int
    """Files of each kind that were answered."""
    false_alarms: int
    """Native files that are called re-saved."""
    missed: int
    """Re-saved files that are called native."""
    unknown_native: int
    unknown_re_saved: int

    @property
    def false_alarm_rate(self) -> float | None:
        return self.false_alarms / self.native if self.native else None

    @property
    def balanced_accuracy(self) -> float | None:
        """The mean of the two shares that were answered right; None where there is none of one kind."""
        return self._balanced(self.native, self.re_saved)

    @property
    def balanced_accuracy_of_all(self) -> float | None:
        """The same with every unknown counted as a wrong answer."""
        return self._balanced(self.native + self.unknown_native, self.re_saved + self.unknown_re_saved)

    def _balanced(self, native: int, re_saved: int) -> float | None:
        if not native or not re_saved:
            return None
        return ((self.native - self.false_alarms) / native + (self.re_saved - self.missed) / re_saved) / 2


def answer(movie: Movie | None, table: Sequence[Writer] | None = None) -> str:
    """One of ANSWERS, by the table of writers unless another is given."""
    if movie is None:
        return "unreadable"
    matches = known(movie_traces(movie), table)
    if software(matches):
        return "re_saved"
    return "native" if any(m.writer.family in ("device", "recorder") for m in matches) else "unknown"


def answered(trees: Iterable[BoxTree]) -> Iterator[Answered]:
    """Every tree with its answer; nothing else of it is kept."""
    for tree in trees:
        yield Answered(tree.channel, tree.history, tree.device, answer(tree.movie))


def rates(files: Iterable[Answered]) -> Rates:
    """Of the files that went through no site; others are passed over."""
    counts = dict.fromkeys(((u, a) for u in (True, False) for a in ANSWERS), 0)
    for one in files:
        if one.channel == DIRECT:
            counts[one.untouched, one.answer] += 1
    return Rates(
        native=counts[True, "native"] + counts[True, "re_saved"],
        re_saved=counts[False, "native"] + counts[False, "re_saved"],
        false_alarms=counts[True, "re_saved"],
        missed=counts[False, "native"],
        unknown_native=counts[True, "unknown"],
        unknown_re_saved=counts[False, "unknown"],
    )


def summary(files: Sequence[Answered]) -> dict[str, object]:
    """Everything that is printed: rates, those of the devices that were looked at and of the others, and a row per channel and history."""
    whole = rates(files)
    return {
        **_stated(whole),
        "files": len(files),
        "unreadable": sum(one.answer == "unreadable" for one in files),
        "tuning": _stated(rates(one for one in files if one.device in TUNING)),
        "reporting": _stated(rates(one for one in files if one.device not in TUNING)),
        "table": [_row(files, channel, history) for channel, history in _places(files)],
        "devices": [_stated_of(files, device) for device in sorted({one.device for one in files})],
    }


def _stated(of: Rates) -> dict[str, object]:
    return {
        "balanced_accuracy": of.balanced_accuracy,
        "balanced_accuracy_unknown_wrong": of.balanced_accuracy_of_all,
        "false_alarm_rate": of.false_alarm_rate,
        "false_alarm_interval": interval(of.false_alarms, of.native),
        "detection_interval": interval(of.re_saved - of.missed, of.re_saved),
        "unknown": of.unknown_native + of.unknown_re_saved,
        "unknown_native": of.unknown_native,
        "unknown_re_saved": of.unknown_re_saved,
        "native_answered": of.native,
        "re_saved_answered": of.re_saved,
        "false_alarms": of.false_alarms,
        "missed": of.missed,
    }


def _places(files: Iterable[Answered]) -> list[tuple[str, str]]:
    """Channels and histories; files that went through no site first, and native first among their like."""
    return sorted(
        {(one.channel, one.history) for one in files}, key=lambda p: (p[0] != DIRECT, p[0], p[1] != NATIVE, p[1])
    )


def _row(files: Iterable[Answered], channel: str, history: str) -> dict[str, object]:
    here = [one for one in files if (one.channel, one.history) == (channel, history)]
    return {"channel": channel, "history": history, "files": len(here), **_counted(here)}


def _stated_of(files: Iterable[Answered], device: str) -> dict[str, object]:
    here = [one for one in files if one.device == device]
    of = rates(here)
    untouched = _counted([one for one in here if one.untouched])
    return {"device": device, "files": len(here), "native": untouched, "missed": of.missed, "tuning": device in TUNING}


def _counted(files: Sequence[Answered]) -> dict[str, int]:
    return {name: sum(one.answer == name for one in files) for name in ANSWERS}
