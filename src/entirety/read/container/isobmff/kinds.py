"""Which boxes hold other boxes, and where in them the first one begins.

From ISO/IEC 14496-12, ISO/IEC 14496-14, 3GPP TS 26.244 and Apple's QuickTime File Format Specification.
"""

_PLAIN_CONTAINERS = (
    "moov trak edts mdia minf stbl dinf udta mvex moof traf mfra sinf schi rinf strk strd tref trgr gmhd "
    "tapt wave ilst clip matt rmra rmda cmov hnti hinf iprp ipco ludt paen meco"
)
PLAIN_CONTAINERS = frozenset(_PLAIN_CONTAINERS.split())
"""Children follow the header at once."""

COUNTED_CONTAINERS = frozenset(("stsd", "dref", "keys"))
"""Children follow version, flags and a 32-bit count of entries."""

_TOP_LEVEL = (
    "ftyp styp moov moof mdat free skip wide pnot PICT uuid meta mfra sidx ssix prft pdin udta emsg imda "
    "junk sefd bloc meco"
)
TOP_LEVEL = frozenset(_TOP_LEVEL.split())
"""Kinds known to stand at top level. An unknown kind is believed there only where its size fits into the file."""

_FIRST_KINDS = "ftyp styp moov moof mdat free skip wide pnot uuid sidx"
FIRST_KINDS = frozenset(_FIRST_KINDS.split())
"""Kinds that files of this family begin with."""

ENTRY_FIELDS = {"vide": (78,), "soun": (28, 44, 64), "tmcd": (26,)}
"""Bytes of fixed fields in a sample entry before its child boxes, by handler; sound: ISO and QuickTime version 0, 1, 2."""


def kind_text(raw: bytes) -> str:
    """Four characters as a readable word: bytes that are not printable ASCII appear as \\xNN."""
    text = raw.decode("latin-1")
    if text.isascii() and text.isprintable():
        return text
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in raw)


def is_plausible(raw: bytes) -> bool:
    """True where four bytes can be a kind: printable ASCII, or (c) and three of them as Apple's text items have."""
    text = (b"c" + raw[1:] if raw[:1] == b"\xa9" else raw).decode("latin-1")
    return len(raw) == 4 and text.isascii() and text.isprintable()
