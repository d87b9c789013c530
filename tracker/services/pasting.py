"""从 Excel 粘贴: what a block of cells would change, shown before anything is saved; then row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from tracker.domain.amendments import AMENDABLE_OF, AMENDMENTS, Amendable, may_amend, read_amendment
from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.ledger_values import NotADate, read_date
from tracker.domain.ledger_view import HANDLER, ViewColumn
from tracker.domain.permissions import Permission
from tracker.domain.request_terms import SUPPLY_WAY_NAMES, SupplyWay
from tracker.domain.stages import BEFORE_REPLY, Stage
from tracker.domain.texts import clean_text
from tracker.domain.vocabulary import N_
from tracker.services.context import Context
from tracker.services.row_changes import handler_named

NOT_YOURS = N_("您的岗位不能修改这件申请的这一栏。")
INCOMPLETE = N_("登记还没有补全，请先补全登记。")


@dataclass(frozen=True, slots=True)
class PastedCell:
    """``was``: what stands there, as the page shows it; ``defect``: why it cannot be put there."""

    column: ViewColumn
    was: str
    text: str
    changed: bool
    defect: TrackerError | None = None


@dataclass(frozen=True, slots=True)
class PastedRow:
    """What the block says of one case. Only a row without any defect is saved, and then all of it."""

    case_id: int
    number: str
    version: int
    cells: Sequence[PastedCell]

    @property
    def faulty(self) -> bool:
        """Whether it has to be put right first."""
        return any(cell.defect for cell in self.cells)

    @property
    def changes(self) -> dict[str, str]:
        """What would be saved, by the names of the columns."""
        return {cell.column.code: cell.text for cell in self.cells if cell.changed and not cell.defect}


def pasted_row(
    ctx: Context,
    case: Row[Any],
    shown: Mapping[str, str],
    columns: Sequence[ViewColumn | None],
    texts: Sequence[str],
) -> PastedRow:
    """One row of the block against the case it falls on. ``shown``: its cells as the page shows them."""
    cells = [
        _cell(ctx, case, column, shown.get(column.code, ""), text)
        for column, text in zip(columns, texts, strict=False)
        if column is not None
    ]
    return PastedRow(case.id, case.number, case.version_id, cells)


def _cell(ctx: Context, case: Row[Any], column: ViewColumn, was: str, text: str) -> PastedCell:
    new = clean_text(text)
    if _same(column, was, new) or (not new and _stays(column, was)):
        return PastedCell(column, was, new, changed=False)
    try:
        return PastedCell(column, was, _checked(ctx, case, column, new), changed=True)
    except TrackerError as error:
        return PastedCell(column, was, new, changed=False, defect=_plain(column, error))


def _same(column: ViewColumn, was: str, new: str) -> bool:
    if new == was:
        return True
    if not column.dated:
        return False
    try:
        day = read_date(new)
    except NotADate:
        return False
    return day is not None and day.isoformat() == was


def _stays(column: ViewColumn, was: str) -> bool:
    """Nothing pasted over what is shown masked takes nothing away, nor does nothing over nothing."""
    what = AMENDABLE_OF.get(column.column) if column.column else None
    return not was or (what is not None and AMENDMENTS[what].personal)


def _checked(ctx: Context, case: Row[Any], column: ViewColumn, text: str) -> str:
    """What would be saved. Raises ``TrackerError`` for what cannot."""
    if column.closed:
        raise TrackerError(column.closed)
    if column.column is None:
        return _handler(ctx, case, text)
    what = AMENDABLE_OF[column.column]
    if not ctx.actor.may(Permission.CASE_HANDLE, case.organ_id):
        raise TrackerError(NOT_YOURS)
    if not may_amend(what, Stage(case.stage)):
        raise TrackerError(AMENDMENTS[what].later)
    if case.needs_completion and what is not Amendable.REMARK:
        raise TrackerError(INCOMPLETE)
    value = read_amendment(what, text)
    return SUPPLY_WAY_NAMES[SupplyWay(value)] if what is Amendable.SUPPLY_WAY else value


def _handler(ctx: Context, case: Row[Any], name: str) -> str:
    if not ctx.actor.may(Permission.CASE_ASSIGN, case.organ_id) or Stage(case.stage) not in BEFORE_REPLY:
        raise TrackerError(NOT_YOURS)
    handler_named(ctx, case.organ_id, name)
    return name


def _plain(column: ViewColumn, error: TrackerError) -> TrackerError:
    if not isinstance(error, Invalid):
        return error
    told = error.fields.get(HANDLER if column.column is None else column.code, [str(error)])[0]
    return told if isinstance(told, TrackerError) else TrackerError(told)
