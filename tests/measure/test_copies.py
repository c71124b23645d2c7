"""Working copies hold exactly the pictures they are made for, and what those are built on; the same bytes every time."""

from pathlib import Path

import pytest

from detect.films import copy, encode
from detect.patched import patched
from entirety.measure.clip import measure
from entirety.measure.copies import copies
from entirety.read import extract


def played(content: bytes, folder: Path) -> list[bytes]:
    path = folder / "copy.mkv"
    path.write_bytes(content)
    return [one.tobytes() for one in measure(path).frames.sha256]


def test_what_the_edit_list_hides_is_copied_with_its_key_picture(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", bf=2)
    path = copy(film, tmp_path / "trim.mp4", start=1.2, seconds=2)
    (made,) = copies(path, measure(path))
    assert (made.role, made.stream, made.lead) == ("edit-list", 0, 0)
    whole = [one.tobytes() for one in measure(film).frames.sha256]
    assert played(made.content, tmp_path)[:28] == whole[:28]
    assert [again.content for again in copies(path, measure(path))] == [made.content]


def test_carved_pictures_are_copied_in_the_order_of_showing(tmp_path: Path) -> None:
    film, path = patched(tmp_path, "unlist", "30", "50", bf=2)
    (made,) = copies(path, measure(path))
    whole = [one.tobytes() for one in measure(film).frames.sha256]
    assert (made.role, made.pictures) == ("orphan", 20 + made.lead)
    assert made.lead >= 28
    assert set(whole[31:48]) < set(played(made.content, tmp_path))


def test_a_bound_ends_a_copy_and_nothing_hidden_gives_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film, path = patched(tmp_path, "unlist", "50", "100")
    assert list(copies(film, measure(film))) == []
    clip = measure(path)
    monkeypatch.setattr(extract, "MOST_BYTES", 10_000)
    (made,) = copies(path, clip)
    assert 0 < made.pictures < 50
    monkeypatch.setattr(extract, "MOST_BYTES", 0)
    assert list(copies(path, clip)) == []
