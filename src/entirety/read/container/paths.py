"""Names the place of each block among its neighbours."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from entirety.model.container import Box


def paths(kinds: Sequence[str], prefix: str) -> Iterator[str]:
    """One path per kind: kinds from the root, with the position among equals, from 1, where there are several."""
    totals = Counter(kinds)
    seen: Counter[str] = Counter()
    for kind in kinds:
        seen[kind] += 1
        position = f"[{seen[kind]}]" if totals[kind] > 1 else ""
        yield f"{prefix}/{kind}{position}" if prefix else kind + position


def placed(boxes: Sequence[Box], prefix: str) -> Iterator[Box]:
    """The boxes with their paths."""
    for box, path in zip(boxes, paths([box.kind for box in boxes], prefix), strict=True):
        yield replace(box, path=path)
