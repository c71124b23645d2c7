"""What somebody stated about the case, in words: each entry printed as stated, or the words "not stated"."""

from entirety.model.stated import Stated, names, ready
from entirety.read.stated import LONGEST
from entirety.report.view_compared import Rows
from entirety.report.view_parts import Blank, SignView
from entirety.report.visible import visible
from entirety.report.wording import SOURCE, Catalogue

CASE = ("case_number", "case_exhibit", "case_court", "case_party", "received_from", "received_on")
"""Lines on page one; section 2 has all."""

SIGN = (
    "operator_name",
    "operator_capacity",
    "operator_organisation",
    "operator_date",
    "operator_place",
    "operator_contact",
)

SHORT = 56
"""Characters of one entry on page one: about two lines of a third of the page."""


def case_lines(stated: Stated | None, words: Catalogue) -> tuple[Blank, ...]:
    return tuple(_blank(name, stated, words, SHORT) for name in CASE)


def all_stated(stated: Stated | None, words: Catalogue) -> Rows:
    """Every entry of a case file with what it states."""
    listed = [f"{table}_{entry}" for table, entries in names().items() for entry in entries]
    blanks = [_blank(name, stated, words, LONGEST) for name in listed]
    return tuple((blank.label, blank.value) for blank in blanks)


def sign_view(stated: Stated | None, words: Catalogue, *, most: int = LONGEST) -> SignView:
    done = ready(stated)
    mark = Blank(words.text("stated.mark"), words.text("stated.mark_open"), stated=False)
    return SignView(
        stamp=words.text("sign.stamp_ready" if done else "report.draft"),
        note=words.text("sign.ready" if done else "sign.draft"),
        lines=(*(_blank(name, stated, words, most) for name in SIGN), mark),
        version=_version(stated, words, LONGEST) or words.text("sign.version"),
        amended=_version(stated, words, SHORT),
    )


def reviewed(stated: Stated | None, words: Catalogue) -> str:
    """For a report in another language than that of the source: who reviewed its wording; empty for the source language."""
    if words.language == SOURCE:
        return ""
    name = getattr(stated, f"translation_{words.language}", "") if stated else ""
    return words.text("report.reviewed", name=visible(name, SHORT)) if name else words.text("report.unreviewed")


def capacity(stated: Stated | None, words: Catalogue) -> str:
    return (
        visible(stated.operator_capacity, LONGEST)
        if stated and stated.operator_capacity
        else words.text("report.not_stated")
    )


def _version(stated: Stated | None, words: Catalogue, most: int) -> str:
    if stated is None or not stated.report_replaces:
        return ""
    why = visible(stated.report_why, most) if stated.report_why else words.text("report.not_stated")
    return words.text("sign.replaces", id=visible(stated.report_replaces, 60), why=why)


def _blank(name: str, stated: Stated | None, words: Catalogue, most: int) -> Blank:
    text = getattr(stated, name) if stated else ""
    value = visible(text, most) if text else words.text("report.not_stated")
    return Blank(words.text(f"stated.{name}"), value, bool(text))
