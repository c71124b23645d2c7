"""One clip as SARIF: held against the published schema, every check in it once, every reference to something that is there."""

import json
from dataclasses import replace
from typing import Any

import pytest

from entirety.model.audit import Answer, Audit
from entirety.model.finding import Outcome
from entirety.report.exports import exports
from entirety.report.sarif import ANSWER, KINDS
from entirety.report.wording import Catalogue
from report.exported import hostile, many, ordinary, quiet
from report.sarif_schema import complaints


def log(audit: Audit) -> Any:
    return json.loads(exports(audit, Catalogue("en"))["audit.sarif"])


def run(audit: Audit) -> Any:
    (one,) = log(audit)["runs"]
    return one


@pytest.mark.parametrize(
    "audit", [ordinary(), quiet(), hostile(), many(40)], ids=("ordinary", "quiet", "hostile", "many")
)
def test_the_log_keeps_the_published_schema(audit: Audit) -> None:
    assert complaints(log(audit)) == []


def test_the_schema_is_held() -> None:
    broken = log(ordinary())
    broken["runs"][0]["results"][0]["kind"] = "perhaps"
    del broken["runs"][0]["results"][1]["message"]["text"]
    assert len(complaints(broken)) >= 2


def test_findings_have_kind_level_bytes_times_and_pictures() -> None:
    audit = ordinary()
    whole = run(audit)
    found = [one for one in whole["results"] if "finding" in one["properties"]]
    assert [one["properties"]["finding"] for one in found] == ["F001", "F002", "F003", "F004"]
    assert [one["kind"] for one in found] == ["fail", "review", "open", "informational"]
    assert [one["level"] for one in found] == ["warning", "none", "none", "none"]
    first = found[0]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"byteOffset": 48, "byteLength": 8144}
    assert first["relatedLocations"][0]["physicalLocation"]["region"] == {"byteOffset": 9000, "byteLength": 100}
    assert (first["properties"]["start"], first["properties"]["start_frame"]) == ("3003/1000", 90)
    assert [part["status"] for part in first["properties"]["explanations"]] == [
        "not excluded",
        "excluded",
        "not tested",
    ]
    assert first["properties"]["inference"].startswith("In our assessment")
    assert len(first["attachments"]) == 6
    for part in first["attachments"]:
        place = part["artifactLocation"]
        assert whole["artifacts"][place["index"]]["location"]["uri"] == place["uri"]


def test_the_clip_is_an_artifact_with_its_hash() -> None:
    audit = ordinary()
    clip, *stills = run(audit)["artifacts"]
    assert clip["hashes"] == {"sha-256": audit.custody.sha256}
    assert clip["length"] == audit.custody.size
    assert clip["location"]["uri"] == "clip%2007%20%D0%B4%D0%B2%D0%BE%D1%80.mp4"
    cited = {still.file: still.file_sha256 for still in audit.stills}
    assert {one["location"]["uri"]: one["hashes"]["sha-256"] for one in stills} == cited


def test_every_check_is_a_rule_and_has_a_result() -> None:
    audit = ordinary()
    whole = run(audit)
    rules = whole["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [ANSWER, *(check.id for check in audit.checks)]
    assert {one["ruleId"] for one in whole["results"]} == {rule["id"] for rule in rules}
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in whole["results"])
    hidden = rules[1]
    assert hidden["properties"]["revision"] == 2
    assert "The owner shortened the clip" in hidden["help"]["text"]
    assert "Pictures that were removed from the file leave nothing here." in hidden["help"]["text"]
    kinds = {one["ruleId"]: one["kind"] for one in whole["results"] if "outcome" in one["properties"]}
    wanted = {Outcome.CLEAR: "pass", Outcome.NOT_APPLICABLE: "notApplicable"}
    left = [check for check in audit.checks if check.outcome is not Outcome.FOUND]
    assert kinds == {check.id: wanted.get(check.outcome, "open") for check in left}


@pytest.mark.parametrize("answer", Answer)
def test_the_answer_has_the_kind_of_the_closed_list(answer: Answer) -> None:
    first = run(replace(quiet(), answer=answer))["results"][0]
    assert (first["ruleId"], first["kind"]) == (ANSWER, KINDS[answer])
    assert (first["level"] == "none") == (answer is not Answer.DIRECT)


def test_what_broke_down_or_was_not_examined_is_a_notice() -> None:
    (call,) = run(ordinary())["invocations"]
    assert not call["executionSuccessful"]
    notices = call["toolExecutionNotifications"]
    assert [one["level"] for one in notices] == ["error", "warning", "note", "note"]
    assert notices[0]["associatedRule"]["id"] == "jump-cut"
    assert notices[1]["properties"]["start_frame"] == 240
    (other,) = run(quiet())["invocations"]
    assert other == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_no_text_of_a_file_becomes_a_gap_or_a_link_and_nothing_of_the_run_is_told() -> None:
    text = json.dumps(run(hostile()), ensure_ascii=False)
    assert not any(mark in text for mark in ("](", "\x1b", "\u202e"))
    assert "2026-03-02T10:00:00" not in text
    assert "Linux" not in text
