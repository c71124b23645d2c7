"""What every check declares: complete, plain, tested, and said without accusing anybody."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from detect.clips import make_clip, make_clock, make_manifest
from entirety import detect
from entirety.detect import CHECKS
from entirety.detect.run import run_all
from entirety.model.clip import Clip
from entirety.model.finding import Check, Outcome, Weight

HERE = Path(__file__).parent
SOURCE = Path(detect.__file__).parent
ORDER = [
    "hidden-footage",
    "frame-count",
    "leftovers",
    "sequence-position",
    "writer-trace",
    "metadata-conflict",
    "provenance-manifest",
    "double-encoding",
    "timestamp-gap",
    "timecode-break",
    "stream-join",
    "keyframe-rhythm",
    "quantiser-step",
    "format-change",
    "damaged-frames",
    "encoding-break",
    "hard-cut",
    "jump-cut",
    "gradual-transition",
    "frozen-picture",
    "repeated-footage",
    "cadence-change",
    "blank-picture",
    "source-change",
    "added-overlay",
]
BANNED = re.compile(
    r"fake|forge|falsif|tamper|manipulat|doctored|authentic|genuine|suspicious|prove[sdn]?\b|\bcertain(ly)?\b|untouched original|police",
    re.IGNORECASE,
)
every = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def module(check: Check) -> Path:
    return SOURCE / f"{check.id.replace('-', '_')}.py"


def names_in_tests_of(check: Check) -> set[str]:
    tree = ast.parse((HERE / f"test_{module(check).stem}.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def sentences(check: Check) -> Iterator[str]:
    yield from (check.title, check.sees, *check.blind_spots, *check.references)
    yield from (text for _, text in check.innocent)


def test_the_list_is_what_was_agreed() -> None:
    assert [check.id for check in CHECKS] == ORDER


@every
def test_id_file_and_test_have_one_name(check: Check) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.id)
    assert module(check).is_file()
    assert (HERE / f"test_{module(check).stem}.py").is_file()


@every
def test_every_field_is_filled(check: Check) -> None:
    assert check.revision >= 1
    for field in fields(check):
        if field.name not in ("needs", "blind_here"):
            assert getattr(check, field.name), field.name
    for slug, text in check.innocent:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), slug
        assert text.endswith("."), text
    assert len({slug for slug, _ in check.innocent}) == len(check.innocent)
    assert all(text.endswith(".") for text in (check.sees, *check.blind_spots))


@every
def test_every_innocent_cause_has_its_test(check: Check) -> None:
    wanted = [f"test_innocent_{slug.replace('-', '_')}" for slug, _ in check.innocent]
    names = names_in_tests_of(check)
    assert set(wanted) <= names
    others = {name for name in names if name.startswith("test_innocent_")} - set(wanted)
    assert all(any(name.startswith(f"{declared}_") for declared in wanted) for name in others), others


@every
def test_words(check: Check) -> None:
    for text in sentences(check):
        assert not BANNED.search(text), text


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.py")), ids=lambda path: path.name)
def test_words_in_the_folder(path: Path) -> None:
    """Every text in the code but the docstrings, which may quote: most of them are printed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not BANNED.search(node.value), f"{path.name}:{node.lineno}: {node.value}"


@every
def test_needs_say_what_is_missing(check: Check) -> None:
    for need in check.needs:
        assert need.outcome in (Outcome.SKIPPED, Outcome.NOT_APPLICABLE)
        filled = {"provenance": make_manifest(), "clocks": (make_clock(),)}
        assert need.missing(make_clip(200, sound=True, clip=filled)) is None


def test_all_are_silent_above_neutral_on_the_steady_clip() -> None:
    for clip in (make_clip(200), make_clip(200, sound=True), make_clip(1), make_clip(300, headers=None, movie=None)):
        results, findings = run_all(CHECKS, clip)
        assert [r.id for r in results] == ORDER
        assert {r.outcome for r in results} <= {Outcome.FOUND, Outcome.CLEAR, Outcome.NOT_APPLICABLE, Outcome.SKIPPED}
        assert [(f.check, f.code) for f in findings if f.weight is not Weight.NEUTRAL] == []


def test_untouched_devices_give_nothing_above_neutral(devices: dict[str, Clip]) -> None:
    for name, clip in devices.items():
        results, findings = run_all(CHECKS, clip)
        assert Outcome.FAILED not in {r.outcome for r in results}, name
        assert [(f.check, f.code) for f in findings if f.weight is not Weight.NEUTRAL] == [], name


def test_two_runs_say_the_same() -> None:
    clip = make_clip(200, sound=True)
    assert run_all(CHECKS, clip) == run_all(CHECKS, clip)
