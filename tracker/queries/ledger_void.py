"""What an import of a register brought in, and on which of these cases somebody has worked since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.case_log import EntryType
from tracker.models import Base, Case, LedgerImport, Letter, StoredEntry

_AT_A_TIME = 5_000
_ADDED_BY_NEW = 2
"""The place of the entry that tells of the import in the log of a case it made; in one it continued it stands later."""

WRITTEN_BY_AN_IMPORT = frozenset(
    {
        "applicants",
        "case_items",
        "clocks",
        "consultations",
        "entry_texts",
        "ledger_rows",
        "letters",
        "log_entries",
        "receipts",
    }
)
WITHOUT_WORK = frozenset({"alerts", "case_search"})
"""What comes to a case by itself and goes with it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A case an import made or continued. ``first``, ``last``: the entries it added; ``outcome_before``: what the case
    had come to before, where the import tells it."""

    case_id: int
    first: int
    last: int
    tells_outcome: bool
    outcome_before: str | None

    @property
    def made(self) -> bool:
        """Whether the import made the case."""
        return self.first == 1


def touched_by(session: Session, record: LedgerImport) -> list[Touched]:
    """Every case an import made or continued, oldest first; a case twice where two of its rows continued it."""
    rows = session.execute(
        select(StoredEntry.case_id, StoredEntry.seq, StoredEntry.details, StoredEntry.recorded_at)
        .where(
            StoredEntry.type == str(EntryType.LEDGER_IMPORTED),
            StoredEntry.happened_on >= _before(record),
            StoredEntry.details["import_id"].as_integer() == record.id,
        )
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    ).all()
    return [_touched(session, row) for row in rows]


def _before(record: LedgerImport) -> date:
    return record.started_at.date() - timedelta(days=1)


def _touched(session: Session, row: Any) -> Touched:
    details = row.details
    first = 1 if row.seq == _ADDED_BY_NEW else row.seq
    added = details.get("entries")
    last = first + added - 1 if added else _last_at_once(session, row)
    return Touched(row.case_id, first, last, "outcome_before" in details, details.get("outcome_before"))


def _last_at_once(session: Session, row: Any) -> int:
    """Imports of earlier versions do not tell how many entries they added: those recorded at the same instant."""
    return (
        session.scalar(
            select(func.max(StoredEntry.seq)).where(
                StoredEntry.case_id == row.case_id, StoredEntry.recorded_at == row.recorded_at
            )
        )
        or row.seq
    )


def lock_cases(session: Session, case_ids: Collection[int]) -> None:
    """Nobody works on these cases until the transaction ends."""
    for some in _some(case_ids):
        session.execute(select(Case.id).where(Case.id.in_(some)).order_by(Case.id).with_for_update()).all()


def worked_on(session: Session, touched: Sequence[Touched]) -> list[str]:
    """Numbers of the cases that went on after the import: a later entry, a paper, anything no import writes."""
    made = [case.case_id for case in touched if case.made]
    busy = (
        _with_later_entries(session, touched) | _with_letters(session, made) | _with_anything(session, made)
    )
    numbers: list[str] = []
    for some in _some(busy):
        numbers += session.scalars(select(Case.number).where(Case.id.in_(some)).order_by(Case.id))
    return numbers


def _with_later_entries(session: Session, touched: Sequence[Touched]) -> set[int]:
    last = {case.case_id: case.last for case in touched}
    made = {case.case_id for case in touched if case.made}
    busy: set[int] = set()
    for some in _some(last):
        longest = select(StoredEntry.case_id, func.max(StoredEntry.seq)).where(StoredEntry.case_id.in_(some))
        for case_id, seq in session.execute(longest.group_by(StoredEntry.case_id)):
            if seq > last[case_id] and not (
                case_id in made and _calendar_alone(session, case_id, last[case_id])
            ):
                busy.add(case_id)
    return busy


def _calendar_alone(session: Session, case_id: int, last: int) -> bool:
    """A year loaded since moves dates of its own; that is nobody's work on the case."""
    types = session.scalars(
        select(StoredEntry.type).where(StoredEntry.case_id == case_id, StoredEntry.seq > last)
    )
    return set(types) == {str(EntryType.CALENDAR_CHANGED)}


def _with_letters(session: Session, case_ids: Collection[int]) -> set[int]:
    return _found(
        session, case_ids, select(Letter.case_id).where(Letter.status != "historic"), Letter.case_id
    )


def _with_anything(session: Session, case_ids: Collection[int]) -> set[int]:
    busy: set[int] = set()
    for table in Base.metadata.sorted_tables:
        if table.name in WRITTEN_BY_AN_IMPORT | WITHOUT_WORK:
            continue
        for key in table.foreign_keys:
            if key.column.table.name == "cases":
                busy |= _found(session, case_ids, select(key.parent), key.parent)
    return busy


def _found(session: Session, case_ids: Collection[int], query: Select[Any], column: Any) -> set[int]:
    found: set[int] = set()
    for some in _some(case_ids):
        found.update(session.scalars(query.where(column.in_(some))))
    return found


def _some(case_ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(set(case_ids))
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]
