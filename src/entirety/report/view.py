"""What one report shows, ready to print: every text chosen, filled and made visible, so that HTML and PDF differ in layout only."""

from dataclasses import dataclass

from entirety.report.view_compared import ComparedView, Rows
from entirety.report.view_live import LiveView
from entirety.report.view_parts import Annexes, Blank, Properties, Rates, Runs, SecondView, SignView


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
    label: str
    """`Figure 3 / F002`."""
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
    svg: str
    """Where in the clip it lies; empty where the clip has no length to draw."""
    svg_alt: str


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
class MainView:
    """One finding on page one."""

    id: str
    label: str
    title: Runs
    line: str
    """Strength and time."""
    short: Runs
    pair: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class PageOne:
    """What a reader sees first, in the order of reading."""

    language: str
    """Who reviewed a translation; empty in the language of the source."""
    facts: tuple[tuple[Runs, str, bool], ...]
    """Label, value, and whether it is a hash."""
    case: tuple[Blank, ...]
    question: Runs
    questions: tuple[tuple[str, str], ...]
    """The three questions with their answers in a word."""
    word: str
    sentence: Runs
    rule: Runs
    banner: tuple[str, ...]
    count: Runs
    main: tuple[MainView, ...]
    not_meaning: Runs
    considered: tuple[Runs, ...]
    settle: tuple[Runs, ...]
    check: Runs
    sign: SignView


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
    sign: SignView
    stated: Rows
    """Everything that a case file can state."""
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
    evaluation: tuple[str, ...]
    """Findings that carry weight with what is open, and what was looked for and not found."""
    limits: tuple[str, ...]
    rates: Rates
    method: Rows
    outputs: Rows
    copies: tuple[str, ...]
    """What each working copy of pictures that are not shown holds, in words; empty where none was made."""
    glossary: tuple[tuple[str, str, str], ...]
    """Id, term, meaning."""
    checks: tuple[CheckView, ...]
    tags: Rows
    streams: tuple[Properties, ...]
    notes: tuple[str, ...]
    notes_count: str
    annex: Annexes
    live: LiveView
    """What the page in a browser hands to its own program."""
