"""What the parties and the operator state about a case: texts of theirs, printed as stated and never checked.

Nothing here comes from the machine that runs the program. A field that nobody filled in is an empty text, which the report prints as "not
stated". The first word of a name is the table in the case file, the second the entry: `case_number` is `number` in `[case]`.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Stated:
    """Texts of the case file; empty where not stated."""

    case_number: str = ""
    case_exhibit: str = ""
    case_court: str = ""
    """Court or authority."""
    case_party: str = ""
    """For whom, or for which party, the report is made."""
    received_from: str = ""
    received_by: str = ""
    received_on: str = ""
    """As stated; no date is worked out from it."""
    received_how: str = ""
    operator_name: str = ""
    operator_capacity: str = ""
    operator_organisation: str = ""
    operator_contact: str = ""
    operator_date: str = ""
    """Date of the signature."""
    operator_place: str = ""
    report_replaces: str = ""
    """Id of the earlier report that this one replaces."""
    report_why: str = ""
    translation_ru: str = ""
    """Who reviewed the Russian wording."""
    translation_kk: str = ""


SIGNING = ("operator_name", "operator_capacity", "operator_date", "operator_place", "operator_contact")
"""What the signature block needs before it can be signed."""


def names() -> dict[str, tuple[str, ...]]:
    """Tables of the case file and their entries, in the order of printing."""
    tables: dict[str, tuple[str, ...]] = {}
    for field in fields(Stated):
        table, entry = field.name.split("_", 1)
        tables[table] = (*tables.get(table, ()), entry)
    return tables


def ready(stated: Stated | None) -> bool:
    """Whether the signature block is filled in."""
    return stated is not None and all(getattr(stated, name) for name in SIGNING)
