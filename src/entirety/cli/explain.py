"""`entirety explain CHECK`: what a check sees, what else produces the same sign, what it cannot see, and how often it errs."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # the model brings numpy along, for which --help would wait
    from entirety.model.finding import Check


def explain(
    check: Annotated[
        str | None, typer.Argument(metavar="CHECK", help="Id of a check; without it all are listed.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="Language: en, ru or kk.")] = "en",
) -> None:
    """Say what a check can and cannot see.

    Also what else produces the same sign, the sources of the check, and how often it was right and wrong in clips of known truth.
    """
    from entirety.judge.checks import LISTED
    from entirety.report.text import declaration
    from entirety.report.wording import Catalogue

    words = Catalogue(language)
    if check is None:
        titles = [(known.id, words.own(known.title)) for known in LISTED]
        sys.stdout.write("".join(f"{name:<18} {title}\n" for name, title in titles))
        return
    found = next((known for known in LISTED if known.id == check), None)
    if found is None:
        raise typer.BadParameter(f"no check is called {check!r}; `entirety explain` lists them all")
    sys.stdout.write("".join(f"{line}\n" for line in [*declaration(found, language), "", *_rates(found, language)]))


def _rates(check: "Check", language: str) -> list[str]:
    """The measured error rates of this revision of a check, or the sentence that there are none."""
    from entirety.knowledge.performance import table
    from entirety.report.explained import rate_lines
    from entirety.report.wording import Catalogue

    measured = table()
    if language != "en" or measured is None or dict(measured.revisions).get(check.id) != check.revision:
        return rate_lines(check, measured, Catalogue(language))
    # In English with the tables by size and kind of scene, as those who work on the checks read them.
    from entirety.validate.printed import for_check

    return for_check(measured, check.id)
