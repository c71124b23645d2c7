"""What the children of a scan share is loaded before they are."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import importlib, sys
from pathlib import Path
from entirety.cli.scan_child import PRELOAD
for name in PRELOAD:
    importlib.import_module(name)
before = set(sys.modules)
from entirety.errors import EntiretyError
from entirety.measure.clip import measure
for path in sys.argv[1:]:
    try:
        measure(Path(path))
    except EntiretyError:
        pass
print(sorted(name for name in set(sys.modules) - before if name.startswith("entirety")))
"""


def test_a_child_loads_nothing_of_its_own(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "none.mp4").write_bytes(b"no video")
    clips = [str(tmp_path / "none.mp4"), str(samples / "join.mp4")]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *clips], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
