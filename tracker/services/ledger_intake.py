"""台账导入 by page: a file is handed in and checked, a person looks, the job runner imports, faulty rows go back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tracker.adapters.file_store import FileMissing
from tracker.adapters.ledger_reader import HeaderUnknown, LedgerSheet, LedgerUnreadable
from tracker.adapters.ledger_writer import write_rejected
from tracker.domain.errors import Conflict, Invalid, NotFound, TrackerError
from tracker.domain.ledger import check_register
from tracker.domain.ledger_columns import NEEDED, Column, heading_of, lacking, recognised
from tracker.domain.ledger_row import RejectedRow
from tracker.domain.ledger_states import BEFORE_IMPORT, ImportState
from tracker.domain.vocabulary import N_
from tracker.models import Account, LedgerHeading, LedgerImport
from tracker.models import LedgerRow as StoredRow
from tracker.queries.accounts import actor_of
from tracker.queries.ledger import learnt_headings
from tracker.services.attachments import clean_filename, require_clean
from tracker.services.context import Context
from tracker.services.ledger_import import import_ledger, require_import, surroundings
from tracker.services.ledger_outcome import LedgerOutcome, RowFault
from tracker.services.unit_of_work import transaction

LARGEST_BYTES = 20 * 1024 * 1024
MOST_FAULTS = 5000
"""More faults than this are counted but no longer listed: such a file wants another look as a whole."""
KEPT = timedelta(days=30)
"""The file handed in holds personal data; it goes this long after the import, with its rejected rows."""
LOST = N_("文件已经清除，请重新选择文件。")


def hand_in(ctx: Context, filename: str, content: bytes) -> int:
    """Keep a register and check it; the id of its record. Raises ``Invalid`` for a file that is none, ``Forbidden``."""
    require_import(ctx)
    name = clean_filename(filename)
    if not content:
        raise Invalid({"file": [TrackerError(N_("“%(name)s”是空文件，请重新选择。"), name=name)]})
    if len(content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // (1024 * 1024)
        fault = TrackerError(N_("“%(name)s”超过 %(limit)d MB，请拆分后再导入。"), name=name, limit=limit)
        raise Invalid({"file": [fault]})
    require_clean(ctx, name, content, "file")
    record = LedgerImport(
        filename=name,
        sha256=hashlib.sha256(content).hexdigest(),
        imported_by_id=ctx.actor.account_id,
        started_at=ctx.now,
        state=str(ImportState.CHECKED),
    )
    with _as_path(content) as path:
        try:
            _check(ctx, record, path)
        except HeaderUnknown as unknown:
            if sum(map(bool, unknown.cells)) < len(NEEDED):
                raise Invalid({"file": [unknown]}) from unknown
            record.state, record.headings = str(ImportState.UNKNOWN_HEADER), list(unknown.cells)
        except LedgerUnreadable as fault:
            raise Invalid({"file": [fault]}) from fault
        if record.state == ImportState.CHECKED and not record.total:
            raise Invalid({"file": [TrackerError(N_("“%(name)s”只有表头，表头下面没有申请。"), name=name)]})
    record.storage_key = ctx.adapters.files.put(content)
    with transaction(ctx) as session:
        session.add(record)
        session.flush()
        return record.id


def learn_headings(ctx: Context, import_id: int, meanings: Mapping[int, Column | None]) -> None:
    """Remember what the headings of this register mean, and check it with them. ``meanings``: by place in the row.

    Raises ``Invalid`` while a column is missing that no register can be without, or two headings mean the same.
    """
    record = get_import(ctx, import_id)
    cells = [str(cell) for cell in record.headings or []]
    if record.state != ImportState.UNKNOWN_HEADER:
        raise Conflict(N_("这份台账的表头已经对应好了，请刷新页面。"))
    told = {place: column for place, column in meanings.items() if 0 <= place < len(cells)}
    chosen = [column for column in told.values() if column is not None]
    _require_whole(chosen)
    with _file_of(ctx, record) as path, transaction(ctx) as session:
        known = {row.heading: row for row in session.scalars(select(LedgerHeading))}
        for place, column in told.items():
            heading = heading_of(cells[place])[:100]
            if not heading or heading == heading_of(str(column or "")):
                continue
            row = known.get(heading)
            if row is None:
                row = known[heading] = LedgerHeading(heading=heading)
                session.add(row)
            row.column = str(column) if column else None
        session.flush()
        record = session.get_one(LedgerImport, import_id, with_for_update=True)
        _check(ctx, record, path)
        record.state, record.headings = str(ImportState.CHECKED), None


def queue_import(ctx: Context, import_id: int) -> None:
    """Hand a checked register to the job runner. Doing it twice does it once."""
    get_import(ctx, import_id)
    with transaction(ctx) as session:
        record = session.get_one(LedgerImport, import_id, with_for_update=True)
        if record.state not in {ImportState.CHECKED, ImportState.FAILED}:
            raise Conflict(N_("这份台账已经在导入或者已经导入，请刷新页面查看。"))
        record.state = str(ImportState.QUEUED)


def discard(ctx: Context, import_id: int) -> None:
    """Throw away a register that nothing was imported of."""
    get_import(ctx, import_id)
    with transaction(ctx) as session:
        record = session.get_one(LedgerImport, import_id, with_for_update=True)
        if record.state not in BEFORE_IMPORT or record.imported:
            raise Conflict(N_("这份台账已经在导入或者已经导入，请刷新页面查看。"))
        record.state = str(ImportState.DISCARDED)
        key, record.storage_key = record.storage_key, None
    if key:
        ctx.adapters.files.remove(key)


def get_import(ctx: Context, import_id: int) -> LedgerImport:
    """The record of a register. Raises ``NotFound`` unless the actor handed it in: it holds other people's data."""
    require_import(ctx)
    record = ctx.session.get(LedgerImport, import_id)
    if record is None or record.imported_by_id != ctx.actor.account_id:
        raise NotFound(N_("没有找到这份台账。"))
    return record


def import_queued(ctx: Context) -> int:
    """Import every register that waits, and those a killed runner left half done; returns how many. Rows already in are
    recognised and not imported again."""
    waiting = (str(ImportState.QUEUED), str(ImportState.RUNNING))
    ids = ctx.session.scalars(
        select(LedgerImport.id).where(LedgerImport.state.in_(waiting)).order_by(LedgerImport.id)
    ).all()
    for import_id in ids:
        _import(ctx, import_id)
    return len(ids)


def forget_registers(ctx: Context) -> int:
    """Remove registers handed in long ago, with what was said of their rows; returns how many."""
    old = (
        select(LedgerImport.id, LedgerImport.storage_key)
        .where(LedgerImport.storage_key.is_not(None), LedgerImport.started_at < ctx.now - KEPT)
        .where(LedgerImport.state.not_in((str(ImportState.QUEUED), str(ImportState.RUNNING))))
    )
    with transaction(ctx) as session:
        found = session.execute(old).all()
        session.execute(
            update(LedgerImport)
            .where(LedgerImport.id.in_([row.id for row in found]))
            .values(storage_key=None, faults=None, headings=None)
        )
    for row in found:
        ctx.adapters.files.remove(row.storage_key)
    return len(found)


@contextmanager
def open_register(ctx: Context, record: LedgerImport) -> Iterator[LedgerSheet]:
    """The register as it was handed in. Raises ``NotFound`` once it was thrown away."""
    with (
        _file_of(ctx, record) as path,
        LedgerSheet(path, learnt_headings(ctx.session), name=record.filename) as sheet,
    ):
        yield sheet


def rejected_rows(ctx: Context, import_id: int) -> bytes:
    """The rows that were not imported as a workbook, each with its reason. Raises ``NotFound``."""
    record = get_import(ctx, import_id)
    faults = {
        fault["row"]: (fault["column"], fault["message"])
        for fault in (record.faults or {}).get("rejected", ())
    }
    file = BytesIO()
    with open_register(ctx, record) as sheet:
        write_rejected(file, sheet.headings, ((n, cells) for n, cells in sheet if n in faults), faults)
    return file.getvalue()


def _check(ctx: Context, record: LedgerImport, path: Path) -> None:
    outcome = LedgerOutcome()
    with LedgerSheet(path, learnt_headings(ctx.session), name=record.filename) as sheet:
        for row in check_register(sheet, surroundings(ctx)):
            outcome.rows += 1
            if isinstance(row, RejectedRow):
                outcome.reject(row.row, row.defects)
            else:
                outcome.warn(row.row, row.warnings)
    record.total = outcome.rows
    record.rejected = len(outcome.rejected)
    record.faults = _faults(outcome)


def _import(ctx: Context, import_id: int) -> None:
    with transaction(ctx) as session:
        record = session.get_one(LedgerImport, import_id, with_for_update=True)
        record.state = str(ImportState.RUNNING)
        owner = session.get(Account, record.imported_by_id) if record.imported_by_id else None
        doer = ctx.as_actor(actor_of(owner)) if owner else ctx
        name = record.filename
    state, faults, outcome = ImportState.DONE, None, None
    try:
        with _file_of(ctx, record) as path:
            outcome = import_ledger(doer, path, handed_in=import_id, name=name)
        faults = _faults(outcome)
    except TrackerError as error:
        state, faults = (
            ImportState.FAILED,
            {"rejected": [asdict(RowFault(0, "", str(error)))], "warnings": []},
        )
    with transaction(ctx) as session:
        record = session.get_one(LedgerImport, import_id, with_for_update=True)
        record.state, record.faults = str(state), faults
        if outcome is not None:
            _count_again(session, record, outcome)


def _count_again(session: Session, record: LedgerImport, outcome: LedgerOutcome) -> None:
    """Rows that went in before a runner was killed were found again and not counted: their marks are."""
    marked = session.scalar(select(func.count()).where(StoredRow.import_id == record.id)) or 0
    record.imported = marked - outcome.continued
    record.already_there = outcome.rows - len(outcome.rejected) - marked


def _faults(outcome: LedgerOutcome) -> dict[str, object]:
    return {
        "rejected": [asdict(fault) for fault in outcome.rejected[:MOST_FAULTS]],
        "warnings": [asdict(fault) for fault in outcome.warnings[:MOST_FAULTS]],
    }


def _require_whole(chosen: list[Column]) -> None:
    twice = {column for column in chosen if chosen.count(column) > 1}
    if twice:
        names = "、".join(column for column in Column if column in twice)
        raise Invalid(
            {"headings": [TrackerError(N_("有两列都对应到“%(names)s”，请只留一列。"), names=names)]}
        )
    missing = lacking(chosen)
    if missing:
        names = "、".join(missing)
        raise Invalid({"headings": [TrackerError(N_("还没有哪一列对应：%(names)s。"), names=names)]})


def guessed(ctx: Context, cells: list[str]) -> dict[int, Column]:
    """What the headings of an unknown header mean as far as is known."""
    return recognised(cells, learnt_headings(ctx.session))


@contextmanager
def _file_of(ctx: Context, record: LedgerImport) -> Iterator[Path]:
    if record.storage_key is None:
        raise NotFound(LOST)
    try:
        content = ctx.adapters.files.read(record.storage_key)
    except FileMissing as error:
        raise NotFound(LOST) from error
    with _as_path(content) as path:
        yield path


@contextmanager
def _as_path(content: bytes) -> Iterator[Path]:
    """The bytes as a file that only this process can read, for as long as it is needed."""
    with TemporaryDirectory(prefix="register-") as folder:
        path = Path(folder) / "register.xlsx"
        path.write_bytes(content)
        yield path
