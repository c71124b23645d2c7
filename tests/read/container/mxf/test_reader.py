"""MXF files by hand and from ffmpeg."""

from pathlib import Path

from entirety.read.container.mxf import looks_like_mxf
from read.container.covering import violations
from read.container.mxf.builder import FILL, klv, mxf, pack, read
from read.films import film


def test_a_small_file() -> None:
    data = mxf()
    found = read(data)
    assert looks_like_mxf(data[:4096])
    assert [box.path for box in found.boxes] == [
        "HeaderPartition",
        "BodyPartition",
        "FooterPartition",
        "RandomIndexPack",
    ]
    assert [box.kind for box in found.boxes[0].children] == ["Preface", "Identification", "TimecodeComponent", "Fill"]
    assert [box.path for box in found.boxes[1].children] == ["BodyPartition/EssenceElements"]
    assert (found.leftovers, found.problems, violations(found, len(data))) == ((), (), [])
    facts = dict(found.facts)
    assert facts["HeaderPartition/status"] == "closed, complete"
    assert facts["HeaderPartition/operational_pattern"] == "OP1a"
    assert facts["HeaderPartition/Identification/CompanyName"] == "Company"
    assert facts["HeaderPartition/Identification/ProductName"] == "Recorder"
    assert facts["HeaderPartition/Identification/ProductVersion"] == "1.2.3.4"
    assert facts["HeaderPartition/Identification/VersionString"] == "1.2.3 beta"
    assert facts["HeaderPartition/Identification/ModificationDate"] == "2021-05-06T07:08:09.040"
    assert facts["HeaderPartition/Preface/LastModifiedDate"] == "2021-05-06T07:08:09.000"
    assert facts["HeaderPartition/TimecodeComponent/StartTimecode"] == "90000"


def test_each_program_that_wrote_is_named() -> None:
    facts = read(mxf(products=("Recorder", "Editor"))).facts
    assert [value for path, value in facts if path.endswith("ProductName")] == ["Recorder", "Editor"]


def test_bytes_before_the_first_partition() -> None:
    data = mxf(run_in=b"run-in" * 20)
    found = read(data)
    assert looks_like_mxf(data[:4096])
    assert (found.boxes[0].kind, found.boxes[0].size) == ("RunIn", 120)
    assert found.problems == ()


def test_a_lost_piece_ends_its_partition() -> None:
    data = bytearray(mxf())
    at = next(box.offset for box in read(bytes(data)).boxes[1].children)
    data[at] = 0x07
    found = read(bytes(data))
    footer = next(box for box in found.boxes if box.kind == "FooterPartition")
    assert found.leftovers == ((at, footer.offset),)
    assert violations(found, len(data)) == []


def test_a_cut_file_states_what_it_lacks() -> None:
    data = mxf()
    end = next(box.end for box in read(data).boxes[1].children) - 100
    found = read(data[:end])
    box = found.boxes[-1].children[-1]
    assert (box.size, box.declared) == (box.size, box.size + 100 - 40)
    words = " ".join(found.problems)
    assert "states" in words
    assert "a footer" in words


def test_places_that_do_not_agree() -> None:
    data = mxf()
    moved = data[: read(data).boxes[1].offset] + klv(FILL, bytes(7)) + data[read(data).boxes[1].offset :]
    words = " ".join(read(moved).problems)
    assert "BodyPartition states that it begins at byte" in words
    assert "the index of partitions names 3, of which 1 are where it says; 3 are there" in words


def test_lengths_that_are_not_allowed() -> None:
    head = pack(2, 0, 0, 0)
    for size in (b"\x80", b"\x89" + bytes(9)):
        found = read(head + FILL + size)
        assert found.leftovers == ((len(head), len(head) + 16 + len(size)),)
    assert read(head + klv(FILL, b"x" * 90, long=False)).leftovers == ()
    data = head[:16] + b"\x80" + mxf()
    found = read(data)
    assert (found.leftovers, violations(found, len(data))) == (((0, 17),), [])


def test_a_partition_too_short_for_its_fields() -> None:
    found = read(pack(2, 0, 0, 0)[:40])
    assert any("too short" in words for words in found.problems)


def test_what_is_no_mxf() -> None:
    for head in (b"", bytes(4096), FILL, pack(3, 0, 0, 0)):
        assert not looks_like_mxf(head)


def test_a_real_film(tmp_path: Path) -> None:
    data = film(tmp_path / "a.mxf", seconds=1, sound=True, ar=48000, s="160x120").read_bytes()
    found = read(data)
    assert (found.leftovers, found.problems) == ((), ())
    facts = dict(found.facts)
    assert facts["HeaderPartition/Identification/CompanyName"] == "FFmpeg"
    assert facts["HeaderPartition/Identification/ProductName"] == "OP1a Muxer"
