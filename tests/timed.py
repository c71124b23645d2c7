"""Hold a call to a limit of time that only the call itself can exceed."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(limit_s: float, what: str = "") -> Iterator[None]:
    """Assert that the body takes at most `limit_s` seconds of this thread's processor time.

    A collection of garbage is kept out: in a process that has run thousands of tests one alone takes 60 ms, whoever
    happens to trigger it. So are other threads of the process, and other processes of the machine.
    """
    collects = gc.isenabled()
    gc.disable()
    start = time.thread_time()
    try:
        yield
        spent = time.thread_time() - start
    finally:
        if collects:
            gc.enable()
    assert spent <= limit_s, f"{spent:.3f} s of {limit_s} s {what}"
