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
from entirety.model.container import Movie
from entirety.read.box_tree_set import BoxTree

NATIVE = "native"
"""The history of files as recorded."""
DIRECT = "non-SN"
"""The channel of files that went through no site or messenger; in all others even an untouched recording was written anew."""
TUNING = tuple(f"D{number:02d}" for number in range(1, 36, 3))
"""Devices of EVA-7K whose trees were looked at while structures were described: every third of its 35 phones, chosen before the first look.
Older rules by names and brands rest on the makers' programs and had been checked on 24 of the 35. In another set the numbers mean nothing."""

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
    direct = [one for one in files if one.channel == DIRECT]
    native = counted(one for one in direct if one.untouched)
    re_saved = counted(one for one in direct if not one.untouched)
    return Rates(
        native=native["native"] + native["re_saved"],
        re_saved=re_saved["native"] + re_saved["re_saved"],
        false_alarms=native["re_saved"],
        missed=re_saved["native"],
        unknown_native=native["unknown"],
        unknown_re_saved=re_saved["unknown"],
    )


def places(files: Iterable[Answered]) -> list[tuple[str, str]]:
    """Channels and histories; files that went through no site first, and native first among their like."""
    return sorted(
        {(one.channel, one.history) for one in files}, key=lambda p: (p[0] != DIRECT, p[0], p[1] != NATIVE, p[1])
    )


def counted(files: Iterable[Answered]) -> dict[str, int]:
    """How often each answer was given."""
    given = dict.fromkeys(ANSWERS, 0)
    for one in files:
        given[one.answer] += 1
    return given
