"""视为放弃, 撤回: ends without a reply."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.people import Cast
from tests.services.acts.conftest import DUE, File
from tests.services.conftest import ContextFor
from tracker.domain.clock import ClockState
from tracker.domain.errors import Forbidden, NotLawfulNow, Refusal, RefusalCode
from tracker.domain.fees import FeeBasis
from tracker.services.closing import abandon, withdraw
from tracker.services.context import Context
from tracker.services.correction import request_correction
from tracker.services.fees import notify_fee

ASKED, ENDS = date(2026, 9, 16), date(2026, 9, 30)


def ask(ctx: Context, file: File) -> None:
    request_correction(
        ctx, file.id, on=ASKED, items="补充名称", answer_due_on=ENDS, with_letter=False, expected_version=None
    )


def give_up(ctx: Context, file: File, on: date, **more: Any) -> Any:
    given = {"checked": "收发室、邮箱、平台均未收到", "with_letter": False, "expected_version": None, **more}
    return abandon(ctx, file.id, on=on, **given)


def test_nothing_lapses_while_the_period_runs(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(NotLawfulNow, match="尚未届满|届满"):
        give_up(clerk, accepted, ENDS)
    assert accepted.case.stage == "awaiting_correction"


def test_a_person_decides_after_the_period(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    reading = give_up(clerk, accepted, date(2026, 10, 8), expected_version=accepted.version)
    assert (reading.state, reading.due_on, reading.on_time) == (ClockState.STOPPED, None, None)
    case = accepted.case
    assert (case.stage, case.disposition) == ("abandoned", "lapsed_uncorrected")
    assert accepted.last_text == "收发室、邮箱、平台均未收到"


def test_a_lapse_that_came_too_early_is_recorded_with_its_reason(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    give_up(clerk, accepted, ENDS, reason="误算期限")
    assert accepted.case.stage == "abandoned"


def test_unpaid_lapses_as_unpaid(clerk: Context, accepted: File) -> None:
    notify_fee(
        clerk,
        accepted.id,
        basis=FeeBasis.PAGE,
        quantity=72,
        on=ASKED,
        with_letter=False,
        expected_version=None,
    )
    with pytest.raises(NotLawfulNow):
        give_up(clerk, accepted, date(2026, 10, 20))
    give_up(clerk, accepted, date(2026, 10, 21))
    assert accepted.case.disposition == "lapsed_unpaid"


def test_a_running_case_does_not_lapse(clerk: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow):
        give_up(clerk, accepted, DUE)


def test_withdrawn_stops_the_clock(clerk: Context, accepted: File) -> None:
    reading = withdraw(
        clerk, accepted.id, on=date(2026, 9, 22), statement="书面撤回", expected_version=accepted.version
    )
    assert (reading.state, reading.due_on) == (ClockState.STOPPED, None)
    assert (accepted.case.stage, accepted.case.disposition) == ("withdrawn", "other")
    assert accepted.last_text == "书面撤回"


def test_nothing_ends_twice(clerk: Context, accepted: File) -> None:
    withdraw(clerk, accepted.id, on=date(2026, 9, 22), statement="撤回", expected_version=None)
    with pytest.raises(NotLawfulNow):
        withdraw(clerk, accepted.id, on=date(2026, 9, 23), statement="撤回", expected_version=None)
    with pytest.raises(Refusal) as told:
        withdraw(
            clerk, accepted.id, on=date(2026, 9, 23), statement="撤回", expected_version=None, reason="再撤"
        )
    assert told.value.code is RefusalCode.AFTER_STOP


def test_who_may_end_a_case(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for part in ("approver", "disclosure_head", "supervisor"):
        with pytest.raises(Forbidden):
            withdraw(
                ctx_for(cast.actors[part]),
                accepted.id,
                on=date(2026, 9, 22),
                statement="撤回",
                expected_version=None,
            )
