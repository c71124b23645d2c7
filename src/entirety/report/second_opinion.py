"""The second program's opinion: as JSON values, back from them, and in words for every printed form."""

from collections.abc import Iterable

from entirety.model.second_opinion import Compared, Point, SecondOpinion
from entirety.report.part import Part
from entirety.report.record import Json, Object, pairs, said
from entirety.report.said import sentence_of
from entirety.report.view_parts import SecondView
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

LONGEST = 120
"""Characters of one value; what stands in a file's own words may be longer."""


def second_part(second: SecondOpinion | None) -> Json:
    if second is None:
        return None
    return {
        "program": second.program,
        **said("reason", second.reason),
        "compared": [_compared_part(one) for one in second.compared],
        "stated": pairs(second.stated),
    }


def _compared_part(one: Compared) -> Object:
    return {"point": one.point.value, "ours": one.ours, "theirs": one.theirs, "agree": one.agree}


def second_of(top: Part) -> SecondOpinion | None:
    """None also in an audit by a program that asked no other. Raises CannotOpen where a member is missing or wrong."""
    # Programs that knew of no second one knew of no working copies either: this member does not go missing alone.
    asked = "second" in top.names() or "copies" in top.names()
    part = top.maybe("second", top.part) if asked else None
    if part is None:
        return None
    none = part.maybe("reason", part.text), part.maybe("reason_message", part.part)
    return SecondOpinion(
        program=part.text("program"),
        reason=None if none == (None, None) else sentence_of(part, "reason"),
        compared=part.each("compared", _compared),
        stated=part.pairs("stated"),
    )


def _compared(part: Part) -> Compared:
    return Compared(part.one_of("point", Point), part.text("ours"), part.text("theirs"), part.maybe("agree", part.flag))


def second_view(second: SecondOpinion | None, words: Catalogue) -> SecondView:
    """Sentences, and a table of what differs; nothing at all is left unsaid, also where there is no opinion."""
    if second is None:
        return SecondView((words.text("second.absent"),), (), ())
    if second.reason is not None:
        return SecondView((words.text("second.none", reason=words.say(second.reason)),), (), ())
    rows = tuple(
        (_point(one, words), visible(one.ours, LONGEST), _theirs(one, words))
        for one in second.compared
        if one.agree is False
    )
    stated = tuple((_stated(name, words), visible(text, LONGEST)) for name, text in second.stated)
    return SecondView(tuple(_lead(second, len(rows), words)), rows, stated)


def second_lines(second: SecondOpinion | None, words: Catalogue) -> list[str]:
    """One line for a terminal."""
    if second is None:
        return []
    label, differing = words.text("terminal.second"), [one for one in second.compared if one.agree is False]
    if second.reason is not None:
        return [f"{label}: {words.say(second.reason)}"]
    told = "; ".join(
        words.text(
            "second.line_differs",
            point=_point(one, words),
            ours=visible(one.ours, LONGEST),
            theirs=_theirs(one, words),
        )
        for one in differing
    )
    program, same = visible(second.program, LONGEST), sum(one.agree is True for one in second.compared)
    agrees = words.text("second.line_agrees", program=program, n=same)
    return [visible(f"{label}: {agrees}{'; ' if told else ''}{told}", 500)]


def _lead(second: SecondOpinion, differing: int, words: Catalogue) -> Iterable[str]:
    program = visible(second.program, LONGEST)
    same = [_point(one, words) for one in second.compared if one.agree is True]
    open_ = [_point(one, words) for one in second.compared if one.agree is None]
    if same:
        yield words.text("second.agrees", program=program, points="; ".join(same))
    if differing:
        yield words.text("second.differs", program=program, n=differing)
        yield words.text("second.weight")
    if open_:
        yield words.text("second.uncompared", program=program, points="; ".join(open_))


def _point(one: Compared, words: Catalogue) -> str:
    return words.text(f"second.point_{one.point.value}")


def _theirs(one: Compared, words: Catalogue) -> str:
    return visible(one.theirs, LONGEST) or words.text("report.not_stated")


def _stated(name: str, words: Catalogue) -> str:
    message = f"second.stated_{name}"
    return words.text(message) if message in words.ids() else visible(name, 60)
