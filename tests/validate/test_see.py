"""What is kept of a clip: made once, audited once, the same from disk as from the run."""

import json
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path

import pytest

from entirety.detect import standing_pictures
from entirety.errors import Environment
from entirety.read.ffmpeg import program, version
from entirety.read.programs import run
from entirety.validate import make
from entirety.validate.make import Bench
from entirety.validate.model import Base, Place, Plan, Spec, Step, Truth
from entirety.validate.patches import PATCHES
from entirety.validate.score import rows
from entirety.validate.see import restore, result, revision

TAKE = Base(
    id="drawn",
    source="drawn",
    file="",
    origin="clips",
    sha256="0" * 64,
    first=0,
    count=50,
    rate=Fraction(25),
    scene="moving",
    sound=False,
    half="tuning",
    why="drawn by ffmpeg",
)
CUT = Truth("edited", 40, (Place(20, visible=True),))


def arguments(*output: str) -> tuple[str, ...]:
    return ("-v", "error", "-nostdin", "-y", "-i", "base.mkv", *output)


def spec(*steps: Step, result_name: str = "done.mp4") -> Spec:
    plan = Plan(steps, result_name, CUT)
    return Spec(TAKE, replace(TAKE, id="other", source="other"), "camera", "cut", "remove-encode", plan)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = make.bench(tmp_path, program(None), version(program(None)))
    master = made.master(TAKE)
    run([made.ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=2", str(master)], 60)
    made.master(replace(TAKE, id="other", source="other")).write_bytes(master.read_bytes())
    return made


ENCODE = Step("ffmpeg", arguments("-vf", "select=lt(n\\,20)+gt(n\\,29),setpts=N/25/TB", "-threads", "1", "done.mp4"))


def test_a_clip_is_made_audited_and_kept(bench: Bench) -> None:
    first = result(spec(ENCODE), bench, revision())
    assert (first.frames, first.truth, first.places_s) == (40, CUT, (0.8,))
    assert first.seconds == pytest.approx(1.6)
    assert first.kind == "h264 steady software"
    assert first.answer in ("re-saved", "indications")
    assert {check for check, _ in first.outcomes} >= {"hard-cut", "writer-trace"}
    assert any(one.check == "writer-trace" and one.whole_clip for one in first.sightings)
    assert restore(json.loads(json.dumps(asdict(first)))) == first
    kept = list((bench.cache / "seen").rglob("*.json"))
    assert len(kept) == 1
    kept[0].write_text(json.dumps({**asdict(first), "answer": "kept"}), encoding="utf-8")
    assert result(spec(ENCODE), bench, revision()).answer == "kept", "audited again although nothing had changed"
    assert result(spec(ENCODE), bench, "another revision").answer == first.answer


def test_another_threshold_is_another_row(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is counted from what the checks say of the clips that are kept: where a bound is moved, it says something else."""
    held = "setpts=N/25/TB,loop=loop=20:size=1:start=25,setpts=N/25/TB"
    truth = Truth("edited", 70, (Place(26, visible=False), Place(46, visible=False)))
    one = Step("ffmpeg", arguments("-vf", held, "-threads", "1", "done.mp4"))
    stood = replace(spec(), plan=Plan((one,), "done.mp4", truth))
    (before,) = rows([result(stood, bench, "with the bound as it is")])
    monkeypatch.setattr(standing_pictures, "SHORTEST_S", 2.0)
    (after,) = rows([result(stood, bench, "with another bound")])
    assert dict(before.checks)["frozen-picture"].near == 1
    assert dict(after.checks)["frozen-picture"].near == 0


def test_another_recipe_is_another_clip(bench: Bench) -> None:
    longer = Step("ffmpeg", (*ENCODE.arguments[:-1], "-crf", "30", "done.mp4"))
    assert make.key(spec(ENCODE), bench) != make.key(spec(longer), bench)


def test_steps_write_and_patch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def shorten(folder: Path, given: tuple[str, ...]) -> None:
        source, target, length = given
        (folder / target).write_bytes((folder / source).read_bytes()[: int(length)])

    monkeypatch.setitem(PATCHES, "shorten", shorten)
    steps = (Step("write", ("note.txt", "a note\n")), Step("patch", ("shorten", "note.txt", "done.mp4", "3")))
    assert make.clip(spec(*steps), bench).read_bytes() == b"a n"


def test_a_file_that_cannot_be_audited_is_counted_as_refused(bench: Bench) -> None:
    broken = result(spec(Step("write", ("done.mp4", "no video"))), bench, revision())
    assert (broken.answer, broken.frames, broken.outcomes) == ("refused", 0, ())
    assert broken.places_s == (0.8,)


def test_a_recipe_that_fails_is_one_sentence_and_leaves_nothing(bench: Bench) -> None:
    wrong = spec(Step("ffmpeg", arguments("-c:v", "no-such-encoder", "done.mp4")))
    with pytest.raises(
        Environment, match=r"^The clip drawn/camera/cut could not be made\. The ffmpeg program failed: "
    ):
        make.clip(wrong, bench)
    assert not [path for path in (bench.cache / "clips").rglob("*") if path.is_file()]
    assert {path.name for path in bench.cache.iterdir()} <= {"masters", "clips"}


def test_without_mkvmerge_the_clip_is_refused_with_its_reason(bench: Bench) -> None:
    asked = spec(Step("mkvmerge", ("-o", "done.mkv", "base.mkv")), result_name="done.mkv")
    assert make.needs_mkvmerge(asked)
    with pytest.raises(Environment, match="mkvmerge program is not installed"):
        make.clip(asked, replace(bench, mkvmerge=None))
