"""The universal labels that name each piece of an MXF file: 16 bytes, of which the eighth is a version (SMPTE ST 377-1)."""

LABEL = bytes.fromhex("060e2b34")
_PACK = bytes.fromhex("02050100 0d01020101")
_SET = bytes.fromhex("02530100 0d0101010101")
_INDEX = bytes.fromhex("02530100 0d0102010110")
_FILL = bytes.fromhex("01010100 0301021001")
_ESSENCE = bytes.fromhex("0d010301")
PARTITIONS = {2: "HeaderPartition", 3: "BodyPartition", 4: "FooterPartition"}
PARTITION_NAMES = frozenset(PARTITIONS.values())
PRIMER, INDEX, RANDOM, FILL, ESSENCE = "PrimerPack", "IndexTableSegment", "RandomIndexPack", "Fill", "EssenceElements"
STATUS = {1: "open, incomplete", 2: "closed, incomplete", 3: "open, complete", 4: "closed, complete"}
"""Open: the writer had not settled the values yet. Incomplete: some of them may be missing."""
SETS = {
    0x0F: "Sequence",
    0x11: "SourceClip",
    0x14: "TimecodeComponent",
    0x18: "ContentStorage",
    0x23: "EssenceContainerData",
    0x25: "FileDescriptor",
    0x27: "GenericPictureEssenceDescriptor",
    0x28: "CDCIEssenceDescriptor",
    0x29: "RGBAEssenceDescriptor",
    0x2F: "Preface",
    0x30: "Identification",
    0x32: "NetworkLocator",
    0x33: "TextLocator",
    0x36: "MaterialPackage",
    0x37: "SourcePackage",
    0x39: "EventTrack",
    0x3A: "StaticTrack",
    0x3B: "TimelineTrack",
    0x41: "DMSegment",
    0x42: "GenericSoundEssenceDescriptor",
    0x43: "GenericDataEssenceDescriptor",
    0x44: "MultipleDescriptor",
    0x47: "AES3PCMDescriptor",
    0x48: "WaveAudioDescriptor",
    0x51: "MPEGVideoDescriptor",
    0x5A: "JPEG2000PictureSubDescriptor",
}


def _plain(key: bytes) -> bytes:
    """What follows the four bytes common to all labels, with the version set to zero."""
    return key[4:7] + b"\x00" + key[8:]


def partition(key: bytes) -> str:
    """The kind of partition that a key begins; empty for any other key."""
    plain = _plain(key)
    return PARTITIONS.get(plain[9], "") if key.startswith(LABEL) and plain.startswith(_PACK) else ""


def name(key: bytes) -> str:
    """What a key names; its 16 bytes where that is not known here."""
    plain = _plain(key)
    if plain.startswith(_PACK):
        known = {**PARTITIONS, 5: PRIMER, 0x11: RANDOM}
        return known.get(plain[9], key.hex())
    if plain.startswith(_SET):
        return SETS.get(plain[10], key.hex())
    if plain.startswith(_INDEX):
        return INDEX
    if plain.startswith(_FILL):
        return FILL
    return ESSENCE if plain[4:8] == _ESSENCE else key.hex()


def looks_like_mxf(head: bytes) -> bool:
    """True where a header partition begins, at the very beginning or after other bytes, which the standard allows (run-in)."""
    at = head.find(LABEL)
    while at >= 0:
        key = head[at : at + 16]
        if len(key) == 16 and partition(key) == PARTITIONS[2]:
            return True
        at = head.find(LABEL, at + 1)
    return False
