"""收费 (Art 42): the clock waits for payment and begins anew with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DAY_AFTER_DUE, DUE, File
from tests.services.conftest import ContextFor
from tracker.domain.clock import ClockState
from tracker.domain.errors import BreachNeedsReason, Forbidden, Invalid, NotLawfulNow
from tracker.domain.fees import FeeBasis
from tracker.models import FeeNotice
from tracker.services.context import Context
from tracker.services.fees import notify_fee, record_payment

NOTIFIED = date(2026, 9, 16)


def notify(ctx: Context, file: File, on: date = NOTIFIED, quantity: int = 72, **more: Any) -> Any:
    given = {"basis": FeeBasis.PAGE, "with_letter": False, "expected_version": None, **more}
    return notify_fee(ctx, file.id, quantity=quantity, on=on, **given)


def notice(file: File) -> FeeNotice:
    file.session.rollback()
    return file.session.scalars(select(FeeNotice)).one()


def test_the_notice_stops_the_clock_and_states_the_tariff(clerk: Context, accepted: File) -> None:
    reading = notify(clerk, accepted)
    assert (reading.state, reading.due_on) == (ClockState.AWAITING_PAYMENT, None)
    assert (notice(accepted).amount_yuan, notice(accepted).payment_due_on) == (420, date(2026, 10, 20))
    assert accepted.case.stage == "awaiting_payment"


def test_the_period_to_pay_runs_from_receipt(clerk: Context, accepted: File) -> None:
    notify(clerk, accepted, received_on=date(2026, 9, 18))
    assert notice(accepted).payment_due_on == date(2026, 10, 22)


def test_items_of_the_month_before_are_not_charged_twice(clerk: Context, accepted: File) -> None:
    notify(clerk, accepted, basis=FeeBasis.ITEM, quantity=1, earlier=30)
    assert notice(accepted).amount_yuan == 200


@pytest.mark.parametrize("quantity", [0, 30, -3])
def test_what_is_free_is_not_notified(clerk: Context, accepted: File, quantity: int) -> None:
    with pytest.raises(Invalid) as told:
        notify(clerk, accepted, quantity=quantity)
    assert set(told.value.fields) == {"quantity"}


def test_received_before_sent_cannot_be(clerk: Context, accepted: File) -> None:
    with pytest.raises(Invalid):
        notify(clerk, accepted, received_on=date(2026, 9, 15))


def test_payment_begins_a_new_run(clerk: Context, accepted: File) -> None:
    notify(clerk, accepted)
    reading = record_payment(
        clerk, accepted.id, on=date(2026, 10, 9), voucher_number="33001", expected_version=accepted.version
    )
    assert (reading.run, reading.due_on) == (2, date(2026, 11, 5))
    assert (notice(accepted).paid_on, notice(accepted).voucher_number) == (date(2026, 10, 9), "33001")
    assert accepted.case.stage == "processing"


def test_notified_after_the_due_date(clerk: Context, accepted: File) -> None:
    with pytest.raises(BreachNeedsReason):
        notify(clerk, accepted, on=DAY_AFTER_DUE)
    notify(clerk, accepted, on=DAY_AFTER_DUE, reason="到期后才核算")
    assert accepted.clock.due_on == DUE
    assert accepted.case.breach_codes == ["fee_after_due"]


def test_payment_without_a_notice(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        record_payment(clerk, accepted.id, on=NOTIFIED, expected_version=None)


def test_who_may_notify(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    with pytest.raises(Forbidden):
        notify(ctx_for(cast.approver), accepted)
