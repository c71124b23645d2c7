"""Remembers what was found in the clip that was asked about last: several checks ask the same of it, and the answer takes seconds for an hour."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar
from weakref import ref

from entirety.model.clip import Frames

Found = TypeVar("Found")


def kept(ask: Callable[[Frames], Iterable[Found]]) -> Callable[[Frames], tuple[Found, ...]]:
    """The same function, whose answer for one and the same Frames is worked out once; frames are never changed, so it stays right."""
    last: list[tuple[ref[Frames], tuple[Found, ...]]] = []

    @wraps(ask)
    def asked(frames: Frames) -> tuple[Found, ...]:
        if last and last[0][0]() is frames:
            return last[0][1]
        answer = tuple(ask(frames))
        last[:] = [(ref(frames), answer)]
        return answer

    return asked
