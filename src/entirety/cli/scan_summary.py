"""What a scan says before it begins: what it restored, what it skips, and what it will do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from entirety.cli.scan_result import megabytes
from entirety.cli.terminal import counted

if TYPE_CHECKING:  # numpy comes along with it, for which --help would wait
    from entirety.case.plan import Plan


def summary(todo: "Plan", gone: "Sequence[str]") -> Iterator[str]:
    """What was restored, what is skipped, and what will be done; before anything is done."""
    if gone:
        named = ", ".join(gone[:3])
        more = f" and {len(gone) - 3:,} more" if len(gone) > 3 else ""
        yield f"no longer there: {counted(len(gone), 'file')} of an earlier scan ({named}{more})"
    if todo.restored:
        yield f"restored: {counted(len(todo.restored), 'content')} that were finished before"
    if todo.skipped:
        named = ", ".join(one.met.path for one in todo.skipped[:3])
        more = f" and {len(todo.skipped) - 3:,} more" if len(todo.skipped) > 3 else ""
        yield f"skipped: {len(todo.skipped):,} that ended by a crash or a limit before ({named}{more}); --retry tries them again"
    yield f"to do: {counted(len(todo.todo), 'content')}, {megabytes(sum(one.met.size for one in todo.todo))}"
