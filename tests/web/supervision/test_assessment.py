"""考核指标: every figure is the length of its list; who answered nothing is not assessed; the sheet says the same."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.supervision.conftest import EnterAs
from tests.web.supervision.test_boards import figures_of, length_of
from tracker.domain.permissions import Role
from tracker.models import Case, Challenge, Chase


@pytest.fixture(autouse=True)
def in_november(clock: StandingClock) -> None:
    """The demonstration is set up on the day the figures are asked for."""
    clock.set(date(2026, 11, 23))


def test_every_figure_is_the_length_of_its_list(enter_as: EnterAs, session: Session) -> None:
    supervisor = enter_as(Role.SUPERVISOR)
    case_id = session.scalars(select(Case.id).where(Case.on_time.is_not(None)).limit(1)).one()
    for voided, result in ((False, "corrected"), (True, "corrected"), (False, "upheld")):
        session.add(
            Challenge(
                case_id=case_id,
                kind="direct_suit",
                received_on=date(2026, 11, 2),
                body="台州市椒江区人民法院",
                claimed_seq=1,
                result=result,
                result_on=date(2026, 11, 20),
                voided=voided,
            )
        )
    slip = session.scalars(select(Chase).limit(1)).one()
    slip.issued_on = slip.answer_by_on = date(2026, 11, 3)
    session.commit()
    figures = {}
    for address in ("/assessment", "/assessment?period=2026-11", "/assessment?period=2026-Q3"):
        figures |= figures_of(supervisor, address)
    for kind in ("lost=", "chased=", "chased_late=", "returned=", "answered=", "stage=archived"):
        assert any(kind in url for url in figures), kind
    wrong = {url: value for url, value in figures.items() if length_of(supervisor, url) != value}
    assert wrong == {}
    lost = [value for url, value in figures.items() if "lost=2026-11" in url]
    assert lost == [1, 1], "the reconsideration the demonstration lost, and the suit told of above"
    assert "不参评" in supervisor.get("/assessment").text


def test_the_sheet_says_the_same_and_a_head_sees_the_own_organ(enter_as: EnterAs) -> None:
    answer = enter_as(Role.SUPERVISOR).get("/assessment/figures.xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=3, values_only=True))
    assert len(rows) > 20
    named = {row[0]: row for row in rows}
    assert named["椒江区民政局"][3] > 0 and "不参评" in {row[2] for row in rows}
    head = enter_as(Role.DISCLOSURE_HEAD)
    own = list(
        load_workbook(BytesIO(head.get("/assessment/figures.xlsx").data)).active.iter_rows(
            min_row=3, values_only=True
        )
    )
    ours = own[0]
    assert ours[1] is None, "a place among the organs of one person says nothing"
    assert (ours[0], *ours[2:]) == (named["椒江区民政局"][0], *named["椒江区民政局"][2:])


def test_without_a_case_nobody_is_assessed(sign_in: SignIn, people: Cast) -> None:
    page = sign_in("supervisor").get("/assessment").text
    assert page.count("不参评") >= len(people.organ_ids)
    assert sign_in("clerk").get("/assessment").status_code == 403
