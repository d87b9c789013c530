"""Bare cases for tests of what builds on them; tests of intake register theirs through the verb."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.people import NOW
from tracker.domain.case_log import EntryType
from tracker.models import Case
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def bare_case(
    session: Session, organ_id: int, received_on: date, serial: int = 1, *, complete: bool = True
) -> Case:
    """A row without a log. Flushes."""
    case = Case(
        organ_id=organ_id,
        number=f"测试受〔{received_on.year}〕{organ_id}-{serial}号",
        year=received_on.year,
        serial=serial,
        received_on=received_on,
        channel="registered_mail",
        description="2025 年度困难群众救助资金发放情况",
        needs_completion=not complete,
        stage="registered",
        clock_state="running",
        created_at=NOW,
    )
    session.add(case)
    session.flush()
    return case


def received_case(
    ctx: Context, organ_id: int, received_on: date, serial: int = 1, *, complete: bool = True
) -> int:
    """A case whose receipt is in its log; its id."""
    with transaction(ctx) as session:
        case = bare_case(session, organ_id, received_on, serial, complete=complete)
        append(
            ctx, case, NewEntry(EntryType.RECEIVED, received_on), NewEntry(EntryType.REGISTERED, received_on)
        )
        return case.id
