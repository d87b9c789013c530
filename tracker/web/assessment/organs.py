"""考核计分表 of one organ: every measure with its figure, its rule and the sum, and the same on paper."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.assessment_scores import read_organ_score
from tracker.queries.organs import find_organ_by_code
from tracker.services.assessment_papers import organ_pdf
from tracker.web.access import needs
from tracker.web.assessment import bp
from tracker.web.assessment.asking import Asked
from tracker.web.assessment.presenters import version_line
from tracker.web.assessment.score_lines import OrganPage
from tracker.web.context import actor, context, today
from tracker.web.district import district
from tracker.web.periods import period_name
from tracker.web.replica import from_replica
from tracker.web.sheets import PDF, download


@bp.get("/organs/<organ_code>")
@needs(Permission.SUPERVISION_READ)
@from_replica
def organ(organ_code: str) -> ResponseReturnValue:
    """How the points of one organ come about."""
    asked = Asked(organ_code=organ_code)
    found, own = read_organ_score(db.session(), actor(), organ_code, asked.period, today())
    return render_template(
        "pages/assessment/organ.html",
        period=period_name(asked.period),
        page=OrganPage(found, own),
        version=version_line(found.version),
        years=asked.years,
        parts=asked.parts,
        index_url=url_for("assessment.index", **asked.query),
        pdf_url=url_for("assessment.organ_paper", organ_code=organ_code, **asked.query),
    )


@bp.get("/organs/<organ_code>/points.pdf")
@needs(Permission.SUPERVISION_READ)
def organ_paper(organ_code: str) -> ResponseReturnValue:
    """The same as PDF/A."""
    asked = Asked(organ_code=organ_code)
    content = organ_pdf(context(), organ_code, asked.period, district().name)
    found = find_organ_by_code(db.session(), organ_code)
    organ_name = found.name if found else organ_code
    name = _("%(period)s考核计分表（%(organ)s）.pdf", period=period_name(asked.period), organ=organ_name)
    return download(content, name, PDF)
