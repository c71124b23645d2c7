"""How a scan treats its cluster: what is asked of which machine, what is laid to a file, and what it does when the cluster is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from case.pretended import GOOD, OURS, Client, Future, Killed, cluster, finished
from entirety.case import cluster as module
from entirety.case.cluster import Cluster, run_jobs
from entirety.case.jobs import Done, Job
from entirety.case.machines import differing
from entirety.case.returned import LARGEST_SENT, NEEDED, OTHER, BrokenOff
from entirety.errors import Environment
from entirety.model.case import Fate


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Job]:
    def make(name: str = "a", size: int = 3, **options: object) -> Job:
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(b"abc")
        return Job(name, "audit", str(path), size, str(tmp_path / name), options)

    return make


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.001)
    monkeypatch.setattr(module, "PATIENCE", 3)


def fates(there: Cluster, *jobs: Job) -> dict[str, tuple[Fate, str]]:
    return {done.job.id: (done.fate, done.reason) for done in run_jobs(there, jobs)}


def test_no_two_scans_and_no_two_tries_have_one_key(job: Callable[..., Job]) -> None:
    """A scheduler gives to all who name one key what the first one asked for."""
    keys = list[str]()
    for run in ("a", "b"):
        client = Client(lambda _, asked: Future("finished", GOOD if asked["content"] else NEEDED))
        assert fates(cluster(client, run), job()) == {"a": (Fate.DAMAGED, "Broken.")}
        keys += [one["key"] for one in client.submitted]
    assert len(set(keys)) == len(keys) == 4


@pytest.mark.parametrize(
    ("future", "fate", "said"),
    [
        (Future("error", ImportError("no module x")), Fate.FAILED, "could not (ImportError: no module x)"),
        (Future("error", RuntimeError("graph")), Fate.FAILED, "mend that and scan again"),
        (Future("error", Killed("one")), Fate.CRASHED, "--retry"),
        (Future("error", BrokenOff("the code -9")), Fate.CRASHED, "the code -9; ask for it again with --retry"),
        (Future("cancelled"), Fate.FAILED, "gave it back"),
        (Future("finished", KeyError("x")), Fate.FAILED, "did not arrive"),
        (Future("finished", OTHER), Fate.FAILED, "another version"),
        (Future("finished", NEEDED), Fate.FAILED, "same bytes and date"),
        (Future("finished", {"done": GOOD["done"], "files": None}), Fate.CRASHED, "cannot be read"),
        (Future("finished", [1]), Fate.CRASHED, "cannot be read"),
    ],
    ids=["import", "other", "killed", "ended", "cancelled", "fetch", "version", "needed", "files", "form"],
)
def test_only_what_a_file_may_have_done_is_laid_to_it(
    future: Future, fate: Fate, said: str, job: Callable[..., Job]
) -> None:
    ((got, why),) = fates(cluster(Client(lambda *_: future)), job()).values()
    assert got is fate
    assert said in why


def lost(status: str = "cancelled", given: Any = None) -> Callable[[Client, object], Future]:
    def answer(client: Client, _: object) -> Future:
        client.status = "connecting"
        return Future(status, given)

    return answer


@pytest.mark.parametrize(
    "answer",
    [lost(), lost("error", ImportError()), lost("finished", ConnectionError()), lost("lost")],
    ids=["back", "error", "fetch", "lost"],
)
def test_a_lost_scheduler_ends_the_scan_and_fails_no_file(
    answer: Callable[[Client, object], Future], job: Callable[..., Job]
) -> None:
    ended = list[Done]()
    with pytest.raises(Environment, match=r"there:1 was lost\. What is finished is kept: give the same command again"):
        ended.extend(run_jobs(cluster(Client(answer)), [job("a"), job("b")]))
    assert not ended


def test_a_client_that_closes_while_it_is_asked_ends_the_scan(job: Callable[..., Job]) -> None:
    def closed(client: Client, _: object) -> Future:
        client.status = "closed"
        raise Exception("Can't send update-graph message")  # noqa: TRY002 - Dask's own has no better base

    with pytest.raises(Environment, match="was lost"):
        fates(cluster(Client(closed)), job())


def test_a_fault_of_ours_is_not_taken_for_a_lost_scheduler(job: Callable[..., Job]) -> None:
    def wrong(*_: object) -> Future:
        raise TypeError

    with pytest.raises(TypeError):
        fates(cluster(Client(wrong)), job())


def test_a_file_that_is_gone_costs_itself(job: Callable[..., Job]) -> None:
    jobs = [job("a"), job("b")]
    Path(jobs[0].path).unlink()
    ended = fates(cluster(Client(finished)), *jobs)
    assert ended["b"][0] is Fate.DAMAGED
    assert ended["a"][0] is Fate.UNREADABLE
    assert "a.mp4 was there when the scan began" in ended["a"][1]


def test_machines_of_another_version_are_given_nothing(job: Callable[..., Job]) -> None:
    machines = {"one": OURS, "old": {**OURS, "version": "1"}, "none": ImportError()}
    client = Client(finished, machines)
    assert len(fates(cluster(client), *map(job, "abcdef"))) == 6
    assert all(one["workers"] == ["one"] for one in client.submitted)
    assert client.asked == [["none", "old", "one"]]


def test_no_machine_of_this_version_is_said_with_both_versions(job: Callable[..., Job]) -> None:
    machines = {"tcp://x:1": {**OURS, "version": "1", "libraries": []}, "tcp://x:2": ImportError()}
    said = r"tcp://x:1 has entirety 1 where here it is 2, numpy missing where here it is 2\.0; tcp://x:2 has no program"
    with pytest.raises(Environment, match=said):
        fates(cluster(Client(finished, machines)), job())
    assert differing(ImportError(), OURS) == "no program that says its version (ImportError), and here it is entirety 2"


def test_machines_that_come_later_are_asked_and_used(job: Callable[..., Job]) -> None:
    def comes(client: Client, _: object) -> Future:
        client.workers["two"] = OURS
        return finished()

    client = Client(comes)
    fates(cluster(client), *map(job, "abcd"))
    assert client.asked == [["one"], ["two"]]
    assert client.submitted[0]["workers"] == ["one"]
    assert client.submitted[-1]["workers"] == ["one", "two"]


def test_one_that_could_not_be_reached_is_asked_again(job: Callable[..., Job]) -> None:
    class Late(Client):
        def run(self, tool: object, workers: list[str], on_error: str) -> dict[str, Any]:
            given = super().run(tool, workers, on_error)
            return given if len(self.asked) > 1 else {"one": ConnectionError()}

    assert fates(cluster(Late(finished)), job())["a"][0] is Fate.DAMAGED


def test_without_any_machine_the_scan_ends(job: Callable[..., Job]) -> None:
    with pytest.raises(Environment, match=r"no machine that could read a file\. What is finished is kept"):
        fates(cluster(Client(finished, {})), job())


def dies(times: int) -> Callable[[Client, object], Future]:
    """The machine that has it is gone, and another one is there, so many times."""

    def answer(client: Client, _: object) -> Future:
        if len(client.submitted) > times:
            return finished()
        client.workers = {f"next-{len(client.submitted)}": OURS}
        return Future("pending")

    return answer


def test_what_machines_died_of_is_given_to_others_and_not_for_ever(job: Callable[..., Job]) -> None:
    client = Client(dies(3))
    assert fates(cluster(client), job())["a"][0] is Fate.DAMAGED
    assert [one["workers"] for one in client.submitted] == [["one"], ["next-1"], ["next-2"], ["next-3"]]
    assert len(client.cancelled) == 3
    fate, why = fates(cluster(Client(dies(4))), job())["a"]
    assert fate is Fate.CRASHED
    assert "--retry" in why


def test_a_result_that_died_with_its_machine_is_asked_for_again(job: Callable[..., Job]) -> None:
    client = Client(lambda client, _: finished() if len(client.submitted) > 1 else Future("lost"))
    assert fates(cluster(client), job())["a"][0] is Fate.DAMAGED


def test_contents_are_sent_only_as_far_as_there_is_room(
    job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SENT", 7)
    sent, most = list[Future](), 0

    class Slow(Client):
        def ncores(self) -> dict[str, int]:
            for future in [one for one in sent if one.status == "pending"][:1]:
                future.status = "finished"
                put[future](future)
            return {"one": 4}

    put = dict[Future, Callable[[Any], None]]()

    class Sent(Future):
        def add_done_callback(self, callback: Callable[[Any], None]) -> None:
            put[self] = callback

    def answer(_: object, asked: Any) -> Future:
        nonlocal most
        if asked["content"] is None:
            return Future("finished", NEEDED)
        sent.append(Sent("pending", GOOD))
        most = max(most, sum(one.status == "pending" for one in sent))
        return sent[-1]

    ended = fates(cluster(Slow(answer)), *map(job, "abcdefgh"))
    assert {fate for fate, _ in ended.values()} == {Fate.DAMAGED}
    assert len(ended) == len(sent) == 8
    assert most == 2  # of three bytes each


def test_what_is_too_large_is_not_sent(job: Callable[..., Job]) -> None:
    client = Client(lambda *_: Future("finished", NEEDED))
    fate, why = fates(cluster(client), job(size=LARGEST_SENT + 1))["a"]
    assert (fate, len(client.submitted)) == (Fate.FAILED, 1)
    assert "2.1 GB are too much" in why
