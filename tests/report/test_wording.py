"""The catalogue: every id is there, every gap can be filled, no word accuses."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import entirety.report
from entirety.detect.clock_names import NAMES
from entirety.errors import Unsupported
from entirety.judge.answer import ANSWERS, BY_COMPARISON, RULE
from entirety.knowledge.performance import GROUPS
from entirety.model.audit import Answer
from entirety.model.finding import Confidence, Outcome, Question, Sentence, Status, Weight
from entirety.model.second_opinion import Point
from entirety.model.stated import Stated
from entirety.read.second_opinion import STATED
from entirety.report.compared import LEGEND
from entirety.report.compose import compose
from entirety.report.expert import FIXED
from entirety.report.facts import FAMILIES
from entirety.report.live import GAPS
from entirety.report.performance import CODECS, EDITS, ORIGINS, PACES
from entirety.report.shots import BORDERS
from entirety.report.terms import TERMS
from entirety.report.wording import LOCALES, Catalogue, fillable, gaps
from report.audits import quiet

SOURCES = Path(entirety.report.__file__).parent
BANNED = re.compile(
    r"\b(fakes?|faked|forge[drs]?|forgery|falsif\w+|tamper\w*|manipulat\w+|doctored|authentic\w*|genuine\w*|suspicious\w*|"
    r"untouched|prove[ns]?|proof|certain\w*|99 %)\b",
    re.IGNORECASE,
)

MADE = ("frames", "still", "copy", "review", "export", "html", "pdf")
"""Kinds of files that follow from the audit, as `verify` calls them."""

BUILT = (
    *(f"answer.{a.value}" for a in Answer),
    *(f"word.{a.value}" for a in Answer),
    *(f"question.{q.value}" for q in Question),
    *(f"weight.{part}" for w in Weight for part in (w.value, f"{w.value}_means", f"count_{w.value}")),
    *(f"weight.{part}" for part in ("strong_original", "strong_original_means", "count_strong_original")),
    *(f"container.{name}" for name in FAMILIES.values()),
    *(f"confidence.{c.value}" for c in Confidence),
    *(f"status.{s.name.lower()}" for s in Status),
    *(f"outcome.{o.name.lower()}" for o in Outcome),
    *(f"timeline.legend_{name}" for name in (*(w.value for w in Weight), "hidden", "unexamined")),
    *(
        f"timeline.{name}"
        for name in ("findings", "change", "bytes", "keys", "shots", "quantiser", "steps", "sound", "hidden")
    ),
    *(f"live.{name}" for name in GAPS),
    *(f"shot.border_{border}" for border in BORDERS),
    *(f"timeline.alt_{name}" for name in ("quantiser", "steps", "shots")),
    *(f"clock.short_{source}" for source in NAMES),
    *(
        f"picture.{place}"
        for place in ("before", "after", "at", "first_time", "again", "hidden", "orphan", "track", "preview")
    ),
    "picture.size",
    "picture.size_reduced",
    *(f"picture.alt_{role}" for role in ("hidden", "orphan", "track", "preview")),
    *(f"method.copy_{role}" for role in ("edit_list", "orphan", "track", "review")),
    *(f"page.settle_{what}" for what in ("device", "neighbours", "log")),
    *(f"page.not_{what}" for what in ("who", "true", "missing", "law")),
    *(f"stated.{field.name}" for field in fields(Stated)),
    *(f"glossary.{part}" for term in TERMS for part in (term, f"{term}_means")),
    *(f"term.{term}" for term in TERMS),
    *(f"extract.{name}" for name in ("frame", "time", "duration", "size", "type", "key", "change")),
    *(f"command.{name}{line}" for name in ("verify", "manifest", "hash") for line in ("", "_line")),
    *(f"validation.{name}" for name in ("set", "clips", "kind", "date", "tool", "commit")),
    *(f"expert.{name}" for name in FIXED),
    *(
        f"method.{name}"
        for name in ("program", "platform", "schema", "decoder", "libraries", "source", "commit", "ffmpeg")
    ),
    *(f"method.{name}" for name in ("configuration", "command", "started", "took", "locale", "verify")),
    *(f"method.{name}" for name in ("input_before", "input_after")),
    *(f"kind.codec_{name}" for name in CODECS),
    *(f"kind.pace_{name}" for name in PACES),
    *(f"kind.origin_{name}" for name in ORIGINS),
    *(f"edit.{name}" for name in EDITS),
    "edit.left",
    *(f"second.point_{point.value}" for point in Point),
    *(f"second.stated_{name}" for name in (*STATED, "pace")),
    *(f"section.{name}" for name in (*range(1, 13), *"abcdefghij")),
    *(f"coverage.legend_{name}" for name in LEGEND),
    *(f"live.{name}" for name in GAPS),
    "timeline.sound",
    *(f"verify.listed.{kind}" for kind in ("audit", "statement", "envelope", *MADE)),
    *(f"verify.made.{kind}" for kind in MADE),
    *(f"verify.{what}{same}" for what in ("version", "build") for same in ("", "_same")),
)
"""Ids that the sources put together from parts."""


def english() -> Catalogue:
    return Catalogue("en")


def written(place: Path = SOURCES) -> set[str]:
    """Ids that stand whole in the sources and templates; in all sources, where `place` is that of the package."""
    files = [*place.rglob("*.py"), *(SOURCES / "templates").iterdir()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    groups = "|".join(sorted({key.split(".")[0] for key in english().ids()}))
    whole = set(re.findall(rf"[\"']((?:{groups})\.[a-z0-9_.-]+)[\"']", text))
    listed = {f"item.{name}" for name in re.findall(r'yield "(\w+)",', text)} & english().ids()
    listed |= {f"streams.{name}" for name in re.findall(r'yield "(\w+)",', text)} & english().ids()
    return whole | listed


def test_every_id_that_is_used_exists() -> None:
    ids = english().ids()
    assert {key for key in written() | set(BUILT) if key not in ids and not key.startswith("report.typ")} <= {
        "case.css",
        "case.js",
        "live.css",
        "report.css",
        "report.js",
        "section.finding",
        "report.html",
        "report.pdf",
        "coverage.css",
        "coverage.html",
        "coverage.json",
        "report.html.j2",
        "coverage.html.j2",
        "case.html.j2",
    }


def test_every_id_that_exists_is_used() -> None:
    assert english().ids() - written(SOURCES.parent) - set(BUILT) == set()


def test_no_word_accuses_or_promises() -> None:
    text = (LOCALES / "en.toml").read_text(encoding="utf-8")
    assert BANNED.findall(text) == []
    assert BANNED.findall("It was tampered with; proven.") == ["tampered", "proven"]


def test_the_answers_are_the_closed_list() -> None:
    words = english()
    for answer, sentence in ANSWERS.items():
        assert words.text(f"answer.{answer.value}") == sentence
    for row in RULE:
        known = words.text(f"answer.{row.answer.value}")
        if row.answer is Answer.INCONCLUSIVE:
            assert re.fullmatch(re.escape(known).replace("reason", "[^()]+"), row.sentence.text)
        elif row.sentence == BY_COMPARISON:
            assert row.answer is Answer.DIRECT
            assert words.text(BY_COMPARISON.id) == BY_COMPARISON.text
        else:
            assert row.sentence == Sentence(f"answer.{row.answer.value}", known)


def test_every_family_of_edits_has_words() -> None:
    assert set(GROUPS) - set(EDITS) == {"untouched", "innocent"}


def test_plural_forms() -> None:
    words = english()
    assert words.text("item.bytes", n=1) == "1 byte"
    assert words.text("item.bytes", n=21) == "21 bytes"
    assert words.text("item.bytes", n=1234) == "1,234 bytes"


def test_both_plural_forms_have_the_same_gaps() -> None:
    table = tomllib.loads((LOCALES / "en.toml").read_text(encoding="utf-8"))
    forms = [
        entry
        for group in table.values()
        for entry in group.values()
        if isinstance(entry, dict) and entry.keys() == {"one", "other"}
    ]
    assert len(forms) > 8
    assert all(gaps(form["one"]) == gaps(form["other"]) for form in forms)


def test_nothing_printed_has_an_open_gap() -> None:
    view = compose(quiet(), english(), "0" * 64, [])
    assert not any("{" in text for text in view.words.values())


def test_a_sentence_of_a_check_falls_back_to_its_own_english() -> None:
    assert english().say(Sentence("no.such.id", "{n} of {all} steps", (("n", 2), ("all", 9)))) == "2 of 9 steps"


@pytest.mark.parametrize(
    "template", ["{x:>9999999999}", "{x.__class__}", "{x[0]}", "{x!r}", "{missing}", "{", "{x:{x}}"]
)
def test_a_gap_that_is_not_plain_is_printed_as_it_stands(template: str) -> None:
    assert not fillable(template, {"x": 5})
    assert english().say(Sentence("no.such.id", template, (("x", 5),))) == template


PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgctxt "item.bytes"
msgid "{n:,} byte"
msgid_plural "{n:,} bytes"
msgstr[0] "{n:,} байт"
msgstr[1] "{n:,} байта"
msgstr[2] "{n:,} байтов"

msgid "A step of {n} s."
msgstr "Шаг {n} с."

msgid "It is long."
msgstr "Он длинный."

msgctxt "value"
msgid "picture"
msgstr "кадр"
"""


def russian(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A language of four messages; the code is one that plural forms and numbers are known of, and no catalogue of ours has."""
    (folder / "be.po").write_text(PO, encoding="utf-8")
    (folder / "en.toml").write_bytes((LOCALES / "en.toml").read_bytes())
    monkeypatch.setattr("entirety.report.wording.LOCALES", folder)
    return Catalogue("be")


def test_a_translation_replaces_the_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = russian(tmp_path, monkeypatch)
    assert [words.text("item.bytes", n=n) for n in (1, 3, 11, 21)] == ["1 байт", "3 байта", "11 байтов", "21 байт"]
    assert words.text("item.bytes", n=1234) == "1\u00a0234 байта"
    assert words.say(Sentence("a", "A step of {n} s.", (("n", 0.25),))) == "Шаг 0,25 с."
    assert words.text("report.end") == words.fixed()["report.end"] == "End of report"


def test_texts_put_together_from_sentences_are_translated_sentence_by_sentence_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = russian(tmp_path, monkeypatch)
    assert words.say(Sentence("a", "A step of {n} s. It is long.", (("n", 4),))) == "Шаг 4 с. Он длинный."
    assert words.say(Sentence("a", "A step of {n} s. It is short.", (("n", 4),))) == "A step of 4 s. It is short."
    assert words.own("It is long.") == "Он длинный."


def test_words_in_gaps_and_numbers_handed_over_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = russian(tmp_path, monkeypatch)
    filled = [
        words.say(Sentence("a", "{x}", (("x", value),)))
        for value in ("picture", "1,234.500", "1.2.3", "a.b", "00:01.5")
    ]
    assert filled == ["кадр", "1\u00a0234,500", "1.2.3", "a.b", "00:01.5"]


@pytest.mark.parametrize("language", ["xx", "../en", "", "EN", "en.toml"])
def test_an_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(Unsupported, match="there is: en"):
        Catalogue(language)


def test_the_checks_that_add_up_weights_are_called_by_their_titles() -> None:
    from entirety.detect import CHECKS

    said = Catalogue("en").text("method.no_ai")
    titles = [check.title for check in CHECKS if check.id in {"jump-cut", "source-change"}]
    assert f"({'; '.join(titles)})" in said
