"""From names to contents: hashes every file once, and says what is done already, what is left, and what is not tried again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from entirety.case.state import Kept, State
from entirety.case.walk import Met
from entirety.errors import EntiretyError
from entirety.model.case import Fate
from entirety.model.clip import Custody
from entirety.read import custody

BATCH = 64
"""Files whose hashes are kept in one go: a scan that is broken off hashes at most so many again."""
POISON = frozenset({Fate.CRASHED, Fate.TIMED_OUT, Fate.OUT_OF_MEMORY})
"""What is not tried again unless asked: it would cost the same again."""
PASSING = frozenset({Fate.FAILED, Fate.CHANGED, Fate.UNREADABLE})
"""What lay outside the file, and is tried again at every scan."""


@dataclass(frozen=True, slots=True)
class Known:
    """One name with the hash of its content, where there is one."""

    met: Met
    sha256: str
    fate: Fate | None
    """None where the content decides."""
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, by content; each content stands under the first of its names."""

    todo: tuple[Known, ...]
    restored: tuple[Known, ...]
    """Finished before, with a result that stands."""
    skipped: tuple[Known, ...]
    """Tried before, and ended by a crash or a limit."""


def hashed(
    folder: Path, met: Sequence[Met], state: State, threads: int, tell: Callable[[int, int], None]
) -> list[Known]:
    """Every name with its hash, in order of path; `tell` is told bytes hashed and bytes to hash. What was hashed before and has not changed
    since, by size, times and number, is not read again.
    """
    ordered = sorted(met, key=lambda one: one.path)
    before = state.hashes()
    known = {one.path: before[one.path][2] for one in ordered if before.get(one.path, ())[:2] == (one.size, one.stamp)}
    missing = [one for one in ordered if one.fate is None and one.path not in known]
    total, done = sum(one.size for one in missing), 0
    failed: dict[str, str] = {}
    sizes: dict[str, int] = {}
    tell(0, total)
    with ThreadPoolExecutor(threads) as pool:
        for batch in (missing[at : at + BATCH] for at in range(0, len(missing), BATCH)):
            fresh = []
            for one, taken in zip(batch, pool.map(lambda one: _hash(folder / one.path), batch), strict=True):
                done += one.size
                tell(done, total)
                if isinstance(taken, str):
                    failed[one.path] = taken
                    continue
                known[one.path] = taken.sha256
                # Of a file that grew meanwhile the size that was hashed.
                sizes[one.path] = taken.size
                fresh.append((one, taken.sha256))
            state.keep_hashes(fresh)
    return [
        _known(replace(one, size=sizes.get(one.path, one.size)), known.get(one.path, ""), failed.get(one.path, ""))
        for one in ordered
    ]


def _hash(path: Path) -> Custody | str:
    """What it is, or why that cannot be said."""
    try:
        return custody.take(path)
    except EntiretyError as error:
        return str(error)


def _known(met: Met, sha256: str, reason: str) -> Known:
    if met.fate is not None:
        return Known(met, "", met.fate, met.reason)
    return Known(met, sha256, None if sha256 else Fate.UNREADABLE, reason)


def names_gone(met: Sequence[Met], state: State) -> list[str]:
    """Files that an earlier scan hashed and that are not there now, in order of path."""
    return sorted(state.hashes().keys() - {one.path for one in met})


def plan(known: Sequence[Known], done: Mapping[str, Kept], *, retry: bool, stands: Callable[[str, Kept], bool]) -> Plan:
    """What is left to do. `stands` says whether the report on a content is still there, whole; `retry` asks again for what a crash or a limit ended."""
    todo, restored, skipped = list[Known](), list[Known](), list[Known]()
    for one in contents(known):
        kept = done.get(one.sha256)
        if kept is None or kept.fate in PASSING or (kept.fate is Fate.AUDITED and not stands(one.sha256, kept)):
            todo.append(one)
        elif kept.fate in POISON:
            (todo if retry else skipped).append(one)
        else:
            restored.append(one)
    # The longest first, so that at the end no core waits for the other.
    return Plan(tuple(sorted(todo, key=lambda one: -one.met.size)), tuple(restored), tuple(skipped))


def contents(known: Sequence[Known]) -> Iterator[Known]:
    """The first name of every content."""
    seen = set()
    for one in known:
        if one.sha256 and one.sha256 not in seen:
            seen.add(one.sha256)
            yield one
