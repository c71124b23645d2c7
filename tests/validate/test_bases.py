"""The list of continuous takes, and their masters."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from conftest import ROOT
from entirety.errors import Damaged, Unsupported
from entirety.read.ffmpeg import program
from entirety.read.programs import run
from entirety.validate.bases import Places, listed, make_master
from entirety.validate.model import Base

SAMPLES = ROOT / "samples"
ENTRY = """
[[base]]
id = "{id}"
source = "own"
file = "own.mp4"
sha256 = "{sha256}"
first = 5
count = {count}
rate = "20/1"
scene = "moving"
sound = false
why = "drawn by ffmpeg"
"""


def own(folder: Path, *, count: int = 30, sha256: str = "", extra: str = "") -> Places:
    folder.mkdir(exist_ok=True)
    film = folder / "own.mp4"
    if not film.exists():
        run(
            [program(None), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x480:rate=20:duration=2", str(film)],
            60,
        )
    there = hashlib.sha256(film.read_bytes()).hexdigest()
    text = ENTRY.format(id="own-1", sha256=sha256 or there, count=count) + extra
    (folder / "bases.toml").write_text(text, encoding="utf-8")
    return Places(SAMPLES, None, folder)


def drawn() -> list[Base]:
    return [base for base in listed(Places(SAMPLES, None, None))[0] if base.origin == "drawn"]


def test_the_list_is_well_formed() -> None:
    bases, _ = listed(Places(SAMPLES, None, None))
    plain = [base for base in bases if base.origin == "drawn" and not base.traits]
    assert len(plain) >= 18
    assert Counter(base.half for base in plain) == {"tuning": len(plain) // 2, "reporting": len(plain) // 2}
    for half in ("tuning", "reporting"):
        assert {t for b in bases if b.half == half for t in b.traits} == {"flashes", "dim", "whip", "portrait"}
        assert {b.scene for b in plain if b.half == half} == {"static", "moving"}


def test_with_the_real_clips_there_are_forty_bases_and_every_source_lies_in_one_half(corpus: Path) -> None:
    bases, _ = listed(Places(SAMPLES, corpus, None))
    assert len(bases) >= 40
    halves = defaultdict(set)
    for base in bases:
        halves[base.source].add(base.half)
        assert base.why
        if base.origin == "corpus":
            assert "ooked at on" in base.why
    assert all(len(half) == 1 for half in halves.values())


def test_without_the_real_clips_one_sentence_says_how_to_name_them() -> None:
    _, said = listed(Places(SAMPLES, None, None))
    assert sum("--corpus" in sentence for sentence in said) == 1


def test_a_drawn_master_has_its_pictures_and_its_rate(tmp_path: Path) -> None:
    arguments = "street 5 25 12"
    base = replace(drawn()[0], file=arguments, count=12, rate=Fraction(25))
    make_master(base, Places(SAMPLES, None, None), tmp_path / "m.mkv", program(None))
    with av.open(str(tmp_path / "m.mkv")) as container:
        video = container.streams.video[0]
        assert video.average_rate == 25
        assert [frame.key_frame for frame in container.decode(video)] == [True] * 12
        assert container.streams.audio


def test_a_folder_of_own_takes_serves(tmp_path: Path) -> None:
    places = own(tmp_path / "own")
    bases, said = listed(places)
    mine = next(base for base in bases if base.id == "own-1")
    assert mine.origin == "clips"
    assert mine.half in ("tuning", "reporting")
    assert not [sentence for sentence in said if "own.mp4" in sentence]
    make_master(mine, places, tmp_path / "m.mkv", program(None))
    with av.open(str(tmp_path / "m.mkv")) as container:
        times = [frame.time for frame in container.decode(video=0)]
        assert (container.streams.video[0].width, container.streams.video[0].height) == (480, 360)
    assert times == pytest.approx([n / 20 for n in range(30)], abs=0.001)


def test_a_file_that_nobody_listed_is_named_with_what_to_do(tmp_path: Path) -> None:
    places = own(tmp_path / "own")
    (tmp_path / "own" / "second.mp4").write_bytes(b"not looked at")
    _, said = listed(places)
    assert any("second.mp4 is left out: a person must have looked" in sentence for sentence in said)


def test_another_file_under_a_listed_name_is_left_out(tmp_path: Path) -> None:
    bases, said = listed(own(tmp_path / "own", sha256="0" * 64))
    assert "own-1" not in {base.id for base in bases}
    assert any("own.mp4 is left out: its SHA-256" in sentence for sentence in said)


def test_fewer_pictures_than_listed_is_one_sentence(tmp_path: Path) -> None:
    places = own(tmp_path / "own", count=99)
    mine = next(base for base in listed(places)[0] if base.id == "own-1")
    with pytest.raises(Damaged, match="35 pictures where 99 are listed"):
        make_master(mine, places, tmp_path / "m.mkv", program(None))
    assert not (tmp_path / "m.mkv").exists()


@pytest.mark.parametrize("extra", ["[[base]]\nid = 3\n", "[[", ENTRY.format(id="own-1", sha256="0" * 64, count=3)])
def test_a_list_with_a_mistake_is_refused(extra: str, tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="list of bases"):
        listed(own(tmp_path / "own", extra=extra))
