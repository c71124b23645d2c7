"""The caption of the drawing: one line for each lane that it has, with the scale of the lane, and one for the marks."""

from collections.abc import Iterator

from entirety.model.audit import Audit, has_place
from entirety.model.finding import Weight
from entirety.model.timeline import Timeline
from entirety.report.figure import Lanes, clock_name, has_hidden_place, loudest, placed_lanes, scale
from entirety.report.lanes import half_span
from entirety.report.wording import Catalogue


def caption(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    """Lines to be printed below the drawing, from the top of it to the bottom."""
    lanes = _lanes(audit.timeline, placed_lanes(audit), words)
    return (words.text("timeline.caption"), *_marks(audit, words), *lanes)


def _lanes(timeline: Timeline, lanes: Lanes, words: Catalogue) -> Iterator[str]:
    values = scale(timeline)
    yield words.text("timeline.means_change")
    yield words.text("timeline.means_kinds" if timeline.kinds else "timeline.means_bytes")
    if lanes.shots:
        yield words.text("timeline.means_shots")
    if lanes.quantiser:
        level = values["lowest"] == values["highest"]
        yield words.text("timeline.means_quantiser_level" if level else "timeline.means_quantiser", **values)
    if lanes.steps:
        yield words.text("timeline.means_steps", **values)
    if lanes.sound:
        yield words.text("timeline.means_sound", **loudest(timeline))
    for number, (line, _) in enumerate(lanes.clocks, 1):
        span, half = max(line.ahead) - min(line.ahead), half_span(line)
        said = {"name": clock_name(line, words), "span": f"{span:.3f}", "half": f"{half:.3f}"}
        yield words.text("timeline.means_clock", number=number, **said)
    if lanes.clocks:
        yield words.text("timeline.means_clocks")


def _marks(audit: Audit, words: Catalogue) -> Iterator[str]:
    used = {one.finding.weight for one in audit.findings}
    marks = [words.text(f"timeline.legend_{weight.value}") for weight in Weight if weight in used]
    hidden = any(has_hidden_place(one.finding) for one in audit.findings)
    more = [("hidden", hidden), ("unexamined", any(has_place(part) for part in audit.unexamined))]
    marks += [words.text(f"timeline.legend_{name}") for name, there in more if there]
    if marks:
        yield words.text("timeline.legend", marks="; ".join(marks))
