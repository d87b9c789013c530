"""年报图解 on screen and as a file: months, channels and organs add up to table 3, and what was handed in stays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.reports.test_table_three import request_of, sent
from tracker.domain.request_terms import Channel
from tracker.models import Case
from tracker.queries.annual_table import read_annual_table
from tracker.queries.report_documents import get_district_picture, get_picture
from tracker.services.annual_reports import submit_report
from tracker.services.context import Context, Runtime
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 1, 20)


@pytest.fixture
def clerk(people: Cast, clock: StandingClock, runtime: Runtime, session: Session) -> Context:
    """Six requests of 2025 and one of 2024, in two organs, one answered late, one still open."""
    clock.set(TODAY)
    made = runtime.context(session, people.clerk)
    days = [(3, 3, 20), (3, 9, 21), (5, 12, 30), (11, 3, 20), (12, 29, None)]
    for serial, (month, day, reply) in enumerate(days, start=1):
        entries = [sent(date(2025, month, reply))] if reply else []
        request_of(
            made,
            people.organ_ids["MZJ"],
            serial,
            date(2025, month, day),
            *entries,
            disposition="disclosed" if reply else None,
        )
    request_of(
        made, people.organ_ids["MZJ"], 9, date(2024, 10, 8), sent(date(2025, 3, 3)), disposition="not_held"
    )
    other = runtime.context(session, people.colleague)
    request_of(other, people.organ_ids["CZJ"], 1, date(2025, 3, 5))
    with transaction(made) as inner:
        case = inner.scalars(select(Case).where(Case.organ_id == people.organ_ids["CZJ"])).one()
        case.channel = str(Channel.PORTAL)
    session.rollback()
    return made


def test_months_channels_and_organs_add_up_to_the_table(
    clerk: Context, people: Cast, session: Session
) -> None:
    drawn = get_district_picture(session, people.supervisor, 2025, "椒江区", TODAY)
    table = read_annual_table(session, people.supervisor, 2025)
    received = table["1", "total"]
    assert drawn.counts is not None and received == drawn.received == 6
    assert sum(drawn.counts.months) == sum(share.number for share in drawn.channels) == received
    assert drawn.counts.months == (0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 1, 1)
    assert {share.name: share.number for share in drawn.organs} == {
        "椒江区民政局": 5,
        "椒江区财政局": 1,
        "海门街道办事处": 0,
        "椒江区人民政府办公室": 0,
    }
    assert (drawn.counts.answered, drawn.counts.on_time) == (5, 4)
    assert sum(share.number for share in drawn.outcomes) == drawn.closed == table["3.7", "total"] == 5
    own = get_picture(session, people.clerk, 2025, "MZJ", TODAY)
    assert own.received == 5 and own.organs == () and "编制中" in own.note


def test_what_was_handed_in_is_what_is_drawn(
    clerk: Context, people: Cast, session: Session, runtime: Runtime
) -> None:
    before = get_picture(session, people.clerk, 2025, "MZJ", TODAY)
    submit_report(runtime.context(session, people.disclosure_head), 2025, "MZJ", expected_version=0)
    with transaction(clerk) as inner:
        for case in inner.scalars(select(Case)):
            case.received_on, case.channel = date(2025, 7, 7), str(Channel.FAX)
    session.rollback()
    after = get_picture(session, people.clerk, 2025, "MZJ", TODAY)
    assert (after.counts, after.outcomes, after.received) == (before.counts, before.outcomes, 5)
    together = get_district_picture(session, people.supervisor, 2025, "椒江区", TODAY)
    assert together.counts is not None and sum(together.counts.months) == together.received == 6


def test_on_screen_with_every_number_in_a_table(clerk: Context, sign_in: SignIn) -> None:
    browser = sign_in("clerk")
    page = browser.get("/reports/2025/organs/MZJ/picture")
    assert page.status_code == 200
    assert 'src="/reports/2025/organs/MZJ/picture.svg"' in page.text
    assert "picture.svg?shape=column" in page.text
    assert '<tr><th scope="row">12 月</th><td class="num">1</td></tr>' in page.text
    assert "海门街道办事处" in sign_in("supervisor").get("/reports/2025/district/picture").text
    assert browser.get("/reports/2025/district/picture").status_code == 403
    assert browser.get("/reports/1900/organs/MZJ/picture").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("pdf", b"%PDF-")])
def test_as_a_file(clerk: Context, sign_in: SignIn, form: str, begins: bytes) -> None:
    answer = sign_in("clerk").get(f"/reports/2025/organs/MZJ/picture.{form}")
    assert answer.status_code == 200 and answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert sign_in("supervisor").get(f"/reports/2025/district/picture.{form}").data.startswith(begins)
    narrow = sign_in("clerk").get("/reports/2025/organs/MZJ/picture.svg?shape=column")
    assert b'viewBox="0 0 390 ' in narrow.data
