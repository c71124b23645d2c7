"""The measured error rates of one check in words, for `explain`: kind of file by kind of file, as a report prints those of its own kind."""

from entirety.judge.performance import performance
from entirety.knowledge.performance import Table
from entirety.model.audit import CheckResult
from entirety.model.finding import Check, Outcome, Question
from entirety.report.performance import counted_lines, kind_of
from entirety.report.wording import Catalogue


def rate_lines(check: Check, table: Table | None, words: Catalogue) -> list[str]:
    """Lines for a terminal; one line where nothing was measured of this revision of the check."""
    if table is None or dict(table.revisions).get(check.id) != check.revision:
        return [words.text("rates.no_revision")]
    rows = [row for row in table.rows if row.half == "reporting"]
    if check.question is Question.ORIGINAL:
        counts = [(row.clips, dict(row.checks)[check.id]) for row in rows]
        ran = sum(clips - done.not_run for clips, done in counts)
        return [
            words.text(
                "explain.origin",
                n=ran,
                right=sum(done.near for _, done in counts),
                wrong=sum(done.false_clips for _, done in counts),
            ),
            words.text("rates.made"),
        ]
    result = CheckResult(check.id, check.revision, check.question, Outcome.CLEAR, None, 0)
    lines = [words.text("explain.measured", n=table.clips, takes=table.bases, date=table.date, sha256=table.set_sha256)]
    for kind in sorted({row.kind for row in rows}):
        for rates in performance(kind, (result,), table):
            found, false = counted_lines(rates, words)
            lines += [
                words.text("explain.kind", kind=kind_of(kind, words)),
                *(f"  {line}" for line in (*found, *false)),
            ]
    return [*lines, words.text("explain.few"), words.text("rates.made")]
