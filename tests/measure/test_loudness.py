from pathlib import Path

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from entirety.measure.loudness import FLOOR, _level, loudness
from read.films import film


def test_a_sine_has_its_level_from_begin_to_end(tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mkv", sound=True, seconds=1, vcodec="mpeg4", acodec="pcm_s16le", ar=48000, ac=1)
    heard = loudness(path)
    assert heard.start[0] == 0
    assert float(heard.start[-1] + heard.length[-1]) == pytest.approx(1, abs=0.03)
    # The source's sine has an eighth of full height: 20 log10(1 / 8) is -18.1, and its root mean square lies 3 below.
    assert np.median(heard.level) == -21.0


def test_a_file_without_sound_has_no_rows(tmp_path: Path) -> None:
    assert len(loudness(film(tmp_path / "mute.mp4", vcodec="libx264"))) == 0
    (tmp_path / "text.mp4").write_text("no film")
    assert len(loudness(tmp_path / "text.mp4")) == 0


@pytest.mark.parametrize(
    ("form", "kind", "silence", "loudest"),
    [
        ("u8", np.uint8, 128, 0),
        ("s16", np.int16, 0, -32768),
        ("s32p", np.int32, 0, -(2**31)),
        ("flt", np.float32, 0, 7),
        ("fltp", np.float32, np.nan, 1),
    ],
)
def test_every_form_of_samples_has_the_same_scale(form: str, kind: type, silence: float, loudest: float) -> None:
    for value, level in ((silence, FLOOR), (loudest, 0.0)):
        frame = AudioFrame.from_ndarray(np.full((1, 64), value, kind), format=form, layout="mono")
        assert _level(frame) == level
