"""The document and the page of a comparison: complete, valid by its schema, deterministic, and whatever a file name holds stays text."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import entirety.report
from compare.signatures import signature
from entirety.compare.coverage import cover
from entirety.errors import OutputRefused
from entirety.measure.boundary import Reduced
from entirety.model.audit import RunRecord, Tool
from entirety.model.coverage import Coverage, Layer, SoundMatch
from entirety.report.coverage_boundaries import CLIP, MOST_PIECES, boundaries, wanted
from entirety.report.coverage_drawing import MOST_DRAWN, clip_scale, drawing, source_scale
from entirety.report.coverage_html import coverage_page
from entirety.report.coverage_json import to_document
from entirety.report.coverage_words import heard, lasting, notes, remarks, sentence
from entirety.report.coverage_write import refuse_foreign, write_coverage
from entirety.report.document import serialise
from entirety.report.wording import Catalogue
from judge import coverages
from report.audits import HOSTILE
from report.test_html import Page

SCHEMA = json.loads(
    (Path(entirety.report.__file__).parent / "schema" / "coverage-1.schema.json").read_text(encoding="utf-8")
)
TOOL = Tool("entirety", "0", "libavcodec 0", (("numpy", "2"),))
RUN = RunRecord("2024-01-01T00:00:00+00:00", 1.5, "entirety compare clip.mp4 one.mp4", "Python")
ONE, TWO = list(range(1, 201)), list(range(1001, 1201))
WORDS = Catalogue("en")


def compared() -> Coverage:
    shown = [*TWO[50:90], *range(5000, 5020), *ONE[100:150], *ONE[20:60][::-1], *[0] * 5]
    sources = [signature(ONE, name="one.mp4"), signature(TWO, name="two.mp4")]
    return cover(signature(shown, name="clip.mp4"), sources)


@cache
def example() -> Coverage:
    """The comparison, made once: it takes a second."""
    return compared()


def named(name: str) -> Coverage:
    """The comparison with a recording of this name."""
    one, *others = example().sources
    return replace(example(), sources=(replace(one, custody=replace(one.custody, name=name)), *others))


def page(coverage: Coverage) -> Page:
    return Page(coverage_page(coverage, TOOL, [], "ab" * 32, WORDS))


def test_the_document_follows_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for run in (RUN, None):
        document = json.loads(serialise(to_document(example(), TOOL, run)))
        jsonschema.validate(document, SCHEMA)
        assert list(document) == list(SCHEMA["properties"])


def test_the_names_that_others_rely_on() -> None:
    document = json.loads(serialise(to_document(example(), TOOL, None)))
    piece = document["pieces"][0]
    edges = {"source_start_s", "source_end_s", "clip_start_s", "clip_end_s"}
    assert set(piece) >= edges | {"source", "speed", "reversed", "matched_by", "boundary_uncertainty_frames"}
    assert (piece["source"], piece["source_start_s"], piece["source_end_s"], piece["source_start"]) == (
        1,
        2.0,
        3.6,
        "2/1",
    )
    assert [p["reversed"] for p in document["pieces"]] == [False, False, True]
    assert {part["source"] for part in document["missing"]} == {0, 1}
    assert set(document["missing"][0]) >= {"source", "source_start_s", "source_end_s"}
    assert set(document["foreign"][0]) >= {"clip_start_s", "clip_end_s"}
    assert [part["still"] for part in document["foreign"]] == [False, True]
    assert [source["name"] for source in document["sources"]] == ["one.mp4", "two.mp4"]
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in [document["clip"], *document["sources"]])


def test_two_comparisons_differ_in_the_run_record_only() -> None:
    runs = (RUN, replace(RUN, seconds=9.0))
    first, second = (to_document(one, TOOL, run) for one, run in zip((example(), compared()), runs, strict=True))
    assert first.pop("run") != second.pop("run")
    assert serialise(first) == serialise(second)


def test_the_sentence() -> None:
    said = sentence(example(), WORDS)
    assert said.startswith(
        "The clip holds 2 pieces of one.mp4, together 3.600 s of its 8.000 s; of it, 4.400 s were not found in the clip; "
    )
    assert "1 piece of two.mp4, 1.600 s of its 8.000 s" in said
    assert said.endswith("of the clip, 1.000 s were found in none of the recordings.")
    nothing = cover(signature(range(8000, 8020), name="clip.mp4"), [signature(ONE, name="one.mp4")])
    assert sentence(nothing, WORDS).startswith("No part of one.mp4 was found in the clip; ")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [("0.0404", "0.040 s"), ("59.9996", "1 min 0.000 s"), ("250", "4 min 10.000 s"), ("3600", "1 h 0 min 0.000 s")],
)
def test_a_length_is_no_time_of_day(seconds: str, said: str) -> None:
    assert lasting(Fraction(seconds), WORDS) == said


def test_the_remarks_name_what_does_not_run_as_recorded() -> None:
    assert list(remarks(example(), WORDS)) == [
        "Matched by: decoded pictures, sample for sample.",
        "Earlier in the recording than what the clip shows before: piece 3.",
        "Backwards: piece 3.",
    ]
    undecided = SoundMatch.NOT_COMPARED
    pieces = [
        coverages.piece(0, 0, 100, sound=undecided),
        coverages.piece(100, 50, 100, speed=Fraction(5, 4), layer=Layer.PICTURES, sound=undecided),
        coverages.piece(200, 400, 50, sound=SoundMatch.OTHER, mirrored=True),
    ]
    said = "\n".join(remarks(coverages.coverage(pieces, clip=250), WORDS))
    assert "coded pictures, byte for byte; likeness of pictures and movement" in said
    assert "Shown before in the clip, at least in part: piece 2." in said
    assert "At another speed: piece 2." in said
    assert "Mirrored: piece 3." in said
    assert "Sound that differs from the recording's, or only one of the two has any: piece 3." in said
    assert "Of the sound nothing can be said: pieces 1, 2." in said
    many = [coverages.piece(10 * at, 20 * at, 10, reversed=True) for at in range(9)]
    assert "Backwards: pieces 1, 2, 3, 4, 5, 6 and 3 more." in list(remarks(coverages.coverage(many, clip=90), WORDS))
    assert list(remarks(coverages.coverage([], clip=90), WORDS)) == []


def test_why_the_sound_was_not_compared() -> None:
    long, brief = (coverages.piece(0, 0, frames, sound=SoundMatch.NOT_COMPARED) for frames in (100, 25))
    assert heard(brief, WORDS) == "not compared: shorter than 2 s"
    assert heard(replace(long, reversed=True), WORDS) == "not compared: another speed, or backwards"
    assert heard(long, WORDS) == "compared, without a clear result"
    assert heard(replace(brief, sound=SoundMatch.SAME), WORDS) == "agrees"


def test_a_reader_who_counts_the_pictures_is_told() -> None:
    before = coverages.piece(0, 0, 100)
    single = coverages.piece(100, 102, 1, layer=Layer.FRAMES)
    assert list(notes(before, single, 2, WORDS)) == [
        "a single picture, 2 pictures further on than piece 1, as cutting without encoding leaves"
    ]
    assert list(notes(before, replace(single, source_first=200, source_end=201), 2, WORDS)) == []
    assert list(notes(None, replace(before, source_end=102), 1, WORDS)) == [
        "2 pictures fewer here than the recording has there"
    ]
    assert list(notes(None, replace(before, source_end=99), 1, WORDS)) == [
        "1 picture more here than the recording has there"
    ]


def test_the_commands_fit_what_the_pieces_rest_on() -> None:
    seen = page(example()).within["method"]
    assert "entirety compare clip.mp4 one.mp4 two.mp4" in seen
    assert "passthrough -f framehash" in seen
    assert "-c copy" not in seen
    assert "select=" not in seen
    loose = coverages.coverage([coverages.piece(0, 0, 100, layer=Layer.PICTURES)], clip=100)
    assert "select='eq(n,FRAME)'" in page(loose).within["method"]
    assert "either end within 1 picture" in page(loose).within["pieces"]


def test_the_page_says_all_that_the_document_says() -> None:
    coverage = example()
    seen = page(coverage)
    assert sentence(coverage, WORDS) in seen.within["sentence"]
    assert seen.within["pieces"].count("frames ") == 6
    assert "backwards" in seen.within["pieces"]
    assert "decoded pictures, sample for sample" in seen.within["pieces"]
    assert seen.within["missing-rows"].count("Recording ") == len(coverage.missing)
    assert "standing or empty" in seen.within["foreign-rows"]
    for recording in (coverage.clip, *coverage.sources):
        assert recording.custody.sha256 in seen.within["files"]
    assert "ab" * 32 in seen.within["method"]
    assert "That something was not found does not show that it is absent" in seen.within["method"]


def test_nothing_is_loaded_and_nothing_runs() -> None:
    seen = page(example())
    assert not {tag for tag, _ in seen.tags} & {"script", "link", "iframe", "object", "embed", "base", "form", "use"}
    for _, attributes in seen.tags:
        assert not any(name.startswith("on") or name in {"style", "srcset", "action"} for name in attributes)


@pytest.mark.parametrize("name", [*HOSTILE, "<script>alert(1)</script>.mp4", "\u202egpj.4pm", "{{ 7*7 }}.mp4"])
def test_a_hostile_name_stays_text(name: str) -> None:
    coverage = named(name)
    seen = page(coverage)
    assert "script" not in {tag for tag, _ in seen.tags}
    assert "\u202e" not in seen.text
    assert "49.mp4" not in seen.text
    assert drawing(coverage, WORDS).count("<script") == 0
    jsonschema.validate(json.loads(serialise(to_document(coverage, TOOL, None))), SCHEMA)


def test_the_drawing_shows_each_piece_in_both_bars() -> None:
    coverage = example()
    svg = drawing(coverage, WORDS)
    for mark in ("1", "2", "3 R"):
        assert svg.count(f">{mark}</text>") == 2
    assert svg.count('fill-opacity="0.4"') == 3
    assert svg.count('stroke-dasharray="5 3"') == len(coverage.missing)
    assert svg.count('fill="url(#c-hatch)"') == len(coverage.foreign)
    scale = source_scale(coverage, 0)
    assert (scale.start, scale.end) == (Fraction(0), Fraction(8))
    assert scale.x(Fraction(4)) == 500
    assert clip_scale(coverage).end == coverage.clip.length


def test_many_pieces_make_a_drawing_of_bounded_size() -> None:
    coverage = example()
    many = replace(coverage, pieces=coverage.pieces * 120)
    assert drawing(many, WORDS).count('fill-opacity="0.4"') == MOST_DRAWN
    assert "Only the first 300 of 360 pieces are drawn" in page(many).text
    assert sum(map(len, wanted(many).values())) == MOST_PIECES * 8


def test_pieces_that_go_on_from_each_other_count_as_one() -> None:
    coverage = example()
    piece = coverage.pieces[1]
    middle = piece.clip_first + 20
    first = replace(piece, clip_end=middle, source_end=piece.source_first + 20, matched_by=Layer.PACKETS, packets=20)
    second = replace(piece, clip_first=middle, source_first=piece.source_first + 20)
    split = replace(coverage, pieces=(coverage.pieces[0], first, second, coverage.pieces[2]))
    assert "2 pieces of one.mp4" in sentence(split, WORDS)
    document = to_document(split, TOOL, None)
    assert [part["continues_previous"] for part in json.loads(serialise(document))["pieces"]] == [
        False,
        False,
        True,
        False,
    ]
    assert "goes on from piece 2" in page(split).within["pieces"]


def test_the_pictures_at_the_ends() -> None:
    clip, source = signature(ONE[20:60][::-1], name="clip.mp4"), signature(ONE, name="one.mp4")
    coverage = cover(clip, [source])
    assert wanted(coverage) == {CLIP: [-1, 0, 39, 40], 0: [60, 59, 20, 19]}
    held = {CLIP: {0: Reduced(0, b"png", 2, 1)}, 0: {}}
    begins, ends = boundaries(coverage, clip, [source], held, WORDS)
    assert [one.reason for one in begins.clip] == ["there is no picture before", ""]
    assert begins.clip[1].png == b"png"
    assert begins.clip[1].sha256 == begins.source[1].sha256 == clip.sha256[0].tobytes().hex()
    assert ends.source[0].sha256 == ends.clip[0].sha256
    assert ends.source[1].reason == "this picture could not be decoded again"
    assert "frame 19" in ends.source[1].title


def test_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    document = write_coverage(example(), folder, TOOL, RUN, [], words=WORDS)
    assert sorted(p.name for p in folder.iterdir()) == ["coverage.html", "coverage.json", "manifest-sha256.txt"]
    assert (folder / "coverage.json").read_bytes() == document
    own = json.loads(document)["clip"]["sha256"]
    refuse_foreign(folder, own)
    with pytest.raises(OutputRefused, match="another clip"):
        refuse_foreign(folder, "0" * 64)
    (folder / "evidence.mp4").write_bytes(b"x")
    with pytest.raises(OutputRefused, match=r"evidence\.mp4"):
        refuse_foreign(folder, own)
    (folder / "evidence.mp4").unlink()
    (folder / "coverage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(OutputRefused, match="no comparison"):
        refuse_foreign(folder, own)
