"""全文检索 on screen: marked and escaped, an address for everything, faults said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.services.test_intake import REQUEST, stub
from tests.web.conftest import SignIn
from tracker.services.context import Runtime
from tracker.services.intake import register

ASKED = "星光村<script>alert(1)</script>安置方案"


@pytest.fixture
def number(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> str:
    clock.set(date(2026, 11, 23))
    load_shipped(session)
    registration = replace(stub(people), request=replace(REQUEST, description=ASKED))
    made = register(runtime.context(session, people.clerk), registration)
    session.rollback()
    return made.number


def test_what_is_found_is_marked_and_nothing_typed_becomes_markup(sign_in: SignIn, number: str) -> None:
    page = sign_in("clerk").get("/search?q=星光村").text
    assert "<mark>星光村</mark>" in page and "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert number in page and "共 1 件" in page
    hostile = sign_in("clerk").get('/search?q="><script>x</script>')
    assert hostile.status_code == 200 and "<script>x" not in hostile.text and "没有找到" in hostile.text


@pytest.mark.parametrize("query", ["*", "NEAR(", '"a" OR "b"', "安置 AND NOT", "%", "_____", "'; DROP"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(
    sign_in: SignIn, number: str, query: str
) -> None:
    assert sign_in("clerk").get("/search", query_string={"q": query}).status_code in (200, 422)


def test_faults_are_said_and_what_was_typed_stays(sign_in: SignIn, number: str) -> None:
    clerk = sign_in("clerk")
    page = clerk.get("/search?q=安")
    assert page.status_code == 422 and "请至少输入两个汉字" in page.text and 'value="安"' in page.text
    page = clerk.get("/search?q=安置&from=2026-02-30")
    assert page.status_code == 422 and "没有这一天" in page.text and 'value="2026-02-30"' in page.text
    assert "请输入要查的内容" in clerk.get("/search").text
    for address in ("organ=x", "outcome=nothing", "start=99999999", "start=-1", "state=?", "sort=best"):
        assert clerk.get(f"/search?q=安置&{address}").status_code == 200


def test_filters_narrow_and_the_box_is_on_every_page_of_who_reads_cases(sign_in: SignIn, number: str) -> None:
    clerk = sign_in("clerk")
    assert number in clerk.get("/search?q=安置&state=open&from=2026-09-01&to=2026.11.23").text
    for narrowed in ("state=ended", "to=2026-01-01", "outcome=disclosed"):
        assert number not in clerk.get(f"/search?q=安置&{narrowed}").text
    assert 'id="frame-q"' in clerk.get("/").text
    assert 'id="frame-q"' not in sign_in("administrator").get("/").text
    assert number in sign_in("supervisor").get("/search?q=安置").text
    assert number not in sign_in("colleague").get("/search?q=安置").text
