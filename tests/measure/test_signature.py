import re
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entirety.errors import Damaged, EntiretyError, NotVideo
from entirety.measure import thumbnail
from entirety.measure.clip import measure
from entirety.measure.rising import LATEST, rising, usual_step
from entirety.measure.signature import measure_and_sign, sign
from entirety.measure.thumbnail import thumbnails
from entirety.model.signature import ACROSS, DOWN, Signature
from entirety.model.time import UNSET
from read.films import film


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def agree(path: Path) -> Signature:
    """The signature, held against what the audit measures of the same file."""
    signature, clip = sign(path), measure(path)
    assert np.array_equal(signature.sha256, clip.frames.sha256)
    assert np.array_equal(signature.phash, clip.frames.phash)
    assert (signature.start, signature.time_base, signature.decoder) == (
        clip.start,
        clip.frames.time_base,
        clip.decoder,
    )
    assert (signature.codec, signature.custody) == (clip.stream.codec, clip.custody)
    assert (signature.width, signature.height) == (clip.frames.width[0], clip.frames.height[0])
    assert (np.diff(signature.pts) == signature.duration[:-1]).all()
    assert (signature.duration > 0).all()
    assert signature.grey.shape == (len(signature), DOWN, ACROSS)
    # Both are means over the whole picture, one of them rounded twice.
    assert np.allclose(signature.grey.mean(axis=(1, 2)), clip.frames.luma, atol=0.5)
    return signature


def test_a_signature_says_what_the_audit_says(folder: Path) -> None:
    path = film(folder / "plain.mp4", sound=True, vcodec="libx264", bf=2, g=10)
    signature, clip = agree(path), measure(path)
    assert np.array_equal(signature.pts, clip.frames.pts)
    assert np.array_equal(signature.packets.sha256, clip.packets.sha256)
    assert np.array_equal(signature.packets.pts, clip.shown[clip.video].pts)
    assert signature.sound is not None
    assert signature.end(14) == Fraction(15, 25)


def test_packets_that_an_edit_list_hides_are_left_out(samples: Path) -> None:
    path = samples / "trim-edit-list.mp4"
    signature, clip = agree(path), measure(path)
    stored = [row.tobytes() for row in clip.packets.sha256]
    shown = [row.tobytes() for row in signature.packets.sha256]
    assert len(shown) == len(signature) < len(stored)
    assert set(shown) < set(stored)


def test_a_film_without_times_gets_rising_ones(folder: Path) -> None:
    path = film(folder / "raw.h264", vcodec="libx264", bf=2)
    signature = agree(path)
    assert (measure(path).frames.pts == UNSET).any()
    assert {tick * signature.time_base for tick in signature.duration.tolist()} == {Fraction(1, 25)}


def test_progress_counts_up_to_what_the_file_declares(folder: Path) -> None:
    path = film(folder / "long.mkv", size="64x48", seconds=3, vcodec="libx264")
    seen: list[tuple[int, int]] = []
    sign(path, lambda done, total: seen.append((done, total)))
    assert seen == [(32, 75), (64, 75)]


def test_a_file_without_pictures_is_refused(folder: Path) -> None:
    path = film(folder / "sound.m4a", sound=True, acodec="aac", vn=None)
    with pytest.raises(NotVideo):
        sign(path)


def test_a_film_without_one_decodable_picture_is_damaged(folder: Path) -> None:
    data = bytearray(film(folder / "whole.avi", vcodec="mjpeg").read_bytes())
    start = data.index(b"movi")
    data[start + 20 : data.index(b"idx1")] = bytes(data.index(b"idx1") - start - 20)
    (folder / "empty.avi").write_bytes(data)
    with pytest.raises(Damaged, match="not one picture"):
        sign(folder / "empty.avi")


def test_a_damaged_film_gives_one_signature(folder: Path) -> None:
    data = bytearray(film(folder / "good.mp4", seconds=1, vcodec="libx264", movflags="faststart").read_bytes())
    for place in range(len(data) // 2, len(data), 997):
        data[place] ^= 255
    (folder / "bad.mp4").write_bytes(data)
    first, second = agree(folder / "bad.mp4"), sign(folder / "bad.mp4")
    assert np.array_equal(first.grey, second.grey)
    assert np.array_equal(first.packets.sha256, second.packets.sha256)


def test_a_thumbnail_is_the_mean_over_equal_areas() -> None:
    greys = np.random.default_rng(1).integers(0, 256, (3, 90, 160), np.uint8)
    fine = greys.repeat(3, axis=1).repeat(3, axis=2).reshape(3, DOWN, 10, ACROSS, 10).astype(np.float64)
    assert np.array_equal(thumbnails(greys), np.floor(fine.mean(axis=(2, 4)) + 0.5))
    assert (thumbnails(np.full((1, 90, 160), 255, np.uint8)) == 255).all()


def times(*ticks: int, step: int = 7) -> list[int]:
    pts, duration = rising(np.array(ticks, np.int64), np.zeros(len(ticks), np.int64), step)
    assert (np.append(np.diff(pts), duration[-1]) == duration).all()
    return [int(tick) for tick in pts]


def test_times_that_are_stated_and_rise_stay() -> None:
    assert times(-5, 0, 3, 100) == [-5, 0, 3, 100]


def test_missing_times_are_put_between_their_neighbours() -> None:
    assert times(UNSET, 10, 20, UNSET, UNSET, 50, UNSET) == [0, 10, 20, 30, 40, 50, 60]
    assert times(UNSET, UNSET, UNSET) == [0, 7, 14]


def test_times_at_odds_with_the_order_are_not_taken() -> None:
    assert times(0, 10, 5000, 30, 40) == [0, 10, 20, 30, 40]
    assert times(0, 10, 20, 20, 40, 50) == [0, 10, 15, 20, 40, 50]


def test_the_last_picture_stands_as_long_as_the_file_says() -> None:
    _, duration = rising(np.array([0, 10]), np.array([0, 4]), 1)
    assert duration.tolist() == [10, 4]
    _, alone = rising(np.array([0]), np.array([0]), usual_step(Fraction(50), Fraction(1, 1000)))
    assert alone.tolist() == [20]


@given(
    st.lists(st.one_of(st.just(UNSET), st.integers(-50, 50), st.integers(-(2**63), 2**63 - 1)), min_size=1), st.data()
)
def test_whatever_is_stated_times_rise(stated: list[int], data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=len(stated), max_size=len(stated)))
    pts, duration = rising(np.array(stated, np.int64), np.array(lengths, np.int64), 1)
    assert (np.diff(pts) > 0).all()
    assert (np.diff(pts) == duration[:-1]).all()
    assert duration.min() > 0
    assert np.abs(pts).max() < 2 * LATEST


def same(one: object, other: object) -> bool:
    """Equal in every column, their kinds included."""
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.dtype == other.dtype
            and one.tobytes() == other.tobytes()
            and one.shape == other.shape
        )
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and same((*one.values(),), (*other.values(),))
    if is_dataclass(one) and not isinstance(one, type):
        names = [field.name for field in fields(one)]
        return type(one) is type(other) and all(same(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


def all_ways(path: Path, spool: Path) -> str:
    """Reads a clip apart and in one decode, on several threads and on one; returns what it ended in."""
    try:
        clip, signature = measure(path), sign(path)
    except EntiretyError as error:
        with pytest.raises(type(error), match=re.escape(str(error))):
            measure_and_sign(path, threads=False)
        return type(error).__name__
    both = measure_and_sign(path)
    assert same(both, (clip, signature)), path.name
    assert same(measure_and_sign(path, threads=False, spool=spool), both), path.name
    assert spool.stat().st_size == signature.grey.size
    return "read"


@pytest.mark.parametrize("name", ["variable-rate", "trim-edit-list"])
def test_samples_give_the_same_in_one_decode_and_on_one_thread(samples: Path, tmp_path: Path, name: str) -> None:
    assert all_ways(samples / f"{name}.mp4", tmp_path / "spool") == "read"


@pytest.mark.slow
def test_all_samples_give_the_same_in_one_decode_and_on_one_thread(samples: Path, tmp_path: Path) -> None:
    ended = [all_ways(path, tmp_path / "spool") for path in sorted(samples.glob("*.mp4"))]
    assert set(ended) == {"read"}


@pytest.mark.slow
def test_real_clips_give_the_same_in_one_decode_and_on_one_thread(corpus: Path, tmp_path: Path) -> None:
    ended = [all_ways(path, tmp_path / "spool") for path in sorted(corpus.glob("*/*")) if path.is_file()]
    assert ended.count("read") > 50


def test_a_damaged_film_gives_the_same_in_one_decode(folder: Path, tmp_path: Path) -> None:
    """Its second reading begins the thumbnails anew."""
    data = bytearray(film(folder / "good-too.mp4", seconds=2, vcodec="libx264", movflags="faststart").read_bytes())
    for place in range(len(data) // 2, len(data), 997):
        data[place] ^= 255
    (folder / "damaged.mp4").write_bytes(data)
    assert measure(folder / "damaged.mp4").log
    assert all_ways(folder / "damaged.mp4", tmp_path / "spool") == "read"


def test_films_without_times_or_sound_give_the_same_in_one_decode(folder: Path, tmp_path: Path) -> None:
    raw = film(folder / "raw-too.h264", vcodec="libx264", bf=2)
    sounding = film(folder / "sounding.mkv", sound=True, vcodec="libx264", bf=2)
    assert [all_ways(path, tmp_path / "spool") for path in (raw, sounding)] == ["read"] * 2


def test_more_pictures_than_thumbnails_are_kept_of_give_no_signature(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film(folder / "many.mp4", vcodec="libx264", seconds=2)
    monkeypatch.setattr(thumbnail, "MOST", 40)
    clip, signature = measure_and_sign(path, spool=tmp_path / "spool")
    assert signature is None
    assert same(clip, measure(path))
    assert (tmp_path / "spool").stat().st_size <= 40 * DOWN * ACROSS
