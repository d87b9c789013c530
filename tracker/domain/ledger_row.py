"""One row of a 台账 once it is read: the facts of a case and the log of its clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import DispatchWay
from tracker.domain.dispositions import Disposition
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_defects import Defect
from tracker.domain.ledger_log import DatedEntry, Ending
from tracker.domain.request_terms import Channel, IdentityType, ReportKind, SupplyWay


@dataclass(frozen=True, slots=True)
class LedgerOrgan:
    """An organ as a register names it."""

    code: str
    name: str
    number_prefix: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row is checked against: today, the calendar, and how the name of an organ is looked up."""

    today: date
    calendar: WorkCalendar
    find_organ: Callable[[str], LedgerOrgan | None]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One request as the register tells it. ``entries`` is its log of the clock; ``warnings`` are for people."""

    row: int
    sequence: int | None
    organ: LedgerOrgan
    received_on: date
    channel: Channel
    applicant: str
    report_kind: ReportKind
    identity_type: IdentityType
    identity_number: str | None
    phone: str | None
    address: str | None
    description: str
    supply_way: SupplyWay | None
    consulted: str | None
    advisor: str | None
    reviewed_on: date | None
    outcome: Disposition | None
    ending: Ending | None
    dispatch_way: DispatchWay | None
    mail_number: str | None
    document_number: str | None
    delivered_on: date | None
    archived_on: date | None
    remark: str | None
    entries: tuple[DatedEntry, ...]
    warnings: tuple[Defect, ...] = ()

    @property
    def replied_on(self) -> date | None:
        """答复日期."""
        return next((e.entry.on for e in self.entries if e.column is Column.REPLIED_ON), None)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot be imported, with every fault found."""

    row: int
    defects: tuple[Defect, ...]
