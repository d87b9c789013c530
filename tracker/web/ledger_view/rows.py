"""Rows of the 台账 as the page shows them: each cell with what can be done to it by this person now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Row

from tracker.domain.actors import Actor
from tracker.domain.amendments import AMENDABLE_OF, may_amend
from tracker.domain.case_facts import CaseFacts, Fact, facts_of
from tracker.domain.case_log import LogEntry
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import LineCell, entries_behind, ledger_line
from tracker.domain.ledger_view import HANDLER, VIEW_COLUMNS, ViewColumn
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.workflow import RULE_OF, Action, allowed_actions
from tracker.queries.ledger_export import ExportedCase
from tracker.services.context import Context
from tracker.services.ledger_export import case_on_file
from tracker.web.cases.rows import tags_of
from tracker.web.i18n import tell

NAMED = frozenset(
    {
        Column.CHANNEL,
        Column.APPLICANT_KIND,
        Column.IDENTITY_TYPE,
        Column.SUPPLY_WAY,
        Column.CONSULTED,
        Column.OUTCOME,
        Column.DISPATCH_WAY,
    }
)
"""Values out of a list, which have names in both languages."""

FILLED_BY: dict[Column, Action] = {
    Column.CORRECTION_REQUESTED_ON: Action.REQUEST_CORRECTION,
    Column.CORRECTED_ON: Action.RECORD_CORRECTION,
    Column.CONSULTED_ON: Action.CONSULT,
    Column.ANSWERED_ON: Action.RECORD_CONSULTATION,
    Column.EXTENDED_ON: Action.REQUEST_EXTENSION,
    Column.FEE_NOTIFIED_ON: Action.NOTIFY_FEE,
    Column.FEE_PAID_ON: Action.RECORD_PAYMENT,
    Column.ARCHIVED_ON: Action.ARCHIVE,
}
"""The act that fills an empty cell with a day."""


@dataclass(frozen=True, slots=True)
class ViewCell:
    """``edit``: can be overwritten in place; ``url``: the form that does it, or corrects the fact, or records it;
    ``act``: the name of that act where nothing stands in the cell yet."""

    code: str
    text: str
    edit: bool = False
    url: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One request. ``change_url`` is where its cells are sent, each with its own name behind."""

    case_id: int
    version: int
    organ_id: int
    url: str
    change_url: str
    number: str
    tags: tuple[str, ...]
    cells: tuple[ViewCell, ...]


def view_rows(ctx: Context, found: Iterable[ExportedCase], year: int | None, first: int) -> Iterator[ViewRow]:
    """The rows, numbered from ``first``."""
    for sequence, exported in enumerate(found, start=first):
        yield view_row(ctx, exported, year, sequence)


def view_row(ctx: Context, exported: ExportedCase, year: int | None, sequence: int) -> ViewRow:
    """One row; what a register of another year would not tell of a case is told as it stands."""
    filed = case_on_file(exported, ctx.adapters.cipher, masked=True)
    line = ledger_line(filed, year, sequence)
    if line is None:
        year, line = None, ledger_line(filed, None, sequence) or {}
    case = exported.facts
    base = url_for("cases.show", case_id=case.id)
    doing = _Doing(base, case, exported.log, year, ctx.actor)
    carried = year is not None and year < ctx.today.year and Column.OUTCOME not in line
    tags = tags_of(case.needs_completion, case.held)
    return ViewRow(
        case_id=case.id,
        version=case.version_id,
        organ_id=case.organ_id,
        url=base,
        change_url=url_for("ledger_view.change", case_id=case.id, cell="_").removesuffix("_"),
        number=case.number,
        tags=(*tags, _("结转下年")) if carried else tags,
        cells=tuple(doing.cell(column, shown(column, line, exported)) for column in VIEW_COLUMNS),
    )


def shown(column: ViewColumn, line: Mapping[Column, LineCell], exported: ExportedCase) -> str:
    """What stands in a cell, masked as lists are; empty for nothing. The remark is the office's own."""
    if column.column is None:
        return exported.facts.handler or ""
    if column.column is Column.REMARK:
        return exported.remark or ""
    value = line.get(column.column)
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return tell(str(value)) if column.column in NAMED else str(value)


class _Doing:
    """What this person may do to the cells of one case."""

    def __init__(
        self, base: str, case: Row[Any], log: Iterable[LogEntry], year: int | None, actor: Actor
    ) -> None:
        entries = list(log)
        self._base, self._case = base, case
        self._stage = Stage(case.stage)
        self._behind = entries_behind(entries, year)
        offers = allowed_actions(_facts(case, entries), actor, case.organ_id)
        self._offered = frozenset(offer.action for offer in offers if offer.possible)
        self._corrects = actor.may(Permission.CASE_CORRECT_FACT, case.organ_id)

    def cell(self, column: ViewColumn, text: str) -> ViewCell:
        """The cell with its way of being changed."""
        if column.code == HANDLER:
            return self._editable(column, text, Action.ASSIGN, Action.ASSIGN in self._offered)
        assert column.column is not None
        what = AMENDABLE_OF.get(column.column)
        if what is not None:
            free = Action.AMEND in self._offered and may_amend(what, self._stage)
            return self._editable(column, text, Action.AMEND, free and self._filled(column.column))
        entry = self._behind.get(column.column)
        if entry is not None and self._corrects:
            return ViewCell(column.code, text, url=f"{self._base}/actions/correct_fact?seq={entry.seq}")
        act = FILLED_BY.get(column.column)
        if entry is None and act in self._offered and act is not None:
            return ViewCell(column.code, text, url=self._form(act), act=tell(RULE_OF[act].label))
        return ViewCell(column.code, text)

    def _filled(self, column: Column) -> bool:
        """A stub from the envelope has a remark and nothing else to overwrite."""
        return column is Column.REMARK or not self._case.needs_completion

    def _editable(self, column: ViewColumn, text: str, act: Action, free: bool) -> ViewCell:
        if not free:
            return ViewCell(column.code, text)
        anchor = "" if act is Action.ASSIGN else f"#{act}-{column.code}"
        return ViewCell(column.code, text, edit=True, url=self._form(act) + anchor)

    def _form(self, act: Action) -> str:
        return f"{self._base}/actions/{act}"


def _facts(case: Row[Any], log: list[LogEntry]) -> CaseFacts:
    extra = set()
    if not case.needs_completion:
        extra.add(Fact.COMPLETE)
    if case.held:
        extra.add(Fact.HELD)
    return facts_of(log, frozenset(extra))
