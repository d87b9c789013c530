"""The centre: unread first, on to the case, nobody else's."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import AlertKind
from tracker.models import Alert, Case
from tracker.queries.alerts import count_unread
from tracker.services.alerts import ClockKey, tell
from tracker.services.context import Runtime

TODAY = date(2026, 10, 13)
DUE = date(2026, 10, 14)


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    """A case whose clerk was told that it is due tomorrow, and that an earlier date had moved."""
    clock.set(TODAY)
    load_shipped(session)
    ctx = runtime.context(session, SYSTEM)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 9, 10))
    case = session.get_one(Case, made)
    who = [people.clerk.account_id]
    tell(ctx, who, AlertKind.DUE_SOON, on=DUE, case=case, clock=ClockKey("reply", 1), params={"left": 1})
    params = {"old": "2026-10-12", "new": "2026-10-14"}
    tell(ctx, who, AlertKind.DUE_CHANGED, on=DUE, case=session.get_one(Case, made), params=params)
    session.rollback()
    return made


def test_what_was_told_stands_there_with_its_case(sign_in: SignIn, case_id: int) -> None:
    page = sign_in("clerk").get("/alerts").text
    assert "答复期限临近：2026年10月14日（周三）到期，还剩 1 个工作日。" in page
    assert "到期日由 2026年10月12日（周一）改为 2026年10月14日（周三）" in page
    assert f'href="/cases/{case_id}"' in page and "light-yellow" in page
    assert "超期" not in page.partition("<main")[2]
    english = sign_in("clerk")
    english.set_cookie("tracker_language", "en")
    assert "due on 14 Oct 2026 (Wed), 1 working days left" in english.get("/alerts").text


def test_every_page_counts_what_is_unread(sign_in: SignIn, case_id: int) -> None:
    client = sign_in("clerk")
    assert '<span class="alerts-count">2</span>' in client.get("/").text
    assert "alerts-count" not in sign_in("approver").get("/").text
    assert "alerts-link" not in sign_in("clerk").post("/logout", follow_redirects=True).text


def test_to_the_case_and_read(sign_in: SignIn, people: Cast, session: Session, case_id: int) -> None:
    client = sign_in("clerk")
    first = session.query(Alert.id).order_by(Alert.id).first()[0]
    session.rollback()
    sent = client.post(f"/alerts/{first}/read", data={"open": "1"})
    assert (sent.status_code, sent.location) == (302, f"/cases/{case_id}")
    assert count_unread(session, people.clerk) == 1
    assert client.get("/alerts").text.index("到期日由") < client.get("/alerts").text.index("答复期限临近")
    assert "答复期限临近" not in client.get("/alerts?reading=unread").text
    back = client.post(f"/alerts/{first}/read", data={"seen": "1", "next": "https://elsewhere.test/"})
    assert back.location == "/alerts"


def test_all_read_through_the_newest_on_the_page(
    sign_in: SignIn, people: Cast, session: Session, case_id: int
) -> None:
    client = sign_in("clerk")
    first = session.query(Alert.id).order_by(Alert.id).first()[0]
    session.rollback()
    for through in ("", "x", "-1", "99999999999999", str(first)):
        assert client.post("/alerts/read", data={"through": through}).status_code == 302
    assert count_unread(session, people.clerk) == 1


def test_nobody_reads_or_marks_anothers(
    sign_in: SignIn, people: Cast, session: Session, case_id: int
) -> None:
    first = session.query(Alert.id).order_by(Alert.id).first()[0]
    session.rollback()
    for part in ("approver", "supervisor", "auditor", "colleague", "stranger"):
        assert sign_in(part).post(f"/alerts/{first}/read").status_code == 404
        page = sign_in(part).get("/alerts").text
        assert "还没有提醒" in page and "答复期限" not in page
    assert count_unread(session, people.clerk) == 2


def test_filters_by_kind_and_a_long_list_has_pages(
    sign_in: SignIn, people: Cast, session: Session, runtime: Runtime, case_id: int
) -> None:
    client = sign_in("clerk")
    only = client.get("/alerts?kind=due_changed").text
    assert "到期日由" in only and "答复期限临近" not in only
    assert "没有符合条件的提醒" in client.get("/alerts?kind=overdue").text
    assert client.get("/alerts?kind=nonsense&page=x").status_code == 200
    ctx = runtime.context(session, SYSTEM)
    for n in range(60):
        tell(
            ctx,
            [people.clerk.account_id],
            AlertKind.CALENDAR_NOTICE,
            on=DUE,
            subject=str(n),
            params={"year": 2027},
        )
    session.rollback()
    page = client.get("/alerts?page=2").text
    assert "共 62 条，本页第 51—62 条" in page
