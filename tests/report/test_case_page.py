"""The index page: a row for every name, nothing of a name alive, nothing loaded, all of it readable without its program."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from entirety.model.audit import Answer
from entirety.model.case import Case, Fate
from entirety.report.case_page import MOST_NAMED, MOST_SHARED, case_page
from entirety.report.case_words import FATES, flags, result
from entirety.report.html import TEMPLATES
from entirety.report.visible import visible
from report.cases import NAMED, RARE, drawn, entry, item, large, table
from test_house import BANNED

VOID = {"meta", "img", "br", "input", "path", "rect"}


class Page(HTMLParser):
    """Tags with attributes, text by the id of the element around it, and whether every element is closed where it should be."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.bytes = case_page(case, table(), "ab" * 32)
        self.html = self.bytes.decode("utf-8")
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.within: dict[str, str] = {}
        self.text = ""
        self._open: list[tuple[str, str | None]] = []
        self.feed(self.html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag in ("style", "script") for tag, _ in self._open):
            return
        self.text += data
        for _, name in self._open:
            if name:
                self.within[name] = self.within.get(name, "") + data

    def all(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name))]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(drawn())


def test_there_is_a_row_for_every_name_in_order_of_path(page: Page) -> None:
    entries = drawn().entries
    rows = [a for tag, a in page.tags if tag == "tr" and re.fullmatch(r"f\d+", a.get("id") or "")]
    assert [row["id"] for row in rows] == [f"f{at}" for at in range(1, len(entries) + 1)]
    assert [row["data-fate"] for row in rows] == [one.fate.value for one in entries]
    for at, one in enumerate(entries, 1):
        assert visible(one.path, 400) in page.within[f"f{at}"]
        assert FATES[one.fate][0] in page.within[f"f{at}"]
        assert visible(one.reason) in page.within[f"f{at}"]


def test_all_can_be_read_without_the_program(page: Page) -> None:
    hidden = [attributes.get("id") for _, attributes in page.tags if "hidden" in attributes]
    assert hidden == ["tools", "help"]
    assert page.within["state"] == "42 names, in order of path."


def test_nothing_is_loaded_but_pictures_beside_it_and_nothing_runs_but_its_own(page: Page) -> None:
    names = [tag for tag, _ in page.tags]
    assert not set(names) & {"link", "iframe", "object", "embed", "base", "video", "audio", "use"}
    assert names.count("script") == 1
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in {"style", "srcset", "action"} for name in attributes)
    assert all(re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", source) for source in page.all("src"))
    assert all(re.fullmatch(r"#[a-z0-9]+|items/[0-9a-f]{32}/report\.html", link) for link in page.all("href"))
    assert "http" not in page.html.replace("http-equiv", "")
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert pictures
    assert all(one["loading"] == "lazy" and len(one["alt"] or "") > 20 for one in pictures)


def test_its_policy_allows_the_sheet_and_the_program_that_it_carries(page: Page) -> None:
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}';" in str(
            policy
        )
    assert str(policy).startswith("default-src 'none';")
    assert "unsafe" not in str(policy)
    assert "innerHTML" not in (TEMPLATES / "case.js").read_text(encoding="utf-8")


def test_names_show_what_they_hide_and_stay_text(page: Page) -> None:
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page.html)
    assert "<U+202E>gpj.exe<U+202C>.mp4" in page.text
    assert "line<U+000A>break<U+000D>.mp4" in page.text
    assert "<img src=x onerror=alert(1)><U+001B>[2J" in page.text
    assert "quote\"<script>alert(1)</script>&'.mp4" in page.text
    assert "двор/камера 1.mp4" in page.text


def test_ids_are_single_and_links_have_their_targets(page: Page) -> None:
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)


def test_the_result_is_one_sentence_with_true_counts(page: Page) -> None:
    sentence = result(drawn())
    assert sentence in page.within["result"]
    assert sentence == (
        "26 clips were audited: 3 with a direct trace, 3 with indications, 7 re-saved by software, 7 without a conclusion, "
        "6 in which no indications were found; 10 names of 42 were not analysed."
    )
    assert "does not show that it is whole or unedited" in page.within["result"]


def test_what_was_not_analysed_is_said_loudly(page: Page) -> None:
    assert "playlist.mp4" in page.within["disguised"]
    assert "readme" not in page.within["disguised"]
    for one in drawn().entries:
        loud = one.fate not in (Fate.AUDITED, Fate.NOT_VIDEO, Fate.EMPTY)
        assert (f"{FATES[one.fate][0]}." in page.within["missed"]) == loud
    quiet = Page(replace(large(20), entries=large(20).entries[:2]))
    assert "missed" not in quiet.all("id")


def test_many_files_that_were_not_analysed_do_not_hide_the_answers() -> None:
    entries = tuple(entry(f"{at:03d}.mp4", str(at), Fate.CRASHED, "Broke.") for at in range(100))
    found = Page(replace(drawn(), entries=entries, items=(), overlaps=None, no_overlaps="Nothing to compare."))
    assert found.within["missed"].count("Broke.") == MOST_NAMED
    assert f"And {100 - MOST_NAMED} more" in found.within["missed"]
    assert found.within["rows"].count("Broke.") == 100


def test_every_fate_and_answer_is_explained_in_words(page: Page) -> None:
    assert set(FATES) == set(Fate)
    for fate in Fate:
        assert FATES[fate][1] in page.within["counts"]
    assert "This does not show that the recording is whole or unedited." in page.within["counts"]
    assert len([a for a in page.all("data-choose") if a == "answer"]) == len(Answer)


def test_false_flags_to_expect_are_counts_with_their_range(page: Page) -> None:
    text = page.within["flags"]
    assert "21 clips here for whose kind of file rates were measured, between 0.0 and 1.2 of them" in text
    assert "For 5 further clips it is not known." in text
    assert "0 of 60" in text
    assert "1 of 100" in text
    assert "9 measured: too few to say" in text
    assert "other checks ran here than were measured" in text
    assert "not the chance that a clip here was edited" in text
    assert flags(()) == "No clip was audited."


def test_no_rate_is_named_where_none_is_known() -> None:
    rare = Page(
        replace(drawn(), items=(item("a", "a", Answer.DIRECT, RARE),), entries=(entry("a", "a"),), overlaps=None)
    )
    assert "Not known: for none of the 1 clip here" in rare.within["flags"]
    known = Page(
        replace(drawn(), items=(item("a", "a", Answer.DIRECT, NAMED),), entries=(entry("a", "a"),), overlaps=None)
    )
    assert "between 0.0 and 0.1 of them" in known.within["flags"]


def test_no_row_bears_a_score_and_no_word_accuses(page: Page) -> None:
    assert not any(stem in page.text.lower() for stem in BANNED)
    assert not any("score" in name or "rank" in name for _, attributes in page.tags for name in attributes)


def test_groups_stand_on_an_axis_with_gaps_and_lead_to_their_rows(page: Page) -> None:
    group = page.html[page.html.index('id="g1"') : page.html.index('id="g2"')]
    assert group.count('<rect class="bar') == 3
    assert group.count('<rect class="gap"') == 1
    assert "Where no clip lies" in group
    rows = re.findall(r'<td><a href="#(f\d+)"><bdi>(.*?)</bdi>', group)
    assert len(rows) == 3
    assert all(name.replace("&lt;", "<").replace("&gt;", ">")[:3] in page.within[number] for number, name in rows)
    assert 'href="#g1"' in page.html
    assert "No shared footage was looked for." not in page.text


def test_a_group_of_very_many_overlaps_is_printed_in_part_and_says_so() -> None:
    case = drawn()
    assert case.overlaps
    group, small = case.overlaps.groups
    many = replace(group, overlaps=group.overlaps * MOST_SHARED)
    found = Page(replace(case, overlaps=replace(case.overlaps, groups=(many, small))))
    assert f"{MOST_SHARED} further stretches of shared footage are in index.json" in found.text


def test_without_overlaps_the_reason_is_said() -> None:
    assert "No shared footage was looked for. It was not asked for." in Page(large(30)).within["groups"]


def test_it_says_how_to_check_and_with_what_it_was_made(page: Page) -> None:
    assert "sha256sum -c --quiet manifest-sha256.txt" in page.within["check"]
    assert "entirety verify CASE FOLDER" in page.within["check"]
    assert "libavcodec 62.11.100" in page.within["made"]
    assert "second-opinion" in page.within["made"]
    assert "ab" * 32 in page.within["made"]


def test_an_empty_folder_is_a_page_too() -> None:
    found = Page(replace(drawn(), entries=(), items=(), overlaps=None, no_overlaps="There was no clip."))
    assert "0 clips were audited." in found.within["result"]


def test_the_same_case_gives_the_same_bytes(page: Page) -> None:
    assert page.bytes == case_page(drawn(), table(), "ab" * 32)
