"""The centre: unread first, a link to the case, what has been seen, and what is over."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.alert_topics import CHOOSABLE
from tracker.domain.alerts import AlertKind
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.alerts import Reading, count_by_reading, find_alert, list_alerts, list_kinds
from tracker.services.alerts import mark_all_read, mark_read
from tracker.services.mail_choice import choose_mail, read_own_choice
from tracker.web.access import signed_in
from tracker.web.alerts.forms import MailForm
from tracker.web.alerts.presenters import alert_line, kind_chips, reading_chips, subject_url
from tracker.web.context import actor, context, runtime
from tracker.web.links import local_path
from tracker.web.list_state import ListState, chosen

bp = Blueprint("alerts", __name__, url_prefix="/alerts")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """提醒."""
    state = ListState.from_request(("reading", "kind"), {"reading": str(Reading.ALL)})
    reading = chosen(Reading, state.get("reading")) or Reading.ALL
    kind = chosen(AlertKind, state.get("kind"))
    found = list_alerts(db.session(), actor(), reading=reading, kind=kind, page=state.number("page"))
    counts = count_by_reading(db.session(), actor())
    return render_template(
        "pages/alerts/index.html",
        lines=[alert_line(row) for row in found.rows],
        page=found,
        state=state,
        readings=reading_chips(reading, counts, state),
        kinds=kind_chips(kind, list_kinds(db.session(), actor()), state),
        narrowed=reading is not Reading.ALL or kind is not None,
        unread=counts[Reading.UNREAD],
        newest=max((row.id for row in found.rows), default=0),
    )


@bp.route("/settings", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    """提醒方式."""
    known = read_own_choice(context())
    mailed = [str(topic) for topic in CHOOSABLE if topic not in known.muted]
    form = MailForm(data={"email": known.email or "", "mailed": mailed, "mail_digest": known.digest})
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                choose_mail(context(), form.choice())
            except Invalid as error:
                form.show(error)
            else:
                flash(_("提醒方式已保存。"), "success")
                return redirect(url_for("alerts.settings"))
    ready = runtime().adapters.mailer.ready
    return render_template("pages/alerts/settings.html", form=form, mail_ready=ready), status


@bp.post("/<int:alert_id>/read")
@signed_in
def read(alert_id: int) -> ResponseReturnValue:
    """标为已读, or on to what it is about where the button says so."""
    row = find_alert(db.session(), actor(), alert_id)
    if row is None:
        raise NotFound(N_("没有找到这条提醒，或者它不是发给您的。"))
    mark_read(context(), alert_id)
    if "open" in request.form and subject_url(row):
        return redirect(subject_url(row))
    return redirect(local_path(request.form.get("next"), url_for("alerts.index")))


@bp.post("/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """全部标为已读: everything up to the newest on the page."""
    through = request.form.get("through", "")
    if through.isascii() and through.isdigit() and len(through) < 10:
        mark_all_read(context(), through_id=int(through))
        flash(_("已全部标为已读。"), "success")
    return redirect(url_for("alerts.index"))
