"""Reads AAC: the settings from the container's header or from the ADTS header before each block (ISO/IEC 14496-3).

One block holds 1,024 samples as a rule. Where the upper half of the spectrum is rebuilt (SBR), what is played has twice as many.
"""

from functools import lru_cache

from entirety.read.headers.h264.bits import Bits, Unreadable
from entirety.read.headers.sound.blocks import Block, Coding, Setting, SoundFormat, stated

RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
"""Table 1.18, samplingFrequencyIndex."""
EXPLICIT = 15
GENERAL = frozenset((1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23))
"""Audio object types with a GASpecificConfig (Table 1.15)."""
SBR, PARAMETRIC_STEREO, LOW_DELAY, ENHANCED_LOW_DELAY = 5, 29, 23, 39
SYNC_EXTENSION = 0x2B7
HEADER_BYTES = 64
"""Of the container's header; one with a list of speakers has about 30."""
ADTS_BYTES = 7
FRAMES_MOST = 64
"""Blocks in one packet: a transport stream gathers below 20, a packet with more is damaged."""


def aac(sound: SoundFormat) -> Coding:
    """AAC with an AudioSpecificConfig in the container's header; without one every packet states its settings in ADTS."""
    if not sound.extradata:
        return Coding(adts)
    try:
        block = specific_config(sound.extradata[:HEADER_BYTES])
    except Unreadable:
        return Coding(lambda _packet: None)
    return Coding(lambda packet: block if packet else None, block.setting)


def specific_config(data: bytes) -> Block:
    """Read an AudioSpecificConfig (1.6.2.1) into what each block then holds; `Unreadable` where it breaks the standard."""
    bits = Bits(data)
    kind, core, channels = _object_type(bits), _rate(bits), bits.u(4)
    rate = core
    sbr = kind in (SBR, PARAMETRIC_STEREO)
    if sbr:
        rate, kind = _rate(bits), _object_type(bits)
    if kind in GENERAL:
        short = bits.flag()  # frameLengthFlag
        length = (480 if short else 512) if kind == LOW_DELAY else (960 if short else 1024)
        if not sbr and channels:
            rate = _extension(bits, core)
    elif kind == ENHANCED_LOW_DELAY:
        length = 480 if bits.flag() else 512
    else:  # other kinds of sound under this name hold varying numbers of samples
        raise Unreadable
    facts = {"audioObjectType": kind, "samplingFrequency": core, "extensionSamplingFrequency": rate}
    every = {**facts, "channelConfiguration": channels, "frameLength": length}
    return Block(length * rate // core, rate, Setting("AudioSpecificConfig", data, tuple(every.items())))


def _object_type(bits: Bits) -> int:
    kind = bits.u(5)
    return 32 + bits.u(6) if kind == 31 else kind


def _rate(bits: Bits) -> int:
    index = bits.u(4)
    rate = bits.u(24) if index == EXPLICIT else RATES[index] if index < len(RATES) else 0
    if not rate:
        raise Unreadable
    return rate


def _extension(bits: Bits, core: int) -> int:
    """The rate that a note of SBR at the end of the header gives (1.6.6.1); the core's own where there is none."""
    try:
        if bits.flag():  # dependsOnCoreCoder
            bits.u(14)
        bits.flag()  # extensionFlag
        if bits.u(11) == SYNC_EXTENSION and bits.u(5) == SBR and bits.flag():
            return _rate(bits)
    except Unreadable:
        pass
    return core


def adts(packet: bytes) -> Block | None:
    """All blocks of a packet that begins with an ADTS header (1.A.2.2); settings are those of the first."""
    at = samples = 0
    first: Block | None = None
    for _ in range(FRAMES_MOST):
        head = packet[at : at + ADTS_BYTES]
        if len(head) < ADTS_BYTES or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
            break
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        block = _adts_settings(head[1] & 8, head[2] & 0xFD, head[3] & 0xC0)
        if block is None or not ADTS_BYTES <= size <= len(packet) - at:
            return None
        first = first or block
        samples += block.samples * ((head[6] & 3) + 1)
        at += size
    return None if first is None else Block(samples, first.rate, first.setting)


@lru_cache(maxsize=64)
def _adts_settings(version: int, second: int, third: int) -> Block | None:
    index = second >> 2 & 15
    if index >= len(RATES):
        return None
    channels = (second & 1) << 2 | third >> 6
    setting = stated(
        "adts",
        audioObjectType=(second >> 6) + 1,
        samplingFrequency=RATES[index],
        channelConfiguration=channels,
        mpeg2=int(version != 0),
    )
    return Block(1024, RATES[index], setting)
