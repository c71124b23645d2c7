"""Collects the headers of an H.263 stream, packet after packet, into one table with a row per packet (ITU-T H.263, 5.1)."""

import struct

from entirety.model.headers import MISSING, CodedHeaders, EmbeddedClock
from entirety.read.headers.h263.picture import Form, read_picture
from entirety.read.headers.start_codes import Record

COLUMNS = ("temporal_reference", "reference_size", "clock_conversion", "clock_divisor")
"""`reference_size` is how many numbers temporal_reference runs through: 256, or 1,024 with a clock of its own. That clock counts
1,800,000 / (divisor x 1000) times a second, x 1001 where the conversion code is 1."""
NAMES = {name: place for place, name in enumerate(("kind", "quantiser", *COLUMNS))}
NOTHING = (0, -1, *[MISSING] * len(COLUMNS))


class H263Reader:
    """Reads the packets of one stream in decode order; holds what a picture header may leave out between them."""

    def __init__(self, extradata: bytes) -> None:  # noqa: ARG002 - H.263 has no header in the container
        """Every picture says all that is needed."""
        self._record = Record()
        self._form = Form()

    def configure(self, extradata: bytes) -> None:
        """H.263 has no header in the container."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        number = len(self._record.table) // len(NAMES)
        picture = read_picture(packet, self._form)
        if picture is None:
            if packet:
                self._record.unreadable.append(number)
            self._record.table.extend(NOTHING)
            return
        if picture.form != self._form:
            self._form = picture.form
            self._take_form(picture.form, number)
        form, size = picture.form, 1024 if picture.form.custom_clock else 256
        reference = picture.temporal_reference
        self._record.table.extend((picture.kind, picture.quantiser, reference, size, form.conversion, form.divisor))

    def _take_form(self, form: Form, number: int) -> None:
        """Size and clock stand among bits that change from picture to picture; so the fields are kept in place of the bytes."""
        facts = {
            "source_format": form.source_format,
            "width": form.width,
            "height": form.height,
            "clock_conversion": form.conversion,
            "clock_divisor": form.divisor,
        }
        self._record.settings.take("picture-header", struct.pack(">5H", *facts.values()), number, tuple(facts.items()))

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._record.headers("h263", COLUMNS)

    def clocks(self, stream: int) -> tuple[EmbeddedClock, ...]:  # noqa: ARG002 - as every reader of video
        """Its numbers begin anew every few seconds, so they are no clock by themselves."""
        return ()
