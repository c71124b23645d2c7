"""A cluster of no machines: does at once, in this process, what a test says that machines do."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import Any

from entirety.case.cluster import Cluster, There
from entirety.case.jobs import Job
from entirety.case.limits import Limits

OURS = {"name": "entirety", "version": "2", "decoder": "ffmpeg 8", "libraries": [["numpy", "2.0"]]}
GOOD = {"done": {"fate": "damaged", "reason": "Broken.", "record": None, "seconds": 1.0, "peak": 1}, "files": {}}


class Killed(Exception):
    """As Dask has it."""


@dataclass(eq=False)
class Future:
    """As Dask has it, as far as it is used."""

    status: str
    given: Any = None

    def add_done_callback(self, put: Callable[[Any], None]) -> None:
        if self.status != "pending":
            put(self)

    def exception(self, **_: float) -> BaseException | None:
        return self.given if self.status == "error" else None

    def result(self, **_: float) -> Any:
        if isinstance(self.given, BaseException):
            raise self.given
        return self.given


Answer = Callable[["Client", Mapping[str, Any]], Future]


@dataclass
class Client:
    answer: Answer
    workers: dict[str, Any] = field(default_factory=lambda: {"one": OURS})
    """What each says that it has."""
    status: str = "running"
    submitted: list[dict[str, Any]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    cancelled: list[Any] = field(default_factory=list)

    def ncores(self) -> dict[str, int]:
        return dict.fromkeys(self.workers, 1)

    def run(self, _: object, workers: list[str], on_error: str) -> dict[str, Any]:
        assert on_error == "return"
        self.asked.append(workers)
        return {one: self.workers[one] for one in workers}

    def submit(self, _: object, asked: dict[str, Any], **options: Any) -> Future:
        assert not options["allow_other_workers"]
        self.submitted.append({**asked, **options})
        return self.answer(self, asked)

    def cancel(self, futures: Sequence[Future]) -> None:
        if self.status != "running":
            raise CancelledError
        self.cancelled += futures

    def close(self, **_: float) -> None:
        if self.status != "running":
            raise TimeoutError


def finished(*_: object) -> Future:
    return Future("finished", GOOD)


def cluster(client: Client, run: str = "a") -> Cluster:
    return Cluster(client, "tcp://there:1", Killed, run, _limits, There(lambda: OURS, lambda _: None))


def _limits(_: Job) -> Limits:
    return Limits(1, 1, 1)
