"""Another signature is another run of an encoder; a first one at the first key picture, or one with a wrong bit, is not."""

from dataclasses import replace

import numpy as np
import pytest

from detect.clips import make_clip
from entirety.detect.encoder_signatures import ENCODERS, encoder_notes, signatures
from entirety.detect.run import run_check
from entirety.detect.stream_join import CHECK
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Weight
from entirety.model.h264 import H264Headers
from entirety.model.headers import CodedHeaders, EncoderNote

X264 = next(uuid for uuid, name in ENCODERS.items() if name == "x264")
FIRST, OTHER = "x264 - core 165 - options: crf=23.0", "x264 - core 164 r3095 - options: crf=18.0 keyint=50"
WRONG_BIT = "x264 - core 165 - options: crf=33.0"


def signed(*notes: tuple[int, str]) -> Clip:
    """A clip whose packets carry these texts of x264."""
    return make_clip(150, headers={"notes": tuple(EncoderNote(packet, X264, text) for packet, text in notes)})


def headers(clip: Clip) -> H264Headers:
    assert clip.headers is not None
    return clip.headers


def told(clip: Clip) -> list[Finding]:
    return [finding for finding in run_check(CHECK, clip)[1] if finding.code == "encoder-note"]


def test_another_signature_is_another_run() -> None:
    (finding,) = told(signed((0, FIRST), (75, OTHER)))
    assert (finding.weight, finding.span.last) == (Weight.DIRECT, 75)
    assert "core 164" in str(finding.claim)


def test_the_same_name_with_other_settings_is_said_as_such() -> None:
    (finding,) = told(signed((0, FIRST), (75, FIRST + " keyint=250")))
    assert str(finding.claim).endswith("Its name stays x264 - core 165; the settings in it differ (see the table).")


def test_a_first_signature_in_the_middle_is_another_run() -> None:
    (one,) = encoder_notes(headers(signed((75, FIRST))))
    assert (one.row, one.before) == (75, "none")


def test_a_recording_taken_up_within_a_group_signs_at_its_first_key_picture() -> None:
    clip = signed((25, FIRST))
    kinds = headers(clip).slice_type.copy()
    kinds[:25] = 0
    rest = replace(headers(clip), slice_type=kinds, idr=np.arange(150) % 25 == 0)
    assert not list(encoder_notes(rest))


@pytest.mark.parametrize("back", [FIRST, OTHER], ids=["comes back", "does not"])
def test_single_wrong_bits_that_go_again_are_a_sign_at_most(back: str) -> None:
    findings = told(signed((0, FIRST), (50, WRONG_BIT), (75, back)))
    weights = {finding.weight for finding in findings}
    assert weights == ({Weight.SUPPORTING} if back == FIRST else {Weight.DIRECT})


def test_versions_of_encoders_of_mpeg4_are_compared_likewise() -> None:
    nothing = np.zeros(0, np.int64)
    empty = np.zeros(100, np.int8)
    notes = tuple(EncoderNote(k, "user_data", text) for k, text in ((0, "Lavc63.1.102"), (40, "XviD0064")))
    coded = CodedHeaders("mpeg4", empty, empty == 0, empty.astype(np.int16), {}, (), notes, nothing)
    (one,) = signatures(coded)
    assert (one.row, one.before, one.after, one.reverts) == (40, "Lavc63.1.102", "XviD0064", False)
