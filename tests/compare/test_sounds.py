import subprocess
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from compare.test_store import signature
from entirety.compare.sounds import correlations, together, with_sound
from entirety.measure.sound import outline
from entirety.model.coverage import Layer, Piece, SoundMatch
from entirety.model.signature import BANDS, Signature, SoundOutline
from read.films import FFMPEG

ROWS = 1000


def speech(seed: int, rows: int = ROWS) -> np.ndarray:
    """Levels that go up and down as syllables do."""
    random = np.random.default_rng(seed)
    slow = random.normal(size=(rows // 5 + 2, BANDS)).repeat(5, axis=0)[:rows]
    return np.clip(90 + 18 * slow + 4 * random.normal(size=(rows, BANDS)), 0, 255).astype(np.uint8)


def sounding(levels: np.ndarray | None, start: Fraction = Fraction(0)) -> Signature:
    return replace(signature(), start=Fraction(0), sound=None if levels is None else SoundOutline(start, levels))


def piece(clip: str, source: str, **options: object) -> Piece:
    """`1-3`: seconds from, seconds to."""
    first, second = ((Fraction(a), Fraction(b)) for a, b in (clip.split("-"), source.split("-")))
    plain = Piece(0, 0, 5, 0, 5, first, second, Fraction(1), False, False, Layer.PICTURES, 1)
    return replace(plain, **options)  # type: ignore[arg-type]


def said(clip: Signature, source: Signature, one: Piece) -> SoundMatch:
    (found,) = with_sound(clip, [source], [one])
    assert replace(found, sound=one.sound) == one
    return found.sound


def test_the_same_sound_softer_and_beside_its_pictures() -> None:
    source = speech(1)
    clip = np.clip(source[300:700].astype(int) - 30, 0, 255).astype(np.uint8)
    assert said(sounding(clip), sounding(source), piece("0-8", "6-14")) is SoundMatch.SAME
    assert said(sounding(clip), sounding(source), piece("0-7.5", "6.2-13.7")) is SoundMatch.SAME
    assert said(sounding(clip), sounding(source), piece("0-7", "6.5-13.5")) is SoundMatch.OTHER


def test_starts_of_file_and_outline_count() -> None:
    source = sounding(speech(1), Fraction(2))
    clip = replace(sounding(speech(1)[300:700], Fraction(5)), start=Fraction(5))
    assert said(clip, source, piece("0-8", "8-16")) is SoundMatch.SAME


def test_other_removed_added_and_silent() -> None:
    one, two, none = sounding(speech(1)), sounding(speech(2)), sounding(np.zeros((ROWS, BANDS), np.uint8))
    assert said(one, two, piece("1-9", "1-9")) is SoundMatch.OTHER
    for mute in (none, sounding(None)):
        assert said(mute, one, piece("1-9", "1-9")) is SoundMatch.REMOVED
        assert said(one, mute, piece("1-9", "1-9")) is SoundMatch.ADDED
        assert said(mute, none, piece("1-9", "1-9")) is SoundMatch.SILENT
    assert said(sounding(None), sounding(None), piece("1-9", "1-9")) is SoundMatch.SILENT


def test_what_cannot_be_compared_is_not() -> None:
    one = sounding(speech(1))
    assert said(one, one, piece("1-9", "1-9", speed=Fraction(5, 4))) is SoundMatch.NOT_COMPARED
    assert said(one, one, piece("1-9", "1-9", reversed=True)) is SoundMatch.NOT_COMPARED
    assert said(one, one, piece("1-2.9", "1-2.9")) is SoundMatch.NOT_COMPARED
    soft = sounding((speech(1) // 4).astype(np.uint8))
    assert said(sounding(None), soft, piece("1-9", "1-9")) is SoundMatch.NOT_COMPARED


def test_a_lasting_tone_and_a_repeating_sound_say_nothing() -> None:
    tone = np.full((ROWS, BANDS), 100, np.uint8)
    assert said(sounding(tone), sounding(tone), piece("1-9", "1-9")) is SoundMatch.SILENT
    loop = np.tile(speech(3, 100), (10, 1))
    assert said(sounding(loop), sounding(loop), piece("4-6", "4-6")) is SoundMatch.NOT_COMPARED


def test_sound_replaced_within_a_long_piece_shows() -> None:
    source = speech(1)
    clip = source.copy()
    clip[300:800] = speech(2)[300:800]
    assert said(sounding(clip), sounding(source), piece("0-20", "0-20")) is SoundMatch.OTHER
    assert together([SoundMatch.SAME, SoundMatch.OTHER, SoundMatch.SAME]) is SoundMatch.SAME
    assert together([SoundMatch.SAME, SoundMatch.REMOVED, SoundMatch.REMOVED]) is SoundMatch.REMOVED
    assert together([SoundMatch.NOT_COMPARED, SoundMatch.SILENT]) is SoundMatch.NOT_COMPARED


def test_a_piece_beyond_the_outline_is_silent_there() -> None:
    one = sounding(speech(1))
    assert said(one, one, piece("500-508", "1-9")) is SoundMatch.REMOVED
    assert said(one, one, piece("500-508", "500-508")) is SoundMatch.SILENT


def test_correlation_is_that_of_the_textbook() -> None:
    whole = speech(4, 40).astype(np.float64)
    part = speech(5, 30).astype(np.float64)
    for lag, found in enumerate(correlations(part, whole)):
        other = whole[lag : lag + 30]
        wanted = np.corrcoef((part - part.mean(axis=0)).ravel(), (other - other.mean(axis=0)).ravel())[0, 1]
        assert found == pytest.approx(wanted)
    assert not correlations(part, np.full((40, BANDS), 7.0)).any()


def coded(target: Path, seed: int, *options: str) -> Signature:
    """Six seconds of noise that goes up and down, as a file."""
    noise = f"anoisesrc=d=6:c=pink:seed={seed}:a=0.5,tremolo=f={2 + seed}:d=0.8"
    head: Sequence[str] = (FFMPEG, "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", noise)
    subprocess.run([*head, *options, str(target)], check=True, capture_output=True)
    return replace(sounding(None), sound=outline(target))


def test_coded_again_it_is_the_same(tmp_path: Path) -> None:
    source = coded(tmp_path / "source.mka", 1)
    for name, options in (
        ("a.mp4", ("-c:a", "aac", "-b:a", "64k", "-af", "volume=-20dB")),
        ("b.mka", ("-c:a", "libmp3lame", "-b:a", "64k")),
    ):
        assert said(coded(tmp_path / name, 1, *options), source, piece("1-5", "1-5")) is SoundMatch.SAME
    assert said(coded(tmp_path / "other.mka", 2), source, piece("1-5", "1-5")) is SoundMatch.OTHER


def drawn(target: Path, *options: str) -> Signature:
    """A recording of nothing but sound, or what is made of it: its outline."""
    subprocess.run([FFMPEG, "-v", "error", "-nostdin", "-y", *options, str(target)], check=True, capture_output=True)
    return replace(sounding(None), sound=outline(target))


@pytest.mark.parametrize("heard", ["sine=f=440:d=8", "anoisesrc=d=8:c=pink:seed=3:a=0.5"])
def test_a_short_copy_of_even_sound_is_not_called_another(tmp_path: Path, heard: str) -> None:
    """Where such a copy begins and ends its sound is cut in mid-wave, and a click outweighs all that is steady."""
    tone = tmp_path / "source.mp4"
    source = drawn(tone, "-f", "lavfi", "-i", heard, "-c:a", "aac")
    for name, how in (
        ("copy.mka", ("-c", "copy")),
        ("aac.mp4", ("-c:a", "aac", "-b:a", "64k")),
        ("opus.mka", ("-c:a", "libopus", "-b:a", "32k")),
    ):
        clip = drawn(tmp_path / name, "-ss", "2", "-i", str(tone), "-t", "3", *how)
        found = said(clip, source, piece("0-3.1", "2-5.1"))
        assert found in {SoundMatch.SILENT, SoundMatch.SAME, SoundMatch.NOT_COMPARED}, name


def test_sound_that_begins_late_or_ends_early_is_no_other_sound() -> None:
    source = speech(1)
    late = sounding(source[350:700], Fraction(1))
    assert said(late, sounding(source), piece("0-8", "6-14")) is SoundMatch.SAME
    assert said(late, sounding(speech(2)), piece("0-8", "6-14")) is SoundMatch.OTHER
    early = sounding(source[300:440])
    assert said(early, sounding(source), piece("0-3.5", "6-9.5")) is SoundMatch.SAME
    assert said(sounding(source[300:400]), sounding(source), piece("0-3.5", "6-9.5")) is SoundMatch.NOT_COMPARED
