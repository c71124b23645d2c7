"""The page's own program: its data are the audit's, its words the catalogue's, its policy allows it and nothing else."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from entirety.model.audit import Audit
from entirety.model.copies import REVIEW_FILE
from entirety.report.compose import compose
from entirety.report.document import to_document
from entirety.report.html import SCRIPTS, TEMPLATES, program, style, to_html
from entirety.report.live import GAPS, LANES, embedded
from entirety.report.wording import Catalogue
from report.audits import hostile, many, ordinary, quiet

NODE = shutil.which("node")
WORDS = Catalogue("en")
NAMES = ("live_timeline", "live_player", "live_finding", "live_end")


def page(audit: Audit, pngs: dict[str, bytes], *outputs: tuple[str, str]) -> str:
    return to_html(compose(audit, WORDS, "ab" * 32, outputs), audit.answer.value, pngs).decode()


@cache
def usual() -> str:
    return page(*ordinary())


def data_of(html: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="live-data">([^<]*)</script>', html)
    data: dict[str, Any] = json.loads(found)
    return data


def program_text() -> str:
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS)


def templates() -> str:
    return "\n".join((TEMPLATES / f"{name}.html.j2").read_text(encoding="utf-8") for name in NAMES)


def test_the_numbers_are_those_of_the_audit() -> None:
    audit, _ = ordinary()
    data, document = data_of(usual()), to_document(audit)
    assert data["timeline"] == document["timeline"]
    assert data["clip"] == {"sha256": audit.custody.sha256, "bytes": 18_734_112, "start": 0, "origin": 0}
    assert [one["id"] for one in data["findings"]] == ["F001", "F002", "F003", "F004"]
    assert [one["at"] for one in data["findings"]] == [3.003, 4.671333, 5.005, 0]
    assert [one["word"] for one in data["findings"]][:2] == ["Direct trace", "Strong indication"]
    assert [one["hidden"] for one in data["findings"]] == [True, False, False, False]
    assert data["shots"] == [[0, 4.671333, "A"], [4.671333, 8.341667, "B"], [8.675333, 12.012, "A"]]
    assert data["unexamined"] == [[8, 8.5]]
    assert data["strip"] == [0, 2.002, 3.003, 4.004, 4.671333, 6.006]
    assert data["clocks"] == [{"row": 0, "name": "Clock 1: time code"}]
    assert data["review"] is None


def test_the_review_copy_is_known_by_its_hash() -> None:
    html = page(*ordinary(), (REVIEW_FILE, "cd" * 32))
    assert data_of(html)["review"] == {"file": REVIEW_FILE, "sha256": "cd" * 32}
    assert " ".join(["cdcdcdcd"] * 8) in html


def test_nothing_to_draw_and_very_much_to_draw_are_both_data() -> None:
    bare = data_of(page(quiet(), {}))
    assert (bare["findings"], bare["strip"], bare["unexamined"]) == ([], [], [])
    assert len(data_of(page(many(90), {}))["findings"]) == 90


def test_the_policy_allows_the_style_and_the_program_by_their_hash_and_no_more() -> None:
    html = usual()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style(), program())]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; img-src data:; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )
    assert html.count(f"<style>{style()}</style>") == html.count(f"<script>{program()}</script>") == 1


def test_no_text_ends_the_data_block() -> None:
    text = "</script><script>alert(1)</script><!-- \u2028 \ud800 &amp;"
    safe = embedded({"a": text})
    assert json.loads(safe) == {"a": text}
    assert safe.isascii()
    assert not set("<>&") & set(safe)
    audit, pngs = hostile()
    named = replace(audit, declarations=tuple(replace(one, title=text) for one in audit.declarations))
    data = data_of(page(named, pngs))
    assert data["findings"][0]["title"].startswith("</script><script>alert(1)")
    assert page(named, pngs).count("<script") == 2


def test_the_program_reaches_nothing_outside_the_page() -> None:
    text = program_text()
    for word in (
        "http:",
        "https:",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "eval(",
        "innerHTML",
        "Worker(",
    ):
        assert word not in text
    assert "Function(" not in text
    assert 'setAttribute("style"' not in text


def test_every_word_that_the_program_says_is_handed_over_with_its_gaps() -> None:
    said = set(re.findall(r"\bsay\.(\w+)", program_text())) - {"lanes"}
    assert said == set(GAPS)
    words = data_of(usual())["words"]
    assert set(words) == said | {"lanes"}
    for name, gaps in GAPS.items():
        assert set(re.findall(r"\{(\w+)\}", words[name])) == set(gaps)
    assert set(words["lanes"]) == {*LANES, "time"}


def test_every_part_that_the_program_looks_for_is_in_the_page() -> None:
    html = usual()
    sought = set(re.findall(r'getElementById\("([a-z-]+)"\)', program_text()))
    sought |= {f"live-{name}" for name in re.findall(r'\bby\("([a-z]+)"\)', program_text())}
    assert len(sought) > 20
    assert sought <= set(re.findall(r'\bid="([a-z-]+)"', html))


def test_without_the_program_the_page_shows_none_of_its_parts() -> None:
    html = usual()
    opened = re.findall(r'<(?:div|section|details|dialog|button)[^>]*class="live(?: [^"]*)?"[^>]*>', html)
    assert len(opened) >= 5
    assert all(" hidden" in tag or tag.startswith("<dialog") for tag in opened)
    assert html.count('class="live live-here"') == 4
    assert re.findall(r'data-left="(\d)" data-right="(\d)"', html) == [("0", "1"), ("0", "1"), ("0", "1"), ("0", "1")]
    assert "display: none !important" in style().split("@media print")[-1]


def test_labels_and_roles_stand_in_the_page() -> None:
    html = usual()
    for tag in re.findall(r"<(?:input|progress)[^>]*>", html):
        name = re.search(r'id="([^"]*)"', tag)
        assert "aria-label=" in tag or (name and f'for="{name[1]}"' in html) or "checkbox" in tag
    assert 'role="slider" aria-label="Place on the timeline"' in html
    assert 'id="live-state" role="status"' in html


@pytest.mark.skipif(NODE is None, reason="no node on this machine to run the program's SHA-256")
def test_sha256_equals_the_librarys_whatever_the_pieces(tmp_path: Path) -> None:
    sizes = (0, 1, 55, 56, 63, 64, 65, 119, 120, (1 << 20) + 3)
    content = bytes(at * 167 % 251 for at in range(max(sizes)))
    (tmp_path / "bytes").write_bytes(content)
    script = (
        (TEMPLATES / "report_sha256.js").read_text(encoding="utf-8")
        + """
    const all = require("fs").readFileSync(process.argv[2]), out = [];
    for (const size of SIZES) for (const piece of [7, 64, 4099, size + 1]) {
      if (piece === 7 && size > 4096) continue;
      const sum = sha256();
      for (let at = 0; at < size; at += piece) sum.add(all.subarray(at, Math.min(size, at + piece)));
      out.push([size, sum.hex()]);
    }
    hashed(new Blob([all]), () => {}, () => false).then((whole) => console.log(JSON.stringify({ out, whole })));
    """.replace("SIZES", json.dumps(sizes))
    )
    (tmp_path / "run.js").write_text(script, encoding="utf-8")
    command = [str(NODE), str(tmp_path / "run.js"), str(tmp_path / "bytes")]
    done = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert len(done["out"]) == 4 * len(sizes) - 1
    assert all(sum_of == hashlib.sha256(content[:size]).hexdigest() for size, sum_of in done["out"])
    assert done["whole"] == hashlib.sha256(content).hexdigest()
