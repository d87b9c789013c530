"""收件登记: misaddressed letters, passed on against a receipt; they are no requests and never counted."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.mail import MailRow, get_mail, list_mail, list_mail_files
from tracker.queries.organs import list_organ_choices
from tracker.services.mail_register import forward_mail, issue_forwarding_letter, record_mail
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.i18n import plain_day, tell
from tracker.web.list_state import Chip, ListState
from tracker.web.mail.forms import ForwardingForm, MailForm
from tracker.web.mail.presenters import HEADS, mail_facts, mail_line, sheet_row
from tracker.web.messages import tell_done
from tracker.web.sheets import list_address, sheet_response, whole_list

bp = Blueprint("mail", __name__, url_prefix="/mail")

WAITING = "waiting"


@bp.get("")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """Pieces one may see, those still lying here on request."""
    state = ListState.from_request(("status",))
    waiting = state.get("status") == WAITING
    found = list_mail(db.session(), actor(), waiting=waiting, page=state.number("page"))
    chips = [
        Chip(_("全部"), state.url(status=None), not waiting),
        Chip(_("待转送"), state.url(status=WAITING), waiting),
    ]
    return render_template(
        "pages/mail/index.html",
        lines=[mail_line(row) for row in found.rows],
        page=found,
        state=state,
        chips=chips,
        waiting=waiting,
        sheet_url=url_for("mail.sheet", **state.query),
        may_record=actor().may_somewhere(Permission.CASE_REGISTER),
    )


@bp.get("/list.xlsx")
@needs(Permission.CASE_READ)
def sheet() -> ResponseReturnValue:
    """The same list as a sheet; senders masked as on the page."""
    state = ListState.from_request(("status",))
    waiting, session = state.get("status") == WAITING, db.session()
    pieces = whole_list(lambda page: list_mail(session, actor(), waiting=waiting, page=page, size=500))
    heads = [(tell(label), width) for label, width in HEADS]
    title = _("收件登记簿（%(day)s）", day=plain_day(today()))
    address = list_address("mail.index", state)
    return sheet_response(ListTaken.MAIL, address, title, heads, map(sheet_row, pieces))


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.CASE_REGISTER)
def new() -> ResponseReturnValue:
    """登记误投邮件."""
    form = MailForm() if request.method == "POST" else MailForm(arrived_on=today())
    mine = actor().organs_where(Permission.CASE_REGISTER)
    offered = [row for row in list_organ_choices(db.session()) if row[0] in mine]
    form.organ_id.offer(offered)
    several = len(offered) > 1
    if form.organ_id.data is None and offered:
        form.organ_id.data = offered[0][0]
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                done = record_mail(context(), form.mail())
            except (NotFound, Forbidden):
                raise
            except TrackerError as error:
                form.show(error)
            else:
                said = _("已登记，编号 %(number)s。", number=done.number)
                tell_done(said, _("下一步：转送给信封上的收件机关，并取得回执。"))
                return redirect(url_for("mail.show", mail_id=done.mail_id))
    return render_template("pages/mail/new.html", form=form, several_organs=several), status


@bp.get("/<int:mail_id>")
@needs(Permission.CASE_READ)
def show(mail_id: int) -> ResponseReturnValue:
    """One piece, and the form that says how it was passed on."""
    row = get_mail(db.session(), actor(), mail_id)
    form = ForwardingForm(formdata=None, **_known(row))
    return _show(row, form)


@bp.post("/<int:mail_id>/forward")
@needs(Permission.CASE_REGISTER)
def forward(mail_id: int) -> ResponseReturnValue:
    """登记转送, or who signed for it there."""
    row = get_mail(db.session(), actor(), mail_id)
    form = ForwardingForm()
    if not form.validate():
        return _show(row, form, 422)
    try:
        forward_mail(context(), mail_id, form.forwarding(), form.uploads())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(get_mail(db.session(), actor(), mail_id), form, 422)
    flash(_("转送情况已登记。"), "success")
    return redirect(url_for("mail.show", mail_id=mail_id))


@bp.post("/<int:mail_id>/letter")
@needs(Permission.CASE_REGISTER)
def letter(mail_id: int) -> ResponseReturnValue:
    """出具转交函."""
    issue_forwarding_letter(context(), mail_id)
    tell_done(_("转交函已出具。"), _("下一步：打印后随原件转送，请对方在回执上签收。"))
    return redirect(url_for("mail.show", mail_id=mail_id))


def _known(row: MailRow) -> dict[str, object]:
    if row.forwarded_on is None:
        return {"forwarded_to": row.addressed_to}
    return {
        "forwarded_to": row.forwarded_to,
        "on": row.forwarded_on,
        "way": row.forwarded_way,
        "received_by": row.received_by,
    }


def _show(row: MailRow, form: ForwardingForm, status: int = 200) -> ResponseReturnValue:
    may_forward = actor().may(Permission.CASE_REGISTER, row.organ_id)
    page = render_template(
        "pages/mail/show.html",
        mail=row,
        facts=mail_facts(row, in_full=may_forward),
        files=list_mail_files(db.session(), row.id),
        form=form,
        may_forward=may_forward,
        forwarded=row.forwarded_on is not None,
    )
    return page, status
