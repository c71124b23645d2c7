"""Findings and facts in words: singular and plural, names of containers, claims on page one."""

from dataclasses import replace
from fractions import Fraction

import pytest

from entirety.model.audit import Audit
from entirety.model.finding import Measured, Question, Weight
from entirety.report.facts import family, integrity, page_one
from entirety.report.findings import counted, findings, frames
from entirety.report.shortened import LONGEST_SENTENCE, SHORT, shortened
from entirety.report.wording import Catalogue
from report.audits import ordinary

WORDS = Catalogue("en")


def usual() -> Audit:
    return ordinary()[0]


def test_one_is_singular() -> None:
    assert frames(17, 17, WORDS) == "frame 17"
    assert frames(17, 18, WORDS) == "frames 17 to 18"
    first, audit = usual().findings[0], usual()
    measured = (Measured("kept", 1, 2, "pictures"), Measured("there", 1, 1200, "bytes"), Measured("step", 1.5, 2, "s"))
    told = findings(
        replace(audit, findings=(replace(first, finding=replace(first.finding, measured=measured)),)), WORDS
    )
    assert told[0].measured == (
        ("kept", "1 picture", "2 pictures"),
        ("there", "1 byte", "1,200 bytes"),
        ("step", "1.5 s", "2 s"),
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mov,mp4,m4a,3gp,3g2,mj2", "MP4 / MOV family (mov,mp4,m4a,3gp,3g2,mj2)"),
        ("matroska,webm", "Matroska / WebM (matroska,webm)"),
        ("mpegts", "MPEG transport stream (mpegts)"),
        ("mpeg", "MPEG program stream (mpeg)"),
        ("nut", "nut"),
    ],
)
def test_containers_have_a_readable_name(name: str, said: str) -> None:
    assert family(name, WORDS) == said


def test_lengths_that_differ_are_printed_on_page_one() -> None:
    audit = replace(usual(), duration=Fraction(13), shown=Fraction(12), stored=325, frames=300)
    rows = dict(page_one(audit, WORDS))
    assert rows["Length that the file declares"] == "00:00:13.000 (13.000 s)"
    assert rows["Pictures"] == "stored: 325; shown: 300"
    assert "00:00:13.000" in integrity(audit, WORDS)[1]
    assert "00:00:12.000" in integrity(audit, WORDS)[1]
    same = replace(audit, duration=Fraction(12), stored=300)
    assert len(integrity(same, WORDS)) == 1
    assert not {"Length that the file declares", "Pictures"} & dict(page_one(same, WORDS)).keys()


def test_a_long_claim_is_cut_after_a_sentence() -> None:
    names = "The traces are: " + "; ".join(f"FFmpeg {k}.{k}" for k in range(25)) + "."
    assert SHORT < len(names) < LONGEST_SENTENCE
    assert shortened(names) == names
    assert shortened(f"One holds. {names}") == "One holds."
    assert shortened(f"{names} More follows.") == names
    assert shortened("Short. " * 60) == ("Short. " * 33).strip()
    assert shortened("It changes at 00:00:04.800. 95 % of its parts change.") == "It changes at 00:00:04.800."
    assert shortened("It turns: halfway it has 4 % left.") == "It turns."
    assert shortened("Раз. 9 % частей. Два.") == "Раз. Два."
    assert shortened("Only 4 % of it.") == "Only 4 % of it."
    assert shortened("word " * 400).endswith("word …")


def test_what_wrote_the_file_is_told_apart() -> None:
    audit, first = usual(), usual().findings[0]
    strong = replace(first, finding=replace(first.finding, weight=Weight.STRONG))
    for question, word, count in (
        (Question.ORIGINAL, "Strong, for what wrote the file", "1 strong trace of what wrote the file"),
        (Question.CONTINUOUS, "Strong indication", "1 strong indication"),
    ):
        checks = tuple(replace(check, question=question) for check in audit.checks)
        told = replace(audit, findings=(strong,), checks=checks)
        assert findings(told, WORDS)[0].weight == word
        assert counted(told, WORDS) == count
