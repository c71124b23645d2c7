"""`entirety validate`: what can go wrong before the first clip is made. The run itself is in .ci/run (`--small`)."""

from pathlib import Path

from cli.runner import entirety


def test_outside_the_source_tree_it_says_where_to_run_it(tmp_path: Path) -> None:
    done = entirety("validate", "--small", cwd=tmp_path)
    assert done.returncode == 5
    assert "source tree" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_half_has_one_of_two_names(tmp_path: Path) -> None:
    assert entirety("validate", "--half", "better", cwd=tmp_path).returncode == 2
