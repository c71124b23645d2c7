"""Remembers what was found in the clip that was asked about last: several checks ask the same of it, and the answer takes seconds for an hour."""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import ref

from entirety.model.clip import Frames

Found = TypeVar("Found")
More = ParamSpec("More")


def kept(
    ask: Callable[Concatenate[Frames, More], Iterable[Found]],
) -> Callable[Concatenate[Frames, More], tuple[Found, ...]]:
    """The same function, whose answer to one and the same question is worked out once; frames are never changed, so it stays right."""
    last: list[tuple[ref[Frames], Hashable, tuple[Found, ...]]] = []

    @wraps(ask)
    def asked(frames: Frames, /, *more: More.args, **named: More.kwargs) -> tuple[Found, ...]:
        asking = more, tuple(named.items())
        if last and last[0][0]() is frames and last[0][1] == asking:
            return last[0][2]
        answer = tuple(ask(frames, *more, **named))
        last[:] = [(ref(frames), asking, answer)]
        return answer

    return asked
