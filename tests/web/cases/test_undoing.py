"""撤销本步 on the page: offered where it can be done, with what it does to the due date, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.models import Case, StoredEntry
from tracker.services.acceptance import accept
from tracker.services.closing import withdraw
from tracker.services.context import Runtime

RECEIVED, TODAY = date(2026, 9, 10), date(2026, 9, 14)
OFFERED = "将撤销最近一步"


@pytest.fixture
def case_id(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> int:
    """Accepted, then withdrawn by a wrong click, by the clerk today."""
    clock.set(TODAY)
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    number = received_case(ctx, people.organ_ids["MZJ"], RECEIVED)
    accept(ctx, number, on=RECEIVED, expected_version=None)
    withdraw(ctx, number, on=TODAY, statement="来电撤回", expected_version=None)
    session.rollback()
    return number


def version(session: Session, case_id: int) -> str:
    session.rollback()
    found = str(session.get_one(Case, case_id).version_id)
    session.rollback()
    return found


def test_a_wrong_step_is_taken_back_from_its_page(case_id: int, sign_in: SignIn, session: Session) -> None:
    clerk = sign_in("clerk")
    page = clerk.get(f"/cases/{case_id}").text
    assert OFFERED in page
    assert ENTRY_NAMES[EntryType.WITHDRAWN] in page.partition(OFFERED)[2].partition("</p>")[0]
    address = f"/cases/{case_id}/actions/undo"
    asked = clerk.post(address, data={"version": version(session, case_id), "reason": ""})
    assert asked.status_code == 422
    done = clerk.post(address, data={"version": version(session, case_id), "reason": "点错了申请件"})
    assert done.status_code == 302
    page = clerk.get(f"/cases/{case_id}").text
    assert ENTRY_NAMES[EntryType.ACCEPTED] in page.partition(OFFERED)[2].partition("</p>")[0]
    assert "点错了申请件" in clerk.get(f"/cases/{case_id}?view=log").text
    session.rollback()
    assert session.get_one(Case, case_id).stage == "processing"


def test_what_was_typed_stays_when_somebody_was_quicker(
    case_id: int, sign_in: SignIn, session: Session
) -> None:
    answer = sign_in("clerk").post(
        f"/cases/{case_id}/actions/undo",
        data={"version": str(int(version(session, case_id)) - 1), "reason": "点错了申请件"},
    )
    assert answer.status_code == 409
    assert 'value="点错了申请件"' in answer.text


@pytest.mark.parametrize("part", ["second_clerk", "disclosure_head", "supervisor", "auditor"])
def test_nobody_else_is_offered_it(case_id: int, sign_in: SignIn, part: str) -> None:
    page = sign_in(part).get(f"/cases/{case_id}")
    assert page.status_code == 200
    assert OFFERED not in page.text


def test_tomorrow_it_is_too_late(
    case_id: int, sign_in: SignIn, session: Session, clock: StandingClock
) -> None:
    clock.set(date(2026, 9, 15))
    clerk = sign_in("clerk")
    assert OFFERED not in clerk.get(f"/cases/{case_id}").text
    answer = clerk.post(
        f"/cases/{case_id}/actions/undo",
        data={"version": version(session, case_id), "reason": "点错了申请件"},
    )
    assert answer.status_code == 422
    assert "不是今天登记的" in answer.text
    last = select(StoredEntry.type).where(StoredEntry.case_id == case_id).order_by(StoredEntry.seq.desc())
    session.rollback()
    assert session.scalars(last).first() == "withdrawn"
