"""答复协查 through a one-time link, without an account: the question and the form of its answer, nothing else."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.extensions import db
from tracker.services.context import Context
from tracker.services.search_links import answer_by_link, open_link
from tracker.web.access import public
from tracker.web.context import runtime
from tracker.web.errors import status_of
from tracker.web.i18n import full_day
from tracker.web.search_tasks import bp
from tracker.web.search_tasks.forms import AnswerForm


@bp.route("/search-links/<token>", methods=["GET", "POST"])
@public
def linked(token: str) -> ResponseReturnValue:
    """The question behind the link; once answered the link opens nothing any more."""
    address = request.remote_addr or ""
    task = open_link(_context(), token, address=address)
    form = AnswerForm() if request.method == "POST" else AnswerForm(formdata=None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                answer_by_link(_context(), token, form.findings(), form.uploads(), address=address)
            except (Invalid, NotLawfulNow) as error:
                form.show(error)
                status = status_of(error)
            else:
                return render_template("pages/search_tasks/thanks.html", task=task)
    page = render_template(
        "pages/search_tasks/linked.html", task=task, form=form, reply_by=full_day(task.reply_by_on)
    )
    return page, status


def _context() -> Context:
    """Nobody is signed in here; what a browser's own session might be is not used."""
    return runtime().context(db.session(), SYSTEM)
