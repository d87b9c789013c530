"""Messages by state, the failed ones first, to be sent again by hand."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.alerts import OUTBOX_STATE_NAMES, OutboxState
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.outbox import count_outbox, list_outbox
from tracker.services.outbox import resend, resend_all
from tracker.web.access import needs
from tracker.web.context import context, runtime
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.outbox.presenters import EMPTY, HEADS, MOMENTS, outbox_line, sheet_row
from tracker.web.sheets import list_address, sheet_response, whole_list

bp = Blueprint("outbox", __name__, url_prefix="/outbox")

ORDER = (OutboxState.DEAD, OutboxState.PENDING, OutboxState.SENT, OutboxState.CANCELLED)


@bp.get("")
@needs(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """消息发送."""
    state = ListState.from_request(("state",), {"state": str(OutboxState.DEAD)})
    wanted = chosen(OutboxState, state.get("state")) or OutboxState.DEAD
    counts = count_outbox(db.session())
    found = list_outbox(db.session(), wanted, page=state.number("page"))
    chips = [
        Chip(tell(OUTBOX_STATE_NAMES[each]), state.url(state=str(each)), each is wanted, counts[each])
        for each in ORDER
    ]
    empty_title, empty_text = EMPTY[wanted]
    return render_template(
        "pages/outbox/index.html",
        lines=[outbox_line(row) for row in found.rows],
        moment=MOMENTS.get(wanted, ""),
        empty=(tell(empty_title), tell(empty_text)),
        newest=max((row.id for row in found.rows), default=0),
        page=found,
        state=state,
        chips=chips,
        sheet_url=url_for("outbox.sheet", **state.query),
        failed=wanted is OutboxState.DEAD,
        mail_ready=runtime().adapters.mailer.ready,
    )


@bp.get("/list.xlsx")
@needs(Permission.ACCOUNT_MANAGE)
def sheet() -> ResponseReturnValue:
    """The messages of one state as a sheet."""
    state = ListState.from_request(("state",), {"state": str(OutboxState.DEAD)})
    wanted, session = chosen(OutboxState, state.get("state")) or OutboxState.DEAD, db.session()
    messages = whole_list(lambda page: list_outbox(session, wanted, page=page, size=500))
    heads = [(tell(label), width) for label, width in HEADS]
    title = _("消息发送清单：%(state)s", state=tell(OUTBOX_STATE_NAMES[wanted]))
    address = list_address("outbox.index", state)
    return sheet_response(ListTaken.OUTBOX, address, title, heads, map(sheet_row, messages))


@bp.post("/resend")
@needs(Permission.ACCOUNT_MANAGE)
def send_all_again() -> ResponseReturnValue:
    """全部重发: what failed up to the newest on the page."""
    through = request.form.get("through", "")
    known = through.isascii() and through.isdigit() and len(through) < 10
    count = resend_all(context(), through_id=int(through) if known else 0)
    flash(_("已将 %(count)d 条消息重新排队，从现在起陆续发送。", count=count), "success")
    return redirect(url_for("outbox.index"))


@bp.post("/<int:message_id>/resend")
@needs(Permission.ACCOUNT_MANAGE)
def send_again(message_id: int) -> ResponseReturnValue:
    """重发."""
    resend(context(), message_id)
    flash(_("已重新排队，一分钟内再次发送。"), "success")
    return redirect(url_for("outbox.index"))
