"""Chinese unless English was chosen; days are written as the office writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tracker.domain.case_facts import Fact
from tracker.domain.errors import NotLawfulNow
from tracker.web import i18n

MONDAY = date(2026, 11, 23)


@pytest.fixture
def chinese(app: Flask):
    with app.test_request_context("/"):
        yield


@pytest.fixture
def english(app: Flask):
    with app.test_request_context("/", headers={"Cookie": f"{i18n.LANGUAGE_COOKIE}=en"}):
        yield


@pytest.mark.usefixtures("chinese")
def test_days_in_chinese() -> None:
    assert i18n.full_day(MONDAY) == "2026年11月23日（周一）"
    assert i18n.month_day(MONDAY) == "11月23日"
    assert i18n.table_day(MONDAY) == "2026-11-23"
    assert i18n.full_day(None) == "—"


@pytest.mark.usefixtures("english")
def test_days_in_english() -> None:
    assert i18n.full_day(MONDAY) == "23 Nov 2026 (Mon)"
    assert i18n.weekday(date(2026, 11, 29)) == "Sun"


@pytest.mark.usefixtures("chinese")
def test_an_instant_is_shown_by_the_clock_of_the_office() -> None:
    assert i18n.instant(datetime(2026, 11, 22, 17, 5, tzinfo=UTC)) == "2026年11月23日 01:05"


@pytest.mark.usefixtures("chinese")
def test_errors_are_told_with_facts_and_days_in_words() -> None:
    error = NotLawfulNow(
        "还不能归档：缺少%(facts)s，%(day)s。", facts=(Fact.DELIVERY_PROOF, Fact.SEALED), day=MONDAY
    )
    assert i18n.tell(error) == "还不能归档：缺少送达凭证、已用印，2026年11月23日（周一）。"


def test_the_switch_is_remembered_and_leads_back(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/login"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login"
    assert '<html lang="en">' in client.get("/login").text


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org", "login", ""])
def test_the_switch_leads_nowhere_else(client: FlaskClient, target: str) -> None:
    answer = client.post("/language", data={"language": "zh_Hans_CN", "next": target})
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "tlh"})
    assert answer.status_code == 400
    assert "提交的内容不完整" in answer.text


def test_browsers_that_prefer_english_still_get_chinese(client: FlaskClient) -> None:
    assert '<html lang="zh-CN">' in client.get("/login", headers={"Accept-Language": "en-GB"}).text
