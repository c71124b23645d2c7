"""Names the units (NAL units) of HEVC, and reads the container's header that says how they are framed.

The two framings, and how a packet is cut into its units, are those of H.264. Numbers are those of ITU-T H.265 (08/2021), Table 7-1.
"""

from entirety.read.headers.h264.nal import START, Configuration, split

RADL_N, RADL_R, RASL_N, RASL_R = 6, 7, 8, 9
"""Leading pictures: shown before the key picture that they follow; RADL can be decoded with it alone, RASL cannot."""
LAST_NON_REFERENCE = 14
"""Even types up to this one: pictures that no other of their temporal layer refers to."""
FIRST_IRAP, LAST_IRAP, LAST_RESERVED_IRAP = 16, 21, 23
BLA_LAST, IDR_W_RADL, IDR_N_LP, CRA = 18, 19, 20, 21
LAST_SLICE = 21
VPS, SPS, PPS, AUD, EOS, EOB, FILLER, PREFIX_SEI, SUFFIX_SEI = range(32, 41)
HEADER_BYTES = 2

HVCC_FIXED = 23
"""Bytes of hvcC before its lists of units (ISO/IEC 14496-15, 8.3.3.1)."""
UNITS_MOST = 64
"""Units read of the container's header: 16 + 16 + 64 parameter sets are possible; encoders write three and a note."""


def configuration(extradata: bytes) -> Configuration:
    """Read the container's header: hvcC, or units after start codes."""
    if len(extradata) < HVCC_FIXED or extradata.startswith((START, b"\x00" + START)):
        spans, _ = split(extradata, 0)
        return Configuration(0, tuple(extradata[start:end] for start, end in spans[:UNITS_MOST]))
    return Configuration((extradata[21] & 3) + 1, tuple(_hvcc_units(extradata)[:UNITS_MOST]))


def _hvcc_units(header: bytes) -> list[bytes]:
    units: list[bytes] = []
    at = HVCC_FIXED
    for _ in range(header[HVCC_FIXED - 1]):
        count = int.from_bytes(header[at + 1 : at + 3])
        at += 3
        for _ in range(count):
            length = int.from_bytes(header[at : at + 2])
            if at + 2 + length > len(header) or len(units) >= UNITS_MOST:
                return units
            if length > HEADER_BYTES:
                units.append(header[at + 2 : at + 2 + length])
            at += 2 + length
    return units
