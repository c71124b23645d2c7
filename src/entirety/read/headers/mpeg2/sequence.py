"""Reads the settings of MPEG-1 and MPEG-2 video: the sequence header and its extensions (ISO/IEC 13818-2, 6.2.2)."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

RATES = (
    Fraction(24_000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30_000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60_000, 1001),
    Fraction(60),
)
"""frame_rate_code 1 to 8 (Table 6-4)."""
MATRIX = 64
"""Bytes of a matrix of quantisers."""
SEQUENCE_EXTENSION = 1
"""extension_start_code_identifier (Table 6-2)."""

Facts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One sequence header with its extension, if there is one."""

    facts: Facts
    """Empty where it is damaged."""
    rate: Fraction | None
    """Pictures per second; None where the code is reserved."""
    nominal: int
    """Pictures in a second of the time code: those of the code alone, rounded up. An encoder that names a slower rate by the extension
    counts its time codes by the faster one (read off ffmpeg)."""
    tall: bool
    """More than 2,800 lines: then slices carry three bits more (6.2.4)."""


def read_sequence(header: bytes, extension: bytes) -> Sequence:
    """Read what stands behind the start codes of a sequence header and of a sequence extension; the latter is empty in MPEG-1."""
    if len(header) < 8 or not header[6] & 0x20:  # the marker bit that divides bit rate and buffer size
        return Sequence((), None, 0, tall=False)
    value = int.from_bytes(header[:8])
    width, height = value >> 52, value >> 40 & 0xFFF
    code, bit_rate, buffer = value >> 32 & 15, value >> 14 & 0x3FFFF, value >> 3 & 0x3FF
    own, other = _matrices(header)
    facts: dict[str, int] = {
        "width": width,
        "height": height,
        "aspect_ratio_information": value >> 36 & 15,
        "frame_rate_code": code,
        "bit_rate_value": bit_rate,
        "vbv_buffer_size_value": buffer,
        "constrained_parameters_flag": value >> 2 & 1,
        "load_intra_quantiser_matrix": own,
        "load_non_intra_quantiser_matrix": other,
    }
    rate = RATES[code - 1] if 1 <= code <= len(RATES) else None
    nominal = ceil(rate) if rate else 0
    if len(extension) >= 6 and extension[0] >> 4 == SEQUENCE_EXTENSION:
        more = int.from_bytes(extension[:6])
        facts |= {
            "width": width | (more >> 31 & 3) << 12,
            "height": height | (more >> 29 & 3) << 12,
            "bit_rate_value": bit_rate | (more >> 17 & 0xFFF) << 18,
            "vbv_buffer_size_value": buffer | (more >> 8 & 0xFF) << 10,
            "profile_identification": more >> 40 & 15,
            "level_identification": more >> 36 & 15,
            "progressive_sequence": more >> 35 & 1,
            "chroma_format": more >> 33 & 3,
            "low_delay": more >> 7 & 1,
        }
        rate = rate * Fraction((more >> 5 & 3) + 1, (more & 31) + 1) if rate else None
    return Sequence(tuple(facts.items()), rate, nominal, tall=facts["height"] > 2800)


def _matrices(header: bytes) -> tuple[int, int]:
    """Whether matrices of quantisers are loaded for blocks of their own and for others."""
    own = header[7] >> 1 & 1
    if not own:
        return 0, header[7] & 1
    # The bit for the second one follows the first matrix.
    return 1, header[7 + MATRIX] & 1 if len(header) > 7 + MATRIX else 0
