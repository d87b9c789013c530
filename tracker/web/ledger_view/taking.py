"""导出台账: any list of cases in the columns of the register; in the clear only with a reason, and always on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.adapters.ledger_writer import write_ledger
from tracker.domain.errors import Invalid
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.queries.calendars import current_calendar
from tracker.queries.case_list import list_case_ids
from tracker.queries.unmaskable import unmaskable_cases
from tracker.services.exports import record_export, record_personal_export
from tracker.services.ledger_export import ledger_title, lines_of
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.i18n import plain_day, tell
from tracker.web.ledger_view.filters import ledger_filter, ledger_state, order_of
from tracker.web.ledger_view.routes import bp
from tracker.web.list_state import ListState
from tracker.web.sheets import MEDIA_TYPE, download, list_address

MOST_ROWS = 20_000
CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class TakePage:
    """``clear``: of how many cases this person may take the personal data away unmasked."""

    state: ListState
    total: int
    clear: int
    reason: str = ""
    asks_clear: bool = False
    fault: str = ""

    @property
    def too_many(self) -> bool:
        """Whether the list has to be narrowed first."""
        return self.total > MOST_ROWS

    @property
    def back_url(self) -> str:
        """The table one came from."""
        return ListState("ledger_view.index", self.state.values, self.state.defaults).url()


@bp.get("/take")
@needs(Permission.LEDGER_EXPORT)
def take() -> ResponseReturnValue:
    """What would be taken away, and whether with personal data."""
    state = ledger_state()
    return _show(_page(state, _cases(state)))


@bp.post("/take")
@needs(Permission.LEDGER_EXPORT)
def taken() -> ResponseReturnValue:
    """The file."""
    state = ledger_state()
    case_ids = _cases(state)
    page = _page(state, case_ids)
    if page.too_many:
        return _show(page, 422)
    clear: frozenset[int] = frozenset()
    address = list_address("ledger_view.index", state)
    if request.form.get("personal") == CLEAR:
        clear = unmaskable_cases(context().session, actor(), case_ids)
        reason = request.form.get("reason", "")
        try:
            record_personal_export(context(), ListTaken.LEDGER, address, len(case_ids), sorted(clear), reason)
        except Invalid as error:
            said = "".join(tell(text) for text in error.fields["reason"])
            return _show(TakePage(state, page.total, page.clear, reason, True, said), 422)
    else:
        record_export(context(), ListTaken.LEDGER, address, len(case_ids))
    return _file(state, case_ids, clear)


def _file(state: ListState, case_ids: Sequence[int], clear: frozenset[int]) -> ResponseReturnValue:
    year = ledger_filter(state).register
    title = ledger_title(year)
    out = BytesIO()
    write_ledger(out, title, lines_of(context(), case_ids, year, clear))
    return download(out.getvalue(), f"{title}（{plain_day(today())}）.xlsx", MEDIA_TYPE)


def _cases(state: ListState) -> Sequence[int]:
    session = context().session
    return list_case_ids(
        session,
        actor(),
        ledger_filter(state),
        current_calendar(session),
        today(),
        order=order_of(state),
        descending=state.descending,
        size=MOST_ROWS + 1,
    ).rows


def _page(state: ListState, case_ids: Sequence[int]) -> TakePage:
    return TakePage(state, len(case_ids), len(unmaskable_cases(context().session, actor(), case_ids)))


def _show(page: TakePage, status: int = 200) -> ResponseReturnValue:
    return render_template("pages/ledger_view/take.html", page=page, most=MOST_ROWS), status
