"""How a scan says how far it is: one line on a terminal, a line now and then in a log, or JSON lines for another program."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from entirety.cli.terminal import safe, say

if TYPE_CHECKING:
    from entirety.case.jobs import Done
    from entirety.case.workers import Running

VERSION = 1
"""Of the JSON lines; raised when a member changes its meaning or goes."""
NOW_AND_THEN = 30.0
"""Seconds between two status lines where nobody looks at a terminal."""
OFTEN = 0.25
"""Seconds between two states of the line on a terminal."""


FIXED = 900_000
"""Bytes that take as long as what every audit does whatever the size of its clip: 0.8 s, against 0.9 s for each MB of 1.5 Mbit/s (720p)."""


class Form(StrEnum):
    """How progress is shown."""

    AUTO = "auto"
    """A line on a terminal, nothing elsewhere."""
    PLAIN = "plain"
    JSONL = "jsonl"
    NONE = "none"


@dataclass(slots=True)
class Teller:
    """What has been done so far, and where it is said."""

    form: Form
    log: Callable[[str], None]
    files: int = 0
    size: int = 0
    finished: int = 0
    finished_size: int = 0
    under_way: float = 0.0
    """Bytes of the files that are being read, as far as they are read."""
    began: float = field(default_factory=time.monotonic)
    said: float = 0.0
    logged: float = 0.0
    network: str = ""

    def note(self, line: str) -> None:
        """Something worth a line for people and in the log."""
        self.log(line)
        if self.form is Form.JSONL:
            self._event("note", text=line)
        elif self.form is not Form.NONE:
            self._clear()
            say(safe(line))

    def hashing(self, done: int, total: int) -> None:
        """Bytes hashed so far, before anything is audited."""
        if total and self._due():
            self._line(f"hashing: {done / 1e6:,.1f}/{total / 1e6:,.1f} MB", stage="hashing", done=done, total=total)

    def begin(self, files: int, size: int) -> None:
        """The audits begin."""
        self.files, self.size, self.began = files, size, time.monotonic()
        self._state()

    def stage(self, what: str) -> None:
        """What is done after the audits, which says nothing of how far it is."""
        self.log(what)
        self.files = 0
        self._line(what, stage=what)

    def done(self, name: str, done: "Done") -> None:
        """One content is finished and on the disk."""
        self.finished += 1
        self.finished_size += done.job.size
        answer = (done.record or {}).get("answer", "")
        said = answer if done.record else f"{done.fate.value}: {done.reason}"
        self.log(f"{name}: {said} ({done.seconds:.1f} s, {done.peak / 2**20:.0f} MiB)")
        if done.words:
            self.log(f"{name}: last words: {done.words}")
        if done.network and done.network != self.network:
            self.network = done.network
            self.log(f"network of the children: {done.network}")
        if self.form is Form.JSONL:
            self._event(
                "item",
                path=name,
                sha256=done.job.id,
                outcome=done.fate.value,
                answer=answer or None,
                reason=done.reason,
            )
        self._state()

    def look(self, running: "list[Running]") -> None:
        """Called several times a second while children run."""
        self.under_way = sum(
            one.job.size * min(1.0, one.progress[0] / one.progress[1]) for one in running if one.progress[1]
        )
        self._state()

    def end(self, sentence: str, index: str) -> None:
        """The result, always, as the last line."""
        self.log(sentence)
        self._clear()
        if self.form is Form.JSONL:
            self._event("end", text=sentence, index=index)
        say(safe(f"Index: {index}"))
        say(safe(f"{sentence}."))

    def interrupted(self) -> None:
        """What is kept, and how to go on."""
        self._clear()
        if self.form is Form.JSONL:
            self._event("interrupted", done=self.finished, total=self.files)
        say(f"Interrupted: {self.finished:,} of {self.files:,} done and kept; run the same command again to go on.")

    def _state(self) -> None:
        now = time.monotonic()
        if now - self.logged >= NOW_AND_THEN and self.files:
            self.logged = now
            self.log(self._counted(now))
        if self.files and self._due():
            left = self._left(now)
            self._line(
                self._counted(now),
                stage="audit",
                done=self.finished,
                total=self.files,
                bytes_done=self.finished_size,
                bytes_total=self.size,
                seconds_left=None if left is None else round(left),
            )

    def _counted(self, now: float) -> str:
        """`456/1,200 files, 38 %, 2 h 10 min left`."""
        left = self._left(now)
        rest = ""
        if left is not None and self.finished < self.files:
            rest = f", {lasting(left)} left" if left >= 10 else ", nearly done"
        return f"{self.finished:,}/{self.files:,} files, {100 * self.finished // max(1, self.files)} %{rest}"

    def _left(self, now: float) -> float | None:
        """Seconds, by the bytes and the number of files done and left; None while too little is done to tell."""
        done = self.finished_size + self.under_way + FIXED * self.finished
        spent = now - self.began
        if done <= 0 or spent < 2:
            return None
        return spent * max(0.0, self.size + FIXED * self.files - done) / done

    def _due(self) -> bool:
        every = OFTEN if self.form is Form.AUTO else 1.0 if self.form is Form.JSONL else NOW_AND_THEN
        now = time.monotonic()
        if now - self.said < every:
            return False
        self.said = now
        return True

    def _line(self, text: str, **members: Any) -> None:
        if self.form is Form.JSONL:
            self._event("progress", **members)
        elif self.form is Form.PLAIN:
            say(text)
        elif self.form is Form.AUTO and sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self.form is Form.AUTO and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _event(self, event: str, **members: Any) -> None:
        try:
            # ASCII only: a name may hold bytes that are no text.
            sys.stdout.write(f"{json.dumps({'v': VERSION, 'event': event, **members})}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever listened is gone; the scan is worth more than its telling.
            self.form = Form.NONE
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.log("nobody reads the JSON lines any more; the scan goes on")


@contextmanager
def telling(form: Form, log: Callable[[str], None]) -> Iterator[Teller]:
    """A teller; an interruption is said in the log too."""
    teller = Teller(form, log)
    try:
        yield teller
    except KeyboardInterrupt:
        log(f"interrupted: {teller.finished:,} of {teller.files:,} done")
        teller.interrupted()
        raise


def lasting(seconds: float) -> str:
    """`2 h 10 min`, `3 min`, `40 s`: as fine as such an estimate can be."""
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min" if seconds >= 90 else f"{seconds:.0f} s"
