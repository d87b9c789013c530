"""提醒设置 of one organ: what it has set, the district's default beside it, and what both come to."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.alert_policy import DEFAULT_POLICY, AlertPolicy, faults_of
from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.domain.urgency import Thresholds
from tracker.extensions import db
from tracker.queries.alert_policies import kept_policy
from tracker.queries.calendars import current_calendar
from tracker.queries.organs import get_organ
from tracker.services.alert_policies import change_policy, follow_default
from tracker.web.access import needs
from tracker.web.context import context, today
from tracker.web.organs import bp
from tracker.web.organs.alert_form import AlertPolicyForm, filled_in
from tracker.web.organs.alert_preview import default_notes, preview_of


@bp.route("/<int:organ_id>/alerts", methods=["GET", "POST"])
@needs(Permission.ORGAN_MANAGE)
def alerts(organ_id: int) -> ResponseReturnValue:
    """提醒设置."""
    get_organ(db.session(), organ_id)
    kept = kept_policy(db.session(), organ_id)
    form = AlertPolicyForm(data=filled_in(kept.policy), version=kept.version)
    if request.method != "POST":
        return _page(organ_id, form, kept.policy)
    step = request.form.get("step", "")
    if step == "default":
        form = AlertPolicyForm(formdata=None, data=filled_in(DEFAULT_POLICY), version=form.expected_version)
    elif not form.validate():
        return _page(organ_id, form, kept.policy), 422
    wanted = form.policy()
    if step == "preview":
        form.show(Invalid(faults_of(wanted)))
        return _page(organ_id, form, kept.policy if form.errors else wanted), 422 if form.errors else 200
    try:
        if step == "default":
            follow_default(context(), organ_id, expected_version=form.expected_version)
        else:
            change_policy(context(), organ_id, wanted, expected_version=form.expected_version)
    except Invalid as error:
        form.show(error)
        return _page(organ_id, form, kept.policy), 422
    except Conflict as error:
        # What was typed stays; sent again, it is meant to replace what the other person saved.
        form.version.data = str(kept_policy(db.session(), organ_id).version)
        form.show(error)
        return _page(organ_id, form, wanted), 409
    flash(_("提醒设置已保存，在办申请件随即按新的设置提醒。"), "success")
    return redirect(url_for("organs.alerts", organ_id=organ_id))


def _page(organ_id: int, form: AlertPolicyForm, policy: AlertPolicy) -> str:
    organ = get_organ(db.session(), organ_id)
    thresholds = Thresholds(organ.yellow_days, organ.orange_days)
    return render_template(
        "pages/organs/alerts.html",
        organ=organ,
        form=form,
        notes=default_notes(),
        preview=preview_of(policy, thresholds, current_calendar(db.session()), today()),
        own=kept_policy(db.session(), organ_id).policy != DEFAULT_POLICY,
    )
