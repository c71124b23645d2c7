"""Counts the samples of sound that is stored without headers: PCM and the telephone codings of recorders.

Nothing in the bytes states a rate; how many samples a packet holds follows from its length alone.
"""

from entirety.read.headers.sound.blocks import Block, Coding, SoundFormat

WIDTHS = {
    **{f"pcm_{kind}{bits}{end}": bits for kind in "su" for bits in (16, 24, 32) for end in ("le", "be")},
    **{f"pcm_f{bits}{end}": bits for bits in (32, 64) for end in ("le", "be")},
    **{f"pcm_s{bits}le_planar": bits for bits in (16, 24, 32)},
    "pcm_s16be_planar": 16,
    "pcm_s8_planar": 8,
    **dict.fromkeys(("pcm_s8", "pcm_u8", "pcm_alaw", "pcm_mulaw"), 8),
    "adpcm_g722": 4,
}
"""Bits of one sample by the library's name of the coding; G.722 has two samples in a byte (ITU-T G.722)."""


def pcm(sound: SoundFormat) -> Coding:
    """Samples of a fixed width side by side."""
    bits = WIDTHS[sound.codec] * max(1, sound.channels)

    def read(packet: bytes) -> Block | None:
        count, rest = divmod(8 * len(packet), bits)
        return Block(count, 0) if count and not rest else None

    return Coding(read)
