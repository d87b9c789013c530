"""The figures, points and places of all organs of a period, the same as a sheet, and the ranking on paper."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.assessment_scores import read_scores
from tracker.services.assessment_papers import ranking_pdf
from tracker.web.access import needs
from tracker.web.assessment import bp
from tracker.web.assessment.asking import Asked
from tracker.web.assessment.presenters import figure_line, heads, sheet_rows, version_line
from tracker.web.context import actor, context, today
from tracker.web.district import district
from tracker.web.periods import period_name
from tracker.web.replica import from_replica
from tracker.web.sheets import PDF, download, sheet_response


@bp.get("")
@needs(Permission.SUPERVISION_READ)
@from_replica
def index() -> ResponseReturnValue:
    """考核指标 of the organs the person watches, the best first."""
    asked = Asked()
    found = read_scores(db.session(), actor(), asked.period, today())
    return render_template(
        "pages/assessment/index.html",
        period=period_name(asked.period),
        lines=[figure_line(each, asked) for each in found.organs],
        assessed=len(found.assessed),
        ranked=found.ranked,
        version=version_line(found.version),
        years=asked.years,
        parts=asked.parts,
        sheet_url=url_for("assessment.sheet", **asked.query),
        ranking_url=url_for("assessment.ranking", **asked.query) if found.ranked else "",
    )


@bp.get("/figures.xlsx")
@needs(Permission.SUPERVISION_READ)
def sheet() -> ResponseReturnValue:
    """The same table as a sheet, with the points of every measure."""
    asked = Asked()
    found = read_scores(db.session(), actor(), asked.period, today())
    title = _("%(period)s考核指标", period=period_name(asked.period))
    return sheet_response(
        ListTaken.ASSESSMENT,
        url_for("assessment.index", **asked.query),
        title,
        heads(found),
        sheet_rows(found),
        [version_line(found.version).text],
    )


@bp.get("/ranking.pdf")
@needs(Permission.SUPERVISION_READ)
def ranking() -> ResponseReturnValue:
    """考核排名 as PDF/A, for those who see the whole district."""
    asked = Asked()
    name = _("%(period)s考核排名.pdf", period=period_name(asked.period))
    return download(ranking_pdf(context(), asked.period, district().name), name, PDF)
