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
from entirety.report.case_words import FATES, result
from entirety.report.html import TEMPLATES
from entirety.report.isolated import isolated, isolated_drawn
from entirety.report.visible import visible
from report.cases import NAMED, RARE, drawn, entry, item, large, table
from test_house import BANNED

VOID = {"meta", "img", "br", "input", "path", "rect"}
LISTS = {"evidence-sha256.txt", "manifest-sha256.txt", "index.json", "index.csv", "index.sarif"}


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
        own = visible(one.path.rpartition("/")[2])
        assert visible(one.reason).removeprefix(own) in page.within[f"f{at}"]


def test_the_reason_does_not_say_the_name_again(page: Page) -> None:
    assert "It holds no video." in page.within["disguised"]
    assert page.within["disguised"].count("playlist.mp4") == 1


def test_all_can_be_read_without_the_program(page: Page) -> None:
    hidden = [attributes.get("id") for _, attributes in page.tags if "hidden" in attributes]
    assert hidden == ["tools", "help"]
    assert page.within["state"] == "43 files, in order of path."


def test_nothing_is_loaded_but_pictures_beside_it_and_nothing_runs_but_its_own(page: Page) -> None:
    names = [tag for tag, _ in page.tags]
    assert not set(names) & {"link", "iframe", "object", "embed", "base", "video", "audio", "use"}
    assert names.count("script") == 1
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in {"style", "srcset", "action"} for name in attributes)
    assert all(re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", source) for source in page.all("src"))
    own = [link for link in page.all("href") if link not in LISTS]
    assert len(own) == len(page.all("href")) - len(LISTS)
    assert all(re.fullmatch(r"#[a-z0-9]+|items/[0-9a-f]{32}/report\.html", link) for link in own)
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


def test_the_result_counts_every_file_once_and_every_clip_once(page: Page) -> None:
    case = drawn()
    sentence = result(case)
    assert sentence in page.within["result"]
    assert sentence == (
        "43 files met: 28 analysed (26 different); 8 could not be analysed; 1 is an archive and was not opened; "
        "2 are named as video and were not recognised as one; 2 are other files; 2 links or devices were not followed. "
        "Of the 26 clips: 3 with a direct trace, 3 with indications, 7 re-saved by software, 7 without a conclusion, "
        "6 in which no indications were found; in 1 of them parts could not be examined; in 1 of them a check broke."
    )
    files, clips = sentence.split(". ", 1)
    met, *parts = [int(number) for number in re.findall(r"(?:^|: |; )(\d+)", files)]
    assert sum(parts) == met == len(case.entries)
    total, *answers = [int(number) for number in re.findall(r"(?:Of the |: |, )(\d+)", clips)]
    assert sum(answers) == total == len(case.items)
    assert "does not show that it is whole or unedited" in page.within["result"]


def test_every_fate_has_its_part_of_the_result() -> None:
    for one in drawn().entries:
        only = replace(drawn(), entries=(one,), items=tuple(i for i in drawn().items if i.sha256 == one.sha256))
        assert re.match(r"1 file met: 1 [a-z ]+\.", result(only)), one.fate


def test_it_says_what_it_is_about_and_has_room_for_who_and_when(page: Page) -> None:
    assert "Folder of evidence: exhibit 7" in page.text
    assert "<title>Folder of evidence exhibit 7: 43 files</title>" in page.html
    assert all(word in page.within["sign"] for word in ("Exhibit", "Received from", "Signature", "Unsigned draft"))
    assert "End of index." in page.within["end"]
    assert 'content: "Index, a print of index.json; its SHA-256 begins abababab abababab"' in page.html
    unnamed = Page(replace(drawn(), folder=""))
    assert "What is in this folder of evidence" in unnamed.text
    odd = Page(replace(drawn(), folder="<b>\u202e \udcff"))
    assert "Folder of evidence: <b><U+202E> \\xff" in odd.text


def test_what_was_not_analysed_is_said_loudly(page: Page) -> None:
    assert "playlist.mp4" in page.within["disguised"]
    assert "empty.mp4" in page.within["disguised"]
    assert "This says nothing against them." in page.within["disguised"]
    assert "readme" not in page.within["disguised"]
    assert "export.zip" in page.within["missed"]
    for one in drawn().entries:
        loud = one.fate not in (Fate.AUDITED, Fate.NOT_VIDEO, Fate.EMPTY)
        assert (f"{FATES[one.fate][0]}." in page.within["missed"]) == loud
    quiet = Page(replace(large(20), entries=large(20).entries[:2]))
    assert "missed" not in quiet.all("id")


def test_clips_with_the_two_first_answers_are_listed_in_order_of_path(page: Page) -> None:
    listed = re.findall(
        r'href="#f(\d+)"', page.html[page.html.index('id="answered"') : page.html.index('id="disguised"')]
    )
    answers = [re.search(rf'id="f{at}" tabindex="-1" data-answer="([a-z-]+)"', page.html) for at in listed]
    assert [found[1] for found in answers if found] == ["direct"] * 3 + ["indications"] * 3
    numbers = [int(at) for at in listed]
    assert numbers[:3] == sorted(numbers[:3])
    assert numbers[3:] == sorted(numbers[3:])
    assert "answered" not in Page(replace(drawn(), entries=(), items=(), overlaps=None)).all("id")


def test_every_hash_is_on_the_page_and_equal_files_name_each_other(page: Page) -> None:
    for at, one in enumerate(drawn().entries, 1):
        assert one.sha256 in page.within[f"f{at}"].replace(" ", "")
    same = page.within["s1"]
    assert all(name in same for name in ("cam0/clip 00.mp4", "cam0/copy of clip 00.mp4", "cam9/clip 00.mp4"))
    assert 'href="#s1"' in page.html
    many = tuple(entry(f"{at:03d}.mp4", "one") for at in range(80))
    equal = Page(replace(drawn(), entries=many, items=(item("000.mp4", "one", Answer.NONE_FOUND),), overlaps=None))
    assert "And 30 more, in index.csv." in equal.within["s1"]


def test_a_row_says_its_reason_why_there_is_no_conclusion(page: Page) -> None:
    rows = [page.within[f"f{at}"] for at in range(1, 44)]
    assert sum("most of the checks could not be run" in row for row in rows) == 7
    assert "(reason)" not in page.text
    assert "(Direct trace.)" not in page.text


def test_a_picture_of_another_finding_says_so_and_the_whole_file_has_no_time() -> None:
    one = item("a.mp4", "a", Answer.INDICATIONS, pictured="F002")
    other = item("b.mp4", "b", Answer.RE_SAVED)
    found = Page(
        replace(drawn(), items=(one, other), entries=(entry("a.mp4", "a"), entry("b.mp4", "b")), overlaps=None)
    )
    assert "picture of another finding (F002, 00:00:05.000)" in found.within["f1"]
    assert (
        "picture of another"
        not in Page(
            replace(drawn(), items=(replace(one, pictured="F001"),), entries=(entry("a.mp4", "a"),), overlaps=None)
        ).within["f1"]
    )
    assert "whole file · Strong, for what wrote the file" in found.within["f2"]
    assert "Sudden changes to another view: Between two pictures" in found.within["f1"]


def test_rows_in_which_something_could_not_be_done_are_marked(page: Page) -> None:
    assert "parts not examined, or a check broke (1)" in page.within["fate"]
    assert page.html.count('class="gaps"') == 1
    assert "Check jump-cut broke" in page.text


def test_names_of_other_writing_stay_in_their_folders() -> None:
    assert str(isolated("a/b.mp4")) == '<bdi dir="ltr">a/b.mp4</bdi>'
    assert str(isolated("ש/<b>")) == '<bdi dir="ltr"><bdi dir="ltr">ש</bdi>/<bdi dir="ltr">&lt;b&gt;</bdi></bdi>'
    assert str(isolated_drawn("ש")).count("<tspan") == 2


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
    assert "This does not show that the recording is whole or unedited." in page.within["answers"]
    assert len([a for a in page.all("data-choose") if a == "answer"]) == len(Answer)


def test_false_flags_to_expect_are_counts_with_their_range(page: Page) -> None:
    text = page.within["flags"]
    assert "although nothing was cut out or joined. Here 6 clips have one of these two answers." in text
    assert (
        "For 21 of the 26 clips the rate is known: if none of them had been cut or joined, up to 2 such answers" in text
    )
    assert "For 5 it is not known. Basis: 160 continuous clips of these kinds, made by us; 1 was flagged." in text
    assert "0 of 60" in text
    assert "1 of 100" in text
    assert "at the rate itself under 0.1" in text
    assert "0.0" not in text
    assert "9 measured: too few to say" in text
    assert "other checks ran here than were measured" in text
    assert "not the chance that a clip here was edited" in text
    assert "<details open>" in page.html
    assert "flags" not in Page(replace(drawn(), entries=(), items=(), overlaps=None)).all("id")


def test_no_rate_is_named_where_none_is_known() -> None:
    rare = Page(
        replace(drawn(), items=(item("a", "a", Answer.DIRECT, RARE),), entries=(entry("a", "a"),), overlaps=None)
    )
    assert "The rate is known for none of the 1 clip here." in rare.within["flags"]
    known = Page(
        replace(drawn(), items=(item("a", "a", Answer.DIRECT, NAMED),), entries=(entry("a", "a"),), overlaps=None)
    )
    assert "if it had not been cut or joined, up to 1 such answer would" in known.within["flags"]
    assert "made by us; none were flagged." in known.within["flags"]


def test_no_row_bears_a_score_and_no_word_accuses(page: Page) -> None:
    assert not any(stem in page.text.lower() for stem in BANNED)
    assert not any("score" in name or "rank" in name for _, attributes in page.tags for name in attributes)


def test_groups_stand_on_an_axis_with_gaps_and_lead_to_their_rows(page: Page) -> None:
    group = page.html[page.html.index('id="g1"') : page.html.index('id="g2"')]
    assert group.count('<rect class="bar') == 3
    assert group.count('<rect class="gap"') == 1
    assert "Where no clip lies" in group
    rows = re.findall(r'<td><a href="#(f\d+)"><bdi dir="ltr">(.*?)</bdi>', group)
    assert len(rows) == 3
    assert all(name.replace("&lt;", "<").replace("&gt;", ">")[:3] in page.within[number] for number, name in rows)
    assert 'href="#g1"' in page.html
    assert "This fits a clip that leaves time out" in group
    assert group.count("shares footage with ") == group.count(" off this place too") == 2
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
    assert "certutil -hashfile FILE SHA256" in page.within["check"]
    assert "From Text/CSV, UTF-8, comma" in page.within["made"]
    assert "entirety verify CASE FOLDER" in page.within["check"]
    assert "libavcodec 62.11.100" in page.within["made"]
    assert "second-opinion" in page.within["made"]
    assert "ab" * 32 in page.within["made"]


def test_an_empty_folder_is_a_page_too() -> None:
    found = Page(replace(drawn(), entries=(), items=(), overlaps=None, no_overlaps="There was no clip."))
    assert "0 files met." in found.within["result"]


def test_the_same_case_gives_the_same_bytes(page: Page) -> None:
    assert page.bytes == case_page(drawn(), table(), "ab" * 32)
