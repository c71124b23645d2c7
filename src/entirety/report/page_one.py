"""Page one: what a judge needs, in the order of the questions that a judge asks, with each technical word linked to the glossary."""

from entirety.model.audit import Answer, Audit
from entirety.model.finding import Outcome, Weight
from entirety.report import facts, unexamined
from entirety.report.annexes import general
from entirety.report.compared import settled
from entirety.report.findings import counted
from entirety.report.questions import questions
from entirety.report.stated import SHORT, case_lines, reviewed, sign_view
from entirety.report.terms import Linker
from entirety.report.view import FindingView, MainView, PageOne
from entirety.report.view_parts import Runs
from entirety.report.wording import Catalogue

MOST_MAIN = 3
"""Findings on page one."""


def page_one(audit: Audit, told: tuple[FindingView, ...], words: Catalogue) -> PageOne:
    """Texts are linked in the order of reading, so that each term is linked where a reader first meets it."""
    main = [f for f in told if f.weight_code != Weight.NEUTRAL.value][:MOST_MAIN]
    link = Linker(words).link
    said = facts.page_one(audit, words)
    return PageOne(
        language=reviewed(audit.stated, words),
        facts=tuple((link(label), value, _is_hash(value)) for label, value in said),
        case=case_lines(audit.stated, words),
        question=link(words.text("page.question_text")),
        questions=tuple(
            (row.question, words.text("page.question_word", word=row.word)) for row in questions(audit, words)
        ),
        word=words.text(f"word.{audit.answer.value}"),
        sentence=link(words.say(audit.sentence)),
        rule=link(_rule(audit, words)),
        banner=_banner(audit, words),
        count=link(_count(audit, told, main, words)),
        main=tuple(_main(one, link(one.title), link(one.short), words) for one in main),
        not_meaning=link(" ".join(words.text(f"page.not_{what}") for what in ("who", "true", "missing", "law"))),
        considered=tuple(link(one.considered) for one in main) or (link(words.text("page.others_none")),),
        settle=tuple(link(line) for line in (*settled(audit, words), *general(words), words.text("page.settle_more"))),
        check=link(words.text("page.check_text")),
        sign=sign_view(audit.stated, words, most=SHORT),
    )


def _is_hash(value: str) -> bool:
    """A hash in groups of eight is set in a typeface in which its characters stand apart."""
    return len(value) == 71 and len(value.split()) == 8


def _rule(audit: Audit, words: Catalogue) -> str:
    """Which row held; its condition, one long sentence, stands in section 8. The word for nothing found never stands without its limit."""
    held = [row.number for row in audit.rule if row.condition == audit.reason]
    row = words.text("page.by_rule", row=held[0]) if held else words.text("page.by_rule_other")
    bare = Answer.NONE_FOUND in {answer for _, answer in audit.questions} and audit.answer is not Answer.NONE_FOUND
    return f"{row} {words.text('page.none_found_limit')}" if bare else row


def _main(one: FindingView, title: Runs, short: Runs, words: Catalogue) -> MainView:
    return MainView(
        one.id,
        one.label,
        title,
        words.text("page.finding_line", weight=_weight(one, words), when=one.when),
        short,
        one.pair,
    )


def _weight(one: FindingView, words: Catalogue) -> str:
    """The strength, and how clearly it was measured where that is less than clearly: page one hides no doubt of section 5."""
    return one.weight if one.confidence == words.text("confidence.high") else f"{one.weight}, {one.confidence}"


def _count(audit: Audit, told: tuple[FindingView, ...], main: list[FindingView], words: Catalogue) -> str:
    count = words.text("page.findings_count", n=len(told), list=counted(audit, words)) if told else ""
    none = "" if main else words.text("page.findings_none")
    shown = words.text("page.findings_shown", shown=len(main)) if len(main) < len(told) and main else ""
    more = shown or (words.text("page.findings_all") if told else "")
    return " ".join(part for part in (none, count, more) if part)


def _banner(audit: Audit, words: Catalogue) -> tuple[str, ...]:
    failed = sum(result.outcome is Outcome.FAILED for result in audit.checks)
    lines = []
    if audit.custody.sha256 != audit.sha256_after:
        lines.append(words.text("page.banner_changed"))
    if failed:
        lines.append(words.text("page.banner_failed", n=failed))
    blind = sum(result.outcome is Outcome.CLEAR and result.blind_here is not None for result in audit.checks)
    if blind:
        lines.append(words.text("page.banner_blind", n=blind))
    return (*lines, *unexamined.banner(audit.unexamined, words))
