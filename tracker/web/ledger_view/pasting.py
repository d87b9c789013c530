"""从 Excel 粘贴: a block is shown against what stands there, each defect in its cell, and then saved row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.errors import Invalid, NotFound, TrackerError
from tracker.domain.ledger_view import COLUMN_NAMES, EDITABLE, ViewColumn
from tracker.domain.pasted_block import MOST_ROWS, columns_from, read_block
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.queries.calendars import current_calendar
from tracker.queries.case_list import list_case_ids
from tracker.queries.ledger_export import cases_in_order
from tracker.services.pasting import PastedRow, pasted_row
from tracker.services.row_changes import change_row
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.i18n import tell
from tracker.web.ledger_view.filters import ledger_filter, ledger_state, order_of
from tracker.web.ledger_view.routes import bp
from tracker.web.ledger_view.rows import view_row
from tracker.web.list_state import ListState

MOST_CASES = 20_000
SAVE = "save"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """What became of one row: ``fault`` is empty for one that was saved."""

    number: str
    fault: str


@dataclass(frozen=True, slots=True)
class PastePage:
    """The page before, between and after. ``over``: rows of the block for which the list has no case left."""

    state: ListState
    at: int
    cell: str
    block: str
    fault: str = ""
    columns: Sequence[ViewColumn] = ()
    rows: Sequence[PastedRow] = ()
    over: int = 0
    saved: Sequence[SavedRow] | None = None

    @property
    def starts(self) -> list[tuple[str, str, bool]]:
        """Columns one can begin in."""
        return [(code, tell(name), code == self.cell) for code, name in COLUMN_NAMES.items()]

    @property
    def sound(self) -> list[PastedRow]:
        """Rows that will be saved."""
        return [row for row in self.rows if row.changes and not row.faulty]

    @property
    def faulty(self) -> int:
        """How many rows have to be put right."""
        return sum(row.faulty for row in self.rows)

    @property
    def plan(self) -> str:
        """What will be saved, as the form carries it: cases, the versions that were looked at, cells."""
        rows = [
            {"case": row.case_id, "number": row.number, "version": row.version, "cells": row.changes}
            for row in self.sound
        ]
        return json.dumps(rows, ensure_ascii=False)

    @property
    def failed(self) -> list[SavedRow]:
        """Rows that were not saved."""
        return [row for row in self.saved or () if row.fault]

    @property
    def back_url(self) -> str:
        """The table one came from."""
        return _table(self.state).url()


def _table(state: ListState) -> ListState:
    return ListState("ledger_view.index", state.values, state.defaults)


@bp.get("/paste")
@needs(Permission.CASE_ASSIGN)
def paste() -> ResponseReturnValue:
    """Where a block is pasted without scripts: from which case and column on, and the cells."""
    state = ledger_state()
    return _show(PastePage(state, state.number("at", 0), EDITABLE[0].code, ""))


@bp.post("/paste")
@needs(Permission.CASE_ASSIGN)
def take_block() -> ResponseReturnValue:
    """The preview, and then saving what it showed."""
    if request.form.get("step") == SAVE:
        return _save()
    at = request.form.get("at", "")
    typed = PastePage(
        ledger_state(),
        int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0,
        request.form.get("cell", ""),
        request.form.get("block", ""),
    )
    try:
        return _show(_previewed(typed))
    except TrackerError as error:
        page = PastePage(typed.state, typed.at, typed.cell, typed.block, fault=tell(error))
        return _show(page, 422)


def _previewed(typed: PastePage) -> PastePage:
    block = read_block(typed.block)
    columns, headed = columns_from(typed.cell, block)
    lines = block[1:] if headed else block
    case_ids = _cases_from(typed.state, typed.at, len(lines))
    rows = list(_rows(typed.state, case_ids, columns, lines))
    return PastePage(
        typed.state,
        typed.at,
        typed.cell,
        typed.block,
        columns=[column for column in columns if column is not None],
        rows=rows,
        over=len(lines) - len(rows),
    )


def _cases_from(state: ListState, at: int, wanted: int) -> Sequence[int]:
    """The cases of the list from one on, in the order of the list; from the first where none is named."""
    session = context().session
    found = list_case_ids(
        session,
        actor(),
        ledger_filter(state),
        current_calendar(session),
        today(),
        order=order_of(state),
        descending=state.descending,
        size=MOST_CASES,
    ).rows
    if not at:
        return found[:wanted]
    if at not in found:
        raise NotFound(N_("没有找到粘贴起点的那一件，请回到台账重新选择。"))
    first = list(found).index(at)
    return found[first : first + wanted]


def _rows(
    state: ListState,
    case_ids: Sequence[int],
    columns: Sequence[ViewColumn | None],
    lines: Sequence[Sequence[str]],
) -> Iterator[PastedRow]:
    ctx = context()
    year = ledger_filter(state).register
    for sequence, (exported, texts) in enumerate(
        zip(cases_in_order(ctx.session, case_ids, on_screen=True), lines, strict=False), start=1
    ):
        cells = {cell.code: cell.text for cell in view_row(ctx, exported, year, sequence).cells}
        yield pasted_row(ctx, exported.facts, cells, columns, texts)


def _save() -> ResponseReturnValue:
    """Each row by itself: one that was changed meanwhile, or cannot be kept, is told and keeps no other back."""
    saved = []
    for row in _planned(request.form.get("plan", "")):
        saved.append(SavedRow(row.number, _saved(row)))
    return _show(PastePage(ledger_state(), 0, "", "", saved=saved))


@dataclass(frozen=True, slots=True)
class _Planned:
    case_id: int
    version: int
    number: str
    cells: Mapping[str, str]


def _saved(row: _Planned) -> str:
    try:
        change_row(context(), row.case_id, row.cells, expected_version=row.version)
    except Invalid as error:
        said = [tell(message) for messages in error.fields.values() for message in messages]
        return "".join(said) or tell(error)
    except TrackerError as error:
        return tell(error)
    return ""


def _planned(text: str) -> list[_Planned]:
    """The plan a preview carried, read as if a stranger had written it. Raises ``TrackerError``."""
    try:
        raw = json.loads(text)
        rows = [_row(item) for item in raw[:MOST_ROWS]]
    except (ValueError, TypeError, KeyError) as error:
        raise TrackerError(N_("预览的内容已经失效，请回到台账重新粘贴。")) from error
    return rows


def _row(item: Any) -> _Planned:
    known = {column.code for column in EDITABLE}
    cells = {str(code): str(text) for code, text in item["cells"].items() if code in known}
    return _Planned(int(item["case"]), int(item["version"]), str(item["number"]), cells)


def _show(page: PastePage, status: int = 200) -> ResponseReturnValue:
    names = [tell(column.name) for column in EDITABLE]
    return render_template("pages/ledger_view/paste.html", page=page, most=MOST_ROWS, names=names), status
