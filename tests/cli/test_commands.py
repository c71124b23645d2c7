"""The commands as a user types them, on a committed sample."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.runner import entirety
from entirety.judge.checks import LISTED
from entirety.knowledge.performance import table


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder with a copy of a sample and its report, made by the command itself."""
    folder = tmp_path_factory.mktemp("audited")
    shutil.copy(samples / "trim-edit-list.mp4", folder / "clip.mp4")
    done = entirety("audit", "clip.mp4", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.json").write_text(done.stdout, encoding="utf-8")
    (folder / "said.txt").write_text(done.stderr, encoding="utf-8")
    return folder


def test_the_report_folder_is_complete(audited: Path) -> None:
    report = audited / "reports" / "clip.mp4"
    names = {p.name for p in report.iterdir()}
    assert {"audit.json", "report.html", "report.pdf", "frames.framehash"} <= names
    assert (audited / "printed.json").read_text(encoding="utf-8") == (report / "audit.json").read_text(encoding="utf-8")
    assert {p.name for p in audited.iterdir()} == {"clip.mp4", "reports", "printed.json", "said.txt"}


def test_the_names_that_others_rely_on(audited: Path) -> None:
    audit = json.loads((audited / "printed.json").read_text(encoding="utf-8"))
    assert audit["schema_version"] == 1
    assert set(audit["custody"]) >= {"sha256", "bytes", "sha256_after"}
    assert audit["custody"]["sha256"] == audit["custody"]["sha256_after"]
    assert set(audit["clip"]) >= {"container", "duration_s", "frames", "streams"}
    assert set(audit["answer"]) >= {"code", "sentence"}
    assert set(audit["questions"]) == {"whole", "original", "continuous"}
    assert all("code" in question for question in audit["questions"].values())
    assert all(set(check) >= {"id", "revision", "outcome", "reason"} for check in audit["checks"])
    finding = audit["findings"][0]
    assert set(finding) >= {"id", "check", "code", "claim", "span", "weight", "measured", "innocent", "reproduce"}
    assert set(finding["span"]) >= {"start_s", "end_s", "start_frame", "end_frame"}
    assert isinstance(audit["limits"], list)
    assert isinstance(audit["unexamined"], list)


def test_the_last_line_is_the_result(audited: Path) -> None:
    last = (audited / "said.txt").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert "clip.mp4" in last
    assert "not displayed as stored" in last


def test_verify_and_render(audited: Path, tmp_path: Path) -> None:
    shutil.copytree(audited, tmp_path, dirs_exist_ok=True)
    done = entirety("verify", "reports/clip.mp4", "clip.mp4", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    before = (tmp_path / "reports/clip.mp4/report.html").read_bytes()
    (tmp_path / "reports/clip.mp4/report.html").unlink()
    assert entirety("render", "reports/clip.mp4", cwd=tmp_path).returncode == 0
    assert (tmp_path / "reports/clip.mp4/report.html").read_bytes() == before


def test_one_flipped_byte_of_the_picture(audited: Path, tmp_path: Path) -> None:
    shutil.copytree(audited, tmp_path, dirs_exist_ok=True)
    content = bytearray((tmp_path / "clip.mp4").read_bytes())
    content[content.index(b"mdat") + (len(content) // 2)] ^= 0xFF
    (tmp_path / "clip.mp4").write_bytes(content)
    done = entirety("verify", "reports/clip.mp4/audit.json", "clip.mp4", cwd=tmp_path)
    assert done.returncode == 4
    assert "first frame that differs is frame " in done.stderr


def test_one_flipped_byte_of_a_report(audited: Path, tmp_path: Path) -> None:
    shutil.copytree(audited, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "reports/clip.mp4/report.html").open("ab") as file:
        file.write(b" ")
    done = entirety("verify", "reports/clip.mp4", "clip.mp4", cwd=tmp_path)
    assert done.returncode == 4
    assert "report.html" in done.stderr


def test_a_second_run_that_fails_on_indications_differs_in_the_run_record_only(audited: Path, tmp_path: Path) -> None:
    again = entirety("audit", "clip.mp4", "--fail-on", "indications", "--out", tmp_path, cwd=audited)
    assert again.returncode == 1
    first = json.loads((audited / "reports/clip.mp4/audit.json").read_text(encoding="utf-8"))
    second = json.loads((tmp_path / "clip.mp4/audit.json").read_text(encoding="utf-8"))
    assert first.pop("run") != {}
    second.pop("run")
    assert first == second


def test_hash_equals_ffmpeg(audited: Path) -> None:
    done = entirety("hash", "clip.mp4", "--check", "--out", "list.txt", cwd=audited)
    (audited / "list.txt").unlink()
    assert done.returncode == 0, done.stderr
    assert "same list" in done.stderr


def test_explain(tmp_path: Path) -> None:
    listed = entirety("explain", cwd=tmp_path).stdout
    names = [line.split()[0] for line in listed.splitlines()]
    assert "hidden-footage" in names
    # Each call starts the program anew; what every check declares is tested beside the checks.
    for name in names[::9]:
        said = entirety("explain", name, cwd=tmp_path).stdout
        assert name in said
        assert "cannot see" in said.lower() or "blind spots" in said.lower()
        assert said.endswith("".join(f"{line}\n" for line in ("", *rates(name))))


def rates(name: str) -> list[str]:
    """What `explain` prints of error rates below the declaration, with the table that this package holds."""
    revision = next(check.revision for check in LISTED if check.id == name)
    measured = table()
    if measured is None or dict(measured.revisions).get(name) != revision:
        return ["There is no performance data for this revision of the check."]
    from entirety.validate.printed import for_check

    return for_check(measured, name)


def test_doctor(tmp_path: Path) -> None:
    done = entirety("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ffmpeg version" in done.stdout
    missing = entirety("doctor", "--ffmpeg", "no-such-program", cwd=tmp_path)
    assert missing.returncode == 5


def test_help_does_not_wait_for_heavy_libraries() -> None:
    asked = (
        "import sys; from entirety.cli import app; app(['--help'], standalone_mode=False); print(sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True, timeout=60)
    assert "Audit a video file" in done.stdout
    assert not [name for name in ("numpy", "av", "cv2", "ffmpeg", "jinja2") if f"'{name}'" in done.stdout]
