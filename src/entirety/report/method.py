"""How to repeat the analysis: program, libraries, configuration, command, time and hashes, each in one row."""

import hashlib
from collections.abc import Iterator

from entirety.model.audit import SCHEMA_VERSION, Audit
from entirety.model.copies import Copy
from entirety.report.facts import grouped
from entirety.report.view_compared import Rows
from entirety.report.visible import visible
from entirety.report.wording import Catalogue

APART = ("entirety source", "entirety commit", "ffmpeg")
"""Entries among the libraries that have a row of their own."""


def configuration(audit: Audit) -> str:
    """SHA-256 over one line `id revision` for each check in the order of annex J: what was looked for, and in which form."""
    return hashlib.sha256("".join(f"{check.id} {check.revision}\n" for check in audit.checks).encode()).hexdigest()


def method(audit: Audit, words: Catalogue) -> Rows:
    return tuple((words.text(f"method.{label}"), visible(text, 1000)) for label, text in _rows(audit, words))


def _rows(audit: Audit, words: Catalogue) -> Iterator[tuple[str, str]]:
    tool, run, absent = audit.tool, audit.run, words.text("method.no_run")
    apart, unstated = dict(tool.libraries), words.text("report.not_stated")
    yield "program", f"{tool.name} {tool.version}"
    yield "source", grouped(apart["entirety source"]) if "entirety source" in apart else unstated
    yield "commit", apart.get("entirety commit", words.text("method.no_commit"))
    yield "ffmpeg", apart.get("ffmpeg", unstated)
    yield "decoder", tool.decoder
    yield "libraries", ", ".join(f"{name} {version}" for name, version in tool.libraries if name not in APART)
    yield "configuration", words.text("method.configuration_value", sha256=grouped(configuration(audit)))
    yield "command", run.command if run else absent
    yield "started", words.text("method.started_value", time=run.started) if run else absent
    yield "took", words.text("method.took_value", seconds=f"{run.seconds:.3f}") if run else absent
    yield "platform", run.platform if run else absent
    yield "locale", words.text("method.locale_value", language=words.language)
    yield "input_before", grouped(audit.custody.sha256)
    yield "input_after", grouped(audit.sha256_after)
    yield "schema", words.text("method.schema_value", version=SCHEMA_VERSION)
    yield "verify", words.text("command.verify_line")


def copied(copy: Copy, words: Catalogue) -> str:
    """What one working copy of pictures that are not shown holds."""
    said = words.text(f"method.copy_{copy.role.replace('-', '_')}", file=copy.file, stream=copy.stream, n=copy.pictures)
    lead = words.text("method.copy_lead", n=copy.lead) if copy.lead else ""
    return " ".join(part for part in (said, lead, words.text("method.copy_working")) if part)
