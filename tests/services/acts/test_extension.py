"""延期 (Art 33(2)): asked, approved by the head of the disclosure office, told before the period ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.people import Cast
from tests.services.acts.conftest import DAY_AFTER_DUE, DUE, File
from tests.services.conftest import ContextFor
from tracker.domain.errors import BreachNeedsReason, Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Alert, Extension
from tracker.services.context import Context
from tracker.services.extension import approve_extension, refuse_extension, request_extension

ASKED = date(2026, 9, 28)


def ask(ctx: Context, file: File, days: int = 20, on: date = ASKED) -> Any:
    return request_extension(
        ctx, file.id, days=days, grounds="年代久远，需进一步检索。", on=on, expected_version=None
    )


def approve(ctx: Context, file: File, on: date, **more: Any) -> Any:
    given = {"with_letter": False, "expected_version": None, **more}
    return approve_extension(ctx, file.id, on=on, **given)


def extension(file: File) -> Extension:
    file.session.rollback()
    return file.session.scalars(select(Extension).order_by(Extension.id.desc())).first() or Extension()


def test_asking_moves_nothing(clerk: Context, accepted: File) -> None:
    assert ask(clerk, accepted).due_on == DUE
    assert (extension(accepted).status, extension(accepted).days) == ("asked", 20)


@pytest.mark.parametrize("days", [0, 21, -1])
def test_more_than_twenty_cannot_be_asked(clerk: Context, accepted: File, days: int) -> None:
    with pytest.raises(Invalid) as told:
        ask(clerk, accepted, days)
    assert set(told.value.fields) == {"days"}


def test_one_request_at_a_time(clerk: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(NotLawfulNow):
        ask(clerk, accepted)


def test_approved_on_the_last_day(clerk: Context, head: Context, accepted: File) -> None:
    ask(clerk, accepted)
    reading = approve(head, accepted, DUE, opinion="同意", expected_version=accepted.version)
    assert (reading.due_on, reading.limit, reading.breaches) == (date(2026, 11, 11), 40, ())
    decided = extension(accepted)
    assert (decided.status, decided.notified_on, decided.decided_by_id) == (
        "approved",
        DUE,
        head.actor.account_id,
    )


def test_approved_on_the_day_after_changes_nothing(clerk: Context, head: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(BreachNeedsReason) as told:
        approve(head, accepted, DAY_AFTER_DUE)
    assert [b.code for b in told.value.breaches] == ["extension_after_due"]
    assert extension(accepted).status == "asked"
    reading = approve(head, accepted, DAY_AFTER_DUE, reason="审批迟延")
    assert reading.due_on == DUE
    assert accepted.case.breach_codes == ["extension_after_due"]


def test_fewer_days_may_be_granted_and_more_than_twenty_is_a_breach(
    clerk: Context, head: Context, accepted: File
) -> None:
    ask(clerk, accepted)
    with pytest.raises(BreachNeedsReason) as told:
        approve(head, accepted, DUE, days=25)
    assert [b.code for b in told.value.breaches] == ["extension_over_20"]
    assert approve(head, accepted, DUE, days=5).limit == 25
    assert extension(accepted).days == 5


def test_a_second_extension_is_not_offered(clerk: Context, head: Context, accepted: File) -> None:
    ask(clerk, accepted)
    approve(head, accepted, ASKED)
    with pytest.raises(NotLawfulNow):
        ask(clerk, accepted)
    with pytest.raises(NotLawfulNow, match="没有待审批"):
        approve(head, accepted, ASKED, reason="再批一次")


def test_refused_with_its_reason(clerk: Context, head: Context, accepted: File) -> None:
    ask(clerk, accepted)
    with pytest.raises(Invalid):
        refuse_extension(head, accepted.id, on=ASKED, opinion=" ", expected_version=None)
    reading = refuse_extension(head, accepted.id, on=ASKED, opinion="可以按期答复", expected_version=None)
    assert reading.due_on == DUE
    assert extension(accepted).status == "refused"
    ask(clerk, accepted)


def test_nothing_to_decide(head: Context, accepted: File) -> None:
    with pytest.raises(NotLawfulNow, match="已提出延期申请"):
        approve(head, accepted, ASKED)


def test_only_the_head_of_the_office_approves(
    clerk: Context, cast: Cast, ctx_for: ContextFor, accepted: File
) -> None:
    ask(clerk, accepted)
    for part in ("clerk", "approver", "supervisor", "auditor", "legal_advisor"):
        with pytest.raises(Forbidden):
            approve(ctx_for(cast.actors[part]), accepted, ASKED)
    with pytest.raises(NotFound):
        approve(ctx_for(cast.colleague), accepted, ASKED)
    with pytest.raises(Forbidden):
        ask(ctx_for(cast.disclosure_head), accepted)


def test_decided_twice_from_one_page(clerk: Context, head: Context, accepted: File) -> None:
    ask(clerk, accepted)
    seen = accepted.version
    approve(head, accepted, ASKED, expected_version=seen)
    with pytest.raises(Conflict):
        refuse_extension(head, accepted.id, on=ASKED, opinion="不同意", expected_version=seen)


def told(file: File, kind: str) -> set[int]:
    file.session.rollback()
    return set(file.session.scalars(select(Alert.recipient_id).where(Alert.kind == kind)))


def test_a_request_reaches_the_head_and_the_decision_reaches_the_handler(
    cast: Cast, ctx_for: ContextFor, clerk: Context, accepted: File
) -> None:
    ask(clerk, accepted)
    assert told(accepted, "extension_asked") == {cast.disclosure_head.account_id}
    new_due = approve(ctx_for(cast.disclosure_head), accepted, DUE).due_on
    assert told(accepted, "extension_approved") == {cast.clerk.account_id}
    alert = accepted.session.scalars(select(Alert).where(Alert.kind == "extension_approved")).one()
    assert (alert.due_on, alert.params) == (new_due, {"old": DUE.isoformat()})


def test_a_refusal_reaches_the_handler_with_the_date_that_stands(
    cast: Cast, ctx_for: ContextFor, clerk: Context, accepted: File
) -> None:
    ask(clerk, accepted)
    head = ctx_for(cast.disclosure_head)
    refuse_extension(head, accepted.id, on=ASKED, opinion="理由不充分", expected_version=None)
    assert told(accepted, "extension_refused") == {cast.clerk.account_id}
    alert = accepted.session.scalars(select(Alert).where(Alert.kind == "extension_refused")).one()
    assert alert.due_on == DUE
