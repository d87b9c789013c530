"""正文: the six parts of a report typed and kept, figures filled in from the tables, last year's beside it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.frozen_report import frozen_figures, frozen_texts
from tracker.domain.permissions import Permission
from tracker.domain.report_fields import report_values
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_parts import LONGEST_PART, PART_NAMES, PROPOSALS, ReportPart
from tracker.domain.report_text import GAP
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.annual_reports import get_report
from tracker.queries.annual_table import OrganGroup
from tracker.queries.report_figures import read_district_figures, read_figures
from tracker.queries.report_texts import KeptText, get_report_text
from tracker.services.report_texts import may_write, save_report_text
from tracker.web.access import needs
from tracker.web.context import actor, context
from tracker.web.district import district
from tracker.web.errors import status_of
from tracker.web.forms import ParagraphField, TrackerForm
from tracker.web.messages import tell_done
from tracker.web.reports import bp
from tracker.web.reports.documents import report_files
from tracker.web.reports.presenters import known_year
from tracker.web.reports.text_page import empty_words, shown_fields, shown_findings, shown_parts

PROPOSE, LAST_YEAR, PREVIEW = "propose", "last", "preview"


class ReportTextForm(TrackerForm):
    """One field a part."""

    overview = ParagraphField(_l(PART_NAMES[ReportPart.OVERVIEW]), longest=LONGEST_PART)
    proactive = ParagraphField(_l(PART_NAMES[ReportPart.PROACTIVE]), longest=LONGEST_PART)
    requests = ParagraphField(_l(PART_NAMES[ReportPart.REQUESTS]), longest=LONGEST_PART)
    challenges = ParagraphField(_l(PART_NAMES[ReportPart.CHALLENGES]), longest=LONGEST_PART)
    problems = ParagraphField(_l(PART_NAMES[ReportPart.PROBLEMS]), longest=LONGEST_PART)
    other = ParagraphField(_l(PART_NAMES[ReportPart.OTHER]), longest=LONGEST_PART)

    def typed(self) -> dict[ReportPart, str]:
        """What stands in the fields."""
        return {part: self[str(part)].data or "" for part in ReportPart}


@bp.route("/<int:year>/organs/<organ_code>/text", methods=["GET", "POST"])
@needs(Permission.REPORT_READ)
def organ_text(year: int, organ_code: str) -> ResponseReturnValue:
    """The text of one organ's report."""
    return _text(year, organ_code)


@bp.route("/<int:year>/district/text", methods=["GET", "POST"])
@needs(Permission.REPORT_READ)
def district_text(year: int) -> ResponseReturnValue:
    """The text of the district's report."""
    return _text(year, None)


def _text(year: int, organ_code: str | None) -> ResponseReturnValue:
    if not known_year(year):
        abort(404)
    kept = get_report_text(db.session(), actor(), year, organ_code)
    if request.method == "GET":
        begin = kept.parts if kept.version else PROPOSALS
        return _page(
            kept, ReportTextForm(version=kept.version, data={str(part): text for part, text in begin.items()})
        )
    form = ReportTextForm()
    if not may_write(context(), kept.organ):
        raise Forbidden(N_("您的岗位不能写这份年度报告的正文。"))
    sound = form.validate()
    step, _colon, named = request.form.get("step", "").partition(":")
    if step in {PROPOSE, LAST_YEAR} and named in set(ReportPart):
        part = ReportPart(named)
        form[named].data = PROPOSALS[part] if step == PROPOSE else kept.last.get(part, "")
        return _page(kept, form)
    if step == PREVIEW or not sound:
        return _page(kept, form, 200 if sound else 422)
    return _store(kept, form, organ_code)


def _store(kept: KeptText, form: ReportTextForm, organ_code: str | None) -> ResponseReturnValue:
    try:
        save_report_text(
            context(), kept.year, organ_code, form.typed(), expected_version=form.expected_version
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        kept = get_report_text(db.session(), actor(), kept.year, organ_code)
        form.show(error)
        overtaken = isinstance(error, Conflict)
        if overtaken:
            form.version.data = str(kept.version)
        return _page(kept, form, status_of(error), overtaken=overtaken)
    tell_done(_("正文已保存。"))
    return redirect(_place(kept))


def _page(
    kept: KeptText, form: ReportTextForm, status: int = 200, *, overtaken: bool = False
) -> ResponseReturnValue:
    figures, texts = _standing(kept)
    values = report_values(figures, kept.organ.name if kept.organ else district().name, kept.year)
    writing = may_write(context(), kept.organ) and (not kept.is_handed_in or request.method == "POST")
    typed = form.typed() if writing else texts
    page = render_template(
        "pages/reports/text.html",
        kept=kept,
        form=form,
        writing=writing,
        whose=kept.organ.name if kept.organ else district().name,
        parts=shown_parts(
            typed, {part: form[str(part)] for part in ReportPart}, kept, values, overtaken=overtaken
        ),
        empties={str(part): empty_words(part) for part in ReportPart},
        files=report_files(kept.year, kept.organ.code if kept.organ else None),
        findings=shown_findings(typed, values, figures),
        vocabulary=shown_fields(values),
        values={name: GAP if value is None else value for name, value in values.items()},
    )
    return page, status


def _standing(kept: KeptText) -> tuple[ReportFigures, Mapping[ReportPart, str]]:
    """Figures and text as they were handed in, where that stands; else as they are now."""
    session, person = db.session(), actor()
    if kept.organ is None:
        return read_district_figures(session, person, kept.year).figures, kept.parts
    if kept.is_handed_in:
        content = get_report(session, person, kept.year, kept.organ.code).content or {}
        return frozen_figures(content), frozen_texts(content)
    return read_figures(session, person, kept.year, OrganGroup(codes=(kept.organ.code,))), kept.parts


def _place(kept: KeptText) -> str:
    if kept.organ is None:
        return url_for("reports.district_text", year=kept.year)
    return url_for("reports.organ_text", year=kept.year, organ_code=kept.organ.code)
