"""答复前先看 and 信息处理费测算 of one case."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.fees import FEE_TARIFFS, FeeBasis, fee, page_bands, price_of_item
from tracker.domain.permissions import Permission
from tracker.domain.workflow import Action, is_offered
from tracker.extensions import db
from tracker.models import Case
from tracker.queries.scope import get_case
from tracker.services.case_record import facts_for
from tracker.services.precedents import Before, before_case
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.precedents.presenters import before_view

bp = Blueprint("precedents", __name__)

MOST_PAGES = 100_000


@bp.get("/cases/<int:case_id>/before")
@needs(Permission.CASE_READ)
def show(case_id: int) -> ResponseReturnValue:
    """答复前先看: what was asked and answered before; proposals, no decision."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id)
    may_draft = _may_draft(case)
    return render_template(
        "pages/precedents/show.html",
        case=case,
        before=before_view(before_case(ctx, case), case_id, may_draft=may_draft),
    )


@bp.get("/cases/<int:case_id>/fee-sheet")
@needs(Permission.CASE_READ)
def fee_sheet(case_id: int) -> ResponseReturnValue:
    """信息处理费测算: by item over the calendar month, and by page for the pages typed; one of them may be charged."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id)
    text = request.args.get("pages", "").strip()
    pages = (
        int(text)
        if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= MOST_PAGES
        else None
    )
    fault = _("请填写 0 至 100000 之间的整数。") if text and pages is None else ""
    page = render_template(
        "pages/precedents/fee_sheet.html",
        case=case,
        items=_items(case, before_case(ctx, case)),
        typed=text,
        fault=fault,
        bands=page_bands(pages) if pages is not None else (),
        pages=pages,
        page_fee=fee(FeeBasis.PAGE, pages) if pages is not None else 0,
        tariffs=FEE_TARIFFS,
        bases=FeeBasis,
    )
    return page, 422 if fault else 200


def _items(case: Case, before: Before) -> list[tuple[int, str, object, int, bool]]:
    """The requests of the month in the order of their receipt: place, number, day, yuan, whether it is this one."""
    rows = [(each.received_on, each.case_id, each.number) for each in before.frequency.month]
    rows.append((case.received_on, case.id, case.number))
    return [
        (place, number, received_on, price_of_item(place), case_id == case.id)
        for place, (received_on, case_id, number) in enumerate(sorted(rows), start=1)
    ]


def _may_draft(case: Case) -> bool:
    return actor().may_on(Permission.LETTER_DRAFT, case.organ_id, case.handler_id) and is_offered(
        Action.DRAFT, facts_for(db.session(), case)
    )
