"""The filters above a list of cases: search, choices, chips, page sizes; the same on every page that lists cases."""

from __future__ import annotations

from flask import url_for

from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices
from tracker.web.cases.filters import (
    OF_FIGURES,
    SIZES,
    Options,
    counted_chip,
    figure_chips,
    light_chips,
    page_size,
    selects,
    status_chips,
)
from tracker.web.list_state import ListState

NARROWING = ("q", "stage", "organ", "handler", "channel", "year", "light", *OF_FIGURES)
HIDDEN = ("status", "light", "sort", *OF_FIGURES)


class FilterBar:
    """What ``ui/case_filters.html`` shows; ``counted`` words the figure of 统计分析 the list was opened from."""

    def __init__(
        self,
        counts: CaseCounts,
        choices: FilterChoices,
        wanted: CaseFilter,
        state: ListState,
        counted: str = "",
    ) -> None:
        self.state = state
        self.action = url_for(state.endpoint)
        self.statuses = status_chips(counts, wanted, state)
        self.lights = light_chips(counts, wanted, state)
        self.selects: list[tuple[str, str, Options]] = selects(choices, state)
        self.text = wanted.text
        self.sizes = [(size, state.url(size=size), size == page_size(state)) for size in SIZES]
        self.hidden = [(k, state.values[k]) for k in HIDDEN if k in state.values]
        self.several_organs = len(choices.organs) > 1
        self.figures = figure_chips(wanted, state)
        if counted:
            self.figures.append(counted_chip(counted, state))
        self.narrowed = any(state.get(key) for key in NARROWING)
        self.clear_url = state.url(**dict.fromkeys(NARROWING))
