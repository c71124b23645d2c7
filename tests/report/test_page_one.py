"""Page one holds what a judge needs, in order, on one page, without a percentage, and with each technical word explained."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from entirety.model.finding import Sentence, Weight
from entirety.report.compose import compose
from entirety.report.document import declared, serialise, to_document
from entirety.report.pdf import to_pdf
from entirety.report.terms import TERMS, Linker
from entirety.report.view import PageOne
from entirety.report.view_parts import Runs
from entirety.report.wording import Catalogue
from report.audits import STATED, many, ordinary, plain
from report.test_html import page
from report.test_pdf import text

WORDS = Catalogue("en")


class Longer(Catalogue):
    """English whose every longer word has grown by a half: longer than any translation of it."""

    def text(self, message: str, **values: str | float) -> str:
        return _grown(super().text(message, **values)) if not message.startswith("term.") else super().text(message)

    def say(self, sentence: Sentence) -> str:
        return _grown(super().say(sentence))

    def own(self, text: str) -> str:
        return _grown(super().own(text))

    def fixed(self) -> dict[str, str]:
        return {key: _grown(said) for key, said in super().fixed().items()}


def _grown(said: str) -> str:
    return re.sub(r"[a-z]{4,}", lambda word: word.group() + word.group()[: len(word.group()) // 2], said)


def linked(one: PageOne) -> list[Runs]:
    return [
        *(label for label, _, _ in one.facts),
        one.question,
        one.sentence,
        one.rule,
        one.count,
        *(runs for main in one.main for runs in (main.title, main.short)),
        one.not_meaning,
        *one.considered,
        *one.settle,
        one.check,
    ]


def test_each_technical_word_is_linked_once() -> None:
    told = linked(compose(ordinary()[0], WORDS, "ab" * 32, []).page)
    terms = [run.term for runs in told for run in runs if run.term]
    assert len(terms) == len(set(terms)) > 6
    said = f" {plain(*told).lower()} "
    for term in TERMS:
        forms = WORDS.text(f"term.{term}").lower().split("|")
        if term not in terms:
            assert not any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said) for form in forms), term


def test_a_longer_term_goes_before_a_shorter_one() -> None:
    link = Linker(WORDS).link
    assert [(r.text, r.term) for r in link("Key frames and frames.")] == [
        ("Key frames", "key_frame"),
        (" and ", ""),
        ("frames", "frame"),
        (".", ""),
    ]
    assert link("frames") == link("frames")
    assert link("") == ()


def test_every_link_leads_to_the_glossary() -> None:
    one = page(*ordinary())
    targets = [a["href"] for tag, a in one.tags if tag == "a" and a.get("class") == "term"]
    assert len(targets) > 6
    assert {str(target)[1:] for target in targets} <= set(one.ids())


def test_no_percentage_stands_on_page_one() -> None:
    audit = ordinary()[0]
    claim = Sentence("x.y", "It changes at frame {n}. {share} % of its parts change.", (("n", 4), ("share", 95)))
    first = replace(audit.findings[0], finding=replace(audit.findings[0].finding, claim=claim))
    told = compose(replace(audit, findings=(first, *audit.findings[1:])), WORDS, "ab" * 32, [])
    assert "%" not in plain(*linked(told.page))
    assert "95 %" in told.findings[0].claim


def test_sentences_of_page_one_are_short() -> None:
    told = compose(ordinary()[0], WORDS, "ab" * 32, [])
    said = [plain(runs) for runs in linked(told.page)]
    sentences = [s for one in said for s in re.split(r"(?<=[.?!])\s+", one) if s.endswith((".", "?"))]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 20


def test_the_row_that_held_is_named_by_its_number() -> None:
    audit = ordinary()[0]
    assert plain(compose(audit, WORDS, "ab" * 32, []).page.rule) == "By row 1 of the decision rule in section 8."
    assert plain(compose(replace(audit, rule=()), WORDS, "ab" * 32, []).page.rule) == (
        "By the decision rule in section 8."
    )


def test_much_longer_words_still_make_one_page(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    held = replace(audit, stated=STATED)
    record = serialise(to_document(declared(held)))
    for name, content in {**pngs, "audit.json": record}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    digest = hashlib.sha256(record).hexdigest()
    view = compose(held, Longer("en"), digest, [("audit.json", digest)])
    assert len(plain(view.page.not_meaning)) > 1.2 * len(plain(compose(audit, WORDS, "ab" * 32, []).page.not_meaning))
    pdf = to_pdf(view, tmp_path)
    first, second = text(pdf, "-l", "1"), text(pdf, "-f", "2", "-l", "2")
    assert view.page.sign.lines[-1].value in first
    assert view.words["section.1"] not in first
    assert f"1 {view.words['section.1']}" in second


def test_neutral_findings_alone_leave_page_one_without_main_findings() -> None:
    audit = ordinary()[0]
    neutral = tuple(replace(one, finding=replace(one.finding, weight=Weight.NEUTRAL)) for one in audit.findings)
    told = compose(replace(audit, findings=neutral), WORDS, "ab" * 32, []).page
    assert told.main == ()
    assert plain(*told.considered).startswith("There is no finding that carries weight")
    assert len(compose(many(30), WORDS, "ab" * 32, []).page.main) == 3
