"""考核计分规则: the versions, which is in force, and each of them to be read."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Permission
from tracker.domain.points_rule import points_text
from tracker.domain.points_versions import in_force_on, spans
from tracker.extensions import db
from tracker.queries.points_rules import list_rule_versions
from tracker.web.access import needs
from tracker.web.assessment import bp
from tracker.web.assessment.rule_lines import measure_lines, span_line
from tracker.web.context import actor, today


@bp.get("/rules")
@needs(Permission.SUPERVISION_READ)
def rules() -> ResponseReturnValue:
    """The rule in force today, and every version."""
    versions = list_rule_versions(db.session())
    current = in_force_on(versions, today())
    return render_template(
        "pages/assessment/rules.html",
        current=current,
        full=points_text(current.rule.full),
        measures=measure_lines(current.rule),
        versions=[span_line(span, current) for span in spans(versions)],
        may_edit=actor().may_somewhere(Permission.ASSESSMENT_RULE),
    )


@bp.get("/rules/<int:rule_number>")
@needs(Permission.SUPERVISION_READ)
def rule(rule_number: int) -> ResponseReturnValue:
    """One version, as it was decided on."""
    versions = list_rule_versions(db.session())
    current = in_force_on(versions, today())
    found = next((s for s in spans(versions) if s.version.number == rule_number), None)
    if found is None:
        abort(404)
    return render_template(
        "pages/assessment/rule.html",
        line=span_line(found, current),
        full=points_text(found.version.rule.full),
        measures=measure_lines(found.version.rule),
    )
