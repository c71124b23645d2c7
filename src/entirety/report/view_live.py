"""What the page hands to its own program: numbers and words as one block of data, and the small pictures of the strip."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StripPicture:
    """One reduced copy."""

    file: str
    """Path relative to the report folder."""
    time: str
    described: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LiveView:
    """What only the page in a browser shows."""

    data: str
    """One JSON object that is safe to stand inside an element of the page: see `live.embedded`."""
    strip: tuple[StripPicture, ...]
    """In the order of their times."""
    review_sha256: str
    """Hash of the review copy in groups; empty where there is none."""
