"""The report page in a real browser, opened from a folder with the network cut: it plays the examined clip and refuses every other."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from entirety.cli.tool import tool
from entirety.judge.examine import examine
from entirety.model.audit import Audit, Numbered
from entirety.model.copies import REVIEW_FILE
from entirety.model.finding import Span
from entirety.report.compose import compose
from entirety.report.framehash import framehash_lines
from entirety.report.html import to_html
from entirety.report.wording import Catalogue
from entirety.report.write import write_report
from read.films import film
from report.audits import many, ordinary
from report.browser import CHROMIUM, Browser

NPM = shutil.which("npm")
SAMPLE = "cut-reencoded.mp4"
pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine"), pytest.mark.slow]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("report")
    done = examine(samples / SAMPLE, tool(), second=False)
    write_report(done.audit, folder, done.pictures, framehash_lines(done.clip))
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser, report: Path) -> Browser:
    browser.requests.clear()
    browser.errors.clear()
    browser.open(report)
    return browser


def hand_made(folder: Path, audit: Audit, pngs: dict[str, bytes], *outputs: tuple[str, str]) -> Path:
    file = folder / "report.html"
    file.write_bytes(to_html(compose(audit, Catalogue("en"), "ab" * 32, outputs), audit.answer.value, pngs))
    return file


STATE = "document.getElementById('live-state').textContent"
READY = "document.getElementById('live-stage').dataset.ready === 'yes'"
PIN = "[...document.querySelectorAll('.pin')].find((one) => one.textContent.includes('F001'))"


def test_the_examined_clip_plays_and_a_pin_seeks_two_seconds_before(page: Browser, samples: Path) -> None:
    page.give("#live-file", samples / SAMPLE)
    page.until(READY)
    assert "IS the examined file" in page.run(STATE)
    digest = hashlib.sha256((samples / SAMPLE).read_bytes()).hexdigest()
    for cell in ("live-own", "live-expected"):
        assert page.run(f"document.getElementById('{cell}').textContent").replace(" ", "") == digest
    page.run(f"{PIN}.click()")
    page.until(
        "!document.querySelector('video').seeking && document.getElementById('live-shown').textContent.includes('00:00:02.7')"
    )
    assert page.run("location.hash") == "#F001"
    assert "F001" in page.run("document.activeElement.closest('h3').textContent")
    assert page.run("document.getElementById('live-stage').className") == "docked"
    page.press(".")
    page.until("document.getElementById('live-shown').textContent.includes('00:00:02.800')")
    page.press(",")
    page.until("document.getElementById('live-shown').textContent.includes('00:00:02.767')")
    page.press(" ")
    page.until("!document.querySelector('video').paused && document.querySelector('video').currentTime > 3")
    page.press(" ")
    page.until("document.querySelector('video').paused")
    slide = "const one = document.getElementById('live-seek'); one.value = 8; one.dispatchEvent(new Event('input'))"
    page.run(f"{{ {slide} }}")
    page.until("document.getElementById('live-shown').textContent.includes('00:00:08.0')")
    page.run(f"{PIN}.click()")
    page.run("document.getElementById('live-mute').click()")
    page.until("document.getElementById('live-mute').textContent === 'Sound on'")
    page.run("document.getElementById('live-loop').checked = true; document.querySelector('video').currentTime = 7")
    page.until("document.querySelector('video').currentTime < 3")
    assert page.errors == []
    assert not [url for url in page.requests if not url.startswith(("file:", "data:", "blob:"))]


def test_a_clip_with_one_byte_changed_is_refused_in_words(page: Browser, samples: Path, tmp_path: Path) -> None:
    content = bytearray((samples / SAMPLE).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / SAMPLE).write_bytes(content)
    page.give("#live-file", tmp_path / SAMPLE)
    page.until(f"{STATE}.includes('NOT')")
    assert "is NOT the examined file" in page.run(STATE)
    assert "It is not played" in page.run(STATE)
    own = page.run("document.getElementById('live-own').textContent").replace(" ", "")
    assert own == hashlib.sha256(content).hexdigest()
    assert page.run(f"{READY} || document.querySelector('video') !== null") is False
    (tmp_path / "empty.mp4").touch()
    page.give("#live-file", tmp_path / "empty.mp4")
    page.until(f"{STATE}.includes('empty')")
    page.give("#live-file", samples / SAMPLE)
    page.until(READY)


def test_hashing_a_large_file_can_be_stopped(page: Browser, tmp_path: Path) -> None:
    with (tmp_path / "large.mp4").open("wb") as file:
        file.truncate(3 << 30)
    page.give("#live-file", tmp_path / "large.mp4")
    page.until("document.getElementById('live-reading').value > 0")
    assert "MB a second" in page.run("document.getElementById('live-rate').textContent")
    page.run("document.getElementById('live-stop').click()")
    assert "Stopped" in page.run(STATE)
    assert page.run("document.getElementById('live-reading').hidden") is True


def test_what_the_browser_cannot_play_is_said_and_a_review_copy_is_called_one(
    browser: Browser, samples: Path, tmp_path: Path
) -> None:
    audit, pngs = ordinary()
    text = tmp_path / "clip.mp4"
    text.write_text("no film at all")
    named = replace(audit, custody=replace(audit.custody, sha256=hashlib.sha256(text.read_bytes()).hexdigest()))
    copy = hashlib.sha256((samples / SAMPLE).read_bytes()).hexdigest()
    browser.open(hand_made(tmp_path, named, pngs, (REVIEW_FILE, copy)))
    browser.give("#live-file", text)
    browser.until(f"{STATE}.includes('cannot play')")
    assert "IS the examined file" in browser.run(STATE)
    assert "review copy" in browser.run(STATE)
    browser.give("#live-file", samples / SAMPLE)
    browser.until(READY)
    assert "is the review copy" in browser.run(STATE)
    assert "not evidence" in browser.run(STATE)


@pytest.mark.parametrize("name", ["late.mp4", "late.webm"])
def test_times_of_a_file_that_does_not_begin_at_zero(browser: Browser, tmp_path: Path, name: str) -> None:
    coding: dict[str, Any] = {"vcodec": "libx264"}
    if name.endswith("webm"):
        coding = {"vcodec": "libvpx-vp9", "deadline": "realtime"}
    clip = film(tmp_path / name, seconds=4, size="320x180", output_ts_offset=5, **coding)
    audit = examine(clip, tool(), second=False).audit
    assert audit.timeline.origin == 5
    one = ordinary()[0].findings[0]
    placed = replace(one.finding, span=Span(Fraction(8), Fraction(8), 75, 76, ()), stills=(), hidden=())
    browser.open(hand_made(tmp_path, replace(audit, findings=(Numbered("F001", placed),), stills=()), {}))
    browser.give("#live-file", clip)
    browser.until(READY)
    assert "00:00:05.000" in browser.run("document.getElementById('live-shown').textContent")
    browser.run(f"{PIN}.click()")
    browser.until("document.getElementById('live-shown').textContent.includes('00:00:06.000')")


def test_keys_zoom_and_the_crosshair(page: Browser) -> None:
    page.press("n")
    first = page.run("document.activeElement.closest('section').id")
    page.press("n")
    assert (first, page.run("document.activeElement.closest('section').id")) == ("F001", "F002")
    page.press("p")
    assert page.run("document.activeElement.closest('section').id") == "F001"
    lanes = "document.getElementById('live-lanes')"
    page.run(f"{lanes}.focus()")
    page.press("Home")
    page.press("ArrowRight")
    told = page.run(f"{lanes}.getAttribute('aria-valuetext')")
    for part in ("00:00:00.0", "Change ", "Coded size ", "Sound ", "Coarseness "):
        assert part in told
    count = "document.querySelectorAll('.pin').length"
    whole = page.run(count)
    page.press("+")
    page.until(f"{count} < {whole}")
    page.press("-")
    page.until(f"{count} === {whole}")
    page.press("?")
    assert page.run("document.getElementById('live-keys').open") is True
    page.press("?")
    page.run("document.getElementById('live-listen').checked = false")
    page.press("n")
    assert page.run("document.activeElement.id") == "live-lanes"
    page.run("document.querySelector('#live-strip button').click()")
    assert page.errors == []


def test_the_wipe_is_moved_by_keys_and_leaves_the_stills_alone(page: Browser) -> None:
    box = "document.querySelector('#F001 .live-wipe')"
    before = page.run(
        "[...document.querySelectorAll('#F001 .pictures img')].map((one) => one.src.length + one.style.cssText).join()"
    )
    page.run(f"{box}.open = true")
    page.until(f"{box}.querySelectorAll('img').length === 2")
    page.run(f"{box}.querySelector('input').focus()")
    page.call("Input.dispatchKeyEvent", type="keyDown", key="ArrowLeft", code="ArrowLeft", windowsVirtualKeyCode=37)
    assert page.run(f"{box}.querySelector('input').getAttribute('aria-valuetext')").startswith("49 per cent")
    assert "51%" in page.run(f"{box}.querySelectorAll('img')[1].style.clipPath")
    after = page.run(
        "[...document.querySelectorAll('#F001 .pictures img')].map((one) => one.src.length + one.style.cssText).join()"
    )
    assert before == after


def test_on_paper_there_is_the_drawing_and_none_of_the_live_parts(page: Browser) -> None:
    seen = "getComputedStyle(document.querySelector('{}')).display"
    drawing = seen.format("#timeline > svg")
    assert page.run(drawing) == "none"
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.run(drawing) == "block"
    assert page.run("[...document.querySelectorAll('.live')].every((one) => !one.getClientRects().length)") is True
    page.call("Emulation.setEmulatedMedia", media="")


def test_without_script_the_page_shows_the_drawing_and_none_of_the_live_parts(browser: Browser, report: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(report)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run("getComputedStyle(document.querySelector('#timeline > svg')).display") == "block"
    assert browser.run("[...document.querySelectorAll('.live')].every((one) => !one.getClientRects().length)") is True


@pytest.mark.parametrize("width", [1280, 390])
def test_five_hundred_findings_and_a_narrow_page(browser: Browser, tmp_path: Path, width: int) -> None:
    browser.errors.clear()
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    browser.open(hand_made(tmp_path, many(500), {}))
    assert browser.run("document.documentElement.scrollWidth <= innerWidth") is True
    assert 1 < browser.run("document.querySelectorAll('.pin').length") < 60
    browser.run("[...document.querySelectorAll('.pin')].find((one) => /[0-9]{2}/.test(one.textContent)).click()")
    browser.until("document.activeElement.id === 'live-lanes'")
    assert browser.errors == []
    browser.call("Emulation.clearDeviceMetricsOverride")


def test_no_zero_length_and_no_place_out_of_the_clip_break_the_page(browser: Browser, tmp_path: Path) -> None:
    browser.errors.clear()
    audit, pngs = ordinary()
    browser.open(
        hand_made(tmp_path, replace(audit, timeline=replace(audit.timeline, duration=audit.timeline.origin)), pngs)
    )
    assert browser.run("document.getElementById('live-timeline').hidden") is True
    assert browser.run("document.getElementById('live-player').hidden") is False
    far = audit.findings[0].finding
    away = Numbered("F001", replace(far, span=Span(far.span.start - 99, far.span.end + 9999, 0, 1, ())))
    browser.open(hand_made(tmp_path, replace(audit, findings=(away, *audit.findings[1:])), pngs))
    assert browser.run("document.querySelectorAll('.pin').length") == 3
    assert browser.errors == []


@pytest.mark.skipif(NPM is None, reason="no npm on this machine to bring axe-core")
def test_axe_finds_nothing_serious(page: Browser, samples: Path, tmp_path: Path) -> None:
    command = [str(NPM), "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4.11"]
    (tmp_path / "package.json").write_text("{}")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    if done.returncode:
        pytest.skip("axe-core could not be fetched")
    axe = (tmp_path / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.give("#live-file", samples / SAMPLE)
    page.until(READY)
    page.run("for (const one of document.querySelectorAll('details')) one.open = true")
    page.run(f"{axe}; 0")
    found = page.run(
        "axe.run(document).then((all) => all.violations.map((one) => [one.impact, one.id, one.nodes.map((n) => n.html.slice(0, 200))]))"
    )
    print(json.dumps(found, indent=1))
    assert [one for one in found if one[0] in ("serious", "critical")] == []


def test_a_program_that_was_changed_does_not_run(browser: Browser, report: Path, tmp_path: Path) -> None:
    content = report.read_bytes()
    assert content.count(b'"use strict";\n(() => {') == 1
    (tmp_path / "changed.html").write_bytes(content.replace(b'"use strict";\n(() => {', b'"use strict"; \n(() => {'))
    browser.open(tmp_path / "changed.html")
    assert browser.run("document.getElementById('live-player').hidden") is True
