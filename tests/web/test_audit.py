"""The auditor reads everything that was recorded, and only reads."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import NOW, Cast
from tests.web.conftest import SignIn
from tracker.domain.permissions import Role
from tracker.models import Applicant, PersonalDataReading, SignInAttempt
from tracker.services.accounts import create_account, lock
from tracker.services.context import Runtime


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime) -> int:
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 1, 5))
    session.rollback()
    return made


def test_every_entry_of_every_organ_is_there_with_its_person(case_id: int, sign_in: SignIn) -> None:
    page = sign_in("auditor").get("/audit/").text
    assert "收到申请" in page and "陈静" in page and "椒江区民政局" in page


def test_the_acts_can_be_narrowed(case_id: int, sign_in: SignIn) -> None:
    auditor = sign_in("auditor")
    assert "收到申请" in auditor.get("/audit/?person=陈静").text
    assert "没有符合条件的记录" in auditor.get("/audit/?person=王国强").text
    assert "没有符合条件的记录" in auditor.get("/audit/?number=%25").text
    assert "没有符合条件的记录" in auditor.get("/audit/?since=2026.1.6").text


def test_a_date_that_is_none_is_told_and_stays(case_id: int, sign_in: SignIn) -> None:
    page = sign_in("auditor").get("/audit/?since=昨天").text
    assert "看不出是哪一天" in page and 'value="昨天"' in page


def test_readings_and_sign_ins_are_told_in_words(
    case_id: int, people: Cast, session: Session, sign_in: SignIn
) -> None:
    applicant = Applicant(
        case_id=case_id,
        position=1,
        capacity="applicant",
        name="<b>吕某某</b>",
        legal_kind="citizen",
        report_kind="natural_person",
        identity_type="none",
    )
    session.add(applicant)
    session.flush()
    session.add(
        PersonalDataReading(
            case_id=case_id,
            applicant_id=applicant.id,
            account_id=people.clerk.account_id,
            at=NOW,
            field="phone",
            reason="电话<b>确认</b>收件",
        )
    )
    session.add(SignInAttempt(login="chen", address="10.0.0.9", at=NOW, succeeded=False))
    session.commit()
    auditor = sign_in("auditor")
    readings = auditor.get("/audit/readings").text
    assert "联系电话" in readings and "电话&lt;b&gt;确认" in readings
    sign_ins = auditor.get("/audit/sign-ins").text
    assert "10.0.0.9" in sign_ins and "失败" in sign_ins


@pytest.mark.parametrize(
    ("part", "answer"),
    [("clerk", 403), ("legal_advisor", 403), ("supervisor", 403), ("administrator", 403), ("stranger", 404)],
)
def test_nobody_else_reads_here(part: str, answer: int, sign_in: SignIn) -> None:
    for address in ("/audit/", "/audit/readings", "/audit/sign-ins", "/audit/administration"):
        assert sign_in(part).get(address).status_code == answer


def test_what_administrators_did_is_told_without_personal_data(
    case_id: int, people: Cast, session: Session, runtime: Runtime, sign_in: SignIn
) -> None:
    ctx = runtime.context(session, people.administrator)
    made = create_account(ctx, "huang", "黄<b>某</b>", [(Role.CLERK, people.organ_ids["MZJ"])])
    lock(ctx, made.account_id)
    session.rollback()
    auditor = sign_in("auditor")
    page = auditor.get("/audit/administration").text
    assert "黄&lt;b&gt;某" in page and "另行解锁为止" in page and "经办人" in page and "（不记内容）" in page
    narrowed = auditor.get("/audit/administration?subject=role").text
    assert "椒江区民政局" in narrowed and "另行解锁为止" not in narrowed
    assert "没有符合条件的记录" in auditor.get("/audit/administration?person=陈静").text
    assert "没有符合条件的记录" in auditor.get("/audit/administration?until=2019-01-01").text
    assert "看不出是哪一天" in auditor.get("/audit/administration?since=昨天").text
    sheet = auditor.get("/audit/administration.xlsx?subject=account")
    assert sheet.status_code == 200 and sheet.data[:2] == b"PK"
    assert "管理操作记录" in auditor.get("/audit/exports").text
