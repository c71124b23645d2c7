"""One object of a saved document, asked member by member for a name and a type; nothing in it is trusted."""

import re
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import NoReturn, TypeVar

from entirety.errors import CannotOpen
from entirety.model.finding import Value
from entirety.report.record import Json, Object
from entirety.report.visible import visible

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

MOST = 2**63
"""Bound of every number that is read: what a 64-bit file can state."""


class Part:
    """An object and its place in words; each method returns one member in one type or raises CannotOpen, which names it."""

    def __init__(self, value: Json, place: str) -> None:
        """Raises CannotOpen where `value` is no object."""
        if not isinstance(value, dict):
            raise CannotOpen(f"This is not an audit that this program wrote: {visible(place, 100)} is no object.")
        self._members: Object = value
        self._place = place

    def wrong(self, name: str) -> CannotOpen:
        place = visible(f"{self._place}.{name}".strip("."), 100)
        return CannotOpen(f"This is not an audit that this program wrote: {place} is missing or of another kind.")

    def text(self, name: str) -> str:
        value = self._members.get(name)
        if not isinstance(value, str):
            raise self.wrong(name)
        return value

    def whole(self, name: str) -> int:
        value = self._members.get(name)
        if type(value) is not int or abs(value) > MOST:
            raise self.wrong(name)
        return value

    def count(self, name: str) -> int:
        value = self.whole(name)
        if value < 0:
            raise self.wrong(name)
        return value

    def shaped(self, name: str, shape: re.Pattern[str]) -> str:
        text = self.text(name)
        if shape.fullmatch(text) is None:
            raise self.wrong(name)
        return text

    def number(self, name: str) -> float:
        value = self._members.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MOST:
            raise self.wrong(name)
        return float(value)

    def flag(self, name: str) -> bool:
        value = self._members.get(name)
        if not isinstance(value, bool):
            raise self.wrong(name)
        return value

    def value(self, name: str) -> Value:
        value = self._members.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.wrong(name)
        return value

    def time(self, name: str) -> Fraction:
        match = re.fullmatch(r"(-?\d{1,40})/([1-9]\d{0,39})", self.text(name))
        if match is None:
            raise self.wrong(name)
        return Fraction(int(match[1]), int(match[2]))

    def maybe(self, name: str, read: Callable[[str], T]) -> T | None:
        """None where the member is null; it must be there."""
        if name not in self._members:
            raise self.wrong(name)
        return None if self._members[name] is None else read(name)

    def one_of(self, name: str, kind: type[E]) -> E:
        try:
            return kind(self.text(name))
        except ValueError as error:
            raise self.wrong(name) from error

    def members(self, name: str, kind: type[E]) -> tuple[E, ...]:
        try:
            return tuple(kind(text) for text in self.texts(name))
        except ValueError as error:
            raise self.wrong(name) from error

    def part(self, name: str) -> "Part":
        return Part(self._members.get(name), f"{self._place}.{name}".strip("."))

    def names(self) -> list[str]:
        return list(self._members)

    def each(self, name: str, read: Callable[["Part"], T]) -> tuple[T, ...]:
        place = f"{self._place}.{name}".strip(".")
        return tuple(read(Part(item, f"{place}[{at}]")) for at, item in enumerate(self._items(name)))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(item if isinstance(item, str) else self._raise(name) for item in self._items(name))

    def wholes(self, name: str) -> tuple[int, ...]:
        return tuple(item if type(item) is int else self._raise(name) for item in self._items(name))

    def numbers(self, name: str) -> tuple[float, ...]:
        listed = Part({str(at): item for at, item in enumerate(self._items(name))}, f"{self._place}.{name}")
        return tuple(listed.number(at) for at in listed.names())

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        return tuple((first, second) for first, second in self._two(name, lambda part, at: part.text(at)))

    def ranges(self, name: str) -> tuple[tuple[int, int], ...]:
        return tuple((first, second) for first, second in self._two(name, lambda part, at: part.whole(at)))

    def _two(self, name: str, read: Callable[["Part", str], T]) -> list[tuple[T, T]]:
        found = []
        for item in self._items(name):
            if not isinstance(item, list) or len(item) != 2:
                raise self.wrong(name)
            both = Part({"0": item[0], "1": item[1]}, f"{self._place}.{name}")
            found.append((read(both, "0"), read(both, "1")))
        return found

    def _items(self, name: str) -> list[Json]:
        value = self._members.get(name)
        if not isinstance(value, list):
            raise self.wrong(name)
        return value

    def _raise(self, name: str) -> NoReturn:
        raise self.wrong(name)
