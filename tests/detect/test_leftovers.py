"""leftovers: bytes that no player reads, told by what they look like; never more than supporting, and at no time of the clip."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.clips import make_clip
from detect.expectations import found, status
from entirety.detect.leftovers import CHECK
from entirety.detect.run import run_check
from entirety.model.clip import Clip
from entirety.model.container import Box, Content, Space, Structure
from entirety.model.finding import Finding, Outcome, Status, Weight

TABLES = ("stco", "stsz", "stts")


def spaced(
    *spaces: Space, boxes: tuple[Box, ...] = (), leftovers: tuple[tuple[int, int], ...] = (), **more: Any
) -> Clip:
    """The steady clip with these spaces, further boxes at the top, and bytes outside of all."""
    clip = make_clip(100, **more)
    assert clip.structure is not None
    outline = replace(clip.structure, boxes=(*clip.structure.boxes, *boxes), spaces=spaces, leftovers=leftovers)
    return replace(clip, structure=outline)


def free(content: Content, *kinds: str) -> Space:
    return Space(32, 1032, "free", content, kinds, 1000)


def trailing(content: Content, *words: str, size: int = 5000, **more: Any) -> Clip:
    """Bytes behind the last box."""
    start = 2_000_000
    return spaced(Space(start, start + size, "", content, words, size), leftovers=((start, start + size),), **more)


def told(clip: Clip) -> dict[str, Weight]:
    return {finding.code: finding.weight for finding in found(CHECK, clip)}


def only(clip: Clip) -> Finding:
    (finding,) = found(CHECK, clip)
    return finding


def test_steady_structure_is_no_finding() -> None:
    assert told(make_clip(100)) == {}


def test_a_container_without_a_reader() -> None:
    result, _ = run_check(CHECK, make_clip(100, movie=None))
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert "block by block" in str(result.reason)


def test_data_behind_the_last_block() -> None:
    finding = only(trailing(Content.DATA))
    assert (finding.code, finding.weight) == ("trailing", Weight.SUPPORTING)
    assert finding.span.byte_ranges == ((2_000_000, 2_005_000),)
    assert finding.span.first == -1
    assert "subfile,,start,2000000,end,2005000" in finding.reproduce
    assert only(trailing(Content.DATA, size=15)).weight is Weight.NEUTRAL


def test_data_between_blocks_of_another_form() -> None:
    boxes = (Box("RIFF", 0, 100, 12, 92, "RIFF[1]"), Box("RIFF", 200, 100, 12, 92, "RIFF[2]"))
    spaces = (Space(100, 200, "", Content.DATA, (), 100),)
    outline = Structure("avi", boxes, ((100, 200),), (), (), spaces=spaces)
    clip = make_clip(100, movie=None, clip={"structure": outline})
    assert told(clip) == {"between": Weight.SUPPORTING}


def test_tables_in_free_space() -> None:
    finding = only(spaced(free(Content.BLOCKS, *TABLES)))
    assert (finding.code, finding.weight) == ("old-tables", Weight.SUPPORTING)
    assert "stco, stsz, stts" in str(finding.claim)


def test_a_movie_in_free_space() -> None:
    assert told(spaced(free(Content.MOVIE))) == {"old-tables": Weight.SUPPORTING}


def test_tables_of_single_fragments_are_tables() -> None:
    assert told(spaced(free(Content.BLOCKS, "tfhd", "trun"))) == {"old-tables": Weight.SUPPORTING}


def test_notes_in_free_space_carry_nothing() -> None:
    assert told(spaced(free(Content.BLOCKS, "udta", "meta"))) == {"old-notes": Weight.NEUTRAL}


def test_a_second_header() -> None:
    clip = spaced(boxes=(Box("moov", 3_000_000, 616, 8, 616, "moov[2]"),))
    finding = only(clip)
    assert (finding.code, finding.weight) == ("second-header", Weight.SUPPORTING)
    assert finding.span.byte_ranges == ((3_000_000, 3_000_616),)


def test_several_kinds_at_once() -> None:
    two = (free(Content.BLOCKS, *TABLES), Space(2000, 3000, "moov/free", Content.BLOCKS, TABLES, 1000))
    assert told(spaced(*two, Space(4000, 4100, "skip", Content.DATA, (), 100))) == {
        "old-tables": Weight.SUPPORTING,
        "filled": Weight.NEUTRAL,
    }
    assert "not empty: 2" in str(only(spaced(*two)).claim)


def test_a_service_takes_the_weight_away_and_is_named() -> None:
    finding = only(trailing(Content.DATA, track={"handler_name": "Twitter-vork muxer"}))
    assert finding.weight is Weight.NEUTRAL
    assert "Twitter" in str(finding.inference)


@pytest.mark.parametrize("content", [Content.ZEROS, Content.FILLING, Content.PADDING])
def test_innocent_camera_padding(content: Content) -> None:
    assert told(spaced(free(content))) == {}
    finding = only(trailing(content))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "camera-padding") is Status.NOT_EXCLUDED


def test_innocent_recording_in_fragments() -> None:
    finding = only(spaced(free(Content.BLOCKS, "trex")))
    assert (finding.code, finding.weight) == ("old-fragments", Weight.NEUTRAL)
    assert status(finding, "recording-in-fragments") is Status.NOT_EXCLUDED


def test_innocent_samsung_trailer() -> None:
    block = only(spaced(boxes=(Box("sefd", 3_000_000, 128, 8, 128, "sefd"),)))
    for finding in (block, only(trailing(Content.SAMSUNG))):
        assert finding.weight is Weight.NEUTRAL
        assert status(finding, "samsung-trailer") is Status.NOT_EXCLUDED


def test_innocent_motion_photo() -> None:
    finding = only(trailing(Content.PICTURE))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "motion-photo") is Status.NOT_EXCLUDED
    assert status(only(spaced(free(Content.MOVIE))), "motion-photo") is Status.NOT_EXCLUDED


def test_innocent_maker_block() -> None:
    own = spaced(
        Space(3_000_008, 3_000_128, "gps0", Content.DATA, (), 120), boxes=(Box("gps0", 3_000_000, 128, 8, 128, "gps0"),)
    )
    assert told(own) == {"own-block": Weight.NEUTRAL}
    for finding in (only(own), only(spaced(free(Content.TEXT, "Camera 5, serial 77")))):
        assert finding.weight is Weight.NEUTRAL
        assert status(finding, "maker-block") is Status.NOT_EXCLUDED


def test_innocent_unfinished_copy() -> None:
    cut = (Box("mdat", 1_999_000, 1000, 8, 9_000_000, "mdat[2]"),)
    clip = trailing(Content.DATA)
    assert clip.structure is not None
    clip = replace(clip, structure=replace(clip.structure, boxes=(*clip.structure.boxes, *cut)))
    finding = only(clip)
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "unfinished-copy") is Status.NOT_EXCLUDED


def test_innocent_broken_packets() -> None:
    """The same bytes as between the parts of an AVI file, in a form that is received."""
    boxes = (Box("packets", 0, 100, 4, 100, "packets[1]"), Box("packets", 200, 100, 4, 100, "packets[2]"))
    outline = Structure("mpegts", boxes, ((100, 200),), (), (), spaces=(Space(100, 200, "", Content.DATA, (), 100),))
    finding = only(make_clip(100, movie=None, clip={"structure": outline}))
    assert (finding.code, finding.weight) == ("between", Weight.NEUTRAL)
    assert status(finding, "broken-packets") is Status.NOT_EXCLUDED


def test_innocent_rewritten_tables() -> None:
    assert status(only(spaced(free(Content.BLOCKS, *TABLES))), "rewritten-tables") is Status.NOT_EXCLUDED


def test_innocent_appended_by_carrier() -> None:
    finding = only(trailing(Content.TEXT, "-----boundary 77"))
    assert finding.weight is Weight.NEUTRAL
    assert status(finding, "appended-by-carrier") is Status.NOT_EXCLUDED
    assert "boundary" in str(finding.claim)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(Content)), st.sampled_from(["", "free", "moov/free", "gps0"])), max_size=6)
)
def test_any_spaces_give_an_answer_below_strong(made: list[tuple[Content, str]]) -> None:
    spaces = tuple(
        Space(100 * n, 100 * n + 99, path, content, ("text",) if content is Content.TEXT else (), 99)
        for n, (content, path) in enumerate(made, 20_000)
    )
    ranges = tuple((space.start, space.end) for space in spaces if not space.path)
    assert set(told(spaced(*spaces, leftovers=ranges)).values()) <= {Weight.NEUTRAL, Weight.SUPPORTING}


def test_devices_of_the_corpus_carry_nothing(devices: dict[str, Clip]) -> None:
    codes = {}
    for name, clip in devices.items():
        result, findings = run_check(CHECK, clip)
        assert result.outcome is not Outcome.FAILED
        assert all(finding.weight is Weight.NEUTRAL for finding in findings)
        codes[name] = [finding.code for finding in findings]
    assert codes["c.mov"] == codes["train.mov"] == ["old-fragments"]
