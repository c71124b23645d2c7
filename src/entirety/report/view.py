"""What one report shows, ready to print: every text chosen, filled and made visible, so that HTML and PDF differ in layout only."""

from dataclasses import dataclass

from entirety.report.view_compared import ComparedView, Rows
from entirety.report.view_live import LiveView


@dataclass(frozen=True, slots=True)
class Picture:
    """One still with its caption."""

    file: str
    """Path relative to the report folder."""
    label: str
    title: str
    """Frame number and time."""
    short: str
    """Frame number alone, for page one."""
    sha256: str
    size: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """One innocent explanation beside what the file says to it."""

    cause: str
    status: str
    code: str
    seen: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as a section."""

    id: str
    title: str
    when: str
    frames: str
    bytes: tuple[str, ...]
    weight: str
    weight_code: str
    means: str
    why_not: str
    """Empty where nothing is open."""
    confidence: str
    claim: str
    inference: str
    measured: tuple[tuple[str, str, str], ...]
    """Name, value, what it was held against."""
    explanations: tuple[Explanation, ...]
    pictures: tuple[Picture, ...]
    hidden: tuple[Picture, ...]
    reproduce: str
    by: str
    rates: str
    """Measured error rate of its check on files of this kind, or that there is none."""
    short: str
    """The claim cut to page one's length."""
    considered: str
    """Statuses of its explanations counted, in one line."""
    pair: tuple[Picture, ...]
    """At most two pictures for page one."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check with what became of it and its declaration."""

    id: str
    title: str
    revision: str
    question: str
    outcome: str
    reason: str
    here: str
    """What it could not have seen in this very clip; empty where it states nothing."""
    sees: str
    innocent: tuple[str, ...]
    blind: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One of the three questions."""

    question: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One row of the decision rule."""

    number: int
    condition: str
    answer: str
    held: bool


@dataclass(frozen=True, slots=True)
class RateRow:
    """What one check did in clips of the same kind of file."""

    id: str
    title: str
    found: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Measured error rates for this kind of file; no rows where there are none."""

    lead: tuple[str, ...]
    rows: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class PageOne:
    """What a reader sees first."""

    facts: Rows
    word: str
    sentence: str
    rule: str
    count: str
    shown: str
    main: tuple[FindingView, ...]
    settle: tuple[str, ...]
    banner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """A heading with two columns, one for values and one for tags."""

    heading: str
    rows: Rows
    tags: Rows


@dataclass(frozen=True, slots=True)
class SecondView:
    """What a second program reads in the same file."""

    lead: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    """Point, ours, theirs: where the two differ."""
    stated: Rows


@dataclass(frozen=True, slots=True)
class ShotView:
    """One shot as a row."""

    number: str
    when: str
    frames: str
    pictures: str
    length: str
    group: str
    border: str
    finding: str
    """Id of the finding to which the row refers; empty where there is none."""
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ShotsView:
    """The table of shots; no rows for a clip of one shot."""

    lead: tuple[str, ...]
    rows: tuple[ShotView, ...]
    pictures: bool
    """Whether any row has a picture."""
    notes: tuple[str, ...]
    """Below the table: what its columns mean."""
    rest: str
    """Shots that are not listed; empty where all are."""


@dataclass(frozen=True, slots=True)
class View:
    """The whole report."""

    language: str
    report_id: str
    name: str
    audit_sha256: str
    date: tuple[int, ...] | None
    """Year to second of the run, UTC, for the PDF's own record; None where the run is not recorded."""
    words: dict[str, str]
    page: PageOne
    case: Rows
    sign: Rows
    scope: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    item: Rows
    integrity: tuple[str, ...]
    second: SecondView
    svg: str
    svg_alt: str
    caption: tuple[str, ...]
    """Lines below the drawing."""
    shots: ShotsView
    compared: ComparedView
    unexamined: tuple[tuple[str, str, str], ...]
    """Time, frames, reason."""
    findings: tuple[FindingView, ...]
    blind_found: tuple[str, ...]
    """What checks with findings could not have seen in this very clip."""
    tally: str
    clear: tuple[CheckView, ...]
    other: tuple[CheckView, ...]
    rule: tuple[RuleView, ...]
    limits: tuple[str, ...]
    rates: Rates
    method: Rows
    outputs: Rows
    copies: tuple[str, ...]
    """What each working copy of pictures that are not shown holds, in words; empty where none was made."""
    glossary: Rows
    checks: tuple[CheckView, ...]
    tags: Rows
    streams: tuple[Properties, ...]
    notes: tuple[str, ...]
    notes_count: str
    live: LiveView
    """What the page in a browser hands to its own program."""
