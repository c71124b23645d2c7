"""Holds the files of a report folder against the audit that they were printed from, for `entirety verify`.

The list of hashes beside a report can be written anew by anybody; so every file is also compared with what the audit itself says it must be,
and each that differs gets one sentence, which says what differs and what that means.
"""

from collections.abc import Collection
from pathlib import Path

from entirety.errors import CannotOpen, Mismatch
from entirety.model.audit import Audit
from entirety.report.beside import SYSTEM, Beside, look_at
from entirety.report.carried import carried
from entirety.report.document import declared, from_document, parse, read, serialise, to_document
from entirety.report.names import ALWAYS, AUDIT, FORM, LATER, MANIFEST, STATEMENT, kind_of
from entirety.report.reprint import Made, cited
from entirety.report.statement import languages_in
from entirety.report.wording import Catalogue, languages

CITED = frozenset({"still", "copy", "review"})
"""Kinds of files that belong to a report only where its audit cites them."""


def recorded_audit(folder: Path, words: Catalogue | None = None) -> Audit:
    """The audit in a report folder. Raises CannotOpen where there is none, Mismatch where its file is not the one that was written, or is no
    file: nothing behind a link is read.
    """
    path = folder / AUDIT
    if path.is_symlink() or (path.exists() and not (path.is_file() or path.is_dir())):
        raise Mismatch((words or Catalogue("en")).text("verify.link", file=AUDIT))
    if not path.is_file() and (folder / MANIFEST).is_file():
        raise Mismatch(
            f"{AUDIT} is missing from the report folder: without it nothing else in the folder can be checked."
        )
    content = read(path)
    try:
        return declared(from_document(parse(content)))
    except CannotOpen as error:
        raise Mismatch(f"{AUDIT} was changed after it was written: {error}") from error


def changed_files(folder: Path, audit: Audit) -> list[str]:
    """One sentence for each file of the report that is missing, or not as the lists of hashes and the audit have it. Nothing is printed again."""
    beside, words = look_at(folder), Catalogue("en")
    carried = about_audit(beside, audit, words, same_tool=False)
    return list((carried | about_files(beside, files_of(audit, beside) - LATER, cited(beside, audit), words)).values())


def files_of(audit: Audit, beside: Beside) -> frozenset[str]:
    """What the report on an audit holds: in each further language that the statement names both printed forms."""
    forms = {f"report.{code}.{form}" for code in _languages(beside)[1:] for form in ("html", "pdf")}
    return ALWAYS | forms | {still.file for still in audit.stills} | {copy.file for copy in audit.copies}


def _languages(beside: Beside) -> tuple[str, ...]:
    """Codes of the languages that the statement names; none where it is missing, or is of an earlier version."""
    return languages_in(beside.content(STATEMENT))


def about_audit(beside: Beside, audit: Audit, words: Catalogue, *, same_tool: bool) -> dict[str, str]:
    """A sentence about audit.json where a list of hashes or a printed form carries another hash of it, naming those that do and those that do
    not; or where the same program and version would have written it in other bytes, so that something in it was passed over.
    """
    forms, now = carried(beside), beside.hashes[AUDIT]
    others = (*beside.against(AUDIT), *(name for name, same in forms.items() if not same))
    if not others:
        whole = not same_tool or serialise(to_document(audit)) == read(beside.folder / AUDIT)
        return {} if whole else {AUDIT: words.text("verify.form", file=AUDIT)}
    agreed = [who for who, listed in beside.witnesses.items() if listed.get(AUDIT) == now]
    agreed += [name for name, same in forms.items() if same]
    text = words.text("verify.audit.carried", file=AUDIT, now=now, by=", ".join(others), n=len(others))
    return {AUDIT: text + (words.text("verify.audit.agreed", by=", ".join(agreed)) if agreed else "")}


def about_failed(made: Made, words: Catalogue) -> dict[str, str]:
    """A sentence for each printed form that could not be printed again."""
    return {name: words.text("verify.failed", file=name, error=error) for name, error in made.failed.items()}


def about_files(
    beside: Beside, expected: Collection[str], made: Made, words: Catalogue, *, cited: bool = True
) -> dict[str, str]:
    """A sentence by name for each file, audit.json apart, that is missing, not as it is listed, not as it is made, or no part of a report.
    Without `cited` nobody knows which pictures and copies the audit cites.
    """
    listed = {name for one in beside.witnesses.values() for name in one}
    told = cited and _languages(beside)

    def named(name: str) -> bool:
        """Whether the audit or the statement names every file of this kind."""
        return (cited and kind_of(name) in CITED) or bool(told and FORM.fullmatch(name))

    found = {}
    for name in sorted({*expected, *listed, *beside.hashes, *beside.odd, *beside.unreadable}):
        ours = _is_ours(name) and (name in expected or not named(name))
        text = _about(name, beside, made, words, ours=ours)
        if text and not (name in SYSTEM and name not in listed):
            found[name] = text
    if beside.too_many:
        found[""] = words.text("verify.many", n=len(beside.hashes))
    return found


def _is_ours(name: str) -> bool:
    """Whether this program writes a file of this name: a printed form only in a language that it has."""
    form = FORM.fullmatch(name)
    return bool(kind_of(name)) and (form is None or form[1] is None or form[1] in languages())


def _about(name: str, beside: Beside, made: Made, words: Catalogue, *, ours: bool) -> str:
    """The sentence about one file; empty where it is as it must be."""
    lists = [who for who, listed in beside.witnesses.items() if name in listed]
    told: dict[str, str | int] = {"file": name, "by": ", ".join(lists), "n": len(lists)}
    if name in beside.unreadable:
        return words.text("verify.no_manifest" if name == MANIFEST else "verify.no_statement", file=name)
    if name in beside.odd:
        return words.text("verify.link", **told)
    if name not in beside.hashes:
        return words.text("verify.missing_listed" if lists else "verify.missing", **told)
    if not ours:
        return words.text("verify.foreign_listed" if lists else "verify.foreign", **told)
    return _changed(name, beside, made, words) if name != AUDIT else ""


def _changed(name: str, beside: Beside, made: Made, words: Catalogue) -> str:
    """The sentence about a file of the report that is there."""
    kind, by, silent = kind_of(name), _against(name, beside, made), beside.silent(name)
    if by and made.same.get(name) is False and kind in ("still", "copy", "review"):
        by = (*by, AUDIT)
    told: dict[str, str | int] = {"file": name, "by": ", ".join(by), "n": len(by)}
    if by:
        return words.text("verify.list" if made.same.get(name) else f"verify.listed.{kind}", **told)
    if made.same.get(name) is False and name not in made.begins:
        return words.text(f"verify.made.{kind}", **told)
    return words.text("verify.unlisted", file=name, by=", ".join(silent)) if silent else ""


def _against(name: str, beside: Beside, made: Made) -> tuple[str, ...]:
    """Those who state another hash of a file than it has; a printed PDF that was signed later is still the one that they list."""
    printed = made.begins.get(name, (0, ""))[1]
    return tuple(who for who in beside.against(name) if beside.witnesses[who][name] != printed)
