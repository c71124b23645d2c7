"""README prints the checks as they are declared, and commands that exist. `python tests/test_readme.py` writes the table anew."""

import re
from pathlib import Path

from entirety.judge.checks import LISTED

README = Path(__file__).resolve().parents[1] / "README.md"
BETWEEN = re.compile(r"(?<=<!-- checks -->\n).*?(?=<!-- /checks -->)", re.DOTALL)


def table() -> str:
    rows = [f"| `{check.id}` | {check.question.value} | {check.title} |" for check in LISTED]
    return "\n".join(["", "| id | question | looks for |", "|---|---|---|", *rows, "", ""])


def test_the_table_of_checks_is_the_declared_one() -> None:
    found = BETWEEN.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group() == table()


def test_every_command_is_named() -> None:
    from entirety.cli import app

    text = README.read_text(encoding="utf-8")
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        assert f"entirety {name} " in text


def test_files_that_it_points_at_are_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / target).exists(), target


if __name__ == "__main__":
    README.write_text(BETWEEN.sub(lambda _: table(), README.read_text(encoding="utf-8")), encoding="utf-8")
