"""Traps of the deadline that show on a page: midnight, and the day of posting."""

from __future__ import annotations

from datetime import date, time

from tests.clocks import StandingClock
from tests.web.calculator.conftest import text_of
from tests.web.conftest import SignIn

DUE_ON_A_FRIDAY = "/calculator?received=2026-10-23"


def test_d22_at_midnight_after_the_due_date_it_is_overdue_on_a_saturday_too(
    calendars: None, sign_in: SignIn, clock: StandingClock
) -> None:
    clock.set(date(2026, 11, 20), time(23, 59))
    client = sign_in("clerk")
    before = text_of(client.get(DUE_ON_A_FRIDAY).text)
    assert "今天到期" in before and "超期" not in before
    clock.advance(minutes=1)
    after = text_of(client.get(DUE_ON_A_FRIDAY).text)
    assert "已经超期" in after and "今天到期" not in after


def test_d23_a_reply_posted_on_the_due_date_is_in_time_whenever_it_is_entered(
    calendars: None, sign_in: SignIn, clock: StandingClock
) -> None:
    clock.set(date(2026, 11, 21))
    client = sign_in("clerk")
    posted = "&e1-kind=dispatched&e1-by=post&e1-on="
    assert "按期答复" in client.get(f"{DUE_ON_A_FRIDAY}{posted}2026-11-20").text
    assert "逾期答复" in client.get(f"{DUE_ON_A_FRIDAY}{posted}2026-11-21").text
