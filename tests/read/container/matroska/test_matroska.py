import struct
import zlib

import pytest

from entirety.read.container.isobmff.source import MAX_DEPTH
from entirety.read.container.matroska import looks_like_matroska
from entirety.read.container.matroska.ebml import read_date
from entirety.read.container.matroska.elements import _ALL, BY_ID, BY_KIND
from read.container.matroska.builder import (
    HEAD,
    INFO,
    block,
    cluster,
    cues,
    element,
    open_ended,
    raw_id,
    segment,
    simple_block,
    tracks,
)
from read.container.structures import by_path, complains, read, says

BODY = INFO + tracks()
FIRST = len(BODY)
"""Where the first cluster begins, counted from the segment's data."""
UNITS = 50
"""Visits, where a test is about their bound."""


def test_a_whole_file_is_read_without_complaint() -> None:
    structure = read(HEAD + segment(BODY, cluster(0), cluster(40), cues(FIRST)))
    assert structure.form == "matroska"
    assert structure.problems == ()
    assert structure.leftovers == ()
    paths = [box.path for box in structure.walk()]
    assert paths[:3] == ["EBML", "EBML/EBMLVersion", "EBML/DocType"]
    assert "Segment/Cluster[2]/SimpleBlock" in paths
    assert "Segment/Cues/CuePoint" in paths


def test_every_element_has_its_place_in_the_file() -> None:
    structure = read(HEAD + segment(BODY, cluster(0)))
    box = by_path(structure, "Segment")
    assert (box.offset, box.header, box.size, box.declared) == (len(HEAD), 12, structure.boxes[-1].size, box.size)
    found = by_path(structure, "Segment/Cluster")
    assert (found.offset, found.header) == (len(HEAD) + 12 + FIRST, 5)


def test_the_table_of_elements_has_no_number_and_no_name_twice() -> None:
    assert len(_ALL) == len(BY_ID) == len(BY_KIND)
    for found in _ALL:
        first = raw_id(found.kind)[0]
        assert 9 - first.bit_length() == len(raw_id(found.kind)), found.kind
        assert not found.parent or found.parent == "*" or BY_KIND[found.parent].form == "m"


def test_neighbouring_blocks_are_one_run() -> None:
    group = element("BlockGroup", element("Block", block()), element("BlockDuration", 5))
    parts = (simple_block(), simple_block(), group, group, simple_block())
    structure = read(HEAD + segment(BODY, cluster(0, *parts)))
    kinds = [child.kind for child in by_path(structure, "Segment/Cluster").children]
    assert kinds == ["Timestamp", "SimpleBlock", "BlockGroup", "SimpleBlock"]
    run = by_path(structure, "Segment/Cluster/SimpleBlock[1]")
    assert (run.size, run.header, run.declared) == (2 * len(simple_block()), 2, 2 * len(simple_block()))


def test_blocks_are_counted_by_track_with_their_times() -> None:
    group = element("BlockGroup", element("Block", block(2, 7)))
    structure = read(HEAD + segment(BODY, cluster(100, simple_block(1, -5), group), cluster(200, simple_block(1, 3))))
    stated = says(structure, "Segment/Cluster")
    assert stated == ["2 clusters", "track 1: 2 blocks, from 95 to 203", "track 2: 1 blocks, from 107 to 107"]
    assert complains(structure, "1 blocks from here on are of track 2, which `Tracks` does not list")


def test_statements_of_the_file() -> None:
    info = element(
        "Info",
        element("Title", "Übung"),
        element("Duration", struct.pack(">d", 1234.5)),
        element("DateUTC", struct.pack(">q", 0)),
        element("SegmentUUID", bytes(range(16))),
        element("PrevUUID", bytes(range(16, 32))),
        element("NextFilename", "next.mkv"),
    )
    structure = read(HEAD + segment(info, tracks(), cluster(0)))
    assert says(structure, "EBML/DocType") == ["matroska"]
    assert says(structure, "Segment/Info/Title") == ["Übung"]
    assert says(structure, "Segment/Info/Duration") == ["1234.5"]
    assert says(structure, "Segment/Info/DateUTC") == ["2001-01-01T00:00:00Z"]
    assert says(structure, "Segment/Info/SegmentUUID") == ["0x000102030405060708090a0b0c0d0e0f"]
    linked = "0x101112131415161718191a1b1c1d1e1f (the segment before this one, in another file)"
    assert says(structure, "Segment/Info/PrevUUID") == [linked]
    assert says(structure, "Segment/Info/NextFilename") == ["next.mkv"]
    assert says(structure, "Segment/Tracks/TrackEntry/TrackType") == ["1 (video)"]


def test_tags_attachments_and_chapters() -> None:
    inner = element("SimpleTag", element("TagName", "PLACE"), element("TagBinary", bytes(40)))
    tag = element("SimpleTag", element("TagName", "ENCODER"), element("TagString", "hand"), inner)
    file = element("AttachedFile", element("FileName", "a.jpg"), element("FileData", bytes(50)))
    atom = element("ChapterAtom", element("ChapterTimeStart", 0))
    edition = element("EditionEntry", element("EditionFlagOrdered", 1), atom, atom)
    parts = (element("Tags", element("Tag", tag)), element("Attachments", file), element("Chapters", edition))
    structure = read(HEAD + segment(BODY, *parts))
    assert says(structure, "Segment/Tags/Tag/SimpleTag") == ["ENCODER=hand"]
    assert says(structure, "Segment/Tags/Tag/SimpleTag/SimpleTag") == ["PLACE=40 bytes"]
    assert says(structure, "Segment/Attachments") == ["1 files"]
    assert says(structure, "Segment/Attachments/AttachedFile/FileData") == ["50 bytes"]
    assert says(structure, "Segment/Chapters/EditionEntry") == ["2 chapters"]
    assert says(structure, "Segment/Chapters/EditionEntry/EditionFlagOrdered") == ["1"]
    assert structure.problems == ()


def test_live_recordings_state_no_sizes() -> None:
    live = open_ended("Cluster", element("Timestamp", 0), simple_block())
    structure = read(HEAD + open_ended("Segment", BODY, live, live))
    assert structure.problems == ()
    found = by_path(structure, "Segment/Cluster[2]")
    assert (found.declared, found.size) == (0, len(live))
    assert by_path(structure, "Segment").declared == 0


def test_a_segment_of_no_stated_size_ends_where_another_begins() -> None:
    live = open_ended("Segment", BODY, open_ended("Cluster", element("Timestamp", 0), simple_block()))
    structure = read(HEAD + live + HEAD + live)
    assert [box.kind for box in structure.boxes] == ["EBML", "Segment", "EBML", "Segment"]
    assert by_path(structure, "Segment[1]").size == len(live)
    assert complains(structure, "another `Segment`")


def test_no_other_element_may_leave_its_size_open() -> None:
    structure = read(HEAD + segment(open_ended("Info", element("Title", "x"))))
    assert complains(structure, "`Info` states no size, which only a segment and a cluster may")


def test_a_cut_file_keeps_the_size_it_declared() -> None:
    whole = HEAD + segment(BODY, cluster(0, simple_block(data=bytes(100))))
    structure = read(whole[:-30])
    found = by_path(structure, "Segment/Cluster")
    assert found.declared - found.size == 30
    assert complains(structure, f"`Cluster` states {found.declared} bytes, and {found.size} are there")
    assert complains(structure, "`SimpleBlock` states")


def test_trailing_bytes_are_left_over() -> None:
    whole = HEAD + segment(BODY)
    structure = read(whole + b"\x00trailing text")
    assert structure.leftovers == ((len(whole), len(whole) + 14),)
    assert complains(structure, f"At byte {len(whole)}: these bytes begin no element")


def test_parts_behind_a_segment_that_is_too_short_are_found() -> None:
    whole = HEAD + segment(BODY)
    structure = read(whole + b"\x00\x00" + cluster(0))
    assert [box.kind for box in structure.boxes] == ["EBML", "Segment", "Cluster"]
    assert structure.leftovers == ((len(whole), len(whole) + 2),)
    assert complains(structure, "`Cluster` stands outside a segment")


def test_reading_goes_on_behind_damage() -> None:
    structure = read(HEAD + segment(BODY, bytes(50), cluster(0)))
    assert by_path(structure, "Segment/Cluster").offset == len(HEAD) + 12 + FIRST + 50
    assert complains(structure, "50 bytes belong to none, and reading goes on behind them")


def test_damage_in_a_cluster_ends_with_it() -> None:
    structure = read(HEAD + segment(BODY, cluster(0, simple_block(), bytes(20)), cluster(40)))
    assert complains(structure, "the 20 bytes from here to the end of the cluster are no element")
    assert by_path(structure, "Segment/Cluster[2]/SimpleBlock")


def test_unknown_elements_are_named_by_number() -> None:
    structure = read(HEAD + segment(BODY, b"\x4f\xff\x81x"))
    assert structure.boxes[-1].children[-1].kind == "0x4FFF"


def test_an_element_in_the_wrong_place_is_told() -> None:
    structure = read(HEAD + segment(BODY, element("Title", "x")))
    assert complains(structure, "`Title` stands inside `Segment`; the standard has it inside `Info`")


def test_seek_heads_that_point_elsewhere() -> None:
    def seek(kind: str, place: int) -> bytes:
        return element("Seek", element("SeekID", raw_id(kind)), element("SeekPosition", place.to_bytes(4)))

    heads = [seek("Info", 0), seek("Cues", 5000), seek("Tracks", 1)]
    length = len(element("SeekHead", *heads))
    heads[0] = seek("Info", length)
    structure = read(HEAD + segment(element("SeekHead", *heads), BODY))
    assert len(structure.problems) == 2
    total = len(HEAD) + 12 + length + len(BODY)
    assert complains(structure, f"names a `Cues` at byte {len(HEAD) + 12 + 5000}, and the file ends at byte {total}")
    assert complains(structure, f"names a `Tracks` at byte {len(HEAD) + 13}, and none begins there")


def test_cues_that_point_elsewhere() -> None:
    structure = read(HEAD + segment(BODY, cluster(0), cues(FIRST, 3)))
    assert complains(structure, "1 of 2 cue points that were read name a place where no cluster of the segment begins")


def test_a_closed_file_without_cues() -> None:
    assert complains(read(HEAD + segment(BODY, cluster(0))), "a segment without `Cues`")


def test_a_cluster_that_was_taken_out_leaves_its_trace() -> None:
    one = element("Cluster", element("Timestamp", 0), simple_block())

    def later(time: int, place: int, before: int) -> bytes:
        notes = element("Position", place), element("PrevSize", before)
        return element("Cluster", element("Timestamp", time), *notes, simple_block())

    two = later(40, FIRST + len(one), len(one))
    three = later(80, FIRST + len(one) + len(two), len(two))
    whole = read(HEAD + segment(BODY, one, two, three, cues(FIRST)))
    assert whole.problems == ()
    short = read(HEAD + segment(BODY, one, three, cues(FIRST)))
    place = len(HEAD) + 12 + FIRST
    assert complains(short, f"the cluster states that it stands at byte {place + len(one) + len(two)}")
    assert complains(short, f"states that the one before it has {len(two)} bytes, and it has {len(one)}")


def test_time_that_goes_back() -> None:
    structure = read(HEAD + segment(BODY, cluster(80), cluster(40), cues(FIRST)))
    assert complains(structure, "the cluster begins at time 40, earlier than the one before it (80)")


def test_a_cluster_without_its_time() -> None:
    structure = read(HEAD + segment(BODY, element("Cluster", simple_block()), cues(FIRST)))
    assert complains(structure, "a cluster without a `Timestamp`")


@pytest.mark.parametrize("right", [True, False])
def test_checksums(right: bool) -> None:
    title = element("Title", "x")
    stated = zlib.crc32(title if right else b"other").to_bytes(4, "little")
    structure = read(HEAD + segment(element("Info", element("CRC-32", stated), title), tracks()))
    assert complains(structure, "the checksum of `Info` does not fit its bytes") is not right


def test_another_kind_of_document() -> None:
    structure = read(element("EBML", element("DocType", "other")) + segment(BODY))
    assert complains(structure, "the file calls itself `other`")


def test_nesting_is_bounded() -> None:
    tag = b""
    for _ in range(200):
        tag = element("SimpleTag", tag, width=8)
    structure = read(HEAD + segment(BODY, element("Tags", element("Tag", tag))))
    assert max(box.path.count("/") for box in structure.walk()) == MAX_DEPTH - 1
    assert complains(structure, "nested more than 32 deep")


def test_nothing_is_claimed_about_what_was_not_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.matroska.reader.MAX_UNITS", UNITS)
    many = open_ended("Cluster", element("Timestamp", 0), simple_block(data=b"") * (UNITS + 10))
    structure = read(HEAD + segment(BODY, many))
    assert len(structure.problems) == 1
    assert complains(structure, "more blocks than are visited")
    assert by_path(structure, "Segment/Cluster").end == structure.boxes[-1].end


def test_clusters_beyond_the_bound_are_listed_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.matroska.reader.MAX_UNITS", UNITS)
    many = element("Cluster", element("Timestamp", 0), simple_block(data=b"") * (UNITS + 10))
    structure = read(HEAD + segment(BODY, many, cluster(5), cues(FIRST)))
    assert structure.problems == ()
    assert by_path(structure, "Segment/Cluster[2]").children == ()
    assert "the blocks of the first 0 clusters are counted, those of the others not" in says(
        structure, "Segment/Cluster"
    )


def test_a_live_recording_with_more_clusters_than_are_listed_has_no_leftovers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entirety.read.container.blocks.MAX_BLOCKS", UNITS)
    structure = read(HEAD + open_ended("Segment", BODY, *[cluster(0)] * UNITS))
    assert structure.leftovers == ()
    assert len(structure.problems) == 1
    assert complains(structure, "more elements than are visited; some of those from here on are not listed")


def test_dates_beyond_any_calendar() -> None:
    assert read_date(2**63 - 1).startswith("2293-")
    assert read_date(-(10**20)) == str(-(10**20))


@pytest.mark.parametrize(("head", "expected"), [(HEAD, True), (b"\x1a\x45\xdf", False), (b"", False), (b"RIFF", False)])
def test_looks_like(head: bytes, expected: bool) -> None:
    assert looks_like_matroska(head) is expected
