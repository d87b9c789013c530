"""Telling twice tells once; what no longer holds is not sent; nobody reads another's alerts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.alert_topics import CHOOSABLE, TOPICS, AlertTopic
from tracker.domain.alerts import AlertKind
from tracker.models import Account, Alert, Case, OutboxMessage
from tracker.queries.alerts import Reading, count_unread, find_alert, list_alerts, list_quoting
from tracker.services.alerts import ClockKey, mark_all_read, mark_read, settle_alerts, tell
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 21)
REPLY = ClockKey("reply", 1)


@pytest.fixture
def case_id(cast: Cast, ctx_for: ContextFor) -> int:
    return received_case(ctx_for(cast.clerk), cast.organ_ids["MZJ"], TODAY)


def give_addresses(session: Session, **chosen: bool) -> None:
    for account in session.scalars(select(Account)):
        account.email = f"{account.login}@example.test"
        account.mail_muted = [] if chosen.get(account.login, True) else list(CHOOSABLE)
    session.commit()


def rows(session: Session, table: type) -> list:
    session.rollback()
    return list(session.scalars(select(table).order_by(table.id)))


def test_telling_twice_tells_once(cast: Cast, ctx_for: ContextFor, session: Session, case_id: int) -> None:
    give_addresses(session)
    ctx = ctx_for(cast.clerk)
    people = [cast.clerk.account_id, cast.approver.account_id, cast.clerk.account_id, None]
    for expected in (2, 0):
        with transaction(ctx):
            case = session.get_one(Case, case_id)
            assert tell(ctx, people, AlertKind.DUE_SOON, on=DUE, case=case, clock=REPLY) == expected
    assert len(rows(session, Alert)) == len(rows(session, OutboxMessage)) == 2
    assert len({message.message_id for message in rows(session, OutboxMessage)}) == 2


@pytest.mark.parametrize("change", ["kind", "on", "run", "ref", "person"])
def test_whatever_of_the_key_differs_is_told(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int, change: str
) -> None:
    ctx = ctx_for(cast.clerk)
    case = session.get_one(Case, case_id)
    tell(ctx, [cast.clerk.account_id], AlertKind.DUE_SOON, on=DUE, case=case, clock=REPLY)
    person = cast.approver if change == "person" else cast.clerk
    kind = AlertKind.OVERDUE if change == "kind" else AlertKind.DUE_SOON
    on = date(2026, 12, 22) if change == "on" else DUE
    clock = {"run": ClockKey("reply", 2), "ref": ClockKey("reply", 1, "b")}.get(change, REPLY)
    assert tell(ctx, [person.account_id], kind, on=on, case=session.get_one(Case, case_id), clock=clock) == 1


def test_alerts_about_the_installation_are_told_once_too(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.administrator)
    who = [cast.administrator.account_id]
    assert [
        tell(ctx, who, AlertKind.CALENDAR_NOTICE, on=TODAY, subject=subject)
        for subject in ("2027", "2027", "2028")
    ] == [1, 0, 1]


def test_nothing_is_told_when_the_callers_work_is_undone(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int
) -> None:
    ctx = ctx_for(cast.clerk)
    with pytest.raises(ZeroDivisionError), transaction(ctx):
        tell(ctx, [cast.clerk.account_id], AlertKind.DUE_SOON, on=DUE, case=session.get_one(Case, case_id))
        raise ZeroDivisionError
    assert rows(session, Alert) == rows(session, OutboxMessage) == []


def test_somebody_who_has_left_is_told_nothing(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    session.get_one(Account, cast.clerk.account_id).active = False
    session.commit()
    ctx = ctx_for(cast.administrator)
    assert tell(ctx, [cast.clerk.account_id], AlertKind.CALENDAR_NOTICE, on=TODAY) == 0


@pytest.mark.parametrize(("kind", "mailed"), [(AlertKind.DUE_SOON, 0), (AlertKind.OVERDUE, 1)])
def test_mail_can_be_switched_off_but_not_for_what_is_overdue(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int, kind: AlertKind, mailed: int
) -> None:
    give_addresses(session, clerk=False)
    ctx = ctx_for(cast.clerk)
    tell(ctx, [cast.clerk.account_id], kind, on=DUE, case=session.get_one(Case, case_id), clock=REPLY)
    assert len(rows(session, OutboxMessage)) == mailed


@pytest.mark.parametrize("topic", AlertTopic)
def test_one_topic_switched_off_leaves_the_others(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int, topic: AlertTopic
) -> None:
    give_addresses(session)
    session.get_one(Account, cast.clerk.account_id).mail_muted = [str(topic)]
    session.commit()
    ctx = ctx_for(cast.clerk)
    with transaction(ctx):
        case = session.get_one(Case, case_id)
        for kind in AlertKind:
            tell(ctx, [cast.clerk.account_id], kind, on=DUE, case=case)
    kinds = {alert.id: alert.kind for alert in rows(session, Alert)}
    assert set(kinds.values()) == set(AlertKind), "the centre always has it"
    mailed = {kinds[message.alert_id] for message in rows(session, OutboxMessage)}
    off = set(TOPICS[topic]) if topic in CHOOSABLE else set()
    assert mailed == set(AlertKind) - off


def test_quiet_hours_hold_back_all_but_what_is_overdue(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int
) -> None:
    give_addresses(session)
    friday_night = datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    ctx = ctx_for(cast.clerk).on(date(2026, 11, 27), friday_night)
    for kind in (AlertKind.DUE_SOON, AlertKind.OVERDUE):
        tell(ctx, [cast.clerk.account_id], kind, on=DUE, case=session.get_one(Case, case_id), clock=REPLY)
    soon, overdue = rows(session, OutboxMessage)
    assert soon.next_attempt_at == datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert (overdue.next_attempt_at, overdue.urgent) == (friday_night, True)


def test_what_was_told_of_a_date_that_moved_is_settled(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int
) -> None:
    give_addresses(session)
    ctx = ctx_for(cast.clerk)
    with transaction(ctx):
        case = session.get_one(Case, case_id)
        due_on = next(clock.due_on for clock in case.clocks if clock.kind == "reply")
        for on in (due_on, date(2026, 12, 1)):
            tell(ctx, [cast.clerk.account_id], AlertKind.DUE_SOON, on=on, case=case, clock=REPLY)
        settle_alerts(ctx, case)
    assert [alert.resolved_at is None for alert in rows(session, Alert)] == [True, False]
    assert [message.state for message in rows(session, OutboxMessage)] == ["pending", "cancelled"]
    assert [row.due_on for row in list_quoting(session, cast.clerk, case_id, due_on)] == [due_on]
    assert not list_quoting(session, cast.colleague, case_id, due_on)


def test_a_person_reads_their_own_alerts_of_cases_in_their_sight(
    cast: Cast, ctx_for: ContextFor, session: Session, case_id: int
) -> None:
    ctx = ctx_for(cast.clerk)
    people = [cast.clerk.account_id, cast.colleague.account_id]
    tell(ctx, people, AlertKind.DUE_SOON, on=DUE, case=session.get_one(Case, case_id), clock=REPLY)
    assert [count_unread(session, actor) for actor in (cast.clerk, cast.approver, cast.colleague)] == [
        1,
        0,
        0,
    ]
    (row,) = list_alerts(session, cast.clerk, reading=Reading.UNREAD).rows
    assert (row.case_id, row.kind, row.due_on) == (case_id, AlertKind.DUE_SOON, DUE)
    assert find_alert(session, cast.approver, row.id) is None
    mark_read(ctx_for(cast.approver), row.id)
    assert count_unread(session, cast.clerk) == 1
    mark_read(ctx, row.id)
    assert count_unread(session, cast.clerk) == 0
    assert list_alerts(session, cast.clerk, reading=Reading.UNREAD).rows == []


def test_all_at_once_are_the_persons_own(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.administrator)
    both = [cast.administrator.account_id, cast.supervisor.account_id]
    for day in range(1, 4):
        tell(ctx, both, AlertKind.CALENDAR_NOTICE, on=date(2026, 11, day))
    newest = max(alert.id for alert in rows(session, Alert))
    mark_all_read(ctx, through_id=newest)
    assert (count_unread(session, cast.administrator), count_unread(session, cast.supervisor)) == (0, 3)
