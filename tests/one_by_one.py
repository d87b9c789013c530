"""The plain way to take over a register: each row through ``append``, object by object. What the batch must equal."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.case_log import EntryType
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerRow
from tracker.domain.numbering import CASE_SERIES, case_number
from tracker.models import Applicant, Case, CaseItem, Consultation, Dispatch, Letter, Receipt
from tracker.models import LedgerRow as StoredRow
from tracker.services.case_record import append
from tracker.services.context import Context
from tracker.services.ledger_batch import NewRow, mark_values
from tracker.services.ledger_facts import (
    REASON,
    Hanging,
    applicant_values,
    breaks_law,
    consultation_values,
    dispatch_values,
    imported_entry,
    letter_kinds,
    letter_values,
    new_entries,
    receipt_values,
)
from tracker.services.ledger_origin import Origin
from tracker.services.ledger_rows import RowImporter
from tracker.services.numbers import draw_number


class OneByOne(RowImporter):
    """Makes each new case by itself."""

    def _create(self, unknown: Sequence[NewRow], origin: Origin) -> None:
        for new in unknown:
            case = create_case(self.ctx, new, origin)
            mark = mark_values(new.row, origin, case.id, new.identity, new.occurrence)
            self.ctx.session.add(StoredRow(**mark))
            self.ctx.session.flush()
            self.outcome.imported += 1
            self.outcome.warn(new.row.row, new.row.warnings)


def create_case(ctx: Context, new: NewRow, origin: Origin) -> Case:
    """A new historic case with everything its row tells."""
    row, session = new.row, ctx.session
    year = row.received_on.year
    serial = draw_number(session, new.organ_id, CASE_SERIES, year)
    case = Case(
        organ_id=new.organ_id,
        number=case_number(row.organ.number_prefix, year, serial),
        year=year,
        serial=serial,
        received_on=row.received_on,
        channel=str(row.channel),
        description=row.description,
        supply_way=str(row.supply_way) if row.supply_way else None,
        disposition=str(row.outcome) if row.outcome is not None else None,
        stage="registered",
        clock_state="running",
        historic=True,
        created_at=ctx.now,
        clocks=[],
    )
    session.add(case)
    session.flush()
    item = CaseItem(case_id=case.id, position=1, description=row.description, disposition=case.disposition)
    receipt = Receipt(**receipt_values(row, case.id))
    session.add_all([item, receipt, Applicant(**applicant_values(ctx.adapters.cipher, row, case.id))])
    letters = _letters(ctx, case, new)
    if new.number_free and Column.REPLIED_ON in letters:
        origin.note_number(row, new.organ_id)
    advisor = origin.advisor(session, new.organ_id, row.advisor) if row.reviewed_on else None
    entries = new_entries(row, (), Hanging(letters, _consultation(ctx, case, row), advisor))
    entries.insert(1, imported_entry(row, origin.import_id, ctx.today, len(entries) + 1))
    append(ctx, case, *entries, reason=REASON if breaks_law(row) else None)
    return case


def _letters(ctx: Context, case: Case, new: NewRow) -> dict[Column, int]:
    letters: dict[Column, int] = {}
    for column, kind in letter_kinds(new.row, ()).items():
        values = letter_values(new.row, column, kind, case.id, case.organ_id, 1, number_free=new.number_free)
        letter = Letter(**values)
        ctx.session.add(letter)
        ctx.session.flush()
        letters[column] = letter.id
    if Column.REPLIED_ON in letters:
        dispatch = dispatch_values(new.row, letters[Column.REPLIED_ON])
        if dispatch is not None:
            ctx.session.add(Dispatch(**dispatch))
    return letters


def _consultation(ctx: Context, case: Case, row: LedgerRow) -> int | None:
    told = {dated.entry.type: dated.entry for dated in row.entries}
    sent, answered = told.get(EntryType.SUSPENDED), told.get(EntryType.RESUMED)
    if sent is None:
        return None
    asked = Consultation(
        **consultation_values(case.id, case.description, sent, answered.on if answered else None)
    )
    ctx.session.add(asked)
    ctx.session.flush()
    return asked.id
