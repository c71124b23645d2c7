"""The hand-made audits without their pictures, each drawn once: exports need none of the pictures."""

from functools import cache

from entirety.model.audit import Audit
from report import audits


@cache
def ordinary() -> Audit:
    return audits.ordinary()[0]


@cache
def hostile() -> Audit:
    return audits.hostile()[0]


@cache
def quiet() -> Audit:
    return audits.quiet()


@cache
def many(count: int) -> Audit:
    return audits.many(count)
