"""The register in words."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices, Status
from tracker.queries.case_rows import CaseRow
from tracker.queries.paging import Page
from tracker.web.cases.filters import (
    OF_FIGURES,
    SIZES,
    counted_chip,
    figure_chips,
    light_chips,
    page_size,
    selects,
    status_chips,
)
from tracker.web.cases.rows import list_row
from tracker.web.list_state import ListState

NARROWING = ("q", "stage", "organ", "handler", "channel", "year", "light", *OF_FIGURES)
HIDDEN = ("status", "light", "sort", *OF_FIGURES)


class RegisterPage:
    """Everything the page shows; ``counted`` words the figure of 统计分析 it was opened from."""

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
        self.state = state
        self.paging = found
        self.rows = [list_row(row) for row in found.rows]
        self.statuses = status_chips(counts, wanted, state)
        self.lights = light_chips(counts, wanted, state)
        self.selects = selects(choices, state)
        self.text = wanted.text
        self.sizes = [(size, state.url(size=size), size == page_size(state)) for size in SIZES]
        self.hidden = [(k, state.values[k]) for k in HIDDEN if k in state.values]
        self.several_organs = len(choices.organs) > 1
        self.figures = figure_chips(wanted, state)
        if counted:
            self.figures.append(counted_chip(counted, state))
        self.narrowed = any(state.get(key) for key in NARROWING)
        self.clear_url = state.url(**dict.fromkeys(NARROWING))
        self.sheet_url = url_for("cases.sheet", **state.query)
        self.may_register = actor.may_somewhere(Permission.CASE_REGISTER)
        self.lead = _(
            "在办 %(open)d 件，共 %(all)d 件。",
            open=counts.by_status[Status.OPEN],
            all=counts.by_status[Status.ALL],
        )
