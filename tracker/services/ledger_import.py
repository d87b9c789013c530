"""Import of a register kept before the system: a verb of its own, row by row, never twice, never by halves."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tracker.adapters.ledger_reader import LedgerSheet
from tracker.domain import ledger_defects as say
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden, NotLawfulNow, Refusal
from tracker.domain.ledger import check_register, organ_finder
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_defects import Defect
from tracker.domain.ledger_row import LedgerRow, RejectedRow, Surroundings
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Case, LedgerImport
from tracker.models import LedgerRow as StoredRow
from tracker.queries.calendars import current_calendar
from tracker.queries.ledger import (
    Identity,
    cases_by_identity,
    learnt_headings,
    list_ledger_organs,
    registers_of_cases,
    used_document_numbers,
)
from tracker.services.context import Context
from tracker.services.ledger_case import Origin, continue_case, create_case
from tracker.services.unit_of_work import transaction

BATCH_ROWS = 100
_REGISTER_CHARACTERS = 100

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, in the words of its first fault; ``row`` as the sheet counts."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class LedgerOutcome:
    """What became of a register. ``continued``: rows that added to a case known before; ``already_there``: rows that
    told nothing new."""

    rows: int = 0
    imported: int = 0
    continued: int = 0
    already_there: int = 0
    rejected: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)

    def reject(self, row: int, defects: Sequence[Defect]) -> None:
        """One line a row: the column of the first fault, the words of all."""
        words = "；".join(defect.message.rstrip("。") for defect in defects) + "。"
        self.rejected.append(RowFault(row, str(defects[0].column), words))

    def warn(self, row: int, defects: Iterable[Defect]) -> None:
        """One line a warning."""
        self.warnings += [RowFault(row, str(defect.column), defect.message) for defect in defects]


def import_ledger(
    ctx: Context,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    handed_in: int | None = None,
    name: str | None = None,
) -> LedgerOutcome:
    """Import every row that can be; ``progress`` is called with the number of rows done.

    Rows go in by batches, each a transaction of its own: after a crash the same file is simply imported again. A
    ``dry_run`` tells the same without writing. ``handed_in``: the record of a register that came by the page, ``name``
    what its file was called there. Raises ``LedgerUnreadable`` when the file is no register, ``Forbidden``.
    """
    require_import(ctx)
    with LedgerSheet(path, learnt_headings(ctx.session), name=name) as sheet:
        return _Importer(ctx, path, dry_run, handed_in).run(sheet, progress)


def require_import(ctx: Context) -> None:
    """Raise ``Forbidden`` for who may not import registers."""
    if ctx.actor != SYSTEM and not ctx.actor.may_somewhere(Permission.LEDGER_IMPORT):
        raise Forbidden(N_("您的岗位不能导入台账。"))


def surroundings(ctx: Context) -> Surroundings:
    """What rows are checked against today."""
    finder = organ_finder(item.organ for item in list_ledger_organs(ctx.session))
    return Surroundings(ctx.today, current_calendar(ctx.session), finder)


class _Rehearsed(Exception):
    """Ends a rehearsed batch so that its transaction is rolled back."""


class _Importer:
    """One run over one file."""

    def __init__(self, ctx: Context, path: Path, dry_run: bool, handed_in: int | None = None) -> None:
        self.handed_in = handed_in
        self.ctx = ctx
        self.path = path
        self.dry_run = dry_run
        self.outcome = LedgerOutcome()
        self.organ_ids: dict[str, int] = {}
        self.seen: Counter[Identity] = Counter()
        self.numbers: set[tuple[int, str]] = set()

    def run(self, sheet: LedgerSheet, progress: Progress | None) -> LedgerOutcome:
        register = sheet.title[:_REGISTER_CHARACTERS]
        import_id = None if self.dry_run else self.handed_in or self._begin()
        self.organ_ids = {item.organ.code: item.id for item in list_ledger_organs(self.ctx.session)}
        for batch in _batches(check_register(sheet, surroundings(self.ctx)), BATCH_ROWS):
            with suppress(_Rehearsed):
                self._import_batch(batch, import_id, register)
            if progress is not None:
                progress(self.outcome.rows)
        if import_id is not None:
            with transaction(self.ctx):
                self._note(import_id, finished=True)
        return self.outcome

    def _import_batch(
        self, batch: Sequence[LedgerRow | RejectedRow], import_id: int | None, register: str
    ) -> None:
        with transaction(self.ctx) as session:
            origin = Origin(import_id or self._new_import().id, register)
            rows = [row for row in batch if isinstance(row, LedgerRow)]
            organ_ids = {self.organ_ids[row.organ.code] for row in rows}
            known = defaultdict(
                list, cases_by_identity(session, organ_ids, {row.received_on for row in rows})
            )
            registers = registers_of_cases(session, [case for found in known.values() for case in found])
            self.numbers |= used_document_numbers(
                session,
                {
                    (self.organ_ids[row.organ.code], row.document_number)
                    for row in rows
                    if row.document_number
                },
            )
            for row in batch:
                if isinstance(row, RejectedRow):
                    self.outcome.reject(row.row, row.defects)
                else:
                    self._import_row(row, origin, known, registers)
            origin.advance_counters(session)
            self.outcome.rows += len(batch)
            if self.dry_run:
                raise _Rehearsed
            self._note(origin.import_id)

    def _import_row(
        self,
        row: LedgerRow,
        origin: Origin,
        known: dict[Identity, list[int]],
        registers: set[tuple[int, str]],
    ) -> None:
        identity = (self.organ_ids[row.organ.code], row.received_on, row.applicant, row.description)
        self.seen[identity] += 1
        occurrence, cases = self.seen[identity], known[identity]
        try:
            with self.ctx.session.begin_nested():
                if occurrence <= len(cases):
                    case_id = cases[occurrence - 1]
                    self._continue(row, origin, case_id)
                else:
                    case_id = self._create(row, origin, identity[0])
                    cases.append(case_id)
        except (Refusal, NotLawfulNow) as refusal:
            origin.advisors.clear()  # one made for this row is undone with it
            self.outcome.reject(
                row.row, [Defect(Column.RECEIVED_ON, say.NOT_CONTINUED, {"refusal": refusal})]
            )
            return
        if (case_id, origin.register) not in registers:
            registers.add((case_id, origin.register))
            self._remember(row, origin, case_id, identity)

    def _create(self, row: LedgerRow, origin: Origin, organ_id: int) -> int:
        case = create_case(self.ctx, row, organ_id, origin, number_free=self._number_free(row, organ_id))
        self.outcome.imported += 1
        self.outcome.warn(row.row, row.warnings)
        return case.id

    def _continue(self, row: LedgerRow, origin: Origin, case_id: int) -> None:
        case = self.ctx.session.get_one(Case, case_id, with_for_update=True)
        added, contradicting = continue_case(
            self.ctx, case, row, origin, number_free=(case.organ_id, row.document_number) not in self.numbers
        )
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

    def _remember(self, row: LedgerRow, origin: Origin, case_id: int, identity: Identity) -> None:
        organ_id, received_on, applicant, description = identity
        told = f"{organ_id}|{received_on}|{applicant}|{description}"
        self.ctx.session.add(
            StoredRow(
                import_id=origin.import_id,
                case_id=case_id,
                register=origin.register,
                sequence=row.sequence if row.sequence is not None else 0,
                row=row.row,
                identity=self.ctx.adapters.cipher.fingerprint(told),
                occurrence=self.seen[identity],
                remark=row.remark,
            )
        )

    def _begin(self) -> int:
        with transaction(self.ctx):
            return self._new_import().id

    def _new_import(self) -> LedgerImport:
        stored = LedgerImport(
            filename=self.path.name[:200],
            sha256=_digest(self.path),
            imported_by_id=self.ctx.actor.account_id,
            started_at=self.ctx.now,
        )
        self.ctx.session.add(stored)
        self.ctx.session.flush()
        return stored

    def _note(self, import_id: int, *, finished: bool = False) -> None:
        stored = self.ctx.session.get_one(LedgerImport, import_id)
        stored.rows = self.outcome.rows
        stored.imported = self.outcome.imported
        stored.continued = self.outcome.continued
        stored.already_there = self.outcome.already_there
        stored.rejected = len(self.outcome.rejected)
        if finished:
            stored.finished_at = self.ctx.now


def _batches(
    rows: Iterator[LedgerRow | RejectedRow], size: int
) -> Iterator[tuple[LedgerRow | RejectedRow, ...]]:
    while batch := tuple(islice(rows, size)):
        yield batch


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
