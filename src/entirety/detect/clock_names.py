"""What the clocks inside footage are called in a sentence, and how one of their readings is written."""

from datetime import datetime, timedelta

from entirety.detect.clock_readings import Aligned
from entirety.model.time import clock as clock_text

NAMES = {
    "av1-time-code": "the time code in the picture data (AV1)",
    "avchd-date": "the recording date in the picture data (AVCHD)",
    "camm": "the satellite time in a data track (camm, as phones and 360-degree cameras write it)",
    "dv-date": "the recording date in the picture data (DV)",
    "dv-time-code": "the time code in the picture data (DV)",
    "gpmf": "the satellite time in a data track (GPMF, as GoPro cameras write it)",
    "h264-pic-timing": "the time code in the picture data (H.264)",
    "hevc-time-code": "the time code in the picture data (HEVC)",
    "id3": "the time in a data track (ID3)",
    "klv": "the time in a data track (KLV, as aircraft cameras write it)",
    "mpeg2-group": "the time code in the picture data (MPEG-2 groups)",
    "mpeg4-group": "the time code in the picture data (MPEG-4 groups)",
    "nmea": "the satellite time in text lines (NMEA)",
    "subtitle-date": "the date in the subtitles",
    "tmcd": "the time code track (tmcd)",
}
DECIMAL = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""Units of a second in which dates and times of day are written; what counts in others counts pictures."""
LEAVES_OUT = 30
"""Pictures in a second, or a multiple, at which drop-frame counting leaves out numbers (SMPTE ST 12-1)."""
MOST = 10**12
"""Pictures; a count beyond is damage and has no time of day."""
BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - in the zone of the clock itself


def clock_name(source: str) -> str:
    """The plain name of a kind of clock; its own one where it is not in the list."""
    return NAMES.get(source, f"the clock {source}")


def reading_text(readings: Aligned, number: int) -> str:
    """A reading as a person writes it: a date, a time of day, or a time code of hours, minutes, seconds and pictures."""
    units, read = int(readings.stated[number]), readings.clock
    if read.base.numerator != 1 or read.base.denominator not in DECIMAL:
        return _time_code(units, readings)
    if read.daily:
        return clock_text(units * read.base)
    try:
        date = BEGINNING + timedelta(seconds=float(units * read.base))
    except OverflowError:
        return f"{float(units * read.base)} s"
    return date.isoformat(sep=" ", timespec="milliseconds" if read.base < 1 else "seconds")


def _time_code(count: int, readings: Aligned) -> str:
    """Readers count pictures since midnight; whether the code left out numbers is no longer known then."""
    nominal = round(1 / readings.clock.base)
    if not 0 <= count < MOST or nominal < 1:
        return f"picture {count}"
    seconds, picture = divmod(count, nominal)
    code = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{picture:02d}"
    return f"{code} (no number left out)" if nominal % LEAVES_OUT == 0 else code
