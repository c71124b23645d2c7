"""How often the pictures of a clip were encoded before an audit sees them: what the check double-encoding is held to.

Drawn takes are encoded for the first time when they are recorded here. Takes from files were encoded by whoever made the file, so a former
rhythm found in a recording of them may be that of the file: of those nobody can say beforehand what is right.
"""

from functools import cache

from entirety.validate.bases import packaged
from entirety.validate.conditions import CONDITIONS
from entirety.validate.edits import EDITS
from entirety.validate.innocent import VARIANTS
from entirety.validate.model import Result

SENT_ON = frozenset(condition.id for condition in CONDITIONS if condition.afterwards)
ENCODED_ANEW = frozenset(edit.id for edit in EDITS if edit.how == "encode")
SAVED_AGAIN = frozenset(variant.id for variant in VARIANTS if variant.again)


def encoded_once(one: Result) -> bool | None:
    """Whether the pictures were encoded once; None where the take came out of a file, and where software did more than is known."""
    if one.condition in SENT_ON or one.edit in ENCODED_ANEW | SAVED_AGAIN:
        return False
    if one.base not in _drawn() or (one.group in ("innocent", "device") and one.truth.software):
        return None
    return True


@cache
def _drawn() -> frozenset[str]:
    return frozenset(base.id for base in packaged() if base.origin == "drawn")
