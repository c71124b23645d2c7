"""`entirety bag CASE`: a package to hand over, which archives and courts can check with their own tools."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entirety import __version__
from entirety.cli.terminal import counted, progress, safe, say
from entirety.cli.verify_case import is_case
from entirety.errors import OutputRefused

if TYPE_CHECKING:
    from entirety.case.bag import Packed
    from entirety.case.bag_payload import Payload


def bag(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="Case folder of a scan; only read.")],
    out: Annotated[Path, typer.Option(metavar="BAG", help="Folder to write, which must not be there yet.")],
    with_evidence: Annotated[
        Path | None,
        typer.Option(
            "--with-evidence",
            metavar="FOLDER",
            help="Also pack every file of the evidence that the index lists, from this folder; only read.",
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Also pack what can be made again from the evidence: kept hashes.")
    ] = False,
    organization: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who hands the package over, as it shall be stated in it.")
    ] = None,
) -> None:
    """Pack a case folder as a BagIt package (RFC 8493) to hand over.

    Each file is hashed while it is copied and must be the one that the case lists. `sha256sum -c manifest-sha256.txt` in the package, or any
    BagIt program, checks that nothing is missing and nothing changed.
    """
    from entirety.case.bag import write_bag
    from entirety.case.bag_payload import EVIDENCE, payload_of_case, payload_of_evidence
    from entirety.case.verify_files import case_files, refuse_running
    from entirety.case.verify_index import read_index

    if not is_case(case):
        raise typer.BadParameter(f"{safe(case.name)} is no case folder: name one that `entirety scan` wrote.")
    _refuse_place(out, case, with_evidence)
    refuse_running(case)
    with progress(case.name, "MB") as tell:
        payload = payload_of_case(case, case_files(case, tell), whole=whole)
    index = read_index(case)
    if with_evidence is not None:
        payload += payload_of_evidence(with_evidence, index)
    with progress(out.name, "MB") as tell:
        packed = write_bag(out, payload, _info(payload, organization, evidence=with_evidence is not None), tell)
    left_out = len(index.files) - sum(one.stored.startswith(f"{EVIDENCE}/") for one in payload)
    for line in _notes(packed, 0 if with_evidence is None else left_out):
        say(line)
    say(
        f"{safe(out.name)}: a BagIt package of {counted(packed.files, 'file')}, {packed.size / 1e6:,.1f} MB; `sha256sum -c manifest-sha256.txt` "
        "in it checks them."
    )


def _refuse_place(out: Path, case: Path, evidence: Path | None) -> None:
    """Raise OutputRefused where the package would lie in what is packed."""
    for folder in (case, *(() if evidence is None else (evidence,))):
        if out.resolve().is_relative_to(folder.resolve()):
            raise OutputRefused(f"{safe(out.name)} would lie in {safe(folder.name)}: choose another place with --out.")
    if evidence is not None and not evidence.is_dir():
        raise typer.BadParameter(f"{safe(evidence.name)} is no folder: name the folder of evidence that was scanned.")


def _info(payload: "Sequence[Payload]", organization: str | None, *, evidence: bool) -> list[tuple[str, str]]:
    """What the package states of itself."""
    holds = "data/case holds the reports, the index and the lists of hashes; "
    besides = (
        "data/evidence holds copies of the files that were examined"
        if evidence
        else "the files that were examined are not in it"
    )
    what = f"Case folder of an automatic technical analysis of video files (entirety scan), {counted(len(payload), 'file')}."
    return [
        *([] if organization is None else [("Source-Organization", organization)]),
        ("Bagging-Date", dt.datetime.now(dt.UTC).date().isoformat()),
        ("Bag-Software-Agent", f"entirety {__version__}"),
        ("External-Description", f"{what} {holds}{besides}. It is no expert's opinion."),
    ]


def _notes(packed: "Packed", left_out: int) -> list[str]:
    """What whoever hands the package over should know before the last line."""
    notes = []
    if packed.renamed:
        notes.append(
            f"{counted(packed.renamed, 'file')} stored under another name, since the own one is no text: original-names.txt lists them."
        )
    if packed.escaped:
        notes.append(
            f"{counted(packed.escaped, 'name')} with a per cent sign or a line break: written as RFC 8493 demands; some programs, `sha256sum` and "
            "bagit-python 1.9 among them, do not read that back and call such a file missing."
        )
    if left_out:
        notes.append(
            f"{counted(left_out, 'name')} of the index without content of its own, such as links and what could not be read: not packed."
        )
    return notes
