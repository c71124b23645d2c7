"""Writes HEVC headers bit by bit, so that a test can say exactly what stands in them."""

from collections.abc import Sequence

from read.headers.h264.writer import BitWriter, escape, lengths, start_codes

__all__ = ["BitWriter", "eos", "hvcc", "lengths", "picture", "pps", "sei", "sps", "start_codes", "time_code", "unit"]


def unit(kind: int, bits: BitWriter, *, layer: int = 0, temporal_id: int = 0) -> bytes:
    head = bytes([kind << 1 | layer >> 5, (layer & 31) << 3 | (temporal_id + 1)])
    return head + escape(BitWriter([*bits.text, "1"]).raw())


def profile(bits: BitWriter) -> BitWriter:
    return bits.u(2, 0).u(1, 0).u(5, 1).u(32, 0x60000000).u(4, 9).u(44, 0).u(8, 93)


def sps(number: int = 0, *, timed: tuple[int, int] | None = (1, 25), long_term: int = 0) -> bytes:
    """320 x 240, 8-bit picture numbers, two sets of references of which the second is told by the first."""
    bits = profile(BitWriter().u(4, 0).u(3, 0).u(1, 1)).ue(number, 1, 320, 240).u(1, 0).ue(0, 0, 4).u(1, 1).ue(4, 2, 0)
    bits.ue(0, 3, 0, 3, 0, 0).u(1, 0, 0, 0, 0)
    bits.ue(2).ue(1, 0).ue(0).u(1, 1)  # set 0: one picture before, one number back
    bits.u(1, 1).u(1, 1).ue(0).u(1, 1, 1)  # set 1: those of set 0 one further back, and that picture itself
    bits.u(1, long_term)
    if long_term:
        bits.ue(0)
    bits.u(1, 0, 0)
    bits.u(1, timed is not None)
    if timed:
        bits.u(1, 0, 0, 0, 0, 0, 0, 1, 0, 1).u(32, *timed).u(1, 0, 0, 0)
    return unit(33, bits.u(1, 0))


def pps(number: int = 0) -> bytes:
    """Quantiser 30 to begin with."""
    bits = BitWriter().ue(number, 0).u(1, 0, 0).u(3, 0).u(1, 0, 0).ue(0, 0).se(4).u(1, 0, 0, 0).se(0, 0)
    return unit(34, bits.u(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0).ue(0).u(1, 0, 0))


def picture(
    kind: int, lsb: int = 0, back: Sequence[int] | int = (), *, temporal_id: int = 0, layer: int = 0, long: Sequence[int] = ()
) -> bytes:  # fmt: skip
    """I where it names nothing, else P; `back` are the distances to earlier pictures, or the number of a set of the SPS."""
    bits = BitWriter().u(1, 1)
    if 16 <= kind <= 23:
        bits.u(1, 0)
    names = back != () or bool(long)
    bits.ue(0).ue(1 if names else 2)
    if kind not in (19, 20):
        bits.u(8, lsb % 256)
        if isinstance(back, int):
            bits.u(1, 1, back)
        else:
            bits.u(1, 0).u(1, 0).ue(len(back), 0)
            for near, far in zip((0, *back), back, strict=False):
                bits.ue(far - near - 1).u(1, 1)
        if long:
            bits.ue(len(long))
            for number in long:
                bits.u(8, number).u(1, 1, 0)
    if names:
        bits.u(1, 0).ue(0)
    return unit(kind, bits.se(-2).u(16, 0), layer=layer, temporal_id=temporal_id)


def sei(*messages: tuple[int, bytes]) -> bytes:
    body = b"".join(bytes([kind, len(payload)]) + payload for kind, payload in messages)
    return b"\x4e\x01" + escape(body + b"\x80")


def time_code(hours: int, minutes: int, seconds: int, frames: int, counting: int = 0) -> bytes:
    bits = BitWriter().u(2, 1).u(1, 1, 0).u(5, counting).u(1, 1, 0, 0).u(9, frames).u(6, seconds, minutes).u(5, hours)
    return sei((136, bits.u(5, 0).raw()))


def eos() -> bytes:
    return b"\x48\x01"


def hvcc(*units: bytes) -> bytes:
    head = bytes([1, *bytes(20), 3, len(units)])
    return head + b"".join(bytes([one[0] >> 1, 0, 1]) + len(one).to_bytes(2) + one for one in units)
