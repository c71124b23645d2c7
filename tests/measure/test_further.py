"""Pictures besides the shown ones: each is found, counted, and hashed as it was in the film that it comes from."""

import subprocess
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from detect.films import FFMPEG, copy, encode
from detect.patched import patched
from entirety.measure import further as place
from entirety.measure.clip import measure
from entirety.measure.stills import further_stills
from entirety.model.clip import Clip
from entirety.model.further import Further, Origin
from entirety.read import loose
from entirety.validate.patches import PATCHES

CODINGS: list[dict[str, Any]] = [{}, {"bf": 3, "b_strategy": 0}, {"vcodec": "libx265"}, {"bf": 2, "sound": True}]


def beside(clip: Clip) -> Further:
    assert clip.further is not None
    return clip.further


def hashes(clip: Clip) -> list[bytes]:
    return [one.tobytes() for one in clip.frames.sha256]


def found(further: Further, origin: Origin) -> list[bytes]:
    return [further.sha256[row].tobytes() for row in further.rows(origin)]


@pytest.mark.parametrize("options", CODINGS, ids=str)
def test_nothing_lies_beside_an_encoded_film(options: dict[str, Any], tmp_path: Path) -> None:
    further = beside(measure(encode(tmp_path / "film.mp4", **options)))
    assert len(further) == 0
    assert further.orphans is not None
    assert (further.orphans.size, further.orphans.coded, further.orphans.complete) == (0, 0, True)
    assert (further.taken, further.previews) == ((), ())


@pytest.mark.parametrize("options", [one for one in CODINGS if not one.get("sound")], ids=str)
def test_a_group_without_a_table_is_found_whole(options: dict[str, Any], tmp_path: Path) -> None:
    film, path = patched(tmp_path, "unlist", "25", "50", g=25, **options)
    clip, whole = measure(path), hashes(measure(film))
    further = beside(clip)
    assert (len(clip.frames), len(further)) == (75, 25)
    assert found(further, Origin.ORPHAN) == whole[25:50]
    assert further.orphans is not None
    assert (further.orphans.coded, further.orphans.damaged, len(further.orphans.ranges)) == (25, 0, 1)
    assert (further.key.sum(), set(further.packet.tolist())) == (1, {-1})


def test_pictures_that_are_built_on_listed_ones_are_decoded_with_them(tmp_path: Path) -> None:
    film, path = patched(tmp_path, "unlist", "30", "50")
    assert found(beside(measure(path)), Origin.ORPHAN) == hashes(measure(film))[30:50]


def test_the_end_without_a_table_and_pictures_between_sound(tmp_path: Path) -> None:
    film, path = patched(tmp_path, "unlist", "60", "100", sound=True)
    assert found(beside(measure(path)), Origin.ORPHAN) == hashes(measure(film))[60:]


def test_damaged_pictures_do_not_count(tmp_path: Path) -> None:
    _, path = patched(tmp_path, "unlist", "50", "100")
    further = beside(measure(path))
    data = bytearray(path.read_bytes())
    for row in further.rows(Origin.ORPHAN)[10:40]:
        first, size = int(further.offset[row]), int(further.size[row])
        data[first + size // 2 : first + size] = b"\x55" * (size - size // 2)
    path.write_bytes(data)
    again = beside(measure(path))
    assert again.orphans is not None
    assert again.orphans.coded == len(again) + again.orphans.damaged == 50
    assert 10 <= len(again) < 40


def test_bounds_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = patched(tmp_path, "unlist", "50", "100")
    monkeypatch.setattr(loose, "MOST_PICTURES", 20)
    further = beside(measure(path))
    assert further.orphans is not None
    assert (len(further), further.orphans.coded, further.orphans.complete) == (20, 50, False)


def test_what_the_edit_list_hides_is_hashed(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    clip = measure(copy(film, tmp_path / "trim.mp4", start=1.5, seconds=2))
    further = beside(clip)
    assert found(further, Origin.HIDDEN) == hashes(measure(film))[:38]
    assert further.packet.tolist() == list(range(38))
    assert [(one.origin, one.complete, one.damaged) for one in further.taken] == [(Origin.HIDDEN, True, 0)]


def two(folder: Path, **options: Any) -> tuple[Path, Path]:
    """A film with another one in a second track, which is switched off."""
    film, other = encode(folder / "film.mp4"), encode(folder / "other.mp4", seconds=3, **options)
    command = [FFMPEG, "-v", "error", "-i", str(film), "-i", str(other), "-map", "0", "-map", "1", "-c", "copy"]
    subprocess.run([*command, str(folder / "two.mp4")], check=True)
    PATCHES["switch-off"](folder, ("two.mp4", "done.mp4", "2"))
    return other, folder / "done.mp4"


def test_another_track_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, path = two(tmp_path, size="320x240", bf=2)
    further = beside(measure(path))
    assert found(further, Origin.TRACK) == hashes(measure(other))
    assert sorted(further.packet.tolist()) == list(range(75))
    assert (further.stream.tolist(), further.width[0]) == ([1] * 75, 320)
    monkeypatch.setattr(place, "MOST_PICTURES", 10)
    again = beside(measure(path))
    assert (len(again), again.taken[0].complete) == (10, False)
    monkeypatch.setattr(place, "MOST_TRACKS", 0)
    none = beside(measure(path))
    assert (len(none), [(one.stream, one.complete) for one in none.taken]) == (0, [(1, False)])


def jpeg(path: Path, number: int, *, turn: int = 0, size: tuple[int, int] = (160, 120)) -> None:
    """A picture of a film as a thumbnail."""
    with av.open(str(path)) as container:
        frame = next(frame for at, frame in enumerate(container.decode(video=0)) if at == number)
    picture = cv2.resize(np.rot90(frame.to_ndarray(format="bgr24"), turn), size, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(path.with_suffix(".jpg")), picture)


@pytest.mark.parametrize(("number", "turn", "size"), [(0, 0, (160, 120)), (40, 1, (120, 160))])
def test_a_preview_is_held_against_every_picture(number: int, turn: int, size: tuple[int, int], tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    jpeg(film, number, turn=turn, size=size)
    PATCHES["thumbnail"](tmp_path, ("film.mp4", "done.mp4", "film.jpg"))
    (preview,) = beside(measure(tmp_path / "done.mp4")).previews
    assert (preview.path, preview.row, preview.hidden) == ("moov/udta/thmb", 0, -1) or preview.path.endswith("/thmb")
    assert preview.nearest <= 8
    assert abs(preview.frame - number) <= 3


def test_a_preview_of_what_is_hidden(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    jpeg(film, 60)
    PATCHES["thumbnail"](tmp_path, ("film.mp4", "with.mp4", "film.jpg"))
    PATCHES["unlist"](tmp_path, ("with.mp4", "done.mp4", "50", "75"))
    further = beside(measure(tmp_path / "done.mp4"))
    (preview,) = further.previews
    assert preview.hidden <= 8
    assert further.origin[preview.hidden_row] == Origin.ORPHAN


def test_a_preview_of_another_shape_or_without_a_picture_is_not_compared(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4")
    jpeg(film, 0, size=(100, 100))
    PATCHES["thumbnail"](tmp_path, ("film.mp4", "done.mp4", "film.jpg"))
    (preview,) = beside(measure(tmp_path / "done.mp4")).previews
    assert (preview.row, preview.nearest, preview.frame) == (0, -1, -1)
    for level in (0, 16, 128):  # flat: its hash is noise
        cv2.imwrite(str(tmp_path / "film.jpg"), np.full((120, 160, 3), level, np.uint8))
        PATCHES["thumbnail"](tmp_path, ("film.mp4", "done.mp4", "film.jpg"))
        (preview,) = beside(measure(tmp_path / "done.mp4")).previews
        assert (preview.row, preview.nearest, preview.frame) == (0, -1, -1)
    (tmp_path / "film.jpg").write_bytes(b"\xff\xd8\xff" + bytes(200) + b"\xff\xd9")
    PATCHES["thumbnail"](tmp_path, ("film.mp4", "done.mp4", "film.jpg"))
    (preview,) = beside(measure(tmp_path / "done.mp4")).previews
    assert (preview.row, preview.nearest) == (-1, -1)


def test_pictures_are_fetched_again_and_only_those_that_were_measured(tmp_path: Path) -> None:
    _, path = patched(tmp_path, "unlist", "25", "50", g=25)
    clip = measure(path)
    stills = further_stills(path, clip, [0, 7, 24, 99])
    assert [(origin, picture.number) for origin, picture in stills] == [(Origin.ORPHAN, n) for n in (0, 7, 24)]
    for _, picture in stills:
        assert bytes.fromhex(picture.sha256) == beside(clip).sha256[picture.number].tobytes()
        assert picture.time is None
    path.write_bytes(path.read_bytes().replace(b"\x00\x00\x00", b"\x00\x00\x01"))
    assert further_stills(path, measure(tmp_path / "film.mp4"), [0]) == []


def test_films_without_tables_have_no_orphans(tmp_path: Path) -> None:
    further = beside(measure(encode(tmp_path / "film.mkv")))
    assert (len(further), further.orphans, further.previews) == (0, None, ())
