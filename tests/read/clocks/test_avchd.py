from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.read.clocks.avchd import recording_date
from read.clocks.forms import mdpm


def test_reads_the_date() -> None:
    assert recording_date(mdpm()) == int(datetime(2009, 8, 1, 1, 25, 45, tzinfo=UTC).timestamp())


def test_no_date_in_other_notes() -> None:
    assert recording_date(bytes(16) + mdpm()[16:]) is None
    assert recording_date(mdpm(date="0220ff08")) is None
    assert recording_date(mdpm(time="32012545")) is None
    assert recording_date(mdpm()[:28]) is None


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_any_bytes(tail: bytes) -> None:
    for payload in (tail, mdpm()[:16] + tail, mdpm()[:20] + tail):
        assert isinstance(recording_date(payload), int | None)
