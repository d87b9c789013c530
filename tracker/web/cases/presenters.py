"""The list of cases in words."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices, Status
from tracker.queries.case_rows import CaseRow
from tracker.queries.paging import Page
from tracker.web.cases.filter_bar import FilterBar
from tracker.web.cases.rows import list_row
from tracker.web.list_state import ListState


class RegisterPage(FilterBar):
    """Everything the page shows. ``ledger_sheet_url``: the same list in the columns of the register."""

    def __init__(
        self,
        found: Page[CaseRow],
        counts: CaseCounts,
        choices: FilterChoices,
        wanted: CaseFilter,
        state: ListState,
        actor: Actor,
        counted: str = "",
    ) -> None:
        super().__init__(counts, choices, wanted, state, counted)
        self.paging = found
        self.rows = [list_row(row) for row in found.rows]
        self.sheet_url = url_for("cases.sheet", **state.query)
        self.ledger_sheet_url = ""
        if actor.may_somewhere(Permission.LEDGER_EXPORT):
            asked = {"status": state.get("status"), "sort": state.get("sort"), **state.query}
            self.ledger_sheet_url = url_for("ledger_view.take", **asked, register="all")
        self.may_register = actor.may_somewhere(Permission.CASE_REGISTER)
        self.lead = _(
            "在办 %(open)s 件，共 %(all)s 件。",
            open=counts.shown(Status.OPEN),
            all=counts.shown(Status.ALL),
        )
