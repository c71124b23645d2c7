"""The index as SARIF: the rules of the format that matter to whoever reads it, and every file that could not be analysed in it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from entirety.judge.checks import LISTED
from entirety.model.audit import Answer
from entirety.model.case import Fate
from entirety.report.case_sarif import case_sarif
from entirety.report.document import serialise
from entirety.report.sarif import ANSWER, KINDS
from report.cases import drawn, large
from report.sarif_schema import complaints

CASE = drawn()
RUN: dict[str, Any] = json.loads(serialise(case_sarif(CASE)))["runs"][0]
RULES = RUN["tool"]["driver"]["rules"]
RELATIVE = re.compile(r"([A-Za-z0-9\-._~/]|%[0-9A-F]{2})+")


def results(rule: str) -> list[dict[str, Any]]:
    return [one for one in RUN["results"] if one["ruleId"] == rule]


def test_the_log_is_of_the_version_and_has_one_run() -> None:
    log = case_sarif(CASE)
    assert log["version"] == "2.1.0"
    assert set(log) == {"$schema", "version", "runs"}
    assert set(RUN) == {"tool", "invocations", "originalUriBaseIds", "artifacts", "results", "properties"}


def test_the_log_keeps_the_published_schema() -> None:
    assert complaints(json.loads(serialise(case_sarif(CASE)))) == []
    assert complaints(json.loads(serialise(case_sarif(large(40))))) == []


def test_rules_are_there_once_and_every_reference_fits() -> None:
    ids = [rule["id"] for rule in RULES]
    assert len(ids) == len(set(ids))
    assert ids[0] == ANSWER
    assert not any(check.id == ANSWER for check in LISTED)
    for one in RUN["results"]:
        assert RULES[one["ruleIndex"]]["id"] == one["ruleId"]
    for notice in RUN["invocations"][0]["toolExecutionNotifications"]:
        if "associatedRule" in notice:
            assert RULES[notice["associatedRule"]["index"]]["id"] == notice["associatedRule"]["id"]
        else:
            known = RUN["tool"]["driver"]["notifications"][notice["descriptor"]["index"]]
            assert known["id"] == notice["descriptor"]["id"]


def test_kinds_and_levels_are_of_the_format_and_only_a_failure_has_a_level() -> None:
    kinds = {"pass", "open", "informational", "notApplicable", "review", "fail"}
    for one in RUN["results"]:
        assert one["kind"] in kinds
        assert (one["level"] == "none") == (one["kind"] != "fail")
        assert one["message"]["text"]


@pytest.mark.parametrize("answer", Answer)
def test_each_clip_has_its_answer_once(answer: Answer) -> None:
    mine = [one for one in results(ANSWER) if one["properties"]["answer"] == answer.value]
    assert len(mine) == sum(item.answer is answer for item in CASE.items) > 0
    assert {one["kind"] for one in mine} == {KINDS[answer]}


def test_a_finding_has_its_bytes_and_its_times() -> None:
    for one in results("hidden-footage"):
        region = one["locations"][0]["physicalLocation"]["region"]
        assert region == {"byteOffset": 48, "byteLength": 8144}
        assert one["properties"]["start_s"] == 0
    assert all("region" not in one["locations"][0]["physicalLocation"] for one in results("hard-cut"))
    assert {one["kind"] for one in results("writer-trace")} == {"informational"}


def test_a_finding_of_no_shown_picture_has_no_number_of_one() -> None:
    first = CASE.items[0]
    none = replace(first, findings=tuple(replace(one, first=-1, last=-1) for one in first.findings))
    found = case_sarif(replace(CASE, items=(none, *CASE.items[1:])))
    text = serialise(found).decode()
    assert first.findings
    assert '"start_frame": -1' not in text
    assert '"start_frame": 75' in text


def test_artifacts_are_all_entries_with_relative_addresses_and_hashes() -> None:
    assert len(RUN["artifacts"]) == len(CASE.entries)
    for artifact, entry in zip(RUN["artifacts"], CASE.entries, strict=True):
        assert RELATIVE.fullmatch(artifact["location"]["uri"])
        assert artifact["location"]["uriBaseId"] in RUN["originalUriBaseIds"]
        assert artifact.get("hashes", {}).get("sha-256", "") == entry.sha256
    for one in RUN["results"]:
        place = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert RUN["artifacts"][place["index"]]["location"]["uri"] == place["uri"]


def test_what_was_not_analysed_is_a_notice_of_the_run() -> None:
    (invocation,) = RUN["invocations"]
    assert not invocation["executionSuccessful"]
    notices = invocation["toolExecutionNotifications"]
    fates = [notice["descriptor"]["id"] for notice in notices if "descriptor" in notice]
    assert sorted(fates) == sorted(one.fate.value for one in CASE.entries if one.fate is not Fate.AUDITED)
    levels = {notice["descriptor"]["id"]: notice["level"] for notice in notices if "descriptor" in notice}
    assert levels["crashed"] == levels["timed-out"] == levels["unreadable"] == "error"
    assert levels["empty"] == "note"
    assert levels["link"] == "warning"
    (loud,) = [n for n in notices if "playlist.mp4" in n["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]]
    assert loud["level"] == "warning"
    assert [n["associatedRule"]["id"] for n in notices if "associatedRule" in n] == ["jump-cut"]


def test_a_run_in_which_all_was_done_says_so() -> None:
    run = json.loads(serialise(case_sarif(large(40))))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"]


def test_no_text_of_a_file_becomes_a_gap_or_a_link() -> None:
    texts = [one["message"]["text"] for one in RUN["results"]]
    assert any("[x] (y) {{0}}" in text for text in texts)
    assert not any("](" in text for text in texts)
    assert "\x1b" not in json.dumps(RUN, ensure_ascii=False)
