"""Each request leaves one line, by which nobody who sent a request can be told."""

from __future__ import annotations

import json
import logging

import pytest

from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.adapters.json_log import JsonLines


def test_a_line_names_account_and_rule_and_nothing_that_was_asked(
    people: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    auditor = sign_in("auditor")
    with caplog.at_level(logging.INFO, "tracker.requests"):
        answer = auditor.get("/cases?q=吕某某")
    record = next(each for each in caplog.records if each.name == "tracker.requests")
    line = JsonLines().format(record)
    told = json.loads(line)
    assert (told["account"], told["method"], told["status"]) == (people.auditor.account_id, "GET", 200)
    assert told["route"].startswith("/cases") and told["ms"] >= 0
    assert told["request"] == answer.headers["X-Request-ID"]
    assert "吕" not in line and people.auditor.name not in line and "%" not in line
