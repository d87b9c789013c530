"""A new rule: typed, tried on a period that has ended, and only then put in force."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import Conflict, Forbidden, Invalid, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.points_rule import PointsRule
from tracker.domain.points_versions import SHIPPED, RuleVersion, in_force_on
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.assessment import read_assessment
from tracker.queries.points_rules import list_rule_versions
from tracker.services.points_rules import NewRule, check_rule, set_rule
from tracker.web.access import needs
from tracker.web.assessment import bp
from tracker.web.assessment.rule_form import RuleForm, RuleFrame, begin_with
from tracker.web.assessment.rule_lines import Compared, compare
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import plain_day
from tracker.web.messages import tell_done
from tracker.web.periods import period_name


@bp.route("/rules/new", methods=["GET", "POST"])
@needs(Permission.ASSESSMENT_RULE)
def new_rule() -> ResponseReturnValue:
    """修改计分规则."""
    newest = _newest()
    form = RuleForm(data=begin_with(newest.rule, today()), version=newest.number)
    form.offer_periods(today())
    if request.method == "GET":
        return _page(form)
    sound = form.validate()
    try:
        rule = form.rule()
    except Invalid as error:
        form.show(error)
        return _page(form, status=422)
    if not sound:
        return _page(form, rule, 422)
    wanted = NewRule(rule, form.in_force_from.data or today(), form.reason.data or "")
    try:
        if request.form.get("step") != "confirm":
            check_rule(context(), wanted)
            return _page(form, rule)
        return _put_in_force(form, wanted)
    except Forbidden:
        raise
    except TrackerError as error:
        if isinstance(error, Conflict):
            form.version.data = str(_newest().number)
        form.show(error)
        return _page(form, rule, status_of(error))


def _put_in_force(form: RuleFrame, wanted: NewRule) -> ResponseReturnValue:
    if form.seen.data != wanted.rule.digest():
        raise TrackerError(
            N_("规则在预览之后有改动，请先核对下面按现在填写的内容重新算出的结果，再确认启用。")
        )
    number = set_rule(context(), wanted, expected_number=form.expected_version)
    day = plain_day(wanted.in_force_from)
    tell_done(
        _("第 %(number)d 版计分规则已确认，%(day)s起施行。", number=number, day=day),
        _("期间按截止之日施行的规则计分，已经结束的期间不变。"),
    )
    return redirect(url_for("assessment.rules"))


def _page(form: RuleFrame, rule: PointsRule | None = None, status: int = 200) -> ResponseReturnValue:
    period = form.tried_on(today())
    compared: list[Compared] | None = None
    version = SHIPPED
    if rule is not None:
        form.seen.data = rule.digest()
        version, compared = _tried(rule, period)
    page = render_template(
        "pages/assessment/edit.html",
        form=form,
        compared=compared,
        period=period_name(period),
        version=version,
        newest=_newest(),
    )
    return page, status


def _tried(rule: PointsRule, period: ReportingPeriod) -> tuple[RuleVersion, list[Compared]]:
    version = in_force_on(list_rule_versions(db.session()), period.last_on)
    found = read_assessment(db.session(), actor(), period, today())
    return version, compare(found, version.rule, rule)


def _newest() -> RuleVersion:
    versions = list_rule_versions(db.session())
    return versions[-1] if versions else SHIPPED
