"""Reads the header of each VP8 picture: its size, whether it stands alone, and its quantiser (RFC 6386, clause 9)."""

from entirety.model.headers import MISSING, CodedHeaders, EmbeddedClock, ParameterSet
from entirety.read.headers.h264.bits import Unreadable
from entirety.read.headers.picture_rows import INTRA, OTHER, PREDICTED, PictureRows
from entirety.read.headers.vpx.boolean import BooleanBits

NAMES = ("width", "height", "show_frame", "version", "log2_nbr_of_dct_partitions")
TAG_BYTES, KEY_BYTES = 3, 10
START_CODE = b"\x9d\x01\x2a"


class Vp8Reader:
    """Reads the packets of one stream in decode order."""

    def __init__(self, _extradata: bytes) -> None:
        """Containers have no header of VP8 that states anything about the pictures."""
        self._rows = PictureRows("vp8", NAMES)
        self._size = (MISSING, MISSING)

    def configure(self, extradata: bytes) -> None:
        """Nothing follows from a further header."""

    def add(self, packet: bytes) -> None:
        """Read one packet into the next row; whatever its bytes, it raises nothing."""
        rows = self._rows
        if len(packet) < TAG_BYTES:  # an encoder that leaves a picture out writes an empty packet
            rows.add(OTHER, 0, -1, rows.absent, readable=not packet)
            return
        key, version, shown = not packet[0] & 1, packet[0] >> 1 & 7, packet[0] >> 4 & 1
        kind, readable, stated = INTRA if key else PREDICTED, True, b""
        if key:
            readable = packet[3:6] == START_CODE and len(packet) >= KEY_BYTES
            if not readable:
                rows.add(kind, 0, -1, rows.absent, readable=False)
                return
            stated = packet[6:KEY_BYTES]
            self._size = (int.from_bytes(stated[:2], "little") & 0x3FFF, int.from_bytes(stated[2:], "little") & 0x3FFF)
        quantiser, partitions, colour = -1, MISSING, (-1, -1)
        try:
            colour, partitions, quantiser = _first_partition(packet[KEY_BYTES if key else TAG_BYTES :][:64], key=key)
        except Unreadable:
            readable = False
        if key and readable:
            readable = self._record(version, stated, colour)
        rows.add(kind, int(key), quantiser, (*self._size, shown, version, partitions), readable=readable)

    def _record(self, version: int, stated: bytes, colour: tuple[int, int]) -> bool:
        facts = {
            "version": version,
            "width": self._size[0],
            "height": self._size[1],
            "horizontal_scale": stated[1] >> 6,
            "vertical_scale": stated[3] >> 6,
            "color_space": colour[0],
            "clamping_type": colour[1],
        }
        payload = bytes((version, *stated, *colour))
        return self._rows.setting(ParameterSet("key-frame", 0, self._rows.row, payload, tuple(facts.items())))

    def columns(self) -> CodedHeaders:
        """What was read, one row per packet added."""
        return self._rows.columns()

    def clocks(self, _stream: int) -> tuple[EmbeddedClock, ...]:
        """VP8 carries no clock."""
        return ()


def _first_partition(data: bytes, *, key: bool) -> tuple[tuple[int, int], int, int]:
    """Colour space and clamping, partitions, and y_ac_qi (clause 9.2 to 9.6)."""
    bits = BooleanBits(data)
    colour = (bits.flag(), bits.flag()) if key else (-1, -1)
    if bits.flag():  # segmentation_enabled
        update_map, update_data = bits.flag(), bits.flag()
        if update_data:
            bits.flag()  # segment_feature_mode
            bits.skip_optional(4, 8)  # quantizer_update_value and its sign
            bits.skip_optional(4, 7)  # lf_update_value and its sign
        if update_map:
            bits.skip_optional(3, 8)
    bits.u(10)  # filter_type, loop_filter_level, sharpness_level
    if bits.flag() and bits.flag():  # mode_ref_lf_delta_enabled, mode_ref_lf_delta_update
        bits.skip_optional(8, 7)
    return colour, bits.u(2), bits.u(7)
