from __future__ import annotations

import string

import pandas as pd
import pytest

from data.issues import (
    FINDING_COLUMNS,
    ISSUE_COLUMNS,
    ISSUES,
    Issue,
    describe_findings,
    find_rows,
    issues_frame,
    join_findings,
)


@pytest.mark.parametrize("kind", ISSUES.values(), ids=lambda kind: kind.code)
def test_every_issue_says_what_was_found_and_what_to_do(kind):
    issue = Issue(kind.code, 7, field="victims", value="many", detail="two readings")
    assert issue.severity in ("reject", "duplicate", "warn")
    assert issue.message.endswith((".", "?"))
    assert issue.hint.endswith(".")
    assert "{" not in issue.message + issue.hint


@pytest.mark.parametrize("kind", ISSUES.values(), ids=lambda kind: kind.code)
def test_templates_hold_only_what_an_issue_has(kind):
    names = {name for text in (kind.message, kind.hint) for _, name, _, _ in string.Formatter().parse(text) if name}
    assert names <= {"field", "value", "detail"}


def test_codes_are_the_keys():
    assert {code: kind.code for code, kind in ISSUES.items()} == {code: code for code in ISSUES}


def test_an_unknown_code_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        _ = Issue("no such code", 2).message


def test_braces_in_a_cell_are_shown_as_they_are():
    assert "“{0.__class__}”" in Issue("date_unreadable", 2, "date", "{0.__class__}").message


def test_the_frame_is_in_the_order_of_the_file():
    frame = issues_frame(
        [
            Issue("value_missing", 12, "name"),
            Issue("place_missing", 2, "place_text"),
            Issue("date_unreadable", 2, "date", "yesterday"),
        ]
    )
    assert tuple(frame.columns) == ISSUE_COLUMNS
    assert list(frame["code"]) == ["date_unreadable", "place_missing", "value_missing"]
    assert list(frame["row_number"]) == [2, 2, 12]
    assert list(frame["severity"]) == ["reject", "warn", "reject"]
    assert frame["value"].iloc[0] == "yesterday"
    assert "yesterday" in frame["message"].iloc[0]


def test_no_issues_are_an_empty_frame_with_the_same_columns_and_dtypes():
    full, empty = issues_frame([Issue("value_missing", 2, "name")]), issues_frame([])
    assert empty.empty
    assert dict(empty.dtypes) == dict(full.dtypes)


def test_findings_become_issues_with_their_sentences():
    findings = join_findings(
        [
            find_rows("value_missing", [9], "name"),
            find_rows("date_unreadable", [2, 7], "date", ["soon", "late"], ["", ": no"]),
            find_rows("place_missing", []),
            find_rows("value_missing", [9], "name"),
        ]
    )
    assert tuple(findings.columns) == FINDING_COLUMNS
    expected = issues_frame(
        [
            Issue("value_missing", 9, "name"),
            Issue("date_unreadable", 2, "date", "soon"),
            Issue("date_unreadable", 7, "date", "late", ": no"),
        ]
    )
    pd.testing.assert_frame_equal(describe_findings(findings), expected)


def test_no_findings_are_no_issues():
    pd.testing.assert_frame_equal(describe_findings(join_findings([])), issues_frame([]))
