"""表二 on screen: typed in by the organ, last year's beside it, kept on bad input, added up for the district."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.proactive import Figure
from tracker.models import AnnualReport, ProactiveFigures
from tracker.queries.annual_table import OrganGroup
from tracker.queries.proactive import read_proactive

ZERO = {str(figure): "0" for figure in Figure}


@pytest.fixture
def clerk(people: Cast, clock: StandingClock, sign_in: SignIn) -> FlaskClient:
    clock.set(date(2026, 3, 2))
    return sign_in("clerk")


def send(
    browser: FlaskClient, year: int, version: int = 0, organ: str = "MZJ", **typed: str
) -> tuple[int, str]:
    answer = browser.post(
        f"/reports/{year}/organs/{organ}/proactive", data={"version": version, **ZERO, **typed}
    )
    return answer.status_code, answer.get_data(as_text=True)


def saved(session: Session) -> list[tuple[int, dict[str, int]]]:
    session.rollback()
    return [(row.year, row.figures) for row in session.scalars(select(ProactiveFigures))]


def test_saved_with_who_and_when_and_last_year_beside_it(clerk: FlaskClient, session: Session) -> None:
    assert send(clerk, 2024, documents_in_force="597")[0] == 302
    assert (
        send(clerk, 2025, documents_made="50", documents_repealed="227", documents_in_force="420")[0] == 302
    )
    page = clerk.get("/reports/2025/organs/MZJ/proactive").get_data(as_text=True)
    assert "上年：597" in page and 'value="420"' in page and "保存。" in page
    assert "不衔接" not in page
    assert [year for year, _figures in saved(session)] == [2024, 2025]


def test_a_broken_identity_is_told_with_its_figures_and_kept(clerk: FlaskClient, session: Session) -> None:
    send(clerk, 2024, documents_in_force="597")
    assert send(clerk, 2025, documents_made="50", documents_in_force="420")[0] == 302
    page = clerk.get("/reports/2025/organs/MZJ/proactive").get_data(as_text=True)
    assert "填 420，按上年 597 加制发 50 减废止 0 应为 647" in page
    assert len(saved(session)) == 2


def test_bad_input_comes_back_as_typed(clerk: FlaskClient, session: Session) -> None:
    status, page = send(clerk, 2025, licences="约三百", fees="12.3", penalties="7")
    assert status == 422 and saved(session) == []
    for kept in ("约三百", "12.3", 'value="7"', "请填写不小于 0 的整数"):
        assert kept in page


def test_two_people_meet_as_a_conflict(clerk: FlaskClient, session: Session) -> None:
    assert send(clerk, 2025, licences="1")[0] == 302
    status, page = send(clerk, 2025, licences="2")
    assert status == 409 and 'value="2"' in page
    assert send(clerk, 2025, version=1, licences="2")[0] == 302
    assert saved(session)[0][1]["licences"] == 2


def test_neither_a_year_to_come_nor_a_published_one(
    clerk: FlaskClient, people: Cast, session: Session
) -> None:
    assert send(clerk, 2027)[0] == 409
    session.add(
        AnnualReport(
            organ_id=people.organ_ids["MZJ"],
            year=2025,
            state="published",
            submitted_on=date(2026, 1, 20),
            content={},
            content_hash="0" * 64,
        )
    )
    session.commit()
    status, page = send(clerk, 2025)
    assert status == 409 and "已经公布" in page
    assert saved(session) == []


def test_the_district_is_the_sum_and_names_who_is_missing(
    clerk: FlaskClient, people: Cast, sign_in: SignIn, session: Session
) -> None:
    send(clerk, 2025, licences="3", fees="1.5")
    assert send(sign_in("colleague"), 2025, organ="CZJ", licences="4", fees="0.25")[0] == 302
    session.rollback()
    found = read_proactive(session, people.supervisor, 2025)
    assert (found.table[Figure.LICENCES], found.table.written(Figure.FEES)) == (7, "1.75")
    assert {code for code, _name in found.filled} == {"MZJ", "CZJ"}
    assert "BGS" in {code for code, _name in found.missing}
    own = read_proactive(session, people.clerk, 2025, OrganGroup())
    assert own.table[Figure.LICENCES] == 3
    page = sign_in("supervisor").get("/reports/2025/proactive").get_data(as_text=True)
    assert "1.75" in page and "尚未填报" in page


def test_only_those_of_the_organ_fill_it_in(people: Cast, clock: StandingClock, sign_in: SignIn) -> None:
    clock.set(date(2026, 3, 2))
    page = sign_in("supervisor").get("/reports/2025/organs/MZJ/proactive").get_data(as_text=True)
    assert "保存表二" not in page
    assert send(sign_in("supervisor"), 2025)[0] == 403
    assert send(sign_in("colleague"), 2025)[0] == 404
