"""interim"""

from entirety.model.overlap import Overlaps
from entirety.report.record import Json


def overlaps_from(document: Json) -> Overlaps:
    """To come."""
    raise ValueError(f"not yet: {type(document)}")
