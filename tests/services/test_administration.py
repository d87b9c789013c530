"""What administrators do is recorded by the transaction that does it, and no log can be changed afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.databases import unguarded
from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.permissions import Role
from tracker.models import AdministrativeAct, ChainAnchor, StoredEntry
from tracker.services.accounts import create_account, grant_role, lock, rename, reset_password
from tracker.services.administration import broken_acts
from tracker.services.anchors import broken_anchors, copy_of, make_anchor

TODAY = date(2026, 11, 23)


def acts(session: Session) -> list[AdministrativeAct]:
    session.rollback()
    return list(session.scalars(select(AdministrativeAct).order_by(AdministrativeAct.seq)))


@pytest.fixture
def done(cast: Cast, ctx_for: ContextFor, session: Session) -> list[AdministrativeAct]:
    ctx = ctx_for(cast.administrator, TODAY)
    before = len(acts(session))
    made = create_account(ctx, "huang", "黄某某", [(Role.CLERK, cast.organ_ids["MZJ"])])
    rename(ctx, made.account_id, "黄某某某")
    grant_role(ctx, made.account_id, Role.APPROVER, cast.organ_ids["MZJ"])
    lock(ctx, made.account_id)
    reset_password(ctx, made.account_id)
    return acts(session)[before:]


def test_each_act_says_who_what_and_before_and_after(done: list[AdministrativeAct], cast: Cast) -> None:
    said = [(act.subject, act.operation) for act in done]
    assert said[:3] == [("account", "made"), ("role", "made"), ("account", "changed")]
    assert all(act.actor_id == cast.administrator.account_id for act in done)
    granted = next(a for a in done if a.subject == "role" and a.details["role"] == [None, "approver"])
    assert granted.details["organ_id"] == [None, cast.organ_ids["MZJ"]]
    locked = done[4].details["locked_until_at"]
    assert locked[0] is None and locked[1].startswith("9999")
    assert done[5].details["password_hash"] == ["*", "*"]


def test_no_act_names_a_person(done: list[AdministrativeAct]) -> None:
    assert all("黄" not in str(act.details) and "huang" not in str(act.details) for act in done)


def test_a_changed_act_breaks_the_chain(done: list[AdministrativeAct], session: Session) -> None:
    assert list(broken_acts(session)) == []
    seq = done[2].seq
    with unguarded(session):
        session.execute(update(AdministrativeAct).where(AdministrativeAct.seq == seq).values(actor_id=None))
    assert list(broken_acts(session)) == [seq]


def test_the_database_refuses_changes_of_logs(
    done: list[AdministrativeAct], cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 11, 2), 1)
    make_anchor(ctx_for(cast.clerk, TODAY))
    statements = [
        f"{act} {table} {rest}"
        for table in ("administrative_acts", "log_entries", "chain_anchors")
        for act, rest in (("UPDATE", "SET digest = 'x'"), ("DELETE FROM", ""))
    ]
    for statement in statements:
        session.rollback()
        with pytest.raises(DatabaseError, match="is only added to"):
            session.execute(text(statement))
    session.rollback()


def test_an_anchor_is_made_once_a_day_and_tells_what_was_taken_away(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    case_id = received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 11, 2), 1)
    received_case(ctx_for(cast.clerk, TODAY), cast.organ_ids["MZJ"], date(2026, 11, 2), 2)
    next_day = ctx_for(cast.clerk, TODAY + timedelta(days=1))
    made = make_anchor(next_day)
    assert made is not None and made.entries >= 2 and make_anchor(next_day) is None
    copy = copy_of(made)
    session.rollback()
    assert list(broken_anchors(session, [copy])) == []
    with unguarded(session):
        session.execute(delete(StoredEntry).where(StoredEntry.case_id == case_id))
    assert [fault.what for fault in broken_anchors(session, [copy])] == ["entries"]
    with unguarded(session):
        session.execute(delete(ChainAnchor))
    assert [fault.what for fault in broken_anchors(session, [copy])] == ["copy"]
