"""The search for shared footage in a case folder: from what was kept alone, whatever the order it was kept in, and with bounds."""

import json
import resource
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from compare.moving import encoded, footage, signature
from entirety.case import overlaps as place
from entirety.case.overlaps import has_hashes, keep, overlaps_of
from entirety.compare import store
from entirety.compare.overlap import hashed, overlaps
from entirety.compare.overlap_groups import compared
from entirety.errors import CannotOpen
from entirety.measure import clip as measured
from entirety.model.overlap import Overlaps, Unread
from entirety.model.signature import Signature
from entirety.report.document import serialise
from entirety.report.overlap_record import overlap_document
from entirety.report.overlap_restore import overlaps_from
from report.test_overlap import TOOL

Clips = list[tuple[str, str]]


def drawn(*parts: tuple[str, slice], seed: int = 3) -> list[Signature]:
    """Encodings of parts of one take of 20 s."""
    whole = footage(seed, 20)
    made = [signature(encoded(whole[rows], number), name) for number, (name, rows) in enumerate(parts)]
    return [replace(one, decoder=measured.decoder_version()) for one in made]


@pytest.fixture
def three() -> list[Signature]:
    parts = drawn(("a.mp4", slice(0, 300)), ("b.mp4", slice(150, 450)))
    return [*parts, *drawn(("c.mp4", slice(0, 200)), seed=8)]


def listed(signatures: list[Signature]) -> Clips:
    return [(one.custody.sha256, one.custody.name) for one in signatures]


def test_what_was_kept_gives_what_the_signatures_give(tmp_path: Path, three: list[Signature]) -> None:
    for one in three:
        assert not has_hashes(tmp_path / "hashes", one.custody.sha256)
        keep(tmp_path / "hashes", one)
        assert has_hashes(tmp_path / "hashes", one.custody.sha256)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    found = overlaps_of(tmp_path / "hashes", listed(three))
    assert found == compared(three, overlaps(three, [hashed(one) for one in three]))
    (group,) = found.groups
    assert {one.clip for one in group.placed} == {0, 1}
    assert found.alone == (2,)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert overlaps_from(json.loads(serialise(overlap_document(found, TOOL)))) == found


def test_the_order_in_which_clips_were_kept_does_not_matter(tmp_path: Path, three: list[Signature]) -> None:
    for folder, order in (("one", three), ("other", three[::-1])):
        for one in order:
            keep(tmp_path / folder, one)
    assert overlaps_of(tmp_path / "one", listed(three)) == overlaps_of(tmp_path / "other", listed(three))


def test_names_are_those_of_the_case(tmp_path: Path, three: list[Signature]) -> None:
    for one in three:
        keep(tmp_path, one)
    found = overlaps_of(tmp_path, [(sha256, f"sub/{name}") for sha256, name in listed(three)])
    assert [one.custody.name for one in found.clips] == ["sub/a.mp4", "sub/b.mp4", "sub/c.mp4"]


def test_motion_hashes_that_are_missing_are_made_again(tmp_path: Path, three: list[Signature]) -> None:
    for one in three:
        keep(tmp_path, one)
    whole = overlaps_of(tmp_path, listed(three))
    for path in tmp_path.glob("*.npy"):
        path.unlink()
    assert overlaps_of(tmp_path, listed(three)) == whole


def test_what_is_missing_is_listed_and_stops_nothing(tmp_path: Path, three: list[Signature]) -> None:
    missing = "ab" * 32
    odd = replace(drawn(("odd.mp4", slice(0, 60)))[0], time_base=Fraction(1, 2**40))
    for one in (*three[:2], odd):
        keep(tmp_path, one)
    keep(tmp_path, None, "cd" * 32)
    clips = [("cd" * 32, "long.mp4"), *listed(three[:2]), *listed([odd]), (missing, "gone.mp4"), ("../x", "x.mp4")]
    found = overlaps_of(tmp_path, clips)
    assert [one.custody.name for one in found.clips] == ["a.mp4", "b.mp4"]
    assert [(one.name, one.reason[:22]) for one in found.unread] == [
        ("long.mp4", "It has more than 1,000"),
        ("odd.mp4", "The times that it stat"),
        ("gone.mp4", "What the search needs "),
        ("x.mp4", "What the search needs "),
    ]
    assert has_hashes(tmp_path, "cd" * 32)
    assert len(found.groups) == 1


def test_a_clip_with_too_many_pictures_is_marked_and_nothing_else_is_kept(
    tmp_path: Path, three: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "MOST", 250)
    for one in three:
        keep(tmp_path, one)
    assert [has_hashes(tmp_path, sha256) for sha256, _ in listed(three)] == [True] * 3
    assert [one.name for one in overlaps_of(tmp_path, listed(three)).unread] == ["a.mp4", "b.mp4"]
    assert sum(path.stat().st_size for path in tmp_path.glob("*.too-many")) == 0


def test_nothing_at_all_is_a_result_too(tmp_path: Path) -> None:
    assert overlaps_of(tmp_path / "none", []) == Overlaps((), (), (), ())
    assert overlaps_of(tmp_path / "none", [("ab" * 32, "a")]).unread[0].name == "a"


def test_more_pictures_than_one_search_takes_leave_out_those_with_most(
    tmp_path: Path, three: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    big = drawn(("big.mp4", slice(0, 480)), seed=9)
    for one in (*big, *three):
        keep(tmp_path, one)
    monkeypatch.setattr(place, "MOST_TOGETHER", 800)
    found = overlaps_of(tmp_path, listed([*big, *three]))
    assert [one.custody.name for one in found.clips] == ["a.mp4", "b.mp4", "c.mp4"]
    assert [(one.name, "800 pictures" in one.reason) for one in found.unread] == [("big.mp4", True)]


def test_a_clip_whose_times_reach_too_far_is_left_out_and_no_other(
    tmp_path: Path, three: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    far = drawn(("far.mp4", slice(0, 60)), seed=9)[0]
    pts = far.pts.copy()
    pts[30:] += 20 * 86_400 * 1000
    far = replace(far, pts=pts, duration=np.append(np.diff(pts), 40))
    for one in (far, *three):
        keep(tmp_path, one)
    assert len(overlaps_of(tmp_path, listed([far, *three])).clips) == 4
    monkeypatch.setattr("entirety.compare.overlap_index.WORD", 40)
    found = overlaps_of(tmp_path, listed([far, *three]))
    assert [one.custody.name for one in found.clips] == ["a.mp4", "b.mp4", "c.mp4"]
    assert found.unread == (Unread("far.mp4", "Its times reach too far for a search in so many clips."),)
    assert len(found.groups) == 1


def test_few_files_are_open_at_a_time(tmp_path: Path) -> None:
    one = drawn(("0.mp4", slice(0, 30)))[0]
    clips = [replace(one, custody=replace(one.custody, sha256=f"{number:064x}")) for number in range(20)]
    for clip in clips:
        keep(tmp_path, clip)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (150, before[1]))
    try:
        found = overlaps_of(tmp_path, listed(clips))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert found.unread == ()
    assert len(found.clips) == 20


def test_what_is_taken_away_meanwhile_ends_the_search(
    tmp_path: Path, three: list[Signature], monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in three:
        keep(tmp_path, one)
    loaded: list[str] = []

    def vanishing(folder: Path, sha256: str) -> Signature | None:
        loaded.append(sha256)
        return store.load(folder, sha256) if loaded.count(sha256) < 2 else None

    monkeypatch.setattr(place, "load", vanishing)
    with pytest.raises(CannotOpen, match=r"a\.mp4 was changed during the search"):
        overlaps_of(tmp_path, listed(three))
