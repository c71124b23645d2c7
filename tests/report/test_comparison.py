"""The comparison with recordings in audit.json and in print: nothing is lost, nothing foreign is believed, and the list can be handed in."""

import copy
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import entirety.report
from entirety.errors import CannotOpen
from entirety.model.audit import Audit
from entirety.model.coverage import Layer
from entirety.report.compared import MOST_PIECES, MOST_STRETCHES, compared_view
from entirety.report.compose import compose
from entirety.report.difference import differences
from entirety.report.document import declared, from_document, parse, serialise, to_document
from entirety.report.html import to_html
from entirety.report.record import Object
from entirety.report.wording import Catalogue
from judge.coverages import coverage, piece
from report.audits import HOSTILE, ordinary, plain
from report.printed import printed
from report.test_pdf import text

WORDS = Catalogue("en")
SCHEMA = json.loads(
    (Path(entirety.report.__file__).parent / "schema" / "audit-1.schema.json").read_text(encoding="utf-8")
)
TWO = [
    piece(0, 100, 100),
    piece(100, 300, 100, layer=Layer.PICTURES, reversed=True, mirrored=True),
]


def with_recordings() -> Audit:
    return replace(ordinary()[0], coverage=coverage(TWO, clip=250, sources=(1000, 500)))


def test_there_and_back() -> None:
    document = to_document(with_recordings())
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert from_document(parse(serialise(document))).coverage == with_recordings().coverage


def test_an_audit_without_any() -> None:
    document = to_document(ordinary()[0])
    assert document["comparison"] is None
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    document.pop("comparison")
    assert from_document(document).coverage is None


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("sources",), []),
        (("sources", 0, "sha256"), "x"),
        (("sources", 0, "frames"), -1),
        (("clip", "length"), 4),
        (("pieces", 0, "source"), 2),
        (("pieces", 0, "source"), -1),
        (("pieces", 0, "clip_last_frame"), -1),
        (("pieces", 0, "speed_exact"), "0/1"),
        (("pieces", 0, "matched_by"), "faith"),
        (("pieces", 0, "reversed"), 0),
        (("missing", 0, "source"), 7),
        (("missing", 0, "source_end"), "-1/1"),
        (("foreign", 0, "still"), None),
        (("foreign",), {}),
    ],
)
def test_what_is_wrong_is_refused(place: tuple[str | int, ...], wrong: object) -> None:
    document = copy.deepcopy(to_document(with_recordings()))
    inner: object = document["comparison"]
    for step in place[:-1]:
        inner = inner[step]  # type: ignore[index] # a path into plain JSON
    inner[place[-1]] = wrong  # type: ignore[index] # likewise
    with pytest.raises(CannotOpen, match="comparison"):
        from_document(document)


def test_a_copy_of_a_recording_may_have_another_name() -> None:
    def named(name: str, sha256: str) -> Object:
        audit = with_recordings()
        assert audit.coverage is not None
        first, second = audit.coverage.sources
        changed = replace(first, custody=replace(first.custody, name=name, modified=name, sha256=sha256))
        return to_document(replace(audit, coverage=replace(audit.coverage, sources=(changed, second))))

    assert list(differences(named("one", "0" * 64), named("other", "0" * 64))) == []
    assert list(differences(named("one", "0" * 64), named("one", "1" * 64))) != []


def test_the_list_to_hand_in() -> None:
    told = compared_view(with_recordings(), WORDS)
    first, second = told.requests
    assert first.rows == (
        ("1.1", "00:00:00.000", "00:00:04.000", "frames 0 to 99", "4.000 s"),
        ("1.2", "00:00:08.000", "00:00:12.000", "frames 200 to 299", "4.000 s"),
        ("1.3", "00:00:16.000", "00:00:40.000", "frames 400 to 999", "24.000 s"),
    )
    assert dict(first.facts)["File name"] == "recording-0.mp4"
    assert dict(first.facts)["SHA-256"].replace(" ", "") == "0f" * 32
    assert second.rows == ()
    assert second.notes[0] == "Nothing of this recording was found in the clip."
    assert with_recordings().custody.sha256[:8] in told.ask[0]
    assert "; mirrored" not in told.pieces[0].how
    assert "backwards, mirrored" in told.pieces[1].how


def test_nothing_to_request_is_said() -> None:
    whole = replace(ordinary()[0], coverage=coverage([piece(0, 0, 1000)], clip=1000))
    assert compared_view(whole, WORDS).requests[0].notes[0] == "Everything in this recording was found in the clip."
    assert "annex H" not in plain(*compose(whole, WORDS, "0" * 64, []).page.settle)


def test_long_lists_are_counted() -> None:
    many = [piece(10 * at, 20 * at, 10) for at in range(MOST_STRETCHES + 5)]
    audit = replace(ordinary()[0], coverage=coverage(many, clip=10 * len(many), sources=(20 * len(many),)))
    told = compared_view(audit, WORDS)
    assert len(told.pieces) == MOST_PIECES
    assert told.rest.startswith(f"{len(many) - MOST_PIECES} further pieces")
    assert len(told.requests[0].rows) == MOST_STRETCHES
    assert told.requests[0].notes[0].startswith("5 further stretches")


def test_page_one_and_scope_name_the_recordings() -> None:
    view = compose(declared(with_recordings()), WORDS, "0" * 64, [])
    assert "annex H" in plain(view.page.settle[0])
    assert any("held against 2 recordings" in line for line in view.scope)
    bare = compose(declared(ordinary()[0]), WORDS, "0" * 64, [])
    assert bare.compared.lead == ("The clip was held against no other recording.",)
    assert bare.compared.requests == ()


def test_the_pages_hold_the_list_and_the_map(tmp_path: Path) -> None:
    audit, pngs = ordinary()
    compared = coverage(TWO, clip=250)
    first = compared.sources[0]
    named = replace(compared, sources=(replace(first, custody=replace(first.custody, name=" ".join(HOSTILE))),))
    held = replace(audit, coverage=named)
    pdf = printed(held, pngs, tmp_path)
    assert printed(held, pngs, tmp_path) == pdf
    said = text(pdf)
    for phrase in ("H Material to request", "00:00:08.000", "00:00:12.000", "frames 200 to 299", "4.000 s"):
        assert phrase in said


def test_no_name_of_a_recording_acts_as_markup() -> None:
    audit, pngs = ordinary()
    for name in HOSTILE:
        compared = coverage(TWO, clip=250)
        first = compared.sources[0]
        named = replace(compared, sources=(replace(first, codec=name, custody=replace(first.custody, name=name)),))
        page = to_html(
            compose(declared(replace(audit, coverage=named)), WORDS, "0" * 64, []), audit.answer.value, pngs
        ).decode()
        assert page.count("<script") == 2
        assert "onerror=alert(1)>" not in page
        assert "\x1b" not in page
