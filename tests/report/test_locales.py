"""Each catalogue says all that the English says: every message, every gap, every form of a number, and no word that accuses."""

import re
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from entirety.judge.checks import LISTED
from entirety.report.visible import UNDRAWABLE
from entirety.report.wording import LOCALES, SOURCE, VALUE, Catalogue, gaps, languages, sentences

TRANSLATED = sorted(set(languages()) - {SOURCE})
BANNED = {
    "ru": re.compile(
        r"поддел|фальсиф|фальшив|подлинн|аутентич|подозрит|манипул|доказыва|доказан|несомненно|достоверно",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"жасанды|қолдан жаса|бұрмала|күдікті|дәлелде[йдг]|\bжалған\b(?! анықта)", re.IGNORECASE),
}
"""The stems that report.md bans, and their like in Kazakh; "false alarm" is a term there."""
PROCEDURAL = {"ru": re.compile(r"заключени|экспертиз", re.IGNORECASE), "kk": re.compile(r"сараптама", re.IGNORECASE)}
"""Names of what only an expert appointed in a case may write: allowed to say that a report is none, and in questions for one."""
ALPHABET = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
}
LETTERS = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-z]")


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """English and translation, form by form: each form of a translation against the English of many."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], text) for text in message.string or ()]


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_there_are_three_languages() -> None:
    assert languages() == ["en", "kk", "ru"]


def test_every_message_of_the_report_is_translated(language: str) -> None:
    words = Catalogue(language)
    english = Catalogue(SOURCE)
    known = {message.context: message for message in messages(language) if message.context not in (None, VALUE)}
    assert english.ids() - known.keys() == set()
    assert known.keys() - english.ids() == set()
    stale = [key for key, message in known.items() if not says(words, key, message)]
    assert stale == [], "the English has changed since"


def says(words: Catalogue, key: str, message: Message) -> bool:
    own = words._english[key]
    return message.id == (own if isinstance(own, str) else (own["one"], own["other"]))


def test_every_declaration_of_a_check_is_translated(language: str) -> None:
    words = Catalogue(language)
    texts = [
        text
        for check in LISTED
        for text in (check.title, check.sees, *(cause for _, cause in check.innocent), *check.blind_spots)
    ]
    assert [text for text in texts if words.own(text) == text] == []


def test_gaps_forms_and_marks(language: str) -> None:
    plural = catalogue(language).num_plurals
    for message in messages(language):
        if not isinstance(message.id, str):
            assert len(message.string or ()) == plural, message.id
        for english, text in forms(message):
            assert text, message.id
            assert fields(text) == fields(english), text
            assert gaps(text) == gaps(english)
            assert text.count("#") == english.count("#"), text
            assert text.startswith(" ") == english.startswith(" ")
            assert not text.endswith(" ")
            assert "\n" not in text
            if message.context != VALUE and english.endswith((".", "?")) and english != "No.":
                assert text.endswith((".", "?")), text


def fields(text: str) -> set[tuple[str, str]]:
    """Gaps with the form in which a number stands there."""
    return {(name, how or "") for _, name, how, _ in string.Formatter().parse(text) if name is not None}


def test_every_character_is_one_that_is_printed(language: str) -> None:
    """A thin blank, say, is in no typeface of the PDF and would stand as its code."""
    texts = [text for message in messages(language) for _, text in forms(message)]
    assert [text for text in texts if UNDRAWABLE.search(text)] == []


def test_no_word_accuses(language: str) -> None:
    found = [text for message in messages(language) for _, text in forms(message) if BANNED[language].search(text)]
    assert found == []


def test_a_report_is_never_called_what_only_an_expert_writes(language: str) -> None:
    named = {
        message.context or message.id
        for message in messages(language)
        for _, text in forms(message)
        if PROCEDURAL[language].search(text)
    }
    allowed = {name for name in named if name in ALLOWED or str(name).startswith("ask.")}
    assert named - allowed == set()


ALLOWED = {"report.nature", "coverage.nature", "limit.law"}


def test_words_are_written_in_the_letters_of_the_language(language: str) -> None:
    """A Latin letter that looks like a Cyrillic one breaks every search, and a Russian word has no Kazakh letter."""
    allowed = set(ALPHABET[language])
    for message in messages(language):
        for _, text in forms(message):
            for word in LETTERS.findall(re.sub(r"\{[^}]*\}", "", text)):
                letters = set(word.lower())
                assert not (LATIN.search(word) and letters & allowed), (word, text)
                assert LATIN.search(word) or letters <= allowed | set("µ"), (word, text)


def test_kazakh_calls_itself_a_draft() -> None:
    assert "жоба" in Catalogue("kk").text("report.language")
    assert "перевод" in Catalogue("ru").text("report.language")


def test_the_closed_answers_are_those_of_the_standing_list() -> None:
    assert Catalogue("ru").text("answer.direct") == (
        "Файл содержит прямые технические следы того, что он отображается не полностью либо составлен из частей."
    )
    assert Catalogue("kk").text("answer.none-found") == (
        "Жүргізілген тексерулермен белгілер анықталған жоқ. Бұл жазбаның толық екенін немесе монтаждалмағанын білдірмейді."
    )


def test_texts_put_together_are_cut_where_catalogues_cut_them() -> None:
    assert sentences("One. Two {n}. {n} three? (Four.) 1.5 s. e.g. five") == [
        "One.",
        "Two {n}.",
        "{n} three?",
        "(Four.) 1.5 s. e.g. five",
    ]
