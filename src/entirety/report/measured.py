"""The name and the value of what a check measured, as a row of a table in the language of the report.

Some names are put together: a field of a header and that two readings of it follow, or the name of a program and where its trace stands. Such
a name is translated part by part; names of fields stay as the standards have them.
"""

from entirety.model.finding import Measured, Value
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

TWICE = ", before -> after"
"""End of a name of which the values before and after a place are stated."""


def measured_row(measured: Measured, words: Catalogue) -> tuple[str, str, str]:
    """Name, value, and what it was held against."""
    unit, bound = visible(measured.unit, 60), measured.threshold
    return (
        _name(measured.name, words),
        _amount(measured.value, unit, words),
        words.text("finding.measured_none") if bound is None else _amount(bound, unit, words),
    )


def _name(name: str, words: Catalogue) -> str:
    whole = words.own(name)
    if whole != visible(name):
        return whole
    if name.endswith(TWICE):
        return words.text("finding.before_after", name=words.own(name.removesuffix(TWICE)))
    program, mark, place = name.partition(": ")
    kind, blank, key = place.partition(" ")
    return visible(f"{words.word(program)}{mark}{words.word(kind)}{blank}{key}")


def _amount(value: Value, unit: str, words: Catalogue) -> str:
    """A number with its unit: `1 picture`, `2 pictures`."""
    if unit in ("pictures", "bytes") and isinstance(value, int):
        return words.text("item.bytes" if unit == "bytes" else "item.pictures", n=value)
    return f"{_number(value, words)} {words.word(unit)}".strip()


def _number(value: Value, words: Catalogue) -> str:
    """Six significant digits are more than any measure here carries; a whole number is never shortened."""
    if isinstance(value, str):
        return words.number(visible(words.word(value), 300), "")
    return words.number(value, "," if isinstance(value, int) else ",.6g")
