"""The lanes of the coded stream: drawn where there is a signal, apart in black and white, and bounded whatever an audit holds."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from entirety.detect.clock_names import NAMES
from entirety.errors import CannotOpen
from entirety.model.audit import Audit
from entirety.model.timeline import ClockLine, Timeline
from entirety.report.compose import compose
from entirety.report.document import from_document, to_document
from entirety.report.drawn import LATER
from entirety.report.figure import LONGEST_NAME, MOST_CLOCKS, clock_name, drawing, short_clock_name
from entirety.report.lanes import INKS, bars, clock, quantiser, sound, steps
from entirety.report.wording import Catalogue
from report.audits import hostile, ordinary

WORDS = Catalogue("en")
PLAIN = Timeline(4, Fraction(0), Fraction(4), (0.0,), (9.0, 1.0, 1.0, 1.0), (1.0,) * 4, (9.0,) * 4)


def drawn(timeline: Timeline) -> tuple[str, str]:
    return drawing(replace(ordinary()[0], timeline=timeline, shots=None), WORDS)


def caption(audit: Audit) -> str:
    return "\n".join(compose(audit, WORDS, "ab" * 32, []).caption)


def labels(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    return [e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text") if e.attrib["text-anchor"] == "end"]


def test_every_signal_has_its_lane() -> None:
    svg, alt = drawing(ordinary()[0], WORDS)
    assert {
        "Change",
        "Coded size",
        "Key frames",
        "Coarseness",
        "Time steps",
        "Sound",
        "Clock 1",
        "time code",
        "Not shown",
    } <= set(labels(svg))
    assert "coarseness (quantiser) lies between 26 and 36" in alt
    assert "usually 0.0334 s, shortest 0.0167 s, longest 1.5000 s" in alt
    assert "A clock inside the footage, the time code track (tmcd), moves by 2.000 s" in alt


def test_a_file_without_these_signals_has_none_of_the_lanes() -> None:
    svg, alt = drawn(PLAIN)
    assert not {"Coarseness", "Time steps", "Clock 1"} & set(labels(svg))
    assert "quantiser" not in alt
    assert 'height="276"' in svg, "as high as before there were more lanes"
    assert INKS["P"] not in svg


def test_lanes_lie_below_each_other_and_the_axis_below_them() -> None:
    svg, _ = drawing(ordinary()[0], WORDS)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    named = [e for e in root.iter("{http://www.w3.org/2000/svg}text") if e.attrib["x"] == "108"]
    heights = [int(e.attrib["y"]) for e in named if "font-size" not in e.attrib]
    assert len(heights) == len(named) - 1 == 10
    assert all(later - earlier >= 20 for earlier, later in pairwise(sorted(heights)))
    assert max(heights) < int(root.attrib["height"]) - 26


def test_types_of_pictures_have_inks_that_differ_in_print() -> None:
    levels = [int(ink[1:3] if len(ink) > 4 else ink[1] * 2, 16) for ink in INKS.values()]
    assert all(later - earlier >= 0x40 for earlier, later in pairwise(levels))
    svg, _ = drawing(ordinary()[0], WORDS)
    assert svg.index(f'fill="{INKS["P"]}"') > svg.index('"M118.0 192v-50.0')


def test_the_caption_says_what_the_lanes_mean_and_only_those_that_are_there() -> None:
    audit = ordinary()[0]
    assert "black for those that stand on their own" in caption(audit)
    assert "drawn one behind the other, on one scale" in caption(audit)
    assert "it stands at the later picture" in caption(audit)
    assert "An empty stretch has no pictures." in caption(audit)
    plain = caption(replace(audit, timeline=PLAIN))
    assert "Coded size, by type" not in plain
    assert "Coded size: the larger" in plain
    assert not [word for word in ("Time steps", "Coarseness", "Clock") if word in plain]


def test_the_caption_states_the_scale_of_every_lane() -> None:
    said = caption(ordinary()[0]).split("\n")
    assert [line for line in said if "The line lies between 26 and 36." in line]
    assert [line for line in said if "Usually 0.0334 s, shortest 0.0167 s, longest 1.5000 s" in line]
    level = caption(replace(ordinary()[0], timeline=replace(PLAIN, quantiser=(-1.0, 3.0, 3.0, 3.0))))
    assert "Here it is 3 throughout." in level
    clocks = [line for line in said if line.startswith("Clock 1: the time code track (tmcd).")]
    assert clocks == [
        "Clock 1: the time code track (tmcd). It moves by 2.000 s against the picture times; half the height of its lane is 2.000 s."
    ]
    assert [line for line in said if "within the clock's accuracy are no finding" in line]


def test_a_clock_that_the_catalogue_lacks_is_called_as_the_audit_calls_it() -> None:
    line = ClockLine("\u202esundial-of-the-very-long-name", (0.0, 1.0), (0.0, 0.0))
    svg, _ = drawn(replace(PLAIN, clocks=(line,)))
    assert "<U+202E>sundial-of-the-ve [+12]" in labels(svg)


def test_every_known_clock_has_a_name_that_fits() -> None:
    for source, name in NAMES.items():
        line = ClockLine(source, (), ())
        assert clock_name(line, WORDS) == name != source
        assert len(short_clock_name(line, WORDS)) <= LONGEST_NAME


def test_a_coarser_quantiser_is_drawn_higher_and_missing_bins_are_gaps() -> None:
    path = quantiser(replace(PLAIN, quantiser=(20.0, 40.0, -1.0, 40.0)), 0, 22)
    assert 'd="M118.0 21.0H334.5V1.0H551.0M767.5 1.0H984.0"' in path


def test_steps_go_up_down_and_to_the_floor() -> None:
    """Twice the usual step a quarter up, half of it a quarter down, back in time to the floor; usual ones leave no mark."""
    path = steps(replace(PLAIN, steps=(0.08, 0.04, 0.02, -5.0), usual_step=0.04), 0, 32)
    assert [part.split("h")[0] for part in path.split("16.0v")[1:]] == ["-4.0", "4.0", "16.0"]


def test_a_clock_that_jumps_is_a_step_and_rounding_is_none() -> None:
    jumping = clock(ClockLine("tmcd", (0.0, 1.0, 2.0), (0.0, 0.0, 4.0)), PLAIN, 0, 20)
    assert 'd="M118.0 10.0V10.0H334.5V0.0H551.0"' in jumping
    rounded = clock(ClockLine("tmcd", (0.0, 1.0), (0.0, 0.04)), PLAIN, 0, 20)
    assert "V9.6" in rounded


def test_empty_signals_draw_nothing() -> None:
    assert bars((), 0, 10) == bars((0.0, 0.0), 0, 10) == ""


def test_an_audit_that_holds_too_much_is_drawn_within_bounds() -> None:
    lines = tuple(ClockLine("<&>" * 99, tuple(map(float, range(50_000))), (9e18,) * 50_000) for _ in range(40))
    wild = replace(PLAIN, clocks=lines, steps=(1e18, 5e-324, -9e18, 0.0), usual_step=5e-324, kinds=(("Q", (1.0,)),))
    svg, _ = drawn(wild)
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert sum(label.startswith("<&>") for label in labels(svg)) == MOST_CLOCKS
    assert len(svg) < 300_000


@pytest.mark.parametrize("audit", [ordinary()[0], hostile()[0]], ids=["ordinary", "hostile"])
def test_the_signals_survive_saving(audit: Audit) -> None:
    assert from_document(to_document(audit)).timeline == audit.timeline


def test_an_audit_of_an_older_program_is_read() -> None:
    document = to_document(ordinary()[0])
    timeline = document["timeline"]
    assert isinstance(timeline, dict)
    for name in LATER:
        del timeline[name]
    old = from_document(document).timeline
    assert (old.kinds, old.quantiser, old.steps, old.usual_step, old.clocks) == ((), (), (), 0.0, ())
    assert "Coded size" in drawn(old)[0]


def test_an_audit_without_sound_is_read_and_has_no_lane_for_it() -> None:
    document = to_document(ordinary()[0])
    timeline = document["timeline"]
    assert isinstance(timeline, dict)
    del timeline["sound"]
    with pytest.raises(CannotOpen, match="sound"):
        from_document(document)
    del timeline["silence"]
    old = from_document(document).timeline
    assert old.sound == ()
    assert "Sound" not in labels(drawn(old)[0])
    assert "decibels" not in drawn(old)[1]


def test_the_lane_of_sound_is_empty_in_silence_and_full_at_the_most() -> None:
    assert sound(replace(PLAIN, sound=(-90.0, -45.0, 0.0, 9.0)), 0, 90).count("v-") == 3
    assert sound(replace(PLAIN, sound=(-90.0,) * 4), 0, 90).count("v-") == 0
    assert "v-45.0h" in sound(replace(PLAIN, sound=(-90.0, -45.0, 0.0, 0.0)), 0, 90)
    assert "between -90 and -36 decibels" in caption(ordinary()[0])
    assert "between -90 and -36 decibels" in drawing(ordinary()[0], WORDS)[1]


def test_a_clock_with_times_and_no_readings_is_refused() -> None:
    document = to_document(ordinary()[0])
    document["timeline"]["clocks"][0]["ahead"] = []  # type: ignore[index,call-overload] # a saved document is plain data
    with pytest.raises(CannotOpen, match="ahead"):
        from_document(document)
