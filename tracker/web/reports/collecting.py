"""The annual report on its way: the district's collection, one organ's report, and the four acts."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.annual_table_files import table_page
from tracker.domain.annual_checks import check_table
from tracker.domain.annual_frozen import changes_since, frozen_table, table_of
from tracker.domain.annual_prose import contradictions
from tracker.domain.annual_report import REPORT_STATE_NAMES, ReportAct, ReportState
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS
from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.frozen_report import HandedIn, figure_changes, frozen_texts
from tracker.domain.permissions import Permission
from tracker.domain.report_parts import PART_NAMES
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.annual_reports import get_report, last_years_table, list_collection
from tracker.queries.annual_table import OrganGroup, read_annual_table, read_places, reported_years
from tracker.queries.report_handing_in import read_counted
from tracker.queries.report_texts import get_report_text
from tracker.services.annual_reports import accept_report, publish_report, return_report, submit_report
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import tell
from tracker.web.messages import tell_done
from tracker.web.reports import bp
from tracker.web.reports.documents import report_files
from tracker.web.reports.forms import ActForm, ReturnForm
from tracker.web.reports.presenters import known_year, shown_contradictions, shown_failures, shown_rows
from tracker.web.reports.report_page import (
    acts_for,
    collection_chips,
    collection_lead,
    collection_line,
    deadline_words,
    shown_changes,
    shown_figure_changes,
    shown_steps,
)
from tracker.web.reports.routes import written
from tracker.web.sheets import download


@bp.get("/<int:year>/collection")
@needs(Permission.REPORT_READ)
def collection(year: int) -> ResponseReturnValue:
    """Every organ's report of a year on one page."""
    if not known_year(year):
        abort(404)
    if not actor().reads_whole_district:
        raise Forbidden(N_("年度报告汇总显示全区各机关，只对督查和审计开放。"))
    session = db.session()
    found = list_collection(session, actor(), year, today())
    years = sorted({*reported_years(session, actor()), year}, reverse=True)
    return render_template(
        "pages/reports/collection.html",
        year=year,
        lead=collection_lead(found, year),
        chips=collection_chips(years, year),
        lines=[collection_line(each, year) for each in found],
    )


@bp.get("/<int:year>/organs/<organ_code>")
@needs(Permission.REPORT_READ)
def report(year: int, organ_code: str) -> ResponseReturnValue:
    """One organ's report: as handed in or published, and what the cases give now."""
    return _page(year, organ_code)


@bp.get("/<int:year>/organs/<organ_code>/table.<any(csv,xlsx,docx,html):form>")
@needs(Permission.REPORT_READ)
def report_file(year: int, organ_code: str, form: str) -> ResponseReturnValue:
    """What was handed in as a file, or what the cases give now where nothing was; the title says which."""
    if not known_year(year):
        abort(404)
    session = db.session()
    facts = get_report(session, actor(), year, organ_code)
    if facts.content:
        table = frozen_table(facts.content)
    else:
        table = read_annual_table(session, actor(), year, OrganGroup(codes=(organ_code,)))
    title = _("%(whose)s %(year)d 年收到和处理政府信息公开申请情况", whose=facts.organ.name, year=year)
    if facts.state is not ReportState.PUBLISHED:
        title = f"{title}（{tell(REPORT_STATE_NAMES[facts.state])}）"
    if form == "html":
        note = f"SHA-256 {facts.content_hash}" if facts.content else ""
        return download(table_page(table, title, note).encode(), f"{title}.html", "text/html")
    content, kind = written(table, form, title)
    return download(content, f"{title}.{form}", kind)


@bp.post("/<int:year>/organs/<organ_code>/submit")
@needs(Permission.REPORT_SUBMIT)
def submit(year: int, organ_code: str) -> ResponseReturnValue:
    """提交."""
    return _act(year, organ_code, ReportAct.SUBMIT, submit_report, _("年度报告已提交，数字已固定。"))


@bp.post("/<int:year>/organs/<organ_code>/accept")
@needs(Permission.REPORT_COLLECT)
def accept(year: int, organ_code: str) -> ResponseReturnValue:
    """接受."""
    return _act(year, organ_code, ReportAct.ACCEPT, accept_report, _("已接受该机关的年度报告。"))


@bp.post("/<int:year>/organs/<organ_code>/publish")
@needs(Permission.REPORT_COLLECT)
def publish(year: int, organ_code: str) -> ResponseReturnValue:
    """公布."""
    return _act(year, organ_code, ReportAct.PUBLISH, publish_report, _("已登记公布，数字不再变化。"))


@bp.post("/<int:year>/organs/<organ_code>/return")
@needs(Permission.REPORT_COLLECT)
def send_back(year: int, organ_code: str) -> ResponseReturnValue:
    """退回."""
    form = ReturnForm(ids="return")
    return _done(
        year,
        organ_code,
        ReportAct.RETURN,
        form,
        lambda: return_report(
            context(),
            year,
            organ_code,
            comment=form.comment.data or "",
            expected_version=form.expected_version,
        ),
        _("已退回，该机关会看到退回的原因。"),
    )


Form = ActForm | ReturnForm


def _act(
    year: int, organ_code: str, act: ReportAct, verb: Callable[..., None], said: str
) -> ResponseReturnValue:
    """An act that says nothing but that it is done."""
    form = ActForm(ids=str(act))
    return _done(
        year,
        organ_code,
        act,
        form,
        lambda: verb(context(), year, organ_code, expected_version=form.expected_version),
        said,
    )


def _done(
    year: int, organ_code: str, act: ReportAct, form: Form, verb: Callable[[], None], said: str
) -> ResponseReturnValue:
    """Run the verb; what it objects to is shown in its form, with everything typed."""
    if not known_year(year):
        abort(404)
    try:
        verb()
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(year, organ_code, {str(act): form}, status_of(error))
    tell_done(said)
    return redirect(url_for("reports.report", year=year, organ_code=organ_code))


def _page(
    year: int, organ_code: str, shown: dict[str, Form] | None = None, status: int = 200
) -> ResponseReturnValue:
    if not known_year(year):
        abort(404)
    session, person = db.session(), actor()
    session.rollback()
    facts = get_report(session, person, year, organ_code)
    group = OrganGroup(codes=(organ_code,))
    # What stands beside table 3 is compared with what was handed in, so it is read where something was.
    counted = (
        read_counted(session, person, year, facts.organ)
        if facts.content
        else HandedIn(read_places(session, person, year, group))
    )
    live = table_of(counted.places)
    changes = changes_since(facts.content, counted.places) if facts.content else ()
    others = figure_changes(facts.content, counted) if facts.content else ()
    table = frozen_table(facts.content) if facts.content else live
    before = read_annual_table(session, person, year - 1, group)
    failures = check_table(table, last_years_table(session, facts.organ.id, year, before))
    texts = frozen_texts(facts.content) if facts.content else {}
    acts = {str(act) for act in acts_for(person, facts, today())}
    page = render_template(
        "pages/reports/report.html",
        facts=facts,
        state_name=REPORT_STATE_NAMES[facts.state],
        published=facts.state is ReportState.PUBLISHED,
        deadline=deadline_words(year, facts.submitted_on, today()),
        columns=[COLUMN_NAMES[column] for column in COLUMNS],
        rows=shown_rows(table, year, group, failures, live if facts.content else None),
        failures=shown_failures(failures),
        changes=(*shown_changes(changes), *shown_figure_changes(others)),
        texts=[(tell(PART_NAMES[part]), text.splitlines()) for part, text in texts.items()],
        contradictions=shown_contradictions(
            [found for text in texts.values() for found in contradictions(text, table)]
        ),
        steps=shown_steps(facts.steps),
        acts=acts,
        overtaken=[form for act, form in (shown or {}).items() if act not in acts],
        forms=_forms(facts.version, shown or {}),
        whole_district=person.reads_whole_district,
        files=report_files(year, organ_code),
        textless="submit" in acts and not get_report_text(session, person, year, organ_code).parts,
    )
    return page, status


def _forms(version: int, shown: dict[str, Form]) -> dict[str, Form]:
    """One form an act, each with the version now on the page; ``shown`` keeps what was typed and its faults."""
    forms: dict[str, Form] = {
        str(act): ActForm(formdata=None, ids=str(act), version=version)
        for act in ReportAct
        if act is not ReportAct.RETURN
    }
    forms[str(ReportAct.RETURN)] = ReturnForm(formdata=None, ids="return", version=version)
    for form in shown.values():
        form.version.data = str(version)
    return forms | shown
