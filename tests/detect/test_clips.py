"""The hand-written clip itself: its columns agree with each other, or every test built on it means nothing."""

from dataclasses import fields

import numpy as np

from detect.clips import frame_rows, make_clip, rows


def test_columns_have_equal_length() -> None:
    clip = make_clip(60, sound=True)
    assert clip.headers is not None
    assert len(clip.frames) == len(clip.packets) == len(clip.headers) == 60
    for name, column in vars(clip.frames).items():
        assert not isinstance(column, np.ndarray) or len(column) == 60, name
    assert clip.track is not None
    assert len(clip.track.samples) == 60


def test_pieces_are_cut_from_every_column() -> None:
    clip = make_clip(60)
    for piece in (rows(clip.packets, slice(10, 20)), frame_rows(clip.frames, slice(10, 20))):
        for field in fields(piece):
            column = getattr(piece, field.name)
            assert not isinstance(column, np.ndarray) or len(column) == 10, field.name
