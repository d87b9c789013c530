"""要求说明理由 (Art 35): the clock keeps running; only a date that the applicant is told moves it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DAY_AFTER_DUE, DUE, File
from tests.services.conftest import ContextFor
from tracker.domain.errors import BreachNeedsReason, Forbidden, Invalid, NotLawfulNow
from tracker.models import JustificationRequest
from tracker.services.context import Context
from tracker.services.justification import record_justification, request_justification

ASKED, ANSWERED, UNTIL = date(2026, 9, 15), date(2026, 9, 22), date(2026, 10, 30)


def ask(ctx: Context, file: File) -> Any:
    return request_justification(
        ctx,
        file.id,
        on=ASKED,
        facts="今年以来已提出 86 件",
        answer_due_on=date(2026, 9, 29),
        with_letter=False,
        expected_version=None,
    )


def answer(ctx: Context, file: File, on: date = ANSWERED, accepted: bool = True, **more: Any) -> Any:
    given = {"answer": "研究需要", "expected_version": None, **more}
    return record_justification(ctx, file.id, on=on, accepted=accepted, **given)


def test_asking_keeps_the_clock_running(clerk: Context, accepted: File) -> None:
    assert ask(clerk, accepted).due_on == DUE
    with pytest.raises(NotLawfulNow):
        ask(clerk, accepted)


def test_accepted_with_a_later_date(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    assert answer(clerk, accepted, until=UNTIL).due_on == UNTIL
    assert [e.type for e in accepted.entries[-2:]] == ["justified", "delayed"]
    accepted.session.rollback()
    request = accepted.session.scalars(select(JustificationRequest)).one()
    assert (request.accepted, request.answered_on, request.answer) == (True, ANSWERED, "研究需要")


def test_not_accepted_moves_nothing_and_takes_no_date(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(Invalid) as told:
        answer(clerk, accepted, accepted=False, until=UNTIL)
    assert set(told.value.fields) == {"until"}
    assert answer(clerk, accepted, accepted=False).due_on == DUE


@pytest.mark.parametrize("until", [date(2026, 10, 31), date(2026, 10, 4), ANSWERED])
def test_the_date_is_a_working_day_to_come(clerk: Context, accepted: File, until: date) -> None:
    ask(clerk, accepted)
    with pytest.raises(Invalid) as told:
        answer(clerk, accepted, until=until)
    assert set(told.value.fields) == {"until"}


def test_a_date_set_after_the_due_date_is_a_breach(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(BreachNeedsReason) as told:
        answer(clerk, accepted, on=DAY_AFTER_DUE, until=UNTIL)
    assert [b.code for b in told.value.breaches] == ["delay_after_due"]
    answer(clerk, accepted, on=DAY_AFTER_DUE, until=UNTIL, reason="认定迟延")
    assert accepted.clock.due_on == DUE


def test_an_answer_to_nothing_and_before_the_question(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        answer(clerk, accepted, reason="即使有说明")
    ask(clerk, accepted)
    with pytest.raises(Invalid):
        answer(clerk, accepted, on=date(2026, 9, 14))


def test_who_may_ask(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    with pytest.raises(Forbidden):
        ask(ctx_for(cast.supervisor), accepted)
