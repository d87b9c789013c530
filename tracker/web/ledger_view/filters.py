"""Which cases the 台账 shows, from its address and back: those of one year's register unless told otherwise."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.queries.case_list import CaseFilter, FilterChoices, Order, Status
from tracker.web.cases.filters import KEYS as CASE_KEYS
from tracker.web.cases.filters import Options, filter_of
from tracker.web.context import runtime, today
from tracker.web.list_state import ListState, chosen

KEYS = (*CASE_KEYS, "register")
EVERY_YEAR = "all"
"""The value of ``register`` that asks for the cases of all years, each as it stands."""
MOST_YEARS = 30


def ledger_state(size: str = "50") -> ListState:
    """The state the present address asks for; the register of this year where it names none."""
    defaults = {
        "status": str(Status.ALL),
        "sort": str(Order.RECEIVED),
        "size": size,
        "register": str(today().year),
    }
    return ListState.from_request(KEYS, defaults)


def ledger_filter(state: ListState) -> CaseFilter:
    """What the address asks for; anything it misspells is left out."""
    return filter_of(state, runtime().adapters.cipher)


def order_of(state: ListState) -> Order:
    """The order asked for, by day of receipt where it is misspelt."""
    return chosen(Order, state.sort) or Order.RECEIVED


def register_select(choices: FilterChoices, wanted: CaseFilter) -> tuple[str, str, Options]:
    """年度: this year back to the first year a case was received in, and all of them together."""
    this_year = today().year
    first = max(min([*choices.years, this_year]), this_year - MOST_YEARS)
    years = [(str(year), str(year), year == wanted.register) for year in range(this_year, first - 1, -1)]
    if wanted.register and not any(on for *_name, on in years):
        years.append((str(wanted.register), str(wanted.register), True))
    return ("register", _("年度"), [*years, (EVERY_YEAR, _("全部"), wanted.register is None)])
