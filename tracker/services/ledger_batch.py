"""New historic cases of one batch of a register, with all that hangs on each.

Actors stay names: nobody's account is made to answer for what was done before.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.case_log import EntryType
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_row import LedgerRow
from tracker.models import Applicant, Case, CaseItem, Consultation, Dispatch, Letter, Receipt
from tracker.models import LedgerRow as StoredRow
from tracker.services.bulk_rows import Keys, Rows
from tracker.services.case_batch import CaseBatch, Rules, Values
from tracker.services.context import Context
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
from tracker.services.log_entries import NewEntry


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row nobody knew. ``number_free``: its 发文字号 is on no other letter yet; ``identity``, ``occurrence``: how it
    is recognised again."""

    row: LedgerRow
    organ_id: int
    number_free: bool
    identity: str
    occurrence: int


class LedgerBatch:
    """Makes the rows of a batch; ``CaseBatch`` computes and writes them."""

    def __init__(self, ctx: Context, origin: Origin, rules: Rules) -> None:
        self._ctx = ctx
        self._origin = origin
        self._batch = CaseBatch(ctx, rules)

    def add(self, new: NewRow) -> None:
        """Take up the case a row tells of. Raises ``Refusal`` and takes up nothing when it cannot be."""
        row, rows = new.row, Rows()
        case_id = self._keys.next(Case)
        letters = self._letters(rows, new, case_id)
        entries = self._entries(
            new, Hanging(letters, self._consultation(rows, row, case_id), self._advisor(new))
        )
        self._beside(rows, new, case_id)
        reason = REASON if breaks_law(row) else None
        self._batch.record(rows, _facts(new, case_id), entries, prefix=row.organ.number_prefix, reason=reason)
        if new.number_free and Column.REPLIED_ON in letters:
            self._origin.note_number(row, new.organ_id)

    def write(self) -> None:
        """Write what was taken up."""
        self._batch.write()

    @property
    def _keys(self) -> Keys:
        return self._batch.keys

    def _advisor(self, new: NewRow) -> int | None:
        if new.row.reviewed_on is None:
            return None
        return self._origin.advisor(self._ctx.session, new.organ_id, new.row.advisor)

    def _entries(self, new: NewRow, hanging: Hanging) -> list[NewEntry]:
        entries = new_entries(new.row, (), hanging)
        told = imported_entry(new.row, self._origin.import_id, self._ctx.today, len(entries) + 1)
        return [entries[0], told, *entries[1:]]

    def _letters(self, rows: Rows, new: NewRow, case_id: int) -> dict[Column, int]:
        row = new.row
        keys: dict[Column, int] = {}
        for column, kind in letter_kinds(row, ()).items():
            keys[column] = key = self._keys.next(Letter)
            values = letter_values(row, column, kind, case_id, new.organ_id, 1, number_free=new.number_free)
            rows.add(Letter, {"id": key, "version_id": 1, **values})
        reply = keys.get(Column.REPLIED_ON)
        dispatch = dispatch_values(row, reply) if reply is not None else None
        if dispatch is not None:
            rows.add(Dispatch, dispatch)
        return keys

    def _consultation(self, rows: Rows, row: LedgerRow, case_id: int) -> int | None:
        told = {dated.entry.type: dated.entry for dated in row.entries}
        sent, answered = told.get(EntryType.SUSPENDED), told.get(EntryType.RESUMED)
        if sent is None:
            return None
        key = self._keys.next(Consultation)
        values = consultation_values(case_id, row.description, sent, answered.on if answered else None)
        rows.add(Consultation, {"id": key, **values})
        return key

    def _beside(self, rows: Rows, new: NewRow, case_id: int) -> None:
        row = new.row
        rows.add(
            CaseItem,
            {
                "case_id": case_id,
                "position": 1,
                "description": row.description,
                "disposition": _outcome(row),
                "grounds": {},
            },
        )
        rows.add(Receipt, receipt_values(row, case_id))
        rows.add(Applicant, applicant_values(self._ctx.adapters.cipher, row, case_id))
        rows.add(
            StoredRow,
            mark_values(row, self._origin, case_id, new.identity, new.occurrence),
        )


def mark_values(row: LedgerRow, origin: Origin, case_id: int, identity: str, occurrence: int) -> Values:
    """The mark by which a row is recognised again."""
    return {
        "import_id": origin.import_id,
        "case_id": case_id,
        "register": origin.register,
        "sequence": row.sequence if row.sequence is not None else 0,
        "row": row.row,
        "identity": identity,
        "occurrence": occurrence,
        "remark": row.remark,
    }


def _facts(new: NewRow, case_id: int) -> Values:
    row = new.row
    return {
        "id": case_id,
        "organ_id": new.organ_id,
        "received_on": row.received_on,
        "channel": str(row.channel),
        "description": row.description,
        "supply_way": str(row.supply_way) if row.supply_way else None,
        "disposition": _outcome(row),
    }


def _outcome(row: LedgerRow) -> str | None:
    return str(row.outcome) if row.outcome is not None else None
