"""A published table 3, pasted or as a file: its identities, with the cells that fail marked in place."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.adapters.annual_table_files import table_text
from tracker.domain.annual_checks import check_table
from tracker.domain.annual_csv import read_csv
from tracker.domain.annual_prose import contradictions
from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, AnnualTable
from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.web.access import needs
from tracker.web.errors import status_of
from tracker.web.reports import bp
from tracker.web.reports.forms import CheckForm
from tracker.web.reports.presenters import plain_rows, shown_contradictions, shown_failures


@bp.get("/check")
@needs(Permission.REPORT_READ)
def check() -> ResponseReturnValue:
    """The form."""
    return render_template("pages/reports/check.html", form=CheckForm(formdata=None), checked=False)


@bp.post("/check")
@needs(Permission.REPORT_READ)
def check_given() -> ResponseReturnValue:
    """The table with what does not hold; nothing of it is kept."""
    form = CheckForm()
    if not form.validate():
        return render_template("pages/reports/check.html", form=form, checked=False), 422
    try:
        table, last_year = _given(form)
    except TrackerError as error:
        form.show(error)
        return render_template("pages/reports/check.html", form=form, checked=False), status_of(error)
    failures = check_table(table, last_year)
    return render_template(
        "pages/reports/check.html",
        form=form,
        checked=True,
        columns=[COLUMN_NAMES[column] for column in COLUMNS],
        rows=plain_rows(table, failures),
        failures=shown_failures(failures),
        prose=bool((form.prose.data or "").strip()),
        contradictions=shown_contradictions(contradictions(form.prose.data or "", table)),
    )


def _given(form: CheckForm) -> tuple[AnnualTable, AnnualTable | None]:
    chosen = form.file.data
    if isinstance(chosen, FileStorage) and chosen.filename:
        form.table.data = table_text(chosen.read(), chosen.filename)
    if not (form.table.data or "").strip():
        raise Invalid({"table": [N_("请选择文件，或者粘贴表三的 25 行。")]})
    table = read_csv(form.table.data or "")
    before = (form.last_year.data or "").strip()
    if not before:
        return table, None
    try:
        return table, read_csv(before)
    except Invalid as error:
        raise Invalid({"last_year": error.fields["table"]}) from error
