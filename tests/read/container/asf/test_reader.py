"""ASF files by hand and from ffmpeg."""

from pathlib import Path

from entirety.read.container.asf import looks_like_asf
from read.container.asf.builder import asf, header, item, media, properties, read
from read.container.covering import violations
from read.films import film

FILE_PROPERTIES = "ASF_Header_Object/ASF_File_Properties_Object"


def test_a_small_file() -> None:
    data = asf()
    found = read(data)
    assert looks_like_asf(data[:4096])
    assert [box.kind for box in found.boxes] == ["ASF_Header_Object", "ASF_Data_Object", "ASF_Simple_Index_Object"]
    assert (found.leftovers, found.problems) == ((), ())
    assert violations(found, len(data)) == []
    facts = dict(found.facts)
    assert facts[f"{FILE_PROPERTIES}/creation_date"] == "2020-02-29T12:30:15+00:00"
    assert facts[f"{FILE_PROPERTIES}/play_duration"] == "5.000 s"
    assert facts[f"{FILE_PROPERTIES}/broadcast"] == "no"
    assert facts["ASF_Header_Object/ASF_Stream_Properties_Object/stream_type"] == "video, stream 1"
    assert facts["ASF_Header_Object/ASF_Codec_List_Object/entry[1]/name"] == "Windows Media Video 9"
    assert facts["ASF_Header_Object/ASF_Content_Description_Object/author"] == "Author"
    assert facts["ASF_Header_Object/ASF_Extended_Content_Description_Object/WM/ToolName"] == "Recorder 7"
    assert facts["ASF_Header_Object/ASF_Extended_Content_Description_Object/IsVBR"] == "1"
    inside = "ASF_Header_Object/ASF_Header_Extension_Object/ASF_Metadata_Object"
    assert facts[f"{inside}/stream[1]/DeviceModel"] == "Model 5"


def test_a_cut_file_states_what_it_lacks() -> None:
    data = asf()[:-150]
    found = read(data)
    assert found.boxes[-1].declared > found.boxes[-1].size
    assert any("states" in words and "are there" in words for words in found.problems)
    assert (
        f"At byte 0: the header states a file of {len(data) + 150} bytes, and {len(data)} are there." in found.problems
    )
    assert violations(found, len(data)) == []


def test_bytes_after_the_last_object_are_a_leftover() -> None:
    data = asf()
    found = read(data + b"text after the end of the file, long enough to look like an object")
    assert found.leftovers == ((len(data), len(data) + 66),)


def test_a_second_header_is_named() -> None:
    data = asf()
    found = read(data + data)
    assert f"At byte {len(data)}: another header begins; a player reads the first only." in found.problems


def test_numbers_that_do_not_agree() -> None:
    one = header(properties(0, 3), count=5) + media(3, stated=4)
    words = " ".join(read(one).problems)
    assert "states 5 objects, and 1 are there" in words
    assert "states 4 packets, and 3 are there" in words


def test_a_live_recording_need_not_agree() -> None:
    found = read(header(properties(0, 0, flags=1)) + media(3, stated=0))
    assert found.problems == ()
    assert dict(found.facts)[f"{FILE_PROPERTIES}/broadcast"] == "yes"


def test_live_data_without_a_size_reaches_to_the_end() -> None:
    data = bytearray(media(3))
    data[16:24] = bytes(8)
    found = read(header(properties(0, 0, flags=1)) + bytes(data))
    assert (found.boxes[-1].size, found.boxes[-1].declared) == (len(data), 0)


def test_an_unknown_object_keeps_its_identifier() -> None:
    name = "01234567-89AB-CDEF-0123-456789ABCDEF"
    found = read(header(properties(0, 0, flags=1), item(name, b"x")) + media(0))
    assert [box.kind for box in found.boxes[0].children][1] == name


def test_a_short_object_is_a_problem() -> None:
    found = read(header(item("8CABDCA1-A947-11CF-8EE4-00C00C205365", bytes(20))) + media(0))
    assert "At byte 30: ASF_File_Properties_Object is too short for what it should state." in found.problems


def test_dates_beyond_the_calendar_stay_numbers() -> None:
    data = bytearray(asf())
    at = data.index(bytes(range(16))) + 24
    data[at : at + 8] = b"\xff" * 8
    assert dict(read(bytes(data)).facts)[f"{FILE_PROPERTIES}/creation_date"] == str(2**64 - 1)


def test_a_real_film(tmp_path: Path) -> None:
    data = film(tmp_path / "a.wmv", seconds=1, sound=True, metadata="title=Film").read_bytes()
    found = read(data)
    assert (found.leftovers, found.problems) == ((), ())
    assert dict(found.facts)["ASF_Header_Object/ASF_Content_Description_Object/title"] == "Film"
