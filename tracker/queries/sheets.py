"""The computation sheet of a case: its facts with what proves each, and the sheets given out before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.case_log import LogEntry
from tracker.domain.sheet import Sheet, sheet_of
from tracker.domain.sheet_paper import facts_digest
from tracker.models import Account, Attachment, Case, ComputationSheet
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_record import told_entries
from tracker.queries.scope import visible_cases
from tracker.queries.sheet_proofs import proved_facts


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """The sheet as it stands now. ``through_seq``: the last entry of the log; ``digest``: of the facts."""

    sheet: Sheet
    log: Sequence[LogEntry]
    digest: str
    through_seq: int


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One sheet given out. ``attachment_id`` is None while its file is not made yet."""

    id: int
    number: str
    made_on: date
    made_at: datetime
    made_by: str | None
    calendar_version: int
    through_seq: int
    facts_digest: str
    attachment_id: int | None
    render_error: str | None


def read_case_sheet(session: Session, case: Case, today: date) -> CaseSheet:
    """The sheet of a case that has been fetched and authorised already."""
    told = told_entries(session, case.id)
    log = [one.entry for one in told]
    sheet = sheet_of(
        log,
        current_calendar(session),
        today,
        calendars=lambda version: calendar_at(session, version),
        facts=proved_facts(session, case.id, told),
    )
    return CaseSheet(sheet, log, facts_digest(log), max((entry.seq for entry in log), default=0))


def list_sheets(session: Session, actor: Actor, case_id: int) -> Sequence[IssuedRow]:
    """Sheets given out for a case, the newest first."""
    rows = session.execute(
        select(
            ComputationSheet.id,
            ComputationSheet.number,
            ComputationSheet.made_on,
            ComputationSheet.made_at,
            Account.name,
            ComputationSheet.calendar_version,
            ComputationSheet.through_seq,
            ComputationSheet.facts_digest,
            Attachment.id,
            ComputationSheet.render_error,
        )
        .join(Case, Case.id == ComputationSheet.case_id)
        .outerjoin(Account, Account.id == ComputationSheet.made_by_id)
        .outerjoin(Attachment, Attachment.id == ComputationSheet.attachment_id)
        .where(ComputationSheet.case_id == case_id, visible_cases(actor))
        .order_by(ComputationSheet.id.desc())
    )
    return [IssuedRow(*tuple(row)) for row in rows]
