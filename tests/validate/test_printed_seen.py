"""What only the picture shows, printed: curves, stretches, sources, and F1."""

from dataclasses import replace

from entirety.knowledge.performance import Counted, Row
from entirety.validate.edits import EDITS
from entirety.validate.model import Place, Result, Sighting, Truth
from entirety.validate.printed import for_check, summary
from entirety.validate.printed_seen import CUT, STRETCHES, curve, seen, sources, stretches
from entirety.validate.score import rows, table
from validate.test_score import CUT as MIDDLE
from validate.test_score import FREEZE, STEADY, result
from validate.test_score import seen as sighting

GIVEN = {"date": "2026-01-01", "tool": "t", "commit": "c", "ffmpeg": "f"}
HIDDEN = Truth("edited", 100, (Place(50, visible=False, meets=(49, 60)),))


def cut(edit: str, scene: str, *sightings: Sighting, condition: str = "camera") -> Result:
    spec = f"a/{condition}/{edit}"
    return result(HIDDEN, *sightings, spec=spec, edit=edit, scene=scene, condition=condition)


def test_the_curve_holds_lengths_scenes_and_ways() -> None:
    made = [
        cut("cut-0.2-encode", "stirred"),
        cut("cut-0.5-encode", "stirred", sighting()),
        cut("cut-0.5-encode-again", "stirred", condition="messenger"),
        cut("cut-2-encode", "stirred", sighting("jump-cut"), condition="vp9"),
        cut("cut-1-encode", "still"),
        cut("cut-1-copy", "stirred", sighting()),
    ]
    text = [" ".join(line.split()) for line in curve(rows(made))]
    assert "0.2 s 0 of 1 - - - - none of 1 (at most 100.0 %)" in text
    assert "0.5 s 1 of 1 0 of 1 - - - 1 of 2 (50.0 %, 9.5 to 90.5)" in text
    assert "0.5 s and more 1 of 1 0 of 1 - - 1 of 1 2 of 3 (66.7 %, 20.8 to 93.9)" in text
    assert text.index("nothing moved there") < text.index("1 s 0 of 1 - - - - none of 1 (at most 100.0 %)")


def test_every_middle_cut_of_the_catalogue_is_on_the_curve_and_every_stretch_is_of_the_catalogue() -> None:
    lengths = {match[1] for edit in EDITS if (match := CUT.fullmatch(edit.id))}
    assert lengths == {"0.2", "0.5", "1", "2", "5", "10"}
    named = {edit for _, _, lengths in STRETCHES for _, edits in lengths for edit in edits}
    assert named == {edit.id for edit in EDITS if edit.group in ("freeze", "repeat", "speed", "transition", "overlay")}


def test_stretches_are_counted_by_length_and_by_the_check_that_is_to_find_them() -> None:
    held = sighting("frozen-picture", start_s=2.0, end_s=3.2, first=50, last=80)
    made = [result(FREEZE, held, edit="freeze", group="freeze"), result(FREEZE, edit="freeze-2", group="freeze")]
    text = "\n".join(stretches(rows(made)))
    assert "frozen-picture, a picture held: 1.2 s 1 of 1 (100.0 %, 20.7 to 100.0); 2 s none of 1" in text


def with_check(row: Row, check: str, counted: Counted) -> Row:
    return replace(row, checks=(*((name, one) for name, one in row.checks if name != check), (check, counted)))


def test_repeats_are_told_apart_by_the_scene_and_a_check_that_is_not_there_ran_nowhere() -> None:
    made = [cut("repeat-1", "moving"), cut("repeat-1", "still"), cut("overlay-blur", "")]
    counted = [with_check(row, "repeated-footage", Counted(1, 1, 0, 0, 0)) for row in rows(made)]
    bare = [replace(row, checks=()) for row in rows(made)]
    text = "\n".join(stretches(counted, "repeated-footage"))
    assert "shown twice, the camera moves: 1 s 1 of 1" in text
    assert "shown twice, it stands still: 1 s 1 of 1" in text
    assert "added-overlay, laid over: blur 0 of 0" in "\n".join(stretches(bare))


def test_sources_are_counted_in_pairs() -> None:
    ran = (("source-change", "found"),)
    made = [
        result(MIDDLE, sighting("source-change"), edit="join-encode", outcomes=ran),
        result(MIDDLE, edit="insert-encode", outcomes=ran),
        result(MIDDLE, sighting(), edit="rejoin", scene="moving", outcomes=ran),
    ]
    text = "\n".join(sources(rows(made)))
    assert "told apart: 1 of 2" in text
    assert "not told apart: 1 of 1" in text
    assert "the first two together: 2 of 3" in text
    drawn = [result(MIDDLE, edit="join-encode", scene="one-camera", outcomes=ran)]
    text = "\n".join(sources(rows([*made, *drawn])))
    assert "drawn with one camera, told apart: none of 1" in text
    assert "the first two together: 2 of 3" in text


def test_a_table_that_was_measured_before_says_so() -> None:
    older = [replace(row, seen=None) for row in rows([cut("cut-1-encode", "still")])]
    assert "not counted in this table" in "\n".join(seen(older))


def test_the_summary_and_the_check_hold_the_curve_and_f1_stands_beside_both_rates() -> None:
    away = sighting(start_s=3.56, end_s=3.6, first=89, last=90)
    made = [
        result(MIDDLE, sighting(), edit="cut-1-encode", scene="moving"),
        result(MIDDLE, away, spec="missed", edit="cut-1-encode", scene="moving"),
        result(STEADY, spec="untouched", edit="untouched", group="untouched"),
    ]
    whole = table(made, **GIVEN)
    text = "\n".join(summary(whole, "reporting"))
    assert "middle cuts, encoded again" in text
    assert "one source or two" in text
    ours = text[text.index("  entirety cuts\n") :]
    assert "within one frame: found 1 of 2" in ours.splitlines()[2]
    assert ours.splitlines()[2].endswith("F1 0.500")
    assert "middle cuts, encoded again" in "\n".join(for_check(whole, "hard-cut"))
    assert "what lasts for a while" in "\n".join(for_check(whole, "frozen-picture"))
    assert "middle cuts, encoded again" not in "\n".join(for_check(whole, "frozen-picture"))
