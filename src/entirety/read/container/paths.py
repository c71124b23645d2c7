"""Names the place of each block among its neighbours."""

from collections import Counter
from collections.abc import Iterator, Sequence

from entirety.model.container import Box


def placed(boxes: Sequence[Box], prefix: str) -> Iterator[Box]:
    """The boxes with their paths: kinds from the root, with the position among equals, from 1, where there are several."""
    totals = Counter(box.kind for box in boxes)
    seen: Counter[str] = Counter()
    for box in boxes:
        seen[box.kind] += 1
        position = f"[{seen[box.kind]}]" if totals[box.kind] > 1 else ""
        path = f"{prefix}/{box.kind}{position}" if prefix else box.kind + position
        yield Box(box.kind, box.offset, box.size, box.header, box.declared, path, box.children)
