"""Review copies of small films: every shown picture once, at its time, the same bytes every time, and one sentence where there is none."""

import hashlib
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.container import InputContainer

from entirety.errors import CannotOpen, ChangedWhileReading, EntiretyError, Environment, Unsupported
from entirety.measure import review
from entirety.measure.clip import measure
from entirety.measure.review import review_copy
from entirety.model.clip import Clip
from entirety.model.copies import REVIEW, REVIEW_FILE
from entirety.read import review_copy as runner
from entirety.read import review_encoding
from entirety.read.cropping import WHOLE
from entirety.read.review_encoding import Order, encoded
from read.films import film

SECONDS = Fraction(2)


@pytest.fixture(scope="module")
def clip_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds with sound; every third picture is left out, so times are uneven."""
    place = tmp_path_factory.mktemp("review") / "film.mp4"
    return film(
        place, size="320x180", seconds=2, sound=True, vf="select=mod(n\\,3)", fps_mode="vfr", metadata="title=secret"
    )


@pytest.fixture(scope="module")
def clip(clip_file: Path) -> Clip:
    return measure(clip_file)


def order(path: Path, clip: Clip, **changes: Any) -> Order:
    plain = Order(
        path, clip.video, 0, Fraction(1), WHOLE, clip.start, SECONDS, len(clip.frames), sha256=clip.custody.sha256
    )
    return replace(plain, **changes)


def reading(content: bytes) -> InputContainer:
    return av.open(io.BytesIO(content), "r")


def test_every_shown_picture_is_there_once_at_its_time(clip_file: Path, clip: Clip) -> None:
    record, content = review_copy(clip_file, clip, SECONDS)
    assert (record.role, record.file, record.stream) == (REVIEW, REVIEW_FILE, clip.video)
    assert (record.pictures, record.lead) == (len(clip.frames), 0)
    assert record.file_sha256 == hashlib.sha256(content).hexdigest()
    assert content == encoded(order(clip_file, clip))
    with reading(content) as copy, av.open(str(clip_file)) as source:
        assert [stream.type for stream in copy.streams] == ["video", "audio"]
        video = copy.streams.video[0]
        assert (video.codec_context.name, video.pix_fmt, video.width) == ("h264", "yuv420p", 320)
        assert not {**copy.metadata, **video.metadata}.keys() & {"title", "creation_time", "encoder"}
        base = Fraction(video.time_base or 0)
        pairs = list(zip(copy.decode(video), source.decode(video=0), strict=True))
        assert len(pairs) == len(clip.frames) == 33
        for seen, given in pairs:
            assert seen.pts is not None
            assert given.pts is not None
            assert seen.pts * base == given.pts * clip.frames.time_base - clip.start
            ours, theirs = (frame.to_ndarray(format="gray")[:180].astype(int) for frame in (seen, given))
            assert np.abs(ours - theirs).mean() < 4


def test_the_sound_is_there_at_its_place(clip_file: Path, clip: Clip) -> None:
    with reading(encoded(order(clip_file, clip))) as copy:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in copy.decode(audio=0)])
    assert abs(len(heard) / 16_000 - 2) < 0.15
    spectrum = np.abs(np.fft.rfft(heard[4000:20_000]))
    assert abs(int(spectrum.argmax()) - 440) <= 2


def test_another_number_of_pictures_than_the_audit_counts_is_no_copy_of_it(clip_file: Path, clip: Clip) -> None:
    with pytest.raises(Unsupported, match="33 pictures came out where the audit counts 34"):
        encoded(order(clip_file, clip, pictures=34))


def test_a_copy_that_grows_too_large_is_given_up(clip_file: Path, clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_encoding, "MOST_BYTES", 1 << 10)
    with pytest.raises(Unsupported, match="larger than"):
        encoded(order(clip_file, clip))


def test_a_clip_that_cannot_be_read_costs_one_sentence(tmp_path: Path, clip: Clip) -> None:
    gone = tmp_path / "gone.mp4"
    with pytest.raises(EntiretyError) as caught:
        review_copy(gone, clip, SECONDS)
    assert isinstance(caught.value, CannotOpen)
    with pytest.raises(Environment, match=r"^No review copy was made: [^\n]*gone\.mp4[^\n]*\.$") as told:
        runner.encode(gone, clip, WHOLE, SECONDS)
    assert str(tmp_path) not in str(told.value)


def test_one_that_hangs_is_stopped(clip_file: Path, clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SECONDS", -len(clip.frames))
    with pytest.raises(Environment, match="cannot be run to its end"):
        runner.encode(clip_file, clip, WHOLE, SECONDS)


def test_an_encoder_that_breaks_down_is_told_by_its_number_alone(
    clip_file: Path, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "PACKAGES", ())
    with pytest.raises(Environment, match=r"^No review copy was made: the encoder broke down \(1\)\.$"):
        runner.encode(clip_file, clip, WHOLE, SECONDS)


def test_a_file_that_changed_meanwhile_gets_no_copy(
    clip_file: Path, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "encode", lambda *_: b"made of another file")
    other = replace(clip, custody=replace(clip.custody, sha256="0" * 64))
    with pytest.raises(ChangedWhileReading):
        review_copy(clip_file, other, SECONDS)


@pytest.mark.slow
def test_what_an_edit_list_hides_is_not_shown(samples: Path) -> None:
    path = samples / "trim-edit-list.mp4"
    clip = measure(path)
    record, content = review_copy(path, clip, Fraction(9))
    with reading(content) as copy:
        assert sum(1 for _ in copy.decode(video=0)) == record.pictures == 225
