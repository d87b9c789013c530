"""One address an act: its form on a page of its own, and where every such form is sent."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.case_facts import CaseFacts
from tracker.domain.errors import BreachNeedsReason, Conflict, Forbidden, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.workflow import RULE_OF, Action, is_offered, missing_facts
from tracker.models import Case
from tracker.queries.scope import get_case
from tracker.services.case_record import facts_for, require_version
from tracker.web.access import needs
from tracker.web.actions.foresight import breach_texts, foresee
from tracker.web.actions.forms import FORMS, ActForm, LateActForm
from tracker.web.actions.make import fresh_form, sent_form
from tracker.web.actions.presenters import ActPage, latest_entry_text
from tracker.web.context import context
from tracker.web.i18n import tell

bp = Blueprint("actions", __name__, url_prefix="/cases/<int:case_id>/actions")

PREVIEW = "preview"


@bp.route("/<action>", methods=["GET", "POST"])
@needs(Permission.CASE_READ)
def perform(case_id: int, action: str) -> ResponseReturnValue:
    """The form of one act, what it would do to the clock, and doing it."""
    wanted = next((a for a in FORMS if a == action), None)
    if wanted is None:
        abort(404)
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id, RULE_OF[wanted].permission)
    if request.method == "GET":
        return _show(case, fresh_form(ctx, wanted, case))
    form = sent_form(ctx, wanted, case)
    if not form.validate():
        return _show(case, form, 422)
    if request.form.get("step") == PREVIEW or not form.was_looked_at:
        return _looked(case, form)
    if _lacks_reason(form, case):
        return _show(case, form, 422)
    try:
        said = form.perform(ctx, case_id)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        return _came_back(case_id, form, error)
    flash(said, "success")  # type: ignore[arg-type]  # a pair: what happened, what comes next
    return redirect(url_for("cases.show", case_id=case_id))


def _looked(case: Case, form: ActForm) -> ResponseReturnValue:
    """What the act would do, shown; nothing is done yet."""
    ctx = context()
    try:
        if not form.was_looked_at:
            require_version(case, form.expected_version)
        form.look(ctx, case)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        return _came_back(case.id, form, error)
    form.foresight = foresee(ctx, form, case)
    return _show(case, form)


def _lacks_reason(form: ActForm, case: Case) -> bool:
    """A late record without its reason is asked for it, before anything is tried."""
    if not isinstance(form, LateActForm) or form.given_reason or form.expected_version != case.version_id:
        return False
    if not _late(form.action, facts_for(context().session, case)):
        return False
    form.reason.errors = [_("请写明情况，再按已发生的事实登记。")]
    return True


def _came_back(case_id: int, form: ActForm, error: TrackerError) -> ResponseReturnValue:
    """The form again, nothing lost: with what is wrong, or asking for the reason of a breach or a late record."""
    ctx = context()
    case = get_case(ctx.session, ctx.actor, case_id)
    form.show(error)
    if isinstance(error, BreachNeedsReason):
        form.form_errors.extend(breach_texts(dict.fromkeys(b.code for b in error.breaches)))
    elif isinstance(error, NotLawfulNow):
        form.needs_reason = form.may_be_late
    elif isinstance(error, Conflict):
        form.version.data = str(case.version_id)
    form.foresight = foresee(ctx, form, case)
    if isinstance(error, Conflict):
        return _show(case, form, 409, latest=latest_entry_text(ctx, case))
    return _show(case, form, 422)


def _show(case: Case, form: ActForm, status: int = 200, latest: str = "") -> ResponseReturnValue:
    facts = facts_for(context().session, case)
    rule = RULE_OF[form.action]
    late = _late(form.action, facts)
    page = ActPage(
        case=case,
        action=form.action,
        label=tell(rule.label),
        effect=tell(rule.effect),
        late=late,
        closed=not late and (not is_offered(form.action, facts) or bool(missing_facts(form.action, facts))),
        latest=latest,
    )
    if late:
        form.needs_reason = True
    return render_template("pages/actions/act.html", page=page, form=form, panel=page), status


def _late(action: Action, facts: CaseFacts) -> bool:
    """Not offered now, but something that may have happened in the outside world."""
    if not FORMS[action].may_be_late or facts.stage is Stage.ARCHIVED:
        return False
    return not is_offered(action, facts) or bool(missing_facts(action, facts))
