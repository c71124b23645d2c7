"""Writes H.264 headers bit by bit, so that a test can say exactly what stands in them."""

from dataclasses import dataclass, field
from typing import Self


@dataclass
class BitWriter:
    """Appends fields; `unit` closes them into a NAL unit."""

    text: list[str] = field(default_factory=list)

    def u(self, count: int, *numbers: int) -> Self:
        for number in numbers:
            self.text.append(format(number, f"0{count}b"))
        return self

    def ue(self, *numbers: int) -> Self:
        for number in numbers:
            code = format(number + 1, "b")
            self.text.append("0" * (len(code) - 1) + code)
        return self

    def se(self, *numbers: int) -> Self:
        return self.ue(*(2 * number - 1 if number > 0 else -2 * number for number in numbers))

    def raw(self) -> bytes:
        """The bits, filled up with zeros."""
        joined = "".join(self.text)
        joined += "0" * (-len(joined) % 8)
        return int("1" + joined, 2).to_bytes(len(joined) // 8 + 1, "big")[1:]

    def unit(self, header: int) -> bytes:
        """The bits with the stop bit, as a NAL unit with emulation prevention."""
        return bytes([header]) + escape(BitWriter([*self.text, "1"]).raw())


def escape(rbsp: bytes) -> bytes:
    """Put a 3 wherever two zeros would be followed by 0 to 3 (clause 7.4.1.1)."""
    out = bytearray()
    zeros = 0
    for byte in rbsp:
        if zeros == 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = 0 if byte else zeros + 1
    return bytes(out)


def baseline_sps(number: int = 0, poc_type: int = 0, frame_mbs_only: int = 1, width_mbs: int = 10) -> bytes:
    """4-bit frame_num, 4-bit pic_order_cnt_lsb, no VUI."""
    bits = BitWriter().u(8, 77, 0, 30).ue(number).ue(0).ue(poc_type)
    if poc_type == 0:
        bits.ue(0)
    elif poc_type == 1:
        bits.u(1, 0).se(-1, 2).ue(2).se(3, -4)
    bits.ue(2).u(1, 0).ue(width_mbs - 1, 7).u(1, frame_mbs_only)
    if not frame_mbs_only:
        bits.u(1, 0)
    return bits.u(1, 1, 0, 0).unit(0x67)


def pps(number: int = 0, sps: int = 0, *, weighted: tuple[int, int] = (0, 0), cabac: int = 1, more: int = 0) -> bytes:
    """pic_init_qp 28; `more` sets the flags of bottom order and redundant pictures."""
    bits = BitWriter().ue(number, sps).u(1, cabac, more).ue(0, 1, 0).u(1, weighted[0]).u(2, weighted[1])
    return bits.se(2, 0, -1).u(1, 1, 0, more).unit(0x68)


def avcc(*units: bytes, length_size: int = 4) -> bytes:
    """The container's header in MP4: sequence sets first, then picture sets."""
    sets = [[unit for unit in units if unit[0] & 31 == kind] for kind in (7, 8)]
    out = bytes([1, 77, 0, 30, 0xFC | (length_size - 1), 0xE0 | len(sets[0])])
    out += b"".join(len(unit).to_bytes(2, "big") + unit for unit in sets[0])
    out += bytes([len(sets[1])]) + b"".join(len(unit).to_bytes(2, "big") + unit for unit in sets[1])
    return out


def lengths(*units: bytes, length_size: int = 4) -> bytes:
    return b"".join(len(unit).to_bytes(length_size, "big") + unit for unit in units)


def start_codes(*units: bytes) -> bytes:
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units)


def i_slice(frame_num: int = 0, poc: int = 0, *, idr: bool = True, qp_delta: int = 3, pps_id: int = 0) -> bytes:
    """A reference slice for `baseline_sps()` and `pps()`."""
    bits = BitWriter().ue(0, 7, pps_id).u(4, frame_num)
    if idr:
        bits.ue(5)
    bits.u(4, poc).u(1, *((0, 0) if idr else (0,)))
    return bits.se(qp_delta).unit(0x65 if idr else 0x61)


def longest_sps(number: int) -> bytes:
    """As many fields in as few bits as the standard allows: all scaling lists, all offsets."""
    bits = BitWriter().u(8, 100, 0, number & 255).ue(number % 32, 3).u(1, 0).ue(0, 0).u(1, 0, 1)
    bits.u(1, 1).se(*[0] * 16)
    for size in [16] * 5 + [64] * 6:
        bits.u(1, 1).se(*[0] * size)
    return bits.ue(0, 1).u(1, 0).se(0, 0).ue(255).se(*[0] * 255).ue(2).u(1, 0).ue(10, 10).u(1, 1, 1, 0, 0).unit(0x67)
