"""The part of the catalogue that only the picture can tell of: how long something must last to be seen, and what is laid over the picture."""

from collections.abc import Callable

from entirety.validate import by_encoding, by_overlay
from entirety.validate.scene import Edit, Make

SENT = ("camera", "messenger", "recorder", "twice")
"""How most pictures come in, from the best to the worst."""

LENGTHS: tuple[tuple[str, str, tuple[float, ...], str, Callable[[float], Make], tuple[str, ...]], ...] = (
    ("freeze", "freeze", (0.5, 2), "one picture stands for {} s", by_encoding.freeze, SENT),
    ("repeat", "repeat", (1, 3), "{} s shown twice", by_encoding.repeat, SENT[:3]),
    ("reverse", "repeat", (1, 3), "{} s shown backwards", by_encoding.reverse, SENT[:3]),
)
"""Edits of which it is asked from which length on they are seen; the usual length of each is made under every condition."""

SEEN: tuple[Edit, ...] = (
    *(
        Edit(
            f"cut-{s}-encode-again",
            "remove-encode",
            "encode",
            f"{s} s left out at another place",
            by_encoding.cut(s, elsewhere=True),
            since=4,
            often=True,
        )
        for s in (0.2, 0.5, 1, 2, 5)
    ),
    Edit(
        "rejoin",
        "remove-encode",
        "encode",
        "the start and the end of one take, and nothing between",
        by_encoding.rejoin,
        since=4,
        under=SENT,
    ),
    *(
        Edit(
            f"dissolve-other-{s}",
            "transition",
            "encode",
            f"dissolves for {s} s into another take",
            by_encoding.dissolve(s, other=True),
            second=True,
            since=4,
            under=SENT[:3],
        )
        for s in (0.3, 1, 2)
    ),
    Edit(
        "wipe-other",
        "transition",
        "encode",
        "another take wipes over it for a second",
        by_encoding.dissolve(1, other=True, kind="wipeleft"),
        second=True,
        since=4,
        under=SENT[:3],
    ),
    *(
        Edit(f"{name}-{s}", group, "encode", says.format(s), make(s), since=4, under=under)
        for name, group, lengths, says, make, under in LENGTHS
        for s in lengths
    ),
    *(
        Edit(
            f"overlay-{name}",
            "overlay",
            "encode",
            f"{shape.says} for {by_overlay.SECONDS} s",
            by_overlay.overlay(shape),
            since=4,
            under=("camera", "messenger", "twice"),
        )
        for name, shape in by_overlay.SHAPES.items()
    ),
)
