"""A replay finds what was changed beside the log, and the chain what was changed in it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.databases import unguarded
from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.models import Case, Clock, StoredEntry
from tracker.services.verification import count_cases, verify_chain, verify_clocks

TODAY = date(2026, 11, 23)


@pytest.fixture
def case_id(cast: Cast, ctx_for: ContextFor) -> int:
    ctx = ctx_for(cast.clerk, TODAY)
    received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 2), 1)
    return received_case(ctx, cast.organ_ids["MZJ"], date(2026, 11, 3), 2)


def differences(session: Session) -> list[tuple[int, str]]:
    session.rollback()
    return [(d.case_id, d.what) for d in verify_clocks(session, TODAY)]


def broken(session: Session) -> list[tuple[int, int]]:
    session.rollback()
    return [(b.case_id, b.seq) for b in verify_chain(session)]


def test_what_the_verbs_wrote_agrees(session: Session, case_id: int) -> None:
    assert count_cases(session) == 2
    assert differences(session) == []
    assert broken(session) == []


def test_a_due_date_changed_by_hand_is_found(session: Session, case_id: int) -> None:
    session.execute(
        update(Clock).where(Clock.case_id == case_id, Clock.kind == "reply").values(due_on=date(2027, 6, 1))
    )
    session.commit()
    assert differences(session) == [(case_id, "clock reply 1")]


def test_a_missing_clock_and_a_wrong_stage_are_found(session: Session, case_id: int) -> None:
    session.execute(delete(Clock).where(Clock.case_id == case_id, Clock.kind == "correction_notice"))
    session.execute(update(Case).where(Case.id == case_id).values(stage="archived", breach_codes=["x"]))
    session.commit()
    assert differences(session) == [
        (case_id, "stage"),
        (case_id, "breaches"),
        (case_id, "clock correction_notice 1"),
    ]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("draft_by", {"due_on": date(2027, 6, 1)}),
        ("post_by", {"start_on": None}),
    ],
)
def test_the_smaller_clocks_are_compared_too(
    session: Session, case_id: int, kind: str, change: dict[str, object]
) -> None:
    session.execute(update(Clock).where(Clock.case_id == case_id, Clock.kind == kind).values(**change))
    session.commit()
    assert differences(session) == [(case_id, f"clock {kind} 1")]


@pytest.mark.parametrize(
    "change",
    [
        {"happened_on": date(2026, 11, 4)},
        {"type": "withdrawn"},
        {"details": {"by": "post"}},
        {"actor_id": None},
        {"digest": "0" * 64},
        {"seq": 7},
    ],
)
def test_an_entry_changed_behind_our_back_breaks_the_chain(
    session: Session, case_id: int, change: dict[str, object]
) -> None:
    last_id = session.scalars(
        select(StoredEntry.id).where(StoredEntry.case_id == case_id, StoredEntry.seq == 2)
    ).one()
    with unguarded(session):
        session.execute(update(StoredEntry).where(StoredEntry.id == last_id).values(**change))
    assert broken(session) == [(case_id, change.get("seq", 2))]


def test_an_entry_taken_out_breaks_the_chain(session: Session, case_id: int) -> None:
    with unguarded(session):
        session.execute(delete(StoredEntry).where(StoredEntry.case_id == case_id, StoredEntry.seq == 1))
    assert broken(session) == [(case_id, 2)]
