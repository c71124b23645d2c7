"""Reads kinds of sound whose blocks each begin with a header: MPEG audio (MP1, MP2, MP3), AC-3 and E-AC-3, Opus, AMR.

Each function takes one packet and gives the samples that it holds; a packet may hold several blocks.
"""

from functools import lru_cache

from entirety.read.headers.sound.blocks import Block, Coding, Setting, SoundFormat, stated

FRAMES_MOST = 64
"""Blocks in one packet; AMR in 3GP has 15 at most, and a packet with more than this is damaged."""

MPEG_KBPS = {
    (3, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By version (3 MPEG-1, 2 MPEG-2) and layer, bitrate_index from 1 (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3)."""
AC3_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640)
AC3_RATES = (48000, 44100, 32000)
OPUS_RATE = 48_000
OPUS_LONGEST = 5_760
"""120 ms: no packet lasts longer (RFC 6716, 3.2.5)."""
AMR_NB = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
AMR_WB = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)
"""Bytes of a block by its frame type, header included (RFC 4867, 5.3); 0 where the type is reserved."""


def mpeg_audio(_sound: SoundFormat) -> Coding:
    """MPEG-1 and MPEG-2 audio, layers 1 to 3, and the lower rates called 2.5."""
    return Coding(_mpeg_packet)


def _mpeg_packet(packet: bytes) -> Block | None:
    at = samples = 0
    first: Block | None = None
    for _ in range(FRAMES_MOST):
        head = packet[at : at + 4]
        known = _mpeg_header(head[1], head[2], head[3] >> 6 == 3) if len(head) == 4 and head[0] == 0xFF else None
        if known is None:
            break
        block, size = known
        first = first or block
        samples += block.samples
        at += size
        if not size:
            break
    return None if first is None else Block(samples, first.rate, first.setting)


@lru_cache(maxsize=4_096)
def _mpeg_header(second: int, third: int, mono: bool) -> tuple[Block, int] | None:
    """One block and its bytes, 0 where these are not stated (free format); None where this is no header."""
    version, layer, rate_index, index = second >> 3 & 3, 4 - (second >> 1 & 3), third >> 2 & 3, third >> 4
    if second & 0xE0 != 0xE0 or version == 1 or layer == 4 or rate_index == 3 or index == 15:
        return None
    rate = (44100, 48000, 32000)[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 384 if layer == 1 else 576 if layer == 3 and version != 3 else 1152
    kbps = MPEG_KBPS[3 if version == 3 else 2, layer][index - 1] if index else 0
    padding = third >> 1 & 1
    whole = (12_000 * kbps // rate + padding) * 4 if layer == 1 else samples * 125 * kbps // rate + padding
    setting = stated("mpeg-audio", layer=layer, sampling_frequency=rate, channels=1 if mono else 2)
    return Block(samples, rate, setting), whole if kbps else 0


def dolby(_sound: SoundFormat) -> Coding:
    """AC-3 and E-AC-3 (ATSC A/52)."""
    return Coding(_dolby_packet)


def _dolby_packet(packet: bytes) -> Block | None:
    at = samples = 0
    first: Block | None = None
    for _ in range(FRAMES_MOST):
        head = packet[at : at + 7]
        if len(head) < 7 or head[:2] != b"\x0b\x77":
            break
        known = _eac3(head[2:6]) if head[5] >> 3 > 10 else _ac3(head[4], head[5] >> 3, head[6])
        if known is None:
            return None
        block, size = known
        first = first or block
        samples += block.samples
        at += size
    return None if first is None else Block(samples, first.rate, first.setting)


@lru_cache(maxsize=4_096)
def _ac3(sizes: int, bsid: int, modes: int) -> tuple[Block, int] | None:
    fscod, code = sizes >> 6, sizes & 63
    if fscod == 3 or code >= 2 * len(AC3_KBPS):
        return None
    kbps, rate = AC3_KBPS[code >> 1], AC3_RATES[fscod]
    words = kbps * 96_000 // rate + (code & 1 if fscod == 1 else 0)
    setting = stated("ac3", bsid=bsid, sampling_frequency=rate, acmod=modes >> 5)
    return Block(1536, rate >> max(0, bsid - 8), setting), 2 * words


@lru_cache(maxsize=4_096)
def _eac3(head: bytes) -> tuple[Block, int] | None:
    stream, size = head[0] >> 6, 2 * (((head[0] & 7) << 8 | head[1]) + 1)
    fscod, blocks = head[2] >> 6, (1, 2, 3, 6)[head[2] >> 4 & 3]
    rate = AC3_RATES[fscod] if fscod < 3 else (24000, 22050, 16000, 0)[head[2] >> 4 & 3]
    if not rate or stream == 3:
        return None
    # A dependent stream adds channels to the one before it, further programmes sound beside it: neither adds time.
    adds = stream != 1 and not head[0] >> 3 & 7
    setting = stated("eac3", bsid=head[3] >> 3, sampling_frequency=rate, acmod=head[2] >> 1 & 7, lfeon=head[2] & 1)
    return Block(256 * (blocks if fscod < 3 else 6) if adds else 0, rate, setting), size


def opus(sound: SoundFormat) -> Coding:
    """Opus; the encoder changes its mode, bandwidth and number of channels by itself, so only the container's header is a setting."""
    data = sound.extradata
    header = None
    if data[:8] == b"OpusHead" and len(data) >= 19:
        facts = {"version": data[8], "channels": data[9], "pre_skip": int.from_bytes(data[10:12], "little")}
        header = Setting("OpusHead", data, tuple(facts.items()))
    return Coding(_opus_packet, header)


def _opus_packet(packet: bytes) -> Block | None:
    """Samples by the first byte, and by the second where that counts the blocks (RFC 6716, 3.1 and 3.2)."""
    if not packet:
        return None
    config, code = packet[0] >> 3, packet[0] & 3
    if config < 12:
        length = (480, 960, 1920, 2880)[config & 3]
    else:
        length = (480, 960)[config & 1] if config < 16 else 120 << (config & 3)
    count = (1, 2, 2)[code] if code < 3 else packet[1] & 63 if len(packet) > 1 else 0
    return Block(length * count, OPUS_RATE) if 0 < length * count <= OPUS_LONGEST else None


def amr(sound: SoundFormat) -> Coding:
    """AMR, 20 ms a block: narrow band at 8 kHz, wide band at 16."""
    sizes, rate = (AMR_WB, 16_000) if sound.codec == "amr_wb" else (AMR_NB, 8_000)

    def read(packet: bytes) -> Block | None:
        at = count = 0
        while at < len(packet) and count < FRAMES_MOST:
            size = sizes[packet[at] >> 3 & 15]
            if not size:
                return None
            at += size
            count += 1
        return Block(count * rate // 50, rate) if count else None

    return Coding(read)
