"""The HTML page: complete and self-contained, with a program of its own that only adds, and whatever a file holds stays text."""

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from entirety.model.audit import Audit
from entirety.report.compose import compose
from entirety.report.html import style, to_html
from entirety.report.wording import Catalogue
from report.audits import HOSTILE, hostile, ordinary, quiet

PAGE_ONE = (
    "examined",
    "case-details",
    "question",
    "answer",
    "main-findings",
    "not-meaning",
    "other-explanations",
    "settle",
    "how-to-check",
    "signature",
)


class Page(HTMLParser):
    """Tags with attributes, ids, text, and text by the id of the element around it."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.within: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(html.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br"}:
            self._open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in {"style", "script"} for tag, _ in self._open):
            return
        self.text += data
        for _, name in self._open:
            if name:
                self.within[name] = self.within.get(name, "") + data

    def ids(self) -> list[str]:
        return [name for _, attributes in self.tags if (name := attributes.get("id"))]


def page(audit: Audit, pngs: dict[str, bytes]) -> Page:
    view = compose(audit, Catalogue("en"), "ab" * 32, [("audit.json", "ab" * 32)])
    return Page(to_html(view, audit.answer.value, pngs))


@pytest.fixture(scope="module")
def usual() -> Page:
    return page(*ordinary())


@pytest.fixture(scope="module")
def worst() -> Page:
    return page(*hostile())


def test_page_one_is_complete(usual: Page) -> None:
    inside = usual.ids()[usual.ids().index("page-one") : usual.ids().index("section-1")]
    assert [name for name in inside if name in PAGE_ONE] == list(PAGE_ONE)
    assert "67905ad3" in usual.within["examined"]
    assert "entirety verify audit.json CLIP" in usual.within["how-to-check"]
    assert usual.within["case-details"].count("not stated") == 6
    assert "unsigned draft" in usual.within["signature"]


def test_the_answer_is_verbatim_and_in_words(usual: Page) -> None:
    assert "assembled from parts. (Direct trace.)" in usual.within["answer"]
    assert ("section", {"id": "answer", "data-code": "direct"}) in usual.tags
    assert "%" not in usual.within["page-one"]


def test_page_one_reads_easily(usual: Page) -> None:
    """Mean sentence of our own words on page one at most 20 words (report, point 15)."""
    fixed = Catalogue("en").fixed()
    texts = [text for key, text in fixed.items() if key.startswith("page.") and text.endswith((".", "?"))]
    sentences = [part for text in texts for part in re.split(r"(?<=[.?])\s+", text)]
    assert sum(len(part.split()) for part in sentences) / len(sentences) <= 20


def test_at_most_three_findings_and_a_true_count(usual: Page) -> None:
    assert sum(attributes.get("class") == "main-finding" for _, attributes in usual.tags) == 3
    assert (
        "4 findings in all: 1 direct trace, 1 strong indication, 1 supporting sign, 1 neutral observation."
        in (usual.within["main-findings"])
    )
    assert sum("data-weight" in attributes for _, attributes in usual.tags) == 4


def test_what_was_not_examined_is_on_page_one(usual: Page) -> None:
    assert "1 check broke down" in usual.within["banner"]
    assert "0.500 s" in usual.within["banner"]
    assert "banner" not in page(quiet(), {}).ids()


def test_nothing_is_loaded_and_only_our_program_runs(usual: Page, worst: Page) -> None:
    for one in (usual, worst):
        names = {tag for tag, _ in one.tags}
        scripts = [attributes for tag, attributes in one.tags if tag == "script"]
        assert scripts == [{"type": "application/json", "id": "live-data"}, {}]
        assert not names & {"link", "iframe", "object", "embed", "base", "form", "video", "audio", "use"}
        for _, attributes in one.tags:
            assert not any(name.startswith("on") or name in {"style", "srcset", "action"} for name in attributes)
            assert (attributes.get("src") or "data:image/png;base64,").startswith("data:image/png;base64,")
            assert (attributes.get("href") or "#").startswith("#")
        policy = next(a["content"] for t, a in one.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "http" not in policy
    assert "url(" not in style()


def test_every_link_has_its_target_and_every_id_is_one(usual: Page) -> None:
    assert len(usual.ids()) == len(set(usual.ids()))
    targets = {(attributes.get("href") or "#page-one")[1:] for tag, attributes in usual.tags if tag == "a"}
    assert targets <= set(usual.ids())


def test_pictures_have_words_and_full_captions(usual: Page) -> None:
    pictures = [attributes for tag, attributes in usual.tags if tag == "img"]
    assert len(pictures) == 8 + 4 + 6 + 2 + 6
    assert all(len(attributes["alt"] or "") > 20 for attributes in pictures)
    caption = usual.within["F001"]
    assert "Frame 90, file presentation time 00:00:03.003" in caption
    assert "Clock in the picture: not read." in caption
    assert re.search(r"Frame SHA-256\s+[0-9a-f]{64}", caption)
    assert "320 × 180 pixels, file stills/shown-000090.png" in caption


def test_observation_and_assessment_stand_apart(usual: Page) -> None:
    classes = [attributes.get("class") for _, attributes in usual.tags]
    assert classes.count("observation") == classes.count("inference") == 4
    assert usual.text.count("In our assessment") == 4


def test_each_finding_says_what_else_explains_it_and_how_to_see_it(usual: Page) -> None:
    statuses = [status for _, attributes in usual.tags if (status := attributes.get("data-status"))]
    assert sorted(set(statuses)) == ["excluded", "not_excluded", "not_tested"]
    assert len(statuses) == 12
    assert usual.text.count("ffmpeg -ignore_editlist 1 -noautorotate -i CLIP") == 5
    assert "8.25" in usual.within["F001"]
    assert "Check hidden-footage, revision 2, finding seen" in usual.within["F001"]


def test_every_check_stands_where_it_belongs(usual: Page) -> None:
    assert usual.within["clear"].count("What ") >= 2
    assert "What stream join looks for" in usual.within["clear"]
    assert "leave nothing here" in usual.within["clear"]
    for reason in (
        "The file carries no clock of its own.",
        "The hum is -61.5 dB, too weak.",
        "It broke down: ValueError.",
    ):
        assert reason in usual.within["other"]
    assert sum(name.startswith("check-") for name in usual.ids()) == 8


def test_the_table_of_shots(usual: Page) -> None:
    assert "4.671 s" in usual.within["shot-rows"]
    assert "F002 hard cut" in usual.within["shot-rows"]
    assert "Frame 140" in usual.within["shot-rows"]
    assert ("a", {"href": "#F002"}) in usual.tags
    assert "Shots with the same letter" in usual.within["shots"]


def test_what_a_check_could_not_see_in_this_clip_is_printed_wherever_its_outcome_is(usual: Page) -> None:
    cleared, found = "Nothing moved from 0 to 4 s: a cut there cannot be seen.", "Times were rounded to 1 ms."
    assert cleared in usual.within["clear"]
    assert cleared in usual.within["check-frozen-picture"]
    assert found in usual.within["blind-found"]
    assert found in usual.within["check-timestamp-gap"]
    assert cleared not in usual.within["check-stream-join"]


def test_the_rule_is_printed_with_the_row_that_held(usual: Page) -> None:
    assert usual.within["rule"].count("(holds here)") == 1
    assert "At least one finding is a direct trace. (holds here)" in usual.within["rule"]


def test_limits_versions_hashes_and_end(usual: Page) -> None:
    assert "results relate only to the file" in usual.within["section-9"]
    for fact in ("entirety 0.1.0", "libavcodec 62.11.100", "numpy 2.4.0", "entirety audit clip.mp4", "version 1"):
        assert fact in usual.within["section-10"]
    assert usual.within["audit-sha256"] == "ab" * 32
    assert usual.text.rstrip().endswith(usual.within["report-id"])
    assert "End of report" in usual.text


def test_error_rates_of_files_like_this_one(usual: Page) -> None:
    assert "Kind of this file: H.264, steady rate" in usual.within["performance"]
    assert "4,210" in usual.within["performance"]
    assert "9 of 12 (8 within one frame" in usual.within["rates"]
    assert "3 of 40 continuous clips: 7.5\u00a0%" in usual.within["rates"]
    assert "is at most 3/36" in usual.within["rates"]
    assert usual.within["rates"].count("no performance data for this kind of file") == 4
    assert "3 of 40 continuous clips" in usual.within["F002"]
    assert "no performance data for this kind of file" in usual.within["F004"]
    assert "continuous clips" not in usual.within["page-one"]


def test_no_error_rates_for_this_kind_of_file() -> None:
    bare = page(quiet(), {})
    assert "There is no performance data for this kind of file." in bare.within["performance"]
    assert "rates" not in bare.ids()
    without = page(replace(ordinary()[0], kind="", performance=()), ordinary()[1])
    assert without.text.count("Error rate of this check: no performance data for this kind of file.") == 4


def test_both_lengths_are_printed_where_they_differ(usual: Page) -> None:
    assert "00:00:12.012" in usual.within["section-3"]
    assert "00:00:13.013" in usual.within["section-3"]
    assert "both are stated" in usual.within["section-3"]
    assert "both are stated" not in page(quiet(), {}).within["section-3"]


def test_headings_descend_one_at_a_time(usual: Page) -> None:
    levels = [int(tag[1]) for tag, _ in usual.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_table_headings_have_a_scope(usual: Page) -> None:
    assert all(attributes.get("scope") for tag, attributes in usual.tags if tag == "th")


def test_hostile_texts_are_text(worst: Page) -> None:
    assert "<script>alert(1)</script>" in worst.text
    assert "{{ 7*7 }}" in worst.text
    assert "<U+202E>gnp.exe<U+202C>" in worst.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", worst.text)
    assert "A" * 600 + " [+9,400]" in worst.text
    assert "A" * 3000 not in worst.text
    assert HOSTILE[1] in worst.text
    assert len(worst.within["page-one"]) < 6000


def test_words_that_accuse_do_not_occur(usual: Page) -> None:
    assert not re.search(
        r"\b(fake|forged|falsified|tampered|manipulated|doctored|authentic|genuine|suspicious|proves)\b",
        usual.text,
        re.IGNORECASE,
    )


def test_contrast() -> None:
    """WCAG contrast of every text colour in the style sheet against the darkest ground that text stands on."""

    def luminance(colour: str) -> float:
        value = colour * 2 if len(colour) == 3 else colour
        parts = [int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    css = style()
    ground = luminance("f3f1ec")
    colours = set(re.findall(r"[ {;]color: #([0-9a-f]+)", css))
    assert len(colours) >= 4
    assert all((ground + 0.05) / (luminance(colour) + 0.05) >= 4.5 for colour in colours)
