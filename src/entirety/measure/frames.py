"""Turns each decoded picture into one row of numbers and lets the picture go.

All columns come from the same decode. Pictures are hashed one at a time, their small versions measured in batches, and nothing but
the numbers is kept.
"""

from array import array
from fractions import Fraction

import cv2
import numpy as np

from entirety.measure.digest import digest
from entirety.measure.grey import Shrinker
from entirety.measure.looks import Closer
from entirety.measure.renewal import Renewal
from entirety.measure.signals import Signals
from entirety.measure.thumbnail import Thumbnails
from entirety.model.clip import PICTURE_KINDS, Frames
from entirety.read.cropping import Crop
from entirety.read.decode import Picture

_KEY, _CORRUPT, _INTERLACED = 1, 2, 4


class FrameColumns:
    """Collects the columns of one clip, picture by picture: flat arrays, no object per picture."""

    def __init__(self, crop: Crop, thumbnails: Thumbnails | None = None) -> None:
        """`crop` is what the container asks to cut off every picture; `thumbnails` collects beside the columns."""
        cv2.setNumThreads(1)
        self._crop = crop
        self._shrinker, self._signals, self._renewal, self._closer = (
            Shrinker(),
            Signals(thumbnails),
            Renewal(),
            Closer(),
        )
        self._times, self._shapes, self._marks, self._hashes = array("q"), array("i"), array("B"), bytearray()
        self._known_shapes: dict[tuple[int, int, str, int], int] = {}

    def __len__(self) -> int:
        return len(self._shapes)

    def add(self, picture: Picture) -> None:
        """Measure one picture and append its row."""
        frame = picture.frame
        sha256, size = digest(frame, self._crop)
        _, _, width, height = self._crop.within(frame.width, frame.height)
        shape = (width, height, frame.format.name, size)
        small = self._shrinker.shrink(frame, self._crop)
        self._signals.add(small)
        self._closer.add(frame, small, self._crop)
        self._renewal.add(frame, self._crop)
        self._times.extend((picture.pts, picture.duration))
        self._shapes.append(self._known_shapes.setdefault(shape, len(self._known_shapes)))
        kind = int(frame.pict_type)
        flags = frame.key_frame * _KEY + frame.is_corrupt * _CORRUPT + frame.interlaced_frame * _INTERLACED
        self._marks.extend((flags, kind if kind < len(PICTURE_KINDS) else 0))
        self._hashes += sha256

    def columns(self, time_base: Fraction) -> Frames:
        """All rows; `time_base` is that of the stream."""
        signals = self._signals.columns()
        formats = tuple(dict.fromkeys(name for _, _, name, _ in self._known_shapes))
        table = np.array([(w, h, formats.index(f), n) for w, h, f, n in self._known_shapes], np.int64).reshape(-1, 4)
        width, height, number, size = table[np.array(self._shapes, np.int32)].T
        pts, duration = np.array(self._times, np.int64).reshape(-1, 2).T.copy()
        flags, kind = np.array(self._marks, np.uint8).reshape(-1, 2).T.copy()
        return Frames(
            time_base=time_base,
            pts=pts,
            duration=duration,
            key=flags & _KEY != 0,
            kind=kind.astype(np.int8),
            corrupt=flags & _CORRUPT != 0,
            width=width.astype(np.int32),
            height=height.astype(np.int32),
            format=number.astype(np.int16),
            formats=formats,
            interlaced=flags & _INTERLACED != 0,
            size=size.copy(),
            sha256=np.frombuffer(bytes(self._hashes), np.uint8).reshape(-1, 32),
            phash=signals.phash,
            dhash=signals.dhash,
            luma=signals.luma,
            contrast=signals.contrast,
            difference=signals.difference,
            residual=signals.residual,
            acceleration=signals.acceleration,
            colour=signals.colour,
            renewal=self._renewal.column(),
            view=signals.view,
            motion=signals.motion,
            rest=signals.rest,
            looks=self._closer.columns(),
        )
