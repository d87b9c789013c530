"""Messages leave after the commit, again after a failure, and in vain never without a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.delivery import DeliveryError, RefusedForGood
from tracker.adapters.links import Links
from tracker.adapters.mailer import MemoryMailer
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import AlertKind
from tracker.domain.errors import Forbidden, NotFound
from tracker.models import Account, Alert, Case, OutboxMessage
from tracker.services.alerts import ClockKey, resolve_alerts, tell
from tracker.services.context import Context
from tracker.services.digest import write_digests
from tracker.services.outbox import MOST_ATTEMPTS, deliver, next_attempt, resend
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 10, 13)
DUE = date(2026, 10, 14)
REPLY = ClockKey("reply", 1)


@pytest.fixture
def ctx(cast: Cast, ctx_for: ContextFor, session: Session) -> Context:
    """The system on the eve of the due date, with everybody's address known."""
    for account in session.scalars(select(Account)):
        account.email = f"{account.login}@example.test"
    session.commit()
    ctx = ctx_for(SYSTEM, TODAY)
    return replace(ctx, adapters=replace(ctx.adapters, links=Links("https://tracker.test")))


@pytest.fixture
def case_id(cast: Cast, ctx: Context, ctx_for: ContextFor) -> int:
    """A case of whose date the clerk was told."""
    made = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 9, 10))
    case = ctx.session.get_one(Case, made)
    tell(ctx, [cast.clerk.account_id], AlertKind.DUE_SOON, on=DUE, case=case, clock=REPLY, params={"left": 1})
    return made


def test_what_was_switched_off_meanwhile_does_not_leave(
    ctx: Context, cast: Cast, session: Session, case_id: int
) -> None:
    session.get_one(Account, cast.clerk.account_id).mail_muted = ["due"]
    session.commit()
    deliver(ctx)
    message = only_message(session)
    assert (message.state, message.last_error) == ("cancelled", "the person has switched these mails off")


def later(ctx: Context, minutes: int) -> Context:
    return ctx.on(ctx.today, ctx.now + timedelta(minutes=minutes))


def only_message(session: Session) -> OutboxMessage:
    session.rollback()
    return session.scalars(select(OutboxMessage)).one()


def test_a_mail_says_the_number_and_the_date_and_no_more(
    ctx: Context, case_id: int, mailer: MemoryMailer, session: Session
) -> None:
    number = session.get_one(Case, case_id).number
    assert deliver(ctx).sent == 1
    assert deliver(later(ctx, 600)).sent == 0
    (mail,) = mailer.sent
    assert (mail.to, mail.subject) == ("clerk@example.test", f"【临期】{number}")
    assert f"{number}：答复期限临近：2026年10月14日（周三）到期，还剩 1 个工作日。" in mail.text
    assert f"https://tracker.test/cases/{case_id}" in mail.text
    assert only_message(session).message_id == mail.message_id


def test_a_failure_is_tried_again_under_the_same_message_id(
    ctx: Context, case_id: int, mailer: MemoryMailer, session: Session
) -> None:
    mailer.failures += [DeliveryError("away")] * 2
    assert (deliver(ctx).failed, deliver(ctx).failed) == (1, 0)
    first = only_message(session)
    known, error = first.message_id, first.last_error
    assert (error, first.next_attempt_at - ctx.now) == ("away", timedelta(minutes=2))
    assert deliver(later(ctx, 2)).failed == 1
    assert deliver(later(ctx, 5)).sent == 0
    assert deliver(later(ctx, 6)).sent == 1
    assert mailer.sent[0].message_id == known
    assert (only_message(session).last_error, only_message(session).attempts) == (None, 3)


def test_waiting_doubles_up_to_six_hours(ctx: Context) -> None:
    waits = [next_attempt(ctx.now, n) - ctx.now for n in (1, 2, 3, 8, 9, 1000)]
    assert waits == [timedelta(minutes=m) for m in (2, 4, 8, 256, 360, 360)]


def test_after_ten_attempts_it_is_dead_and_the_administrator_may_send_it_again(
    ctx: Context, case_id: int, cast: Cast, ctx_for: ContextFor, mailer: MemoryMailer, session: Session
) -> None:
    mailer.failures += [DeliveryError("away")] * MOST_ATTEMPTS
    for day in range(MOST_ATTEMPTS + 5):
        deliver(later(ctx, day * 1440))
    message = only_message(session)
    assert (message.state, message.attempts, mailer.failures) == ("dead", MOST_ATTEMPTS, [])
    with pytest.raises(Forbidden):
        resend(ctx_for(cast.clerk, TODAY), message.id)
    resend(ctx_for(cast.administrator, TODAY), message.id)
    assert deliver(later(ctx, 9999)).sent == 1
    with pytest.raises(NotFound):
        resend(ctx_for(cast.administrator, TODAY), message.id)


def test_what_will_never_be_taken_is_dead_at_once(ctx: Context, case_id: int, mailer: MemoryMailer) -> None:
    mailer.failures.append(RefusedForGood("550"))
    assert deliver(ctx).dead == 1


class PowerCut(BaseException):
    """The process is gone."""


class DyingMailer(MemoryMailer):
    """The server says yes, and then we are no more."""

    def send(self, mail: object) -> None:
        super().send(mail)  # type: ignore[arg-type]
        raise PowerCut


def test_killed_between_the_servers_yes_and_our_commit_it_goes_again_with_the_same_id(
    ctx: Context, case_id: int, mailer: MemoryMailer
) -> None:
    dying = DyingMailer()
    with pytest.raises(PowerCut):
        deliver(replace(ctx, adapters=replace(ctx.adapters, mailer=dying)))
    assert deliver(ctx).sent == 0
    assert deliver(later(ctx, 2)).sent == 1
    assert dying.sent[0].message_id == mailer.sent[0].message_id


def test_what_no_longer_holds_does_not_leave(
    ctx: Context, case_id: int, mailer: MemoryMailer, session: Session
) -> None:
    session.scalars(select(Alert)).one().resolved_at = ctx.now
    session.commit()
    assert deliver(ctx).sent == 0
    assert (mailer.sent, only_message(session).state) == ([], "cancelled")


def test_one_digest_a_working_morning_and_none_where_nothing_is_held(
    ctx: Context, case_id: int, cast: Cast, mailer: MemoryMailer, session: Session
) -> None:
    deliver(ctx)
    mailer.sent.clear()
    assert write_digests(ctx.on(date(2026, 10, 11), ctx.now)) == 0
    assert [write_digests(ctx), write_digests(ctx)] == [1, 0]
    deliver(ctx)
    (mail,) = mailer.sent
    assert (mail.to, mail.subject) == ("clerk@example.test", "【每日提醒】2026-10-13，共 1 项")
    assert "临近到期（1）" in mail.text and "https://tracker.test/alerts" in mail.text
    with transaction(ctx) as open_session:
        resolve_alerts(ctx, open_session, Alert.case_id == case_id)
    assert write_digests(ctx.on(DUE, ctx.now)) == 0


def test_a_digest_can_be_declined(ctx: Context, case_id: int, cast: Cast, session: Session) -> None:
    session.get_one(Account, cast.clerk.account_id).mail_digest = False
    session.commit()
    assert write_digests(ctx) == 0
