"""What is already there of a register: the same request under the same organ, day, applicant and description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerOrgan
from tracker.models import Applicant, Case, LedgerHeading, Letter, Organ
from tracker.models import LedgerRow as StoredRow

Identity = tuple[int, date, str, str]
"""Organ, day of receipt, applicant and description: what makes two rows the same request (件)."""

_NUMBERS_AT_ONCE = 500
_MARKS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class KnownOrgan:
    """An organ with its key, as importers look it up."""

    id: int
    organ: LedgerOrgan


def list_ledger_organs(session: Session) -> list[KnownOrgan]:
    """All organs a register may name."""
    rows = session.execute(select(Organ.id, Organ.code, Organ.name, Organ.number_prefix).order_by(Organ.id))
    return [KnownOrgan(row.id, LedgerOrgan(row.code, row.name, row.number_prefix)) for row in rows]


def learnt_headings(session: Session) -> dict[str, Column]:
    """Headings of other offices that somebody said the meaning of, as they are compared."""
    rows = session.execute(select(LedgerHeading.heading, LedgerHeading.column))
    return {row.heading: Column(row.column) for row in rows if row.column}


def cases_by_identity(
    session: Session, organ_ids: Collection[int], days: Collection[date]
) -> dict[Identity, list[int]]:
    """Cases of these organs received on these days, by identity, oldest first."""
    rows = session.execute(
        select(Case.id, Case.organ_id, Case.received_on, Applicant.name, Case.description)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(Case.organ_id.in_(organ_ids), Case.received_on.in_(days), Applicant.position == 1)
        .order_by(Case.id)
    )
    found: defaultdict[Identity, list[int]] = defaultdict(list)
    for row in rows:
        found[(row.organ_id, row.received_on, row.name, row.description)].append(row.id)
    return found


def used_document_numbers(session: Session, numbers: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Which of these (organ, 发文字号) are already on a letter."""
    found: set[tuple[int, str]] = set()
    wanted = list(numbers)
    for start in range(0, len(wanted), _NUMBERS_AT_ONCE):
        some = wanted[start : start + _NUMBERS_AT_ONCE]
        rows = session.execute(
            select(Letter.organ_id, Letter.number).where(tuple_(Letter.organ_id, Letter.number).in_(some))
        )
        found.update((row.organ_id, row.number) for row in rows if row.number is not None)
    return found


def cases_by_mark(session: Session, register: str, identities: Collection[str]) -> dict[tuple[str, int], int]:
    """Cases by the rows they came from, whatever was corrected since: (identity, occurrence), this register's rows
    before those of others."""
    found: dict[tuple[str, int], int] = {}
    wanted = list(identities)
    for start in range(0, len(wanted), _MARKS_AT_ONCE):
        rows = session.execute(
            select(StoredRow.identity, StoredRow.occurrence, StoredRow.case_id)
            .where(StoredRow.identity.in_(wanted[start : start + _MARKS_AT_ONCE]))
            .order_by(StoredRow.register != register, StoredRow.id)
        )
        for row in rows:
            found.setdefault((row.identity, row.occurrence), row.case_id)
    return found


def registers_of_cases(session: Session, case_ids: Iterable[int]) -> set[tuple[int, str]]:
    """In which registers (case, register) these cases were seen before."""
    rows = session.execute(
        select(StoredRow.case_id, StoredRow.register).where(StoredRow.case_id.in_(list(case_ids)))
    )
    return {(row.case_id, row.register) for row in rows}
