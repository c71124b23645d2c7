"""Overlaps as data and as a page: complete, valid by the schema, and safe whatever a file is called."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema

from entirety.model.audit import Tool
from entirety.model.clip import Custody
from entirety.model.coverage import Layer, Recording
from entirety.model.overlap import Group, Overlaps, Placed, Unread
from entirety.report.document import serialise
from entirety.report.overlap_page import draw, overlap_page
from entirety.report.overlap_record import overlap_document
from report.cases import alike, span

SCHEMA = Path(__file__).resolve().parents[2] / "src" / "entirety" / "report" / "schema" / "overlap-1.schema.json"

TOOL = Tool("entirety", "0", "libavcodec 0", (("numpy", "2"),))


def result(name: str = "one.mp4") -> Overlaps:
    clips = tuple(
        Recording(Custody(one, 9, "ab" * 32, "2026-01-01T00:00:00Z"), 250, Fraction(10), "h264", 640, 360, sound=False)
        for one in (name, "two.mp4", "three.mp4")
    )
    overlap = alike()
    exact = replace(overlap, matched_by=Layer.FRAMES, differing=None, likeness=None, offset=Fraction(1))
    placed = (Placed(0, span(0, 10), Fraction(0), 1), Placed(1, span(6, 16), Fraction(6), 1))
    group = Group(placed, (overlap,), (exact,), (span(10.5, 11),), (span(6, 10),))
    return Overlaps(clips, (group,), (2,), (Unread("notes.txt", "notes.txt holds no video."),))


def test_the_document_follows_its_schema_and_holds_everything() -> None:
    document = json.loads(serialise(overlap_document(result(), TOOL)))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (group,) = document["groups"]
    assert group["overlaps"][0]["offset_s"] == 6
    assert group["overlaps"][0]["parts"][1] == {
        "clip": 1, "start": "0/1", "start_s": 0, "end": "4/1", "end_s": 4, "first_frame": 0, "end_frame": 100,
    }  # fmt: skip
    assert group["conflicts"][0]["matched_by"] == "frames"
    assert group["gaps"][0]["start_s"] == 10.5
    assert document["alone"] == [2]
    assert document["unread"][0]["name"] == "notes.txt"


def test_the_page_shows_a_bar_for_each_clip_and_hatches_gaps() -> None:
    page = overlap_page(result(), TOOL, "ab" * 32).decode()
    assert page.count('<rect class="bar odd"') == 2
    assert page.count('<rect class="gap"') == 1
    assert page.count('<rect class="shared"') == 2
    assert "notes.txt holds no video." in page
    assert "three.mp4" in page
    assert "00:00:06.000" in page
    assert "ab" * 32 in page
    assert "decoder libavcodec 0" in page


def test_grey_parts_do_not_lie_over_each_other() -> None:
    (group,) = result().groups
    beside = replace(group.overlaps[0], spans=(span(8, 10), span(2, 4)))
    drawing = draw(replace(group, overlaps=(*group.overlaps, beside), conflicts=()), ["one", "two", "three"])
    assert len(drawing.shared) == 2
    assert not any(bar.odd for bar in drawing.bars)


def test_a_hostile_name_stays_text() -> None:
    page = overlap_page(result("<script>alert(1)</script>\u202egpj.mp4"), TOOL, "ab" * 32).decode()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_what_does_not_fit_names_the_other_clip_and_how_to_hold_them_together() -> None:
    page = overlap_page(result("-it's one.mp4"), TOOL, "ab" * 32).decode()
    assert "shares footage with two.mp4 off this place too" in page
    assert "entirety compare &#39;./-it&#39;&#34;&#39;&#34;&#39;s one.mp4&#39; two.mp4" in page
    assert "This fits a clip that leaves time out (a pause of the recorder, a selection, or a cut)" in page
    hidden = overlap_page(result("\u202eone.mp4"), TOOL, "ab" * 32).decode()
    assert "<code>entirety compare</code> holds one clip against the other" in hidden
    assert "entirety compare &#39;" not in hidden


def test_the_page_loads_nothing() -> None:
    page = overlap_page(result(), TOOL, "ab" * 32).decode()
    assert "http" not in page.replace("http-equiv", "")
    assert "src=" not in page
    assert "default-src 'none'" in page


def test_nothing_compared_is_a_page_too() -> None:
    empty = Overlaps((), (), (), ())
    jsonschema.validate(overlap_document(empty, TOOL), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert "0 clips" in overlap_page(empty, TOOL, "ab" * 32).decode()
