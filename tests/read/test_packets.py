import hashlib
from pathlib import Path

import numpy as np

from entirety.model.time import UNSET
from entirety.read.log import listening
from entirety.read.packets import stored_packets
from entirety.read.streams import open_clip
from read.films import film


def test_lists_what_edit_lists_hide(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mp4", seconds=2, vcodec="libx264", g=25, bf=0)
    with listening(), open_clip(whole, ignore_edits=True) as container:
        stored = stored_packets(container, 0, whole)
    (columns,), headers = stored.packets, stored.headers
    data = whole.read_bytes()
    assert len(columns) == 50
    assert np.flatnonzero(columns.key).tolist() == [0, 25]
    for row in (0, 7, 49):
        start, size = int(columns.position[row]), int(columns.size[row])
        assert columns.sha256[row].tobytes() == hashlib.sha256(data[start : start + size]).digest()
    assert headers is not None
    assert len(headers) == 50
    assert np.flatnonzero(headers.idr).tolist() == [0, 25]


def test_keeps_unstated_times_unset(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.avi", vcodec="libx264", bf=2)
    with listening(), open_clip(clip, ignore_edits=True) as container:
        stored = stored_packets(container, 0, clip)
    (columns,), headers = stored.packets, stored.headers
    assert headers is not None
    assert set(columns.pts.tolist()) == {UNSET}
    assert columns.dts.tolist() == list(range(15))
