"""What a scan says of how far it is, on a terminal, in a log, and to programs."""

import json
import sys
import time

import pytest

from entirety.case.jobs import Done, Job
from entirety.cli.scan_told import NOW_AND_THEN, Form, Teller, lasting, telling
from entirety.model.case import Fate


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made)
    return made


def done(size: int = 100, fate: Fate = Fate.AUDITED) -> Done:
    record = {"answer": "direct"} if fate is Fate.AUDITED else None
    return Done(Job("1" * 64, "audit", "x", size, ""), fate, "" if record else "It broke off.", record, 1.0, 2**20)


def half_way(form: Form, log: list[str], clock: Clock) -> Teller:
    teller = Teller(form, log.append)
    teller.begin(1200, 120_000)
    for _ in range(455):
        teller.done("a\n.mp4", done())
    clock.now += 4776.0
    teller.done("b.mp4", done())
    return teller


def test_the_line_on_a_terminal(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    half_way(Form.AUTO, [], clock)
    assert capsys.readouterr().err.endswith("\r\x1b[K456/1,200 files, 38 %, 2 h 10 min left")


def test_what_is_nearly_done(clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    teller = Teller(Form.AUTO, lambda _: None)
    teller.begin(20, 19 * 10**6)
    assert capsys.readouterr().err.endswith("0/20 files, 0 %")
    clock.now += 60
    for _ in range(19):
        clock.now += 1
        teller.done("x", done(10**6))
    assert capsys.readouterr().err.endswith("19/20 files, 95 %, nearly done")


def test_nothing_where_nobody_looks(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    half_way(Form.AUTO, [], clock)
    half_way(Form.NONE, [], clock)
    assert capsys.readouterr() == ("", "")


def test_a_line_now_and_then(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    teller = half_way(Form.PLAIN, [], clock)
    assert capsys.readouterr().err.splitlines()[-1] == "456/1,200 files, 38 %, 2 h 10 min left"
    clock.now += NOW_AND_THEN / 2
    teller.look([])
    assert not capsys.readouterr().err
    clock.now += NOW_AND_THEN
    teller.look([])
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_every_item_and_a_line_now_and_then_stand_in_the_log(clock: Clock) -> None:
    log: list[str] = []
    half_way(Form.NONE, log, clock)
    assert "456/1,200 files, 38 %, 2 h 10 min left" in log
    assert sum(line.startswith("a\n.mp4: direct (1.0 s, 1 MiB)") for line in log) == 455


def test_json_lines(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller(Form.JSONL, lambda _: None)
    teller.note("restored: 1 content")
    teller.begin(2, 200)
    clock.now += 10
    teller.done("\udcff\u202e.mp4", done(fate=Fate.CRASHED))
    teller.end("2 files met", "case/index.html")
    said = capsys.readouterr()
    note, first, item, progress, end = (json.loads(line) for line in said.out.splitlines())
    assert note == {"v": 1, "event": "note", "text": "restored: 1 content"}
    assert (first["event"], first["done"], first["seconds_left"]) == ("progress", 0, None)
    assert item == {
        "v": 1, "event": "item", "path": "\udcff\u202e.mp4", "sha256": "1" * 64, "outcome": "crashed", "answer": None,
        "reason": "It broke off.",
    }  # fmt: skip
    assert progress == {
        "v": 1, "event": "progress", "stage": "audit", "done": 1, "total": 2, "bytes_done": 100, "bytes_total": 200, "seconds_left": 10,
    }  # fmt: skip
    assert end == {"v": 1, "event": "end", "text": "2 files met", "index": "case/index.html"}
    assert said.err.splitlines()[-1] == "2 files met."


def test_the_result_is_always_said(capsys: pytest.CaptureFixture[str]) -> None:
    for form in Form:
        Teller(form, lambda _: None).end("2 files met", "case/index.html")
        assert capsys.readouterr().err.splitlines()[-1] == "2 files met."


def test_an_interruption_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    log: list[str] = []

    def broken_off() -> None:
        with telling(Form.AUTO, log.append) as teller:
            teller.begin(2, 200)
            teller.done("x", done())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert "1 of 2 done and kept; run the same command again" in capsys.readouterr().err
    assert log[-1] == "interrupted: 1 of 2 done"


@pytest.mark.parametrize(
    ("seconds", "said"), [(7800, "2 h 10 min"), (3570, "1 h 0 min"), (180, "3 min"), (89, "89 s"), (0, "0 s")]
)
def test_how_long(seconds: float, said: str) -> None:
    assert lasting(seconds) == said
