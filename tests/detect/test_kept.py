"""An answer for one and the same clip is worked out once."""

from collections.abc import Iterator

from detect.clips import make_clip
from detect.views import cut
from entirety.detect.kept import kept
from entirety.detect.picture_breaks import picture_breaks
from entirety.model.clip import Frames


def test_an_answer_is_worked_out_once_for_each_clip() -> None:
    asked = []

    @kept
    def lengths(frames: Frames) -> Iterator[int]:
        asked.append(len(frames))
        yield len(frames)

    one, other = make_clip(30).frames, make_clip(40).frames
    assert [lengths(frames) for frames in (one, one, other, other, one)] == [(30,), (30,), (40,), (40,), (30,)]
    assert asked == [30, 40, 30]


def test_another_question_of_the_same_clip_has_its_own_answer() -> None:
    asked = []

    @kept
    def times(frames: Frames, factor: int) -> Iterator[int]:
        asked.append(factor)
        yield factor * len(frames)

    frames = make_clip(30).frames
    assert [times(frames, factor) for factor in (1, 1, 2, 1)] == [(30,), (30,), (60,), (30,)]
    assert asked == [1, 2, 1]


def test_another_clip_in_the_same_place_of_memory_is_another_clip() -> None:
    for at in (40, 60, 80):
        assert [one.frame for one in picture_breaks(cut(at).frames)] == [at]
