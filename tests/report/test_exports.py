"""All exports together: the same bytes from the audit and from its saved form, in little time, whatever the file holds."""

import time
import unicodedata
from dataclasses import replace

import pytest

from entirety.model.audit import Audit
from entirety.report.document import from_document, parse, serialise, to_document
from entirety.report.exports import exports
from entirety.report.names import EXPORTS
from entirety.report.visible import HIDDEN
from entirety.report.wording import Catalogue
from report.exported import hostile, many, ordinary, quiet


def made(audit: Audit) -> dict[str, bytes]:
    return exports(audit, Catalogue("en"))


@pytest.mark.parametrize("audit", [ordinary(), quiet(), hostile()], ids=["ordinary", "quiet", "hostile"])
def test_the_saved_audit_gives_the_same_bytes(audit: Audit) -> None:
    again = from_document(parse(serialise(to_document(audit))))
    assert made(again) == made(audit)
    assert tuple(made(audit)) == EXPORTS
    assert made(replace(audit, run=None)) == made(audit)


def test_nothing_hidden_or_steering_is_in_any_of_them() -> None:
    audit = hostile()
    long = replace(audit, custody=replace(audit.custody, name=f"{'x' * 10_000}\udcff\u202e.mp4"), notes=("y" * 10_000,))
    for name, content in made(long).items():
        text = content.decode("utf-8").removeprefix("\ufeff")
        hidden = {c for c in text if unicodedata.category(c) in HIDDEN} - {"\n", "\r"}
        assert not hidden, name
        assert "\r" not in text or name == "findings.csv"


def test_time_grows_with_the_number_of_findings_and_no_faster() -> None:
    """Five times the findings take about five times as long, 0.33 s for 500 on a quiet machine; comparing each with each would take 25 times."""

    def spent(audit: Audit) -> float:
        began = time.thread_time()
        made(audit)
        return time.thread_time() - began

    few, all_of_them = many(100), many(500)
    made(few)
    assert min(spent(all_of_them) for _ in range(3)) < 10 * min(spent(few) for _ in range(3))
