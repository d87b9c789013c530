"""答复协查 with an account: by the person asked, or from the signed sheet by whoever handles the case."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.search_tasks import AnswerWay, TaskState
from tracker.extensions import db
from tracker.queries.scope import find_visible_case
from tracker.queries.search_tasks import TaskFacts, get_task
from tracker.services.search_tasks import answer_task
from tracker.web.access import signed_in
from tracker.web.context import actor, context
from tracker.web.errors import status_of
from tracker.web.messages import tell_done
from tracker.web.search_tasks import bp
from tracker.web.search_tasks.forms import AnswerForm
from tracker.web.search_tasks.presenters import TaskLine, question_rows


@bp.route("/search-tasks/<int:search_task_id>", methods=["GET", "POST"])
@signed_in
def answer(search_task_id: int) -> ResponseReturnValue:
    """The question, and the form of its answer while it waits."""
    task = get_task(db.session(), actor(), search_task_id)
    if request.method == "GET":
        own = actor().name if _is_asked(task) else None
        return _show(task, AnswerForm(formdata=None, searched_by=own))
    form = AnswerForm()
    if not form.validate():
        return _show(task, form, 422)
    try:
        way = answer_task(context(), search_task_id, form.findings(), form.uploads())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _show(get_task(db.session(), actor(), search_task_id), form, status_of(error))
    tell_done(_("答复已提交，记为检索记录。"), "" if way is AnswerWay.PAPER else _("经办人已收到提醒。"))
    if find_visible_case(db.session(), actor(), task.case_id) is not None:
        return redirect(url_for("search_tasks.index", case_id=task.case_id))
    return redirect(url_for("search_tasks.answer", search_task_id=search_task_id))


def _is_asked(task: TaskFacts) -> bool:
    return task.asked_id is not None and task.asked_id == actor().account_id


def _show(task: TaskFacts, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    line = TaskLine(task)
    seen = find_visible_case(db.session(), actor(), task.case_id) is not None
    page = render_template(
        "pages/search_tasks/answer.html",
        task=task,
        line=line,
        rows=question_rows(task),
        form=form,
        waiting=task.state is TaskState.WAITING,
        by_paper=not _is_asked(task),
        back=url_for("search_tasks.index", case_id=task.case_id) if seen else url_for("workbench.index"),
    )
    return page, status
