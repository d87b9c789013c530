"""Rows of a register, batch after batch: those nobody knew become cases together, the others continue theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain import ledger_defects as say
from tracker.domain.errors import BreachNeedsReason, NotLawfulNow, Refusal
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_defects import Defect
from tracker.domain.ledger_row import LedgerRow, RejectedRow
from tracker.models import Case
from tracker.models import LedgerRow as StoredRow
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import current_calendar
from tracker.queries.ledger import (
    Identity,
    cases_by_identity,
    cases_by_mark,
    list_ledger_organs,
    registers_of_cases,
    used_document_numbers,
)
from tracker.services.case_batch import Rules
from tracker.services.context import Context
from tracker.services.ledger_batch import LedgerBatch, NewRow, mark_values
from tracker.services.ledger_case import continue_case
from tracker.services.ledger_origin import Origin
from tracker.services.ledger_outcome import LedgerOutcome

_REFUSALS = (Refusal, NotLawfulNow, BreachNeedsReason)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record of a batch's rows: cases by what they say and by the rows they came from, and in which
    registers those were seen."""

    by_identity: Mapping[Identity, Sequence[int]]
    by_mark: Mapping[tuple[str, int], int]
    registers: set[tuple[int, str]]

    def case_of(self, identity: Identity, mark: str, occurrence: int) -> int | None:
        """The case of the so-manieth row that says this, None for a row nobody knew."""
        marked = self.by_mark.get((mark, occurrence))
        if marked is not None:
            return marked
        cases = self.by_identity.get(identity, ())
        return cases[occurrence - 1] if occurrence <= len(cases) else None


class RowImporter:
    """Imports the batches of one register, each within the caller's transaction, and notes what became of the rows.

    ``remember_numbers``: batches are rolled back, so 发文字号 of earlier ones are not found in the database.
    """

    def __init__(self, ctx: Context, outcome: LedgerOutcome, *, remember_numbers: bool) -> None:
        self.ctx = ctx
        self.outcome = outcome
        self.remember_numbers = remember_numbers
        self.organ_ids = {item.organ.code: item.id for item in list_ledger_organs(ctx.session)}
        self.seen: Counter[bytes] = Counter()
        self.numbers: set[tuple[int, str]] = set()

    def import_batch(self, batch: Sequence[LedgerRow | RejectedRow], origin: Origin) -> None:
        """Import the rows that can be."""
        rows = [(row, self._identity(row)) for row in batch if isinstance(row, LedgerRow)]
        marks = [self._mark(identity) for _, identity in rows]
        known = self._known(rows, marks, origin.register)
        unknown: list[NewRow] = []
        for (row, identity), mark in zip(rows, marks, strict=True):
            occurrence = self._occurrence(mark)
            case_id = known.case_of(identity, mark, occurrence)
            if case_id is None:
                unknown.append(
                    NewRow(row, identity[0], self._number_free(row, identity[0]), mark, occurrence)
                )
            elif self._continue(row, origin, case_id) and (case_id, origin.register) not in known.registers:
                known.registers.add((case_id, origin.register))
                self.ctx.session.add(StoredRow(**mark_values(row, origin, case_id, mark, occurrence)))
        self._create(unknown, origin)
        for rejected in batch:
            if isinstance(rejected, RejectedRow):
                self.outcome.reject(rejected.row, rejected.defects)
        origin.advance_counters(self.ctx.session)
        self.outcome.in_order()

    def _identity(self, row: LedgerRow) -> Identity:
        return self.organ_ids[row.organ.code], row.received_on, row.applicant, row.description

    def _mark(self, identity: Identity) -> str:
        return self.ctx.adapters.cipher.fingerprint("|".join(map(str, identity)))

    def _occurrence(self, mark: str) -> int:
        short = bytes.fromhex(mark)[:16]
        self.seen[short] += 1
        return self.seen[short]

    def _known(
        self, rows: Sequence[tuple[LedgerRow, Identity]], marks: Sequence[str], register: str
    ) -> _Known:
        session = self.ctx.session
        by_identity = cases_by_identity(
            session, {identity[0] for _, identity in rows}, {row.received_on for row, _ in rows}
        )
        by_mark = cases_by_mark(session, register, marks)
        found = [case for identity in {i for _, i in rows} for case in by_identity.get(identity, ())]
        if not self.remember_numbers:
            self.numbers.clear()
        self.numbers |= used_document_numbers(
            session, {(identity[0], row.document_number) for row, identity in rows if row.document_number}
        )
        return _Known(by_identity, by_mark, registers_of_cases(session, {*found, *by_mark.values()}))

    def _create(self, unknown: Sequence[NewRow], origin: Origin) -> None:
        if not unknown:
            return
        session = self.ctx.session
        policies = policies_of(session, {new.organ_id for new in unknown})
        batch = LedgerBatch(self.ctx, origin, Rules(current_calendar(session), policies))
        for new in unknown:
            try:
                batch.add(new)
            except _REFUSALS as refusal:
                told = {"column": Column.RECEIVED_ON, "on": new.row.received_on, "refusal": refusal}
                self.outcome.reject(new.row.row, [Defect(Column.RECEIVED_ON, say.REFUSED, told)])
                continue
            self.outcome.imported += 1
            self.outcome.warn(new.row.row, new.row.warnings)
        batch.write()

    def _continue(self, row: LedgerRow, origin: Origin, case_id: int) -> bool:
        """Whether the row stands beside its case now; False when what it tells was refused."""
        try:
            with self.ctx.session.begin_nested():
                self._add_to(row, origin, case_id)
        except _REFUSALS as refusal:
            origin.advisors.clear()  # one made for this row is undone with it
            refused = Defect(Column.RECEIVED_ON, say.NOT_CONTINUED, {"refusal": refusal})
            self.outcome.reject(row.row, [refused])
            return False
        return True

    def _add_to(self, row: LedgerRow, origin: Origin, case_id: int) -> None:
        case = self.ctx.session.get_one(Case, case_id, with_for_update=True)
        number_free = (case.organ_id, row.document_number) not in self.numbers
        added, contradicting = continue_case(self.ctx, case, row, origin, number_free=number_free)
        template = say.CONTRADICTS if case.historic else say.WORKED_ON
        for column in contradicting if case.historic else contradicting[:1]:
            self.outcome.warn(row.row, [Defect(column, template, {"column": column, "number": case.number})])
        if added:
            self._number_free(row, case.organ_id)
            self.outcome.continued += 1
            self.outcome.warn(row.row, row.warnings)
        else:
            self.outcome.already_there += 1

    def _number_free(self, row: LedgerRow, organ_id: int) -> bool:
        if row.document_number is None:
            return True
        key = (organ_id, row.document_number)
        if key in self.numbers:
            twice = Defect(Column.DOCUMENT_NUMBER, say.NUMBER_TWICE, {"value": row.document_number})
            self.outcome.warn(row.row, [twice])
            return False
        self.numbers.add(key)
        return True
