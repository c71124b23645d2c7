"""Some damaged films in a folder: the scan ends, each has one outcome, nothing is left behind and nothing is written elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import scan_mutants
from bench.mutate_containers import FILMS
from case import processes, watching
from conftest import CORPUS

SCRIPT = Path(scan_mutants.__file__)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are watched by way of /proc")


@pytest.mark.slow
def test_some_damaged_films(tmp_path: Path) -> None:
    places = watching.places(tmp_path)
    scan_mutants.fill(places.evidence, [], range(12))
    result = scan_mutants.scan(places, 2, strace=watching.STRACE is not None, seconds=300, more=("--no-overlaps",))
    assert result.wrong == []
    assert result.files == 12 + len(FILMS)
    assert len(result.outcomes) > 1
    assert 0 < result.pss < scan_mutants.MOST_MEMORY


def test_a_number_stands_for_one_file(tmp_path: Path) -> None:
    first, second = (watching.places(tmp_path / name).evidence for name in "ab")
    for place in (first, second):
        scan_mutants.fill(place, [], range(6))
    assert {n: k.sha256 for n, k in watching.kept(first).items()} == {
        n: k.sha256 for n, k in watching.kept(second).items()
    }


def test_what_is_wrong_is_seen(tmp_path: Path) -> None:
    """Whatever writes beside the evidence, leaves a process or forgets a file is found out."""
    places = watching.places(tmp_path)
    scan_mutants.fill(places.evidence, [], range(2))
    program = (
        f"import pathlib, json, subprocess; e = pathlib.Path({str(places.evidence)!r}); next(e.rglob('*.ts')).touch();"
        f"pathlib.Path('here').touch(); subprocess.Popen(['sleep', '30'], start_new_session=True, stdout=-3, stderr=-3);"
        f"c = pathlib.Path({str(places.case)!r}); c.mkdir(parents=True); (c / 'index.json').write_text(json.dumps({{'items': []}}))"
    )
    patch = pytest.MonkeyPatch()
    patch.setattr(watching, "scan_command", lambda *_: [sys.executable, "-c", program])
    patch.setattr(scan_mutants, "LEFT_BEHIND", 0.2)
    with patch.context():
        wrong = scan_mutants.scan(places, 1, strace=False, seconds=60).wrong
    patch.undo()
    assert any("is not as it was" in one for one in wrong)
    assert any("outside the case folder: 'cwd/here'" in one for one in wrong)
    assert sum("was left behind" in one for one in wrong) == 1
    assert any("has 0 outcomes" in one for one in wrong)


def test_memory_is_seen() -> None:
    marked = processes.mark()
    with processes.watched(marked) as seen:
        program = "import time; held = bytearray(200_000_000); time.sleep(1)"
        subprocess.run([sys.executable, "-c", program], check=True, env=marked)
    assert seen.pss > 200_000_000
    assert processes.alive(marked) == []


@pytest.mark.slow
def test_the_corpus_and_a_thousand_damaged_files() -> None:
    command = [sys.executable, str(SCRIPT), *([str(CORPUS)] if CORPUS.is_dir() else [])]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
