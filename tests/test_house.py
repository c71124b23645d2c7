"""The rules of the house, held by tests: floors, sizes, who may touch the decoder, the clock and the words."""

import ast
from pathlib import Path

import pytest

from conftest import ROOT

SOURCE = ROOT / "src" / "entirety"
FILES = sorted(SOURCE.rglob("*.py"))
FLOORS = {
    "model": 0,
    "errors": 0,
    "knowledge": 0,
    "read": 1,
    "measure": 2,
    "detect": 3,
    "compare": 3,
    "judge": 4,
    "report": 5,
    "case": 6,
    "validate": 6,
    "cli": 7,
}
"""A folder imports from lower floors only, or from itself."""

BANNED = ("fake", "forge", "falsif", "tamper", "manipulat", "doctored", "authentic", "genuine", "suspicious", "proves")
"""Stems that no sentence of the program may hold (wording rules); `doctor` the command is another word than `doctored`."""


def place(path: Path) -> str:
    """Folder or module directly below the package that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """Every module a file imports, those inside functions included."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide floors"
            found.append(str(node.module))
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def short(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", FILES, ids=short)
def test_imports_go_down_only(path: Path) -> None:
    mine = place(path)
    if mine in ("__init__", "__main__"):
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "entirety" or len(parts) == 1 or parts[1] == "__version__":
            continue
        other = parts[1]
        assert other == mine or FLOORS[other] < FLOORS[mine], f"{short(path)} ({mine}) imports {name}"


@pytest.mark.parametrize("path", FILES, ids=short)
def test_only_read_opens_files_and_runs_programs(path: Path) -> None:
    """`measure` handles the decoder's pictures, whose samples it hashes and shrinks; opening and decoding stays below it."""
    if place(path) == "read":
        return
    heads = {name.split(".")[0] for name in imports(path)}
    assert not heads & {"subprocess", "imageio_ffmpeg"}, f"{short(path)} leaves running programs to `read`"
    assert "av" not in heads or place(path) == "measure", f"{short(path)} knows no decoder"
    assert "av.open(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=short)
def test_no_clock_chance_or_surroundings_below_the_command_line(path: Path) -> None:
    if place(path) == "cli":
        return
    heads = {name.split(".")[0] for name in imports(path)}
    assert not heads & {
        "time",
        "random",
        "secrets",
        "uuid",
        "locale",
        "socket",
        "urllib",
        "http",
        "getpass",
    }
    text = path.read_text(encoding="utf-8")
    assert not any(word in text for word in ("os.environ", "getenv", "datetime.now", "np.random", "default_rng"))


@pytest.mark.parametrize("path", FILES, ids=short)
def test_files_fit_on_two_screens_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{short(path)} has no docstring"


@pytest.mark.parametrize("path", [p for p in FILES if place(p) == "detect"], ids=short)
def test_a_check_fits_on_one_and_a_half_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


@pytest.mark.parametrize("path", FILES, ids=short)
def test_wording_never_accuses(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value.lower()
            assert not any(stem in said for stem in BANNED), f"{short(path)}:{node.lineno}: {said[:80]}"


def test_no_folder_is_unknown_to_the_floor_table() -> None:
    unknown = {place(path) for path in FILES} - FLOORS.keys() - {"__init__", "__main__"}
    assert not unknown


def test_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    agreed = {"pyproject.toml", "README.md", "src", "samples", "tests", "reports", "LICENSE", "constraints.txt"}
    assert {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} <= agreed | {"dist", "build"}
