"""The findings in the drawing: a mark where each lies, with its id; a mark is never painted over by that of a weaker finding."""

from collections.abc import Iterator

from entirety.model.audit import Audit, Numbered
from entirety.model.finding import Weight
from entirety.report.lanes import LEFT, RIGHT, text, x_of
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

APART = 92
"""Two pins nearer than this would print over each other's ids: about 16 mm on paper, the width of `F001 +499`."""

MARK = 8
"""Half the width of a mark: nearer to a stronger one, a mark would show as a smudge behind it and is left out."""

MOST_LINES = 6
"""Pins of one group that get a dotted line down to the signals; more would hide what they point at."""

SHAPES = {
    Weight.DIRECT: '<path d="M{x} 60l-8-14h16z" fill="#111"/>',
    Weight.STRONG: '<path d="M{x} 60l-7-8 7-8 7 8z" fill="#111"/>',
    Weight.SUPPORTING: '<path d="M{x} 60l-7-8 7-8 7 8z" fill="#fff" stroke="#111" stroke-width="1.6"/>',
    Weight.NEUTRAL: '<circle cx="{x}" cy="53" r="6" fill="#fff" stroke="#111" stroke-width="1.6"/>',
}


Pin = tuple[float, int, Numbered]
"""Where it stands, the position of its finding in the audit, and the finding."""


def pins(audit: Audit, axis: int, words: Catalogue) -> Iterator[str]:
    """Ids above, marks below them, and dotted lines from the marks down to `axis`."""
    ordered = sorted(
        (
            (x_of(float(one.finding.span.start - audit.timeline.origin), audit.timeline), at, one)
            for at, one in enumerate(audit.findings)
        ),
        key=lambda pin: pin[:2],
    )
    groups: list[list[Pin]] = []
    for pin in ordered:
        if groups and pin[0] - groups[-1][0][0] < APART:
            groups[-1].append(pin)
        else:
            groups.append([pin])
    # The audit lists findings strongest first: the lowest position in a group is its strongest, which is named.
    named = [sorted(group, key=lambda pin: pin[1]) for group in groups]
    for ranked in named:
        for x, _, _ in ranked[:MOST_LINES]:
            yield f'<path d="M{x} 62V{axis}" stroke="#111" stroke-width="0.6" stroke-dasharray="2 4"/>'
    yield from _shapes(ordered)
    for group, ranked in zip(groups, named, strict=True):
        x, name, more = group[0][0], visible(ranked[0][2].id, 12), len(group) - 1
        label = words.text("timeline.group", first=name, more=more) if more else name
        yield text(x, 36, label, "end" if x > RIGHT - 40 else "start" if x < LEFT + 20 else "middle")


def _shapes(pins: list[Pin]) -> Iterator[str]:
    """The marks, weakest first, so that a stronger one lies on top; of those at one place the strongest alone."""
    kept: dict[int, tuple[float, Weight]] = {}
    for x, _, one in sorted(pins, key=lambda pin: pin[1]):
        slot = int(x // MARK)
        if all(abs(x - kept[near][0]) >= MARK for near in (slot - 1, slot, slot + 1) if near in kept):
            kept[slot] = x, one.finding.weight
    for x, weight in reversed(kept.values()):
        yield SHAPES[weight].format(x=x)
