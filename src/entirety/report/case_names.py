"""Names of evidence files for other programs: as text, as bytes, as an address, always so that the very name can be had back.

Most systems take any bytes for a name, also such as are no text. Within this program they stand as lone surrogates (PEP 383); outside of
it nothing reads those, so a name is given as text beside its bytes.
"""

import string

PLAIN = frozenset((string.ascii_letters + string.digits + "-._~/").encode())
"""Bytes that stand for themselves in an address (RFC 3986, unreserved), and the one that parts the folders."""


def name_bytes(path: str) -> bytes:
    """The bytes of the name as the system has it."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as some systems allow it
        return path.encode("utf-8", "surrogatepass")


def path_text(path: str) -> str:
    """The name as text that every program can take; bytes that are no text stand as `\\xff`."""
    return name_bytes(path).decode("utf-8", "backslashreplace")


def path_hex(path: str) -> str | None:
    """The bytes of a name that is no text, as hexadecimal digits; None where its text says all."""
    return None if path_text(path) == path else name_bytes(path).hex()


def path_from(text: str, digits: str | None) -> str:
    """The name of `path_text` and `path_hex`."""
    return text if digits is None else bytes.fromhex(digits).decode("utf-8", "surrogateescape")


def address(path: str) -> str:
    """The name as a relative address: every byte but the harmless ones as `%2B`."""
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in name_bytes(path))
