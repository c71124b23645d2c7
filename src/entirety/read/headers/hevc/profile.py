"""Reads which profile, tier and level a stream keeps (profile_tier_level): what a decoder must be able to do."""

from entirety.read.headers.h264.bits import Bits

PROFILE_BITS = 88
"""Profile, compatibility and constraints of one temporal layer (clause 7.3.3)."""
LAYERS_MOST = 7
"""sps_max_sub_layers_minus1 is 6 at most (clause 7.4.3.2.1)."""


def read_profile(bits: Bits, sub_layers: int) -> dict[str, int]:
    """Read profile_tier_level( 1, sub_layers - 1 ); the flags of the layers below the highest are stepped over."""
    bits.u(2)  # general_profile_space
    facts = {
        "general_tier_flag": bits.flag(),
        "profile_idc": bits.u(5),
        "profile_compatibility_flags": bits.u(32),
        "general_progressive_source_flag": bits.flag(),
        "general_interlaced_source_flag": bits.flag(),
        "constraint_flags": bits.u(46),
        "level_idc": bits.u(8),
    }
    present = [(bits.flag(), bits.flag()) for _ in range(sub_layers - 1)]
    if present:
        bits.u(2 * (8 - len(present)))  # reserved_zero_2bits
    for profile, level in present:
        bits.u(PROFILE_BITS * profile + 8 * level)
    return facts
