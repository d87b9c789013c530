"""Import of a register kept before the system: a verb of its own, row by row, never twice, never by halves."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.adapters.ledger_reader import LedgerSheet
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Conflict, Forbidden
from tracker.domain.ledger import check_register, organ_finder
from tracker.domain.ledger_row import LedgerRow, RejectedRow, Surroundings
from tracker.domain.ledger_states import ImportState
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import LedgerImport
from tracker.queries.calendars import current_calendar
from tracker.queries.ledger import learnt_headings, list_ledger_organs
from tracker.services.context import Context
from tracker.services.ledger_origin import Origin
from tracker.services.ledger_outcome import LedgerOutcome
from tracker.services.ledger_rows import RowImporter
from tracker.services.unit_of_work import transaction

BATCH_ROWS = 500
_REGISTER_CHARACTERS = 100

Progress = Callable[[int], None]


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
        return _Run(ctx, path, sheet, dry_run=dry_run, handed_in=handed_in).all(progress)


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


class _Run:
    """One run over one file, batch by batch."""

    def __init__(
        self, ctx: Context, path: Path, sheet: LedgerSheet, *, dry_run: bool, handed_in: int | None
    ) -> None:
        self.ctx = ctx
        self.path = path
        self.sheet = sheet
        self.dry_run = dry_run
        self.outcome = LedgerOutcome()
        self.import_id = None if dry_run else handed_in or self._begin()
        self.advisors: dict[tuple[int, str], int] = {}
        self.rows = RowImporter(ctx, self.outcome, remember_numbers=dry_run)

    def all(self, progress: Progress | None) -> LedgerOutcome:
        register = self.sheet.title[:_REGISTER_CHARACTERS]
        for batch in _batches(check_register(self.sheet, surroundings(self.ctx)), BATCH_ROWS):
            with suppress(_Rehearsed), _unsearched():
                self._import_batch(batch, register)
            if progress is not None:
                progress(self.outcome.rows)
        if self.import_id is not None:
            with transaction(self.ctx):
                self._note(self.import_id, finished=True)
        return self.outcome

    def _import_batch(self, batch: Sequence[LedgerRow | RejectedRow], register: str) -> None:
        with transaction(self.ctx) as session:
            self._require_unvoided(session)
            origin = Origin(self.import_id or self._new_import().id, register, self.advisors)
            self.rows.import_batch(batch, origin)
            self.outcome.rows += len(batch)
            if self.dry_run:
                self.advisors.clear()
                raise _Rehearsed
            self._note(origin.import_id)

    def _require_unvoided(self, session: Session) -> None:
        if self.import_id is None:
            return
        record = session.get_one(LedgerImport, self.import_id, with_for_update=True)
        if record.state == ImportState.VOIDED:
            raise Conflict(N_("这次导入已经作废，其余的行没有导入。"))

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


@contextmanager
def _unsearched() -> Iterator[None]:
    """Without the search for garbage in cycles: what a batch makes lives until its end and then goes by itself."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _batches(
    rows: Iterator[LedgerRow | RejectedRow], size: int
) -> Iterator[tuple[LedgerRow | RejectedRow, ...]]:
    while batch := tuple(islice(rows, size)):
        yield batch


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
