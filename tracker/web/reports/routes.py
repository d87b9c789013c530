"""Table 3 of a year: on screen, for print, and as files."""

from __future__ import annotations

from io import BytesIO

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.annual_table_files import table_docx, table_xlsx
from tracker.domain.annual_checks import check_table
from tracker.domain.annual_csv import write_csv
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, AnnualTable
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.annual_table import count_incomplete, read_annual_table, reported_years
from tracker.web.access import needs
from tracker.web.annual_cells import write_group
from tracker.web.context import actor, today
from tracker.web.replica import from_replica
from tracker.web.reports import bp
from tracker.web.reports.asking import asked_group
from tracker.web.reports.presenters import (
    group_name,
    shown_failures,
    shown_rows,
    year_chips,
)
from tracker.web.sheets import MEDIA_TYPE as XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("")
@needs(Permission.REPORT_READ)
def index() -> ResponseReturnValue:
    """The year that is reported on next: last year's until the end of March, else this year's."""
    day = today()
    return redirect(url_for("reports.show", year=day.year - 1 if day.month <= 3 else day.year))


@bp.get("/<int:year>")
@needs(Permission.REPORT_READ)
@from_replica
def show(year: int) -> ResponseReturnValue:
    """Table 3 of a year, its identities, and the cases behind each number."""
    group, choices = asked_group(year)
    session, person = db.session(), actor()
    table = read_annual_table(session, person, year, group)
    before = read_annual_table(session, person, year - 1, group)
    failures = check_table(table, before)
    years = sorted({*reported_years(session, person), year}, reverse=True)
    return render_template(
        "pages/reports/show.html",
        year=year,
        group=write_group(group),
        group_name=group_name(group, choices),
        choices=choices,
        chips=year_chips(years, year, group),
        columns=[COLUMN_NAMES[column] for column in COLUMNS],
        rows=shown_rows(table, year, group, failures),
        failures=shown_failures(failures),
        report_code=group.codes[0] if len(group.codes) == 1 else "",
        whole_district=person.reads_whole_district,
        incomplete=count_incomplete(session, person, year, group),
        unfinished=year >= today().year,
    )


@bp.get("/<int:year>/table.<any(csv,xlsx,docx):form>")
@needs(Permission.REPORT_READ)
@from_replica
def file(year: int, form: str) -> ResponseReturnValue:
    """The same table as a file."""
    group, choices = asked_group(year)
    table = read_annual_table(db.session(), actor(), year, group)
    title = _(
        "%(whose)s %(year)d 年收到和处理政府信息公开申请情况", whose=group_name(group, choices), year=year
    )
    content, kind = written(table, form, title)
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=f"{title}.{form}", max_age=0)


def written(table: AnnualTable, form: str, title: str) -> tuple[bytes, str]:
    """The table as a file, and its type."""
    if form == "xlsx":
        return table_xlsx(table, title), XLSX
    if form == "docx":
        return table_docx(table, title), DOCX
    return write_csv(table).encode("utf-8-sig"), "text/csv"
