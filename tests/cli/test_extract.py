"""`audit --extract-hidden`: the copy is listed everywhere, verified, and gone again where it is not asked for."""

import json
from pathlib import Path

from cli.runner import entirety
from detect.patched import patched


def test_a_copy_is_written_listed_and_verified(tmp_path: Path) -> None:
    patched(tmp_path, "unlist", "25", "50", g=25, seconds=3)
    done = entirety("audit", "done.mp4", "--extract-hidden", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "reports" / "done.mp4"
    name = "hidden-orphan-0.mkv"
    assert (report / name).is_file()
    audit = json.loads((report / "audit.json").read_text(encoding="utf-8"))
    (copy,) = audit["copies"]
    assert (copy["file"], copy["pictures"], copy["role"]) == (name, 25, "orphan")
    assert f"{copy['file_sha256']}  {name}" in (report / "manifest-sha256.txt").read_text(encoding="utf-8")
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "It is a working copy for looking at" in page
    assert "Stored, in no table" in page
    assert {still["role"] for still in audit["stills"]} == {"shown", "orphan", "strip"}
    verified = entirety("verify", "reports/done.mp4", "done.mp4", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr
    with (report / name).open("ab") as file:
        file.write(b" ")
    spoilt = entirety("verify", "reports/done.mp4", "done.mp4", cwd=tmp_path)
    assert spoilt.returncode == 4
    assert (
        f"{name} is not the working copy that was written: its SHA-256 is not the one in manifest-sha256.txt, statement.intoto.json, audit.json."
        in spoilt.stderr
    )
    assert entirety("audit", "done.mp4", cwd=tmp_path).returncode == 0
    assert not (report / name).exists()
