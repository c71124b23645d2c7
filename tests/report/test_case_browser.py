"""The index page in a real browser: its own program runs under its own policy, filters, sorts and obeys keys, and stays quick."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from entirety.model.case import Case
from entirety.report.case_page import case_page
from report.cases import drawn, large, sha, table

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine"),
    pytest.mark.slow,
]

FRAME = """
const out = {}, rows = document.getElementById("rows"), state = document.getElementById("state");
const shown = () => Array.from(rows.rows).filter((row) => row.getClientRects().length).map((row) => row.cells[0].querySelector("bdi").textContent);
const key = (name) => (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
const choose = (id, value) => { const field = document.getElementById(id); field.value = value; field.dispatchEvent(new Event("change")); };
const type = (text) => { const field = document.getElementById("text"); field.value = text; field.dispatchEvent(new Event("input")); return new Promise((done) => setTimeout(done, 300)); };
const head = (name) => Array.from(document.querySelectorAll("#table thead th")).find((th) => th.textContent === name);
const cell = (row, at) => row.cells.length === 8 || at === 0 ? row.cells[at] : at < 5 ? null : row.cells[at - 3];
const column = (at) => Array.from(rows.rows).map((row) => { const own = cell(row, at); return own ? own.dataset.v : ""; });
const all = () => document.getElementById("all").click();
const tell = (error) => {
  if (error) out.error = String(error.stack || error);
  const pre = document.createElement("pre"); pre.id = "out"; pre.textContent = JSON.stringify(out); document.body.append(pre);
};
"""
LATER = """addEventListener("load", async () => { try { %s; tell(); } catch (error) { tell(error); } });"""
AT_ONCE = """try { %s; tell(); } catch (error) { tell(error); }"""
"""Before the page is loaded: what is timed must not run by the clock of the browser's tests, which stands still while it works."""


def dump(page: bytes, folder: Path, *, wait: bool = True) -> str:
    file = folder / "index.html"
    file.write_bytes(page)
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1280,900",
        f"--user-data-dir={folder / 'profile'}",
    ]
    options += ["--virtual-time-budget=5000"] if wait else []
    command = [str(CHROMIUM), *options, "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def run(case: Case, script: str, folder: Path, frame: str = LATER) -> dict[str, Any]:
    """Append `script` to the page, allow it by its hash beside the page's own, and return what it put into `out`."""
    whole = FRAME + frame % script
    allowed = f"script-src 'sha256-{base64.b64encode(hashlib.sha256(whole.encode()).digest()).decode()}' "
    page = case_page(case, table(), "ab" * 32).decode()
    page = page.replace("script-src ", allowed, 1).replace("</body>", f"<script>{whole}</script></body>")
    found = re.search(r'<pre id="out">(.*?)</pre>', dump(page.encode(), folder, wait=frame is LATER), re.DOTALL)
    assert found, "the script did not come to its end"
    out: dict[str, Any] = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert "error" not in out, out
    return out


def test_the_page_runs_its_own_program_and_no_other(tmp_path: Path) -> None:
    page = case_page(drawn(), table(), "ab" * 32)
    assert '<form id="tools">' in dump(page, tmp_path)
    changed = page.replace(b'"use strict";', b'"use strict" ;')
    assert '<form id="tools" hidden="">' in dump(changed, tmp_path)
    added = page.replace(b"</h1>", b"</h1><script>document.title = 'run'</script>")
    assert "<title>run" not in dump(added, tmp_path)


def test_filters_say_how_many_rows_are_shown(tmp_path: Path) -> None:
    script = """
    out.first = state.textContent;
    choose("answer", "direct"); out.direct = [shown().length, state.textContent, state.className];
    all(); choose("fate", "crashed"); out.crashed = shown();
    all(); choose("fate", "marked"); out.marked = shown().length;
    all(); choose("fate", "gaps"); out.gaps = shown().length;
    all(); document.getElementById("answer").value = "direct"; dispatchEvent(new Event("pageshow")); out.kept = shown().length;
    all(); choose("group", "g1"); out.footage = shown().length;
    choose("group", "s1"); out.same = shown();
    all(); await type("  двор/КАМЕРА  1"); out.text = shown();
    await type("HASH"); out.hash = shown();
    await type("no such name"); out.none = [shown().length, state.textContent];
    document.querySelector("a[href='#f1']").click(); out.unhidden = shown().length;
    document.querySelector("a[data-value='timed-out']").click(); out.linked = shown();
    """
    case = drawn()
    out = run(case, script.replace("HASH", sha("bomb")), tmp_path)
    total = len(case.entries)
    assert out["first"] == f"showing {total} of {total} files, in order of path"
    count = sum(item.answer.value == "direct" for item in case.items)
    assert out["direct"] == [count, f"showing {count} of {total} files, in order of path", "part"]
    assert out["crashed"] == ["bomb.mp4"]
    assert out["marked"] == 13
    assert out["gaps"] == 1
    assert out["hash"] == ["bomb.mp4"]
    assert out["kept"] == 3
    assert out["footage"] == 3
    assert out["same"] == ["cam0/clip 00.mp4", "cam0/copy of clip 00.mp4", "cam9/clip 00.mp4"]
    assert out["text"] == ["двор/камера 1.mp4"]
    assert out["none"] == [0, f"showing 0 of {total} files, in order of path"]
    assert out["unhidden"] == total
    assert out["linked"] == ["slow.mp4"]


def test_columns_sort_both_ways_with_empty_cells_last_and_ties_in_place(tmp_path: Path) -> None:
    script = """
    const sorted = (name) => { head(name).querySelector("button").click(); return head(name).getAttribute("aria-sort"); };
    out.path = column(0);
    out.up = sorted("Answer"); out.answers = column(1); out.ties = column(0);
    out.down = sorted("Answer"); out.back = column(1);
    sorted("Size"); out.sizes = column(5).map(Number);
    sorted("Length"); out.lengths = column(4);
    sorted("File"); out.again = column(0);
    out.weight = head("A finding (of those that carry most weight)").querySelector("button");
    out.folded = Array.from(document.querySelectorAll("details")).map((one) => one.open);
    dispatchEvent(new Event("beforeprint")); out.printed = Array.from(document.querySelectorAll("details")).map((one) => one.open);
    out.marks = document.querySelectorAll("th[aria-sort]").length; out.said = state.textContent;
    """
    out = run(drawn(), script, tmp_path)
    assert (out["up"], out["down"]) == ("ascending", "descending")
    full = [word for word in out["answers"] if word]
    assert full == sorted(full)
    assert not any(out["answers"][len(full) :])
    assert out["back"] == [*reversed(full), *out["answers"][len(full) :]]
    pairs = [(word, int(number)) for word, number in zip(out["answers"], out["ties"], strict=True)]
    assert pairs == sorted(pairs, key=lambda pair: (not pair[0], pair[0], pair[1]))
    assert out["sizes"] == sorted(out["sizes"])
    lengths = [float(text) for text in out["lengths"] if text]
    assert lengths == sorted(lengths)
    assert out["again"] == out["path"]
    assert out["weight"] is None
    assert (out["folded"], out["printed"]) == ([False], [True])
    assert (out["marks"], out["said"].endswith("sorted by file")) == (1, True)


def test_keys_move_between_the_rows_that_are_shown(tmp_path: Path) -> None:
    script = """
    const at = () => document.activeElement.id;
    key("j"); out.first = at(); key("j"); out.second = at(); key("ArrowDown"); out.third = at(); key("k"); out.back = at();
    choose("answer", "direct"); document.activeElement.blur(); key("j");
    out.direct = document.activeElement.dataset.answer; const from = at(); key("j"); out.next = document.activeElement.dataset.answer; out.moved = at() !== from;
    let opened = ""; document.activeElement.querySelector("a.report").addEventListener("click", (event) => { event.preventDefault(); opened = event.target.closest("a").getAttribute("href"); });
    key("Enter"); out.opened = opened;
    key("/"); out.filter = at(); key("j"); out.typed = at();
    document.getElementById("text").value = "x"; key("Escape"); out.emptied = [document.getElementById("text").value, at()];
    key("?"); out.help = [document.getElementById("help").hidden, document.getElementById("keys").getAttribute("aria-expanded")];
    key("?"); out.gone = document.getElementById("help").hidden;
    """
    out = run(drawn(), script, tmp_path)
    assert [out[name] for name in ("first", "second", "third", "back")] == ["f1", "f2", "f3", "f2"]
    assert (out["direct"], out["next"], out["moved"]) == ("direct", "direct", True)
    assert re.fullmatch(r"items/[0-9a-f]{32}/report\.html", out["opened"])
    assert (out["filter"], out["typed"], out["emptied"]) == ("text", "text", ["", ""])
    assert (out["help"], out["gone"]) == ([False, "true"], True)


def test_pictures_beside_the_page_are_shown_and_no_markup_of_a_name_is_live(tmp_path: Path) -> None:
    case = drawn()
    (tmp_path / "pictures").mkdir()
    for item in case.items:
        if item.picture:
            cv2.imwrite(str(tmp_path / item.picture), np.full((90, 160, 3), 90, np.uint8))
    script = """
    const pictures = Array.from(document.images); pictures.forEach((one) => { one.loading = "eager"; });
    await Promise.all(pictures.map((one) => one.decode().catch(() => 0)));
    out.pictures = pictures.length; out.drawn = pictures.filter((one) => one.naturalWidth === 160).length;
    out.scripts = document.scripts.length; out.handlers = document.querySelectorAll("[onerror],[onclick],[onload]").length;
    out.links = Array.from(document.links).map((one) => one.getAttribute("href")).filter((href) => !/^(#[a-z0-9]+|items\\/[0-9a-f]{32}\\/report\\.html|(evidence|manifest)-sha256\\.txt|index\\.(json|csv|sarif))$/.test(href));
    out.names = Array.from(rows.rows).map((row) => row.cells[0].querySelector("bdi").textContent);
    """
    out = run(case, script, tmp_path)
    assert out["pictures"] == out["drawn"] > 0
    assert (out["scripts"], out["handlers"], out["links"]) == (2, 0, [])
    assert "javascript:alert(1)" in out["names"]
    assert "<U+202E>gpj.exe<U+202C>.mp4" in out["names"]


def test_five_thousand_rows_stay_quick(tmp_path: Path) -> None:
    """Bounds are some ten times what was measured with two busy cores: they stop what grows with the square of the rows."""
    script = """
    const timed = (work) => { document.body.offsetHeight; const from = performance.now(); work(); document.body.offsetHeight; return performance.now() - from; };
    out.rows = rows.rows.length;
    out.layout = timed(() => {});
    out.answer = timed(() => choose("answer", "direct")); out.shown = shown().length;
    out.all = timed(all);
    out.sort = timed(() => head("Answer").querySelector("button").click());
    out.key = timed(() => key("j"));
    document.getElementById("text").value = "camera 07/";
    out.text = timed(() => choose("answer", "")); out.found = shown().length;
    out.again = timed(() => choose("answer", ""));
    """
    out = run(large(5000), script, tmp_path, AT_ONCE)
    print(out)
    assert out["rows"] == 5000
    assert out["found"] == 125
    assert max(out[name] for name in ("answer", "all", "sort", "key", "text", "again")) < 5000
