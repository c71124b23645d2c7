"""Which machines of a cluster may read a file: those whose program and libraries are the same as here, each asked once.

A machine of another version would answer at once, and so would draw every file of a scan to itself and refuse it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from entirety.errors import Environment
from entirety.report.visible import visible

MOST_NAMED = 3
"""Machines of another version that a sentence names."""
SHOWN = 16
"""Characters of a version that a sentence shows: one of them is a SHA-256 of the whole program."""


class Machines:
    """Those of one cluster."""

    def __init__(self, client: Any, tool: Callable[[], dict[str, Any]]) -> None:
        """`tool` describes the program on the machine on which it is called."""
        self._client, self._tool, self._ours = client, tool, tool()
        self._told, self._fitted = dict[str, Any](), False
        self.all = frozenset[str]()
        """Addresses, as of the last look."""

    def fitting(self) -> dict[str, int]:
        """Processors of each that may be given work, by address; none where machines have still to come.

        Raises Environment where there are machines, and never was one that fits.
        """
        processors = dict(self._client.ncores())
        self.all = frozenset(processors)
        self._told = {address: told for address, told in self._told.items() if address in processors}
        if new := sorted(self.all - self._told.keys()):
            answers = self._client.run(self._tool, workers=new, on_error="return")
            # One that could not be reached has not answered; it is asked again.
            self._told |= {address: told for address, told in answers.items() if not isinstance(told, OSError)}
        fit = {address: many for address, many in processors.items() if self._told.get(address) == self._ours}
        self._fitted |= bool(fit)
        if self._told and not self._fitted:
            raise Environment(self._none())
        return fit

    def _none(self) -> str:
        others = [f"{visible(address)} has {differing(told, self._ours)}" for address, told in self._told.items()]
        more = f"; and {len(others) - MOST_NAMED:,} more" if len(others) > MOST_NAMED else ""
        return (
            "No machine of the cluster has the same version of this program and of its libraries as this one: "
            f"{'; '.join(others[:MOST_NAMED])}{more}. Install the same on all."
        )


def differing(theirs: Any, ours: dict[str, Any]) -> str:
    """What another machine has, and what stands in its place here."""
    if not isinstance(theirs, dict):
        return f"no program that says its version ({type(theirs).__name__}), and here it is entirety {ours['version']}"
    there, here = dict(_versions(theirs)), dict(_versions(ours))
    unlike = [
        f"{name} {there.get(name, 'missing')[:SHOWN]} where here it is {here.get(name, 'missing')[:SHOWN]}"
        for name in sorted(there | here, key=lambda name: (name != ours["name"], name))
        if there.get(name) != here.get(name)
    ]
    return visible(", ".join(unlike))


def _versions(tool: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield str(tool.get("name")), str(tool.get("version"))
    yield "decoder", str(tool.get("decoder"))
    yield from ((str(name), str(version)) for name, version in tool.get("libraries", ()))
