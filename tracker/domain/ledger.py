"""Reads and checks one row of a 台账, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tracker.domain import ledger_defects as say
from tracker.domain.case_log import DispatchWay, SuspensionCause
from tracker.domain.dispositions import Disposition, by_register_name
from tracker.domain.identity_numbers import normalise_number
from tracker.domain.ledger_cells import Cells
from tracker.domain.ledger_checks import check_against_law, look_for_oddities
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_defects import Defect
from tracker.domain.ledger_log import Ending, clock_entries
from tracker.domain.ledger_row import LedgerOrgan, LedgerRow, RejectedRow, Surroundings
from tracker.domain.ledger_terms import (
    CAUSES,
    CHANNELS,
    DISPATCH_WAYS,
    IDENTITY_TYPES,
    REPORT_KINDS,
    SUPPLY_WAYS,
)
from tracker.domain.ledger_values import (
    Cell,
    NotANumber,
    normalise_choice,
    normalise_phone,
    read_whole_number,
)
from tracker.domain.request_terms import CHANNEL_NAMES, IDENTITY_TYPE_NAMES, REPORT_KIND_NAMES, IdentityType

WITHDRAWN_REMARK = "撤回"
"""A row without letter that ends as 其他处理-其他 and says this in 备注 was withdrawn by the applicant."""

_LAPSES = frozenset({Disposition.LAPSED_UNCORRECTED, Disposition.LAPSED_UNPAID})
_LONGEST_EXACT_NUMBER = 15
_CITY = "台州市"
_PAIRS = (
    (Column.CORRECTED_ON, Column.CORRECTION_REQUESTED_ON),
    (Column.ANSWERED_ON, Column.CONSULTED_ON),
    (Column.FEE_PAID_ON, Column.FEE_NOTIFIED_ON),
    (Column.DELIVERED_ON, Column.REPLIED_ON),
    (Column.ARCHIVED_ON, Column.REPLIED_ON),
)
"""The first cannot be without the second, nor before it."""


def organ_finder(organs: Iterable[LedgerOrgan]) -> Callable[[str], LedgerOrgan | None]:
    """Looks up an organ by the name a register gives it, with or without the city in front."""
    by_name = {normalise_choice(organ.name): organ for organ in organs}

    def find(name: str) -> LedgerOrgan | None:
        plain = normalise_choice(name)
        return by_name.get(plain) or by_name.get(plain.removeprefix(_CITY))

    return find


def check_register(
    rows: Iterable[tuple[int, Mapping[Column, Cell]]], around: Surroundings
) -> Iterator[LedgerRow | RejectedRow]:
    """Read and check a register row by row; a 序号 used before is a fault of the later row."""
    used: dict[int, int] = {}
    for number, cells in rows:
        checked = check_row(number, cells, around)
        sequence = _sequence(cells)
        if sequence is not None and sequence in used:
            params = {"column": Column.SEQUENCE, "sequence": sequence, "row": used[sequence]}
            others = checked.defects if isinstance(checked, RejectedRow) else ()
            yield RejectedRow(number, (Defect(Column.SEQUENCE, say.SEQUENCE_TWICE, params), *others))
            continue
        if sequence is not None:
            used[sequence] = number
        yield checked


def check_row(number: int, cells: Mapping[Column, Cell], around: Surroundings) -> LedgerRow | RejectedRow:
    """Read and check one row; ``number`` is the row as the sheet counts."""
    reader = Cells(cells)
    row = _read(number, reader, around)
    if row is None or reader.rejections:
        return RejectedRow(number, tuple(reader.rejections))
    check_against_law(row, reader, around)
    if reader.rejections:
        return RejectedRow(number, tuple(reader.rejections))
    look_for_oddities(row, reader)
    return replace(row, warnings=tuple(reader.warnings))


def _sequence(cells: Mapping[Column, Cell]) -> int | None:
    try:
        return read_whole_number(cells.get(Column.SEQUENCE))
    except NotANumber:
        return None


def _read(number: int, reader: Cells, around: Surroundings) -> LedgerRow | None:
    dates = reader.dates(around.today)
    if not reader.has(Column.RECEIVED_ON):
        reader.reject(Column.RECEIVED_ON, say.EMPTY)
    _check_pairs(reader, dates)
    sequence = reader.sequence()
    channel = reader.choice(Column.CHANNEL, CHANNELS, tuple(CHANNEL_NAMES.values()))
    applicant = reader.needed_text(Column.APPLICANT)
    kind = reader.choice(Column.APPLICANT_KIND, REPORT_KINDS, tuple(REPORT_KIND_NAMES.values()))
    description = reader.needed_text(Column.DESCRIPTION)
    organ = reader.lookup(Column.ORGAN, around.find_organ, say.UNKNOWN_ORGAN)
    days = _extension(reader)
    outcome, ending, way = _outcome(reader)
    cause = _cause(reader, dates)
    if channel is None or kind is None or organ is None or Column.RECEIVED_ON not in dates:
        return None
    phone = reader.text(Column.PHONE)
    return LedgerRow(
        row=number,
        sequence=sequence,
        organ=organ,
        received_on=dates[Column.RECEIVED_ON],
        channel=channel,
        applicant=applicant,
        report_kind=kind,
        identity_type=_identity_type(reader),
        identity_number=_identity_number(reader),
        phone=normalise_phone(phone) if phone else None,
        address=reader.text(Column.ADDRESS),
        description=description,
        supply_way=reader.lenient_choice(Column.SUPPLY_WAY, SUPPLY_WAYS, None, "未填"),
        consulted=reader.text(Column.CONSULTED),
        advisor=reader.text(Column.ADVISOR),
        reviewed_on=dates.get(Column.REVIEWED_ON),
        outcome=outcome,
        ending=ending,
        dispatch_way=way,
        mail_number=reader.text(Column.MAIL_NUMBER),
        document_number=reader.text(Column.DOCUMENT_NUMBER),
        delivered_on=dates.get(Column.DELIVERED_ON),
        archived_on=dates.get(Column.ARCHIVED_ON),
        remark=reader.text(Column.REMARK),
        entries=clock_entries(dates, cause=cause, days=days, ending=ending, way=way),
    )


def _check_pairs(reader: Cells, dates: Mapping[Column, date]) -> None:
    received_on = dates.get(Column.RECEIVED_ON)
    for column, on in dates.items():
        if received_on is not None and on < received_on:
            reader.reject(column, say.BEFORE_RECEIPT, on=on, received_on=received_on)
    for later, earlier in _PAIRS:
        if not reader.has(later):
            continue
        if not reader.has(earlier):
            reader.reject(later, say.WITHOUT_OTHER, other=earlier)
        elif later in dates and earlier in dates and dates[later] < dates[earlier]:
            reader.reject(later, say.BEFORE_OTHER, on=dates[later], other=earlier, other_on=dates[earlier])


def _extension(reader: Cells) -> int | None:
    days = reader.days()
    for column, other in (
        (Column.EXTENDED_ON, Column.EXTENSION_DAYS),
        (Column.EXTENSION_DAYS, Column.EXTENDED_ON),
    ):
        if reader.has(column) and not reader.has(other):
            reader.reject(column, say.WITHOUT_OTHER, other=other)
    return days


def _outcome(reader: Cells) -> tuple[Disposition | None, Ending | None, DispatchWay | None]:
    replied, named = reader.has(Column.REPLIED_ON), reader.has(Column.OUTCOME)
    if replied and not named:
        reader.reject(Column.OUTCOME, say.NO_OUTCOME)
    if named and not replied:
        reader.reject(Column.REPLIED_ON, say.NO_REPLY_DATE)
    if not named:
        return None, None, None
    outcome = reader.lookup(Column.OUTCOME, by_register_name, say.UNKNOWN_OUTCOME)
    if outcome is None:
        return None, None, None
    ending = _ending(reader, outcome)
    if ending is Ending.WITHDRAWAL or (ending is Ending.LAPSE and not reader.has(Column.DISPATCH_WAY)):
        return outcome, ending, None
    return outcome, ending, reader.choice(Column.DISPATCH_WAY, DISPATCH_WAYS, tuple(DISPATCH_WAYS))


def _ending(reader: Cells, outcome: Disposition) -> Ending:
    if outcome in _LAPSES:
        return Ending.LAPSE
    without_letter = not reader.has(Column.DISPATCH_WAY) and not reader.has(Column.DOCUMENT_NUMBER)
    if (
        outcome is Disposition.OTHER
        and without_letter
        and WITHDRAWN_REMARK in (reader.text(Column.REMARK) or "")
    ):
        return Ending.WITHDRAWAL
    return Ending.REPLY


def _cause(reader: Cells, dates: Mapping[Column, date]) -> SuspensionCause | None:
    if Column.CONSULTED_ON not in dates:
        if reader.has(Column.CONSULTED) and not reader.has(Column.CONSULTED_ON):
            reader.warn(Column.CONSULTED, say.CONSULTED_ONLY)
        return None
    cause = CAUSES.get(normalise_choice(reader.text(Column.CONSULTED) or ""))
    if cause is None:
        reader.warn(Column.CONSULTED, say.CONSULTED_TAKEN)
    return cause or SuspensionCause.THIRD_PARTY


def _identity_type(reader: Cells) -> IdentityType:
    absent = IdentityType.OTHER if reader.has(Column.IDENTITY_NUMBER) else IdentityType.NONE
    fallback = IdentityType.OTHER if reader.has(Column.IDENTITY_TYPE) else absent
    return reader.lenient_choice(
        Column.IDENTITY_TYPE, IDENTITY_TYPES, fallback, IDENTITY_TYPE_NAMES[IdentityType.OTHER]
    )


def _identity_number(reader: Cells) -> str | None:
    text = reader.text(Column.IDENTITY_NUMBER)
    if text is None:
        return None
    number = normalise_number(text)
    raw = reader.raw(Column.IDENTITY_NUMBER)
    if isinstance(raw, int | float) and len(number) > _LONGEST_EXACT_NUMBER:
        reader.warn(Column.IDENTITY_NUMBER, say.DIGITS_LOST)
    return number
