"""收件登记簿: what arrived and what became of it. Only what became a request counts as one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.list_exports import ListTaken
from tracker.domain.mail_register import ANSWERED_HERE, MATTERS, Matter
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.mail import (
    MailRow,
    count_by_matter,
    count_waiting,
    get_mail,
    list_mail,
    list_mail_files,
)
from tracker.queries.organs import list_organ_choices
from tracker.services.mail_register import (
    answer_piece,
    forward_mail,
    issue_forwarding_letter,
    record_mail,
    sort_piece,
)
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import plain_day, tell
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.mail.forms import AnswerForm, ForwardingForm, MailForm, SortForm
from tracker.web.mail.presenters import HEADS, mail_facts, mail_line, sheet_row
from tracker.web.messages import tell_done
from tracker.web.sheets import list_address, sheet_response, whole_list

bp = Blueprint("mail", __name__, url_prefix="/mail")

WAITING = "waiting"
FILTERS = ("status", "matter")


@bp.get("")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """Pieces one may see: all, those about which something is to be done, those of one matter."""
    state = ListState.from_request(FILTERS)
    waiting, matter = state.get("status") == WAITING, chosen(Matter, state.get("matter"))
    session = db.session()
    found = list_mail(session, actor(), waiting=waiting, matter=matter, page=state.number("page"))
    counts = count_by_matter(session, actor())
    chips = [
        Chip(_("全部"), state.url(status=None, matter=None), not waiting and matter is None),
        Chip(
            _("待办"),
            state.url(status=None if waiting else WAITING),
            waiting,
            count_waiting(session, actor()),
            removable=True,
        ),
        *(
            Chip(
                tell(MATTERS[each].name),
                state.toggled("matter", str(each)),
                each is matter,
                count,
                removable=True,
            )
            for each, count in counts.items()
            if count or each is matter
        ),
    ]
    return render_template(
        "pages/mail/index.html",
        lines=[mail_line(row) for row in found.rows],
        page=found,
        state=state,
        chips=chips,
        several_organs=actor().reads_whole_district or len(actor().reading_organ_ids) > 1,
        filtered=waiting or matter is not None,
        sheet_url=url_for("mail.sheet", **state.query),
        may_record=actor().may_somewhere(Permission.CASE_REGISTER),
    )


@bp.get("/list.xlsx")
@needs(Permission.CASE_READ)
def sheet() -> ResponseReturnValue:
    """The same list as a sheet; senders masked as on the page."""
    state = ListState.from_request(FILTERS)
    waiting, session = state.get("status") == WAITING, db.session()
    matter = chosen(Matter, state.get("matter"))
    pieces = whole_list(
        lambda page: list_mail(session, actor(), waiting=waiting, matter=matter, page=page, size=500)
    )
    heads = [(tell(label), width) for label, width in HEADS]
    title = _("收件登记簿（%(day)s）", day=plain_day(today()))
    address = list_address("mail.index", state)
    return sheet_response(ListTaken.MAIL, address, title, heads, map(sheet_row, pieces))


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.CASE_REGISTER)
def new() -> ResponseReturnValue:
    """登记来件、来电、来访."""
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
                tell_done(said, tell(MATTERS[form.mail().matter].task))
                return redirect(url_for("mail.show", mail_id=done.mail_id))
    return render_template("pages/mail/new.html", form=form, several_organs=several), status


@bp.get("/<int:mail_id>")
@needs(Permission.CASE_READ)
def show(mail_id: int) -> ResponseReturnValue:
    """One piece, and the short way of its matter."""
    return _show(get_mail(db.session(), actor(), mail_id))


@bp.post("/<int:mail_id>/forward")
@needs(Permission.CASE_REGISTER)
def forward(mail_id: int) -> ResponseReturnValue:
    """登记转送, or who signed for it there."""
    row = get_mail(db.session(), actor(), mail_id)
    form = ForwardingForm()
    if not form.validate():
        return _show(row, 422, forwarding=form)
    try:
        forward_mail(context(), mail_id, form.forwarding(), form.uploads())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(get_mail(db.session(), actor(), mail_id), status_of(error), forwarding=form)
    flash(_("转送情况已登记。"), "success")
    return redirect(url_for("mail.show", mail_id=mail_id))


@bp.post("/<int:mail_id>/matter")
@needs(Permission.CASE_REGISTER)
def sort(mail_id: int) -> ResponseReturnValue:
    """分流."""
    row = get_mail(db.session(), actor(), mail_id)
    form = SortForm(ids="sort")
    if not form.validate():
        return _show(row, 422, sorting=form)
    matter = Matter(form.matter.data)
    try:
        sort_piece(context(), mail_id, matter, form.addressed_to.data or "")
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(get_mail(db.session(), actor(), mail_id), status_of(error), sorting=form)
    tell_done(_("去向已登记：%(name)s。", name=tell(MATTERS[matter].name)), tell(MATTERS[matter].task))
    return redirect(url_for("mail.show", mail_id=mail_id))


@bp.post("/<int:mail_id>/answer")
@needs(Permission.CASE_REGISTER)
def answer(mail_id: int) -> ResponseReturnValue:
    """答复 what is no request."""
    row = get_mail(db.session(), actor(), mail_id)
    form = AnswerForm(ids="answer")
    form.offer(row.matter)
    if not form.validate():
        return _show(row, 422, answering=form)
    try:
        answer_piece(context(), mail_id, form.answer(), form.uploads())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(get_mail(db.session(), actor(), mail_id), status_of(error), answering=form)
    tell_done(_("答复已登记，这件来件办结，不计入申请件。"))
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


def _show(
    row: MailRow,
    status: int = 200,
    *,
    forwarding: ForwardingForm | None = None,
    sorting: SortForm | None = None,
    answering: AnswerForm | None = None,
) -> ResponseReturnValue:
    may_act = actor().may(Permission.CASE_REGISTER, row.organ_id)
    if answering is None:
        answering = AnswerForm(formdata=None, ids="answer")
        answering.offer(row.matter)
    rule = MATTERS[row.matter]
    page = render_template(
        "pages/mail/show.html",
        mail=row,
        facts=mail_facts(row, in_full=may_act),
        task=tell(rule.task),
        files=list_mail_files(db.session(), row.id),
        form=forwarding or ForwardingForm(formdata=None, **_known(row)),
        sorting=sorting or SortForm(formdata=None, ids="sort", matter=str(row.matter)),
        answering=answering,
        may_forward=may_act and row.matter is Matter.MISDIRECTED,
        may_answer=may_act and row.matter in ANSWERED_HERE and not row.state.done,
        may_sort=may_act and not row.state.done,
        forwarded=row.forwarded_on is not None,
    )
    return page, status
