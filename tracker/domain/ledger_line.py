"""One line of a register as it is written out: the reverse of reading a row, cut off at the end of the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, effective
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_terms import CAUSE_NAMES, DISPATCH_WAY_NAMES
from tracker.domain.order_of_law import in_order_of_law, stop_of
from tracker.domain.request_terms import (
    CHANNEL_NAMES,
    IDENTITY_TYPE_NAMES,
    REPORT_KIND_NAMES,
    SUPPLY_WAY_NAMES,
    Channel,
    IdentityType,
    ReportKind,
    SupplyWay,
)

LineCell = str | int | date | None
CARRIED_OVER = "结转下年"
WITHDRAWN = "申请人撤回"
_CARRIED = re.compile(f"{CARRIED_OVER}(?:；|$)")

_BEFORE_THE_END: dict[EntryType, Column] = {
    EntryType.CORRECTION_REQUESTED: Column.CORRECTION_REQUESTED_ON,
    EntryType.CORRECTED: Column.CORRECTED_ON,
    EntryType.SUSPENDED: Column.CONSULTED_ON,
    EntryType.RESUMED: Column.ANSWERED_ON,
    EntryType.EXTENDED: Column.EXTENDED_ON,
    EntryType.FEE_NOTIFIED: Column.FEE_NOTIFIED_ON,
    EntryType.FEE_PAID: Column.FEE_PAID_ON,
}
_ENDING_OF: dict[EntryType, tuple[Column, ...]] = {
    EntryType.REVIEW_APPROVED: (Column.REVIEWED_ON,),
    EntryType.DISPATCHED: (Column.REPLIED_ON, Column.DISPATCH_WAY),
    EntryType.ABANDONED: (Column.REPLIED_ON,),
    EntryType.WITHDRAWN: (Column.REPLIED_ON,),
    EntryType.DELIVERED: (Column.DELIVERED_ON,),
    EntryType.ARCHIVED: (Column.ARCHIVED_ON,),
}
_KEPT_FIRST = frozenset({Column.CORRECTION_REQUESTED_ON, Column.CORRECTED_ON, Column.CONSULTED_ON})
_STOPS = frozenset({EntryType.DISPATCHED, EntryType.ABANDONED, EntryType.WITHDRAWN})
TOLD_IN_DETAIL = frozenset(
    {
        EntryType.SUSPENDED,
        EntryType.EXTENDED,
        EntryType.DISPATCHED,
        EntryType.REVIEW_APPROVED,
        EntryType.ORDERED_ANEW,
        EntryType.FACT_CORRECTED,
    }
)
TOLD = frozenset(_BEFORE_THE_END) | _STOPS | TOLD_IN_DETAIL | {EntryType.DELIVERED, EntryType.ARCHIVED}
"""Entries a line follows from; of ``TOLD_IN_DETAIL`` also what they say beside their day. The others change no cell."""


@dataclass(frozen=True, slots=True)
class CaseOnFile:
    """What the system keeps of a case, as a register tells it. Names and numbers come as they may be shown."""

    organ: str
    received_on: date
    channel: str
    applicant: str | None
    report_kind: str | None
    identity_type: str | None
    identity_number: str | None
    phone: str | None
    address: str | None
    description: str
    supply_way: str | None
    disposition: str | None
    log: tuple[LogEntry, ...]
    advisor: str | None = None
    document_number: str | None = None
    dispatch_way: str | None = None
    mail_number: str | None = None
    delivered_on: date | None = None
    remark: str | None = None


def ledger_line(case: CaseOnFile, year: int | None, sequence: int) -> dict[Column, LineCell] | None:
    """The row of a case in the register of a year, None when it was answered before (a new reply ordered later belongs
    to no register). A request still open on 31 December is carried over: nothing that came later is told. Without a
    year the row tells everything up to the first answer."""
    told = _told(case.log, year)
    if told is None:
        return None
    line: dict[Column, LineCell] = _facts(case, sequence)
    line |= _dates(told.entries)
    if told.closed:
        line |= _ending(case, told.entries)
    elif year is not None:
        line[Column.REMARK] = f"{CARRIED_OVER}；{case.remark}" if case.remark else CARRIED_OVER
    return line


def own_remark(remark: str | None) -> str:
    """What a register remarks of a case beside that it was carried over."""
    return _CARRIED.sub("", remark or "", count=1)


def entries_behind(log: Sequence[LogEntry], year: int | None) -> dict[Column, LogEntry]:
    """Which entry of the log each dated cell of ``ledger_line`` comes from: where to correct it."""
    told = _told(log, year)
    if told is None:
        return {}
    behind = _shown(told.entries)
    for entry in told.entries:
        if entry.type is EntryType.RECEIVED:
            behind[Column.RECEIVED_ON] = entry
    if told.closed:
        behind |= {column: entry for entry in told.entries for column in _ENDING_OF.get(entry.type, ())}
    return behind


@dataclass(frozen=True, slots=True)
class _Told:
    """The entries a row tells of, and whether the request was answered among them."""

    entries: Sequence[LogEntry]
    closed: bool


def _told(log: Sequence[LogEntry], year: int | None) -> _Told | None:
    entries = _first_answer(effective(log))
    stop = stop_of(in_order_of_law(entries))
    if year is None:
        return _Told(entries, stop is not None)
    last = date(year, 12, 31)
    if stop is not None and stop.on < date(year, 1, 1):
        return None
    closed = stop is not None and stop.on <= last
    return _Told([entry for entry in entries if closed or entry.on <= last], closed)


def _facts(case: CaseOnFile, sequence: int) -> dict[Column, LineCell]:
    return {
        Column.SEQUENCE: sequence,
        Column.RECEIVED_ON: case.received_on,
        Column.CHANNEL: CHANNEL_NAMES[Channel(case.channel)],
        Column.APPLICANT: case.applicant,
        Column.APPLICANT_KIND: REPORT_KIND_NAMES[ReportKind(case.report_kind)] if case.report_kind else None,
        Column.IDENTITY_TYPE: _named(case.identity_type) if case.identity_type else None,
        Column.IDENTITY_NUMBER: case.identity_number,
        Column.PHONE: case.phone,
        Column.ADDRESS: case.address,
        Column.DESCRIPTION: case.description,
        Column.SUPPLY_WAY: SUPPLY_WAY_NAMES[SupplyWay(case.supply_way)] if case.supply_way else None,
        Column.ORGAN: case.organ,
        Column.REMARK: case.remark,
    }


def _named(identity_type: str) -> str | None:
    kind = IdentityType(identity_type)
    return None if kind is IdentityType.NONE else IDENTITY_TYPE_NAMES[kind]


def _dates(log: Iterable[LogEntry]) -> dict[Column, LineCell]:
    cells: dict[Column, LineCell] = {}
    for column, entry in _shown(log).items():
        if column is Column.CONSULTED:
            cells[column] = CAUSE_NAMES[entry.cause] if entry.cause else None
        else:
            cells[column] = entry.days if column is Column.EXTENSION_DAYS else entry.on
    return cells


def _shown(log: Iterable[LogEntry]) -> dict[Column, LogEntry]:
    """Of notices and consultations the first, of what followed them the last."""
    shown: dict[Column, LogEntry] = {}
    for entry in in_order_of_law(log):
        column = _BEFORE_THE_END.get(entry.type)
        if column is None or (column in _KEPT_FIRST and column in shown):
            continue
        shown[column] = entry
        if entry.cause is not None:
            shown[Column.CONSULTED] = entry
        if entry.type is EntryType.EXTENDED:
            shown[Column.EXTENSION_DAYS] = entry
    return shown


def _ending(case: CaseOnFile, log: Sequence[LogEntry]) -> dict[Column, LineCell]:
    days: Mapping[EntryType, date] = {entry.type: entry.on for entry in log}
    replied = next(entry for entry in in_order_of_law(log) if entry.type in _STOPS)
    cells: dict[Column, LineCell] = {
        Column.ADVISOR: case.advisor,
        Column.REVIEWED_ON: days.get(EntryType.REVIEW_APPROVED),
        Column.REPLIED_ON: replied.on,
        Column.DOCUMENT_NUMBER: case.document_number,
        Column.OUTCOME: ROW_OF[Disposition(case.disposition or Disposition.OTHER)].register_name,
        Column.ARCHIVED_ON: days.get(EntryType.ARCHIVED),
    }
    if replied.type is EntryType.WITHDRAWN:
        return cells | {Column.DOCUMENT_NUMBER: None, Column.REMARK: case.remark or WITHDRAWN}
    way = replied.by or (DispatchWay(case.dispatch_way) if case.dispatch_way else None)
    return cells | {
        Column.DISPATCH_WAY: DISPATCH_WAY_NAMES[way] if way else None,
        Column.MAIL_NUMBER: case.mail_number,
        Column.DELIVERED_ON: case.delivered_on or days.get(EntryType.DELIVERED),
    }


def _first_answer(log: Iterable[LogEntry]) -> list[LogEntry]:
    """Up to the first order to reply anew: only the first outcome belongs to a register."""
    entries = list(log)
    order = next((e for e in in_order_of_law(entries) if e.type is EntryType.ORDERED_ANEW), None)
    return entries if order is None else [e for e in entries if e.seq < order.seq]
