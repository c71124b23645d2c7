"""`entirety overlap`: folders and files, what is no video, kept hashes, and the two files that it writes."""

import json
import shutil
from pathlib import Path

from cli.runner import entirety
from detect.films import copy


def folder(samples: Path, tmp_path: Path) -> Path:
    """A recording, a stream copy of its end, something else, a text and a broken file."""
    clips = tmp_path / "clips"
    (clips / "below").mkdir(parents=True)
    shutil.copy(samples / "untouched-handheld.mp4", clips / "whole.mp4")
    copy(clips / "whole.mp4", clips / "below" / "end.mp4", start=2)
    shutil.copy(samples / "fast-pan.mp4", clips / "other.mp4")
    (clips / "notes.txt").write_text("no video")
    (clips / "broken.mp4").write_bytes((samples / "fast-pan.mp4").read_bytes()[:900])
    return clips


def test_a_folder_is_grouped_and_one_bad_file_stops_nothing(samples: Path, tmp_path: Path) -> None:
    clips = folder(samples, tmp_path)
    before = sorted(clips.rglob("*"))
    done = entirety("overlap", clips, "--out", "out", "--hashes", "hashes", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "2 of 3 clips share footage, in 1 group; 2 files not compared." in done.stderr.splitlines()[-1]
    assert sum("notes.txt" in line for line in done.stderr.splitlines()) == 1
    document = json.loads((tmp_path / "out" / "overlap.json").read_text(encoding="utf-8"))
    (group,) = document["groups"]
    assert [document["clips"][one["clip"]]["name"] for one in group["clips"]] == ["whole.mp4", "end.mp4"]
    assert {one["matched_by"] for one in group["overlaps"]} <= {"packets", "frames"}
    assert {one["name"] for one in document["unread"]} == {"notes.txt", "broken.mp4"}
    assert "<svg" in (tmp_path / "out" / "overlap.html").read_text(encoding="utf-8")
    assert sorted(clips.rglob("*")) == before
    again = entirety("overlap", clips, "--out", "again", "--hashes", "hashes", cwd=tmp_path)
    assert again.returncode == 3
    for name in ("overlap.json", "overlap.html"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_output_is_refused_where_evidence_lies(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "fast-pan.mp4", tmp_path / "overlap.json")
    done = entirety("overlap", "overlap.json", "--out", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "choose another folder" in done.stderr


def test_one_video_is_nothing_to_compare(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for given, number in (("empty", "0 videos"), (samples / "fast-pan.mp4", "1 video")):
        done = entirety("overlap", given, cwd=tmp_path)
        assert done.returncode == 3
        assert done.stderr.splitlines() == [f"Nothing was compared: {number} could be read, and it takes two."]
