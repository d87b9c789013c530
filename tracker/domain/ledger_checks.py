"""Looks at a whole row: what the clock refuses, what broke the law but happened, and what merely looks odd."""

from __future__ import annotations

from tracker.domain import ledger_defects as say
from tracker.domain.clock import BREACH_TEXTS, BreachCode, fold
from tracker.domain.errors import REFUSAL_TEXTS
from tracker.domain.identity_numbers import NumberCheck, check_credit_code, check_resident_number
from tracker.domain.ledger_cells import Cells
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_log import Ending
from tracker.domain.ledger_row import LedgerRow, Surroundings
from tracker.domain.numbering import parse_document_number
from tracker.domain.refusals import refusals_in
from tracker.domain.request_terms import IdentityType


def check_against_law(row: LedgerRow, reader: Cells, around: Surroundings) -> None:
    """Reject what the clock calls impossible; what it calls a breach is a warning."""
    dated = {entry.entry.seq: entry for entry in row.entries}
    log = [entry.entry for entry in row.entries]
    for code, seq in refusals_in(log, around.today):
        column, on = dated[seq].column, dated[seq].entry.on
        reader.reject(column, say.REFUSED, on=on, refusal=REFUSAL_TEXTS[code])
    if not reader.rejections:
        for breach in fold(log, around.calendar, around.today).breaches:
            at_days = breach.code is BreachCode.EXTENSION_OVER_20
            column = Column.EXTENSION_DAYS if at_days else dated[breach.seq].column
            reader.warn(column, say.BREACH, breach=BREACH_TEXTS[breach.code])


def look_for_oddities(row: LedgerRow, reader: Cells) -> None:
    """Warn of what should be looked at."""
    checks = {IdentityType.RESIDENT_ID: check_resident_number, IdentityType.CREDIT_CODE: check_credit_code}
    check = checks.get(row.identity_type)
    if check is not None and row.identity_number:
        verdict = check(row.identity_number)
        if verdict is NumberCheck.WRONG_CHECK_DIGIT:
            reader.warn(Column.IDENTITY_NUMBER, say.WRONG_CHECK_DIGIT)
        elif verdict is NumberCheck.WRONG_SHAPE:
            reader.warn(Column.IDENTITY_NUMBER, say.WRONG_SHAPE)
    if row.reviewed_on and row.replied_on and row.reviewed_on > row.replied_on:
        reader.warn(Column.REVIEWED_ON, say.REVIEW_AFTER_REPLY)
    if row.archived_on and row.ending is Ending.REPLY and row.delivered_on is None:
        reader.warn(Column.ARCHIVED_ON, say.ARCHIVED_UNDELIVERED)
    _check_document_number(row, reader)


def _check_document_number(row: LedgerRow, reader: Cells) -> None:
    expected = row.organ.number_prefix
    if row.document_number is None:
        if row.ending is Ending.REPLY:
            reader.warn(Column.DOCUMENT_NUMBER, say.NO_DOCUMENT_NUMBER)
        return
    parsed = parse_document_number(row.document_number)
    if parsed is None:
        reader.warn(
            Column.DOCUMENT_NUMBER, say.ODD_DOCUMENT_NUMBER, value=row.document_number, prefix=expected
        )
    elif parsed[0] != expected:
        reader.warn(
            Column.DOCUMENT_NUMBER,
            say.FOREIGN_PREFIX,
            prefix=parsed[0],
            organ=row.organ.name,
            expected=expected,
        )
