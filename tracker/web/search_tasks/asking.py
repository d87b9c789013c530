"""From a case: its tasks, asking another place, the sheet, the one-time link, and taking a task back."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.workflow import Action, is_offered
from tracker.extensions import db
from tracker.queries.calendars import current_calendar
from tracker.queries.scope import get_case
from tracker.queries.search_tasks import list_people_to_ask, list_tasks
from tracker.services.case_record import facts_for
from tracker.services.search_links import MadeLink, make_link
from tracker.services.search_tasks import ask_to_search, issue_sheet, withdraw_task
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import full_day
from tracker.web.messages import tell_done
from tracker.web.search_tasks import bp
from tracker.web.search_tasks.forms import AskForm, WithdrawForm
from tracker.web.search_tasks.presenters import TaskLine

USUAL_TERM = 3
"""Working days a place is usually given to search."""


@bp.get("/cases/<int:case_id>/search-tasks")
@needs(Permission.CASE_READ)
def index(case_id: int) -> ResponseReturnValue:
    """协查任务 of a case with their answers."""
    return _page(case_id)


@bp.route("/cases/<int:case_id>/search-tasks/new", methods=["GET", "POST"])
@needs(Permission.CASE_HANDLE)
def new(case_id: int) -> ResponseReturnValue:
    """发协查任务."""
    session = db.session()
    case = get_case(session, actor(), case_id, Permission.CASE_HANDLE)
    if request.method == "GET":
        term = current_calendar(session).nth_workday(today(), USUAL_TERM)
        form = AskForm(formdata=None, version=case.version_id, reply_by_on=term)
    else:
        form = AskForm()
    form.offer(list_people_to_ask(session))
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                made = ask_to_search(
                    context(), case_id, form.asking(), expected_version=form.expected_version
                )
            except (NotFound, Forbidden):
                raise
            except TrackerError as error:
                form.show(error)
                status = status_of(error)
                case = get_case(session, actor(), case_id)
                if isinstance(error, Conflict):
                    form.version.data = str(case.version_id)
            else:
                said = _("已发出 %(count)d 项协查任务。", count=len(made))
                tell_done(said, _("下一步：没有账号的，制发协查单或者生成一次性链接发给对方。"))
                return redirect(url_for("search_tasks.index", case_id=case_id))
    return render_template("pages/search_tasks/new.html", form=form, case=case), status


@bp.post("/cases/<int:case_id>/search-tasks/<int:search_task_id>/sheet")
@needs(Permission.CASE_HANDLE)
def sheet(case_id: int, search_task_id: int) -> ResponseReturnValue:
    """制发协查单."""
    issue_sheet(context(), case_id, search_task_id)
    tell_done(_("协查单已制发。"), _("下一步：打印后送协查单位；收回后在这里登记答复并附扫描件。"))
    return redirect(url_for("search_tasks.index", case_id=case_id))


@bp.post("/cases/<int:case_id>/search-tasks/<int:search_task_id>/link")
@needs(Permission.CASE_HANDLE)
def link(case_id: int, search_task_id: int) -> ResponseReturnValue:
    """生成一次性链接: shown this once."""
    made = make_link(context(), case_id, search_task_id)
    return _page(case_id, made=(search_task_id, made))


@bp.post("/cases/<int:case_id>/search-tasks/<int:search_task_id>/withdraw")
@needs(Permission.CASE_HANDLE)
def withdraw(case_id: int, search_task_id: int) -> ResponseReturnValue:
    """撤回协查任务."""
    form = WithdrawForm(ids=f"withdraw-{search_task_id}")
    if not form.validate():
        return _page(case_id, failed=(search_task_id, form), status=422)
    try:
        withdraw_task(context(), case_id, search_task_id, reason=form.reason.data or "")
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(case_id, failed=(search_task_id, form), status=status_of(error))
    tell_done(_("协查任务已撤回。"))
    return redirect(url_for("search_tasks.index", case_id=case_id))


def _page(
    case_id: int,
    *,
    made: tuple[int, MadeLink] | None = None,
    failed: tuple[int, WithdrawForm] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    session = db.session()
    session.rollback()
    case = get_case(session, actor(), case_id)
    lines = [TaskLine(task, task.reply_by_on < today()) for task in list_tasks(session, actor(), case_id)]
    may_handle = actor().may_on(Permission.CASE_HANDLE, case.organ_id, case.handler_id)
    facts = facts_for(session, case)
    forms = {
        line.facts.id: WithdrawForm(formdata=None, ids=f"withdraw-{line.facts.id}")
        for line in lines
        if line.waiting
    }
    address = url_for("search_tasks.linked", token=made[1].token, _external=True) if made else ""
    page = render_template(
        "pages/search_tasks/index.html",
        case=case,
        lines=lines,
        forms=forms | ({failed[0]: failed[1]} if failed else {}),
        may_ask=may_handle and is_offered(Action.ASK_SEARCH, facts),
        may_take=may_handle and is_offered(Action.TAKE_SEARCH_ANSWER, facts),
        made_for=made[0] if made else None,
        address=address,
        good_through=full_day(made[1].good_through) if made else "",
    )
    return page, status
