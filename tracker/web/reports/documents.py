"""The annual report as a file: .docx and PDF in official format, a page for the site, a workbook of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.report_docx import report_docx
from tracker.adapters.report_files import report_page, report_xlsx
from tracker.domain.chinese_numerals import parse_chinese_date
from tracker.domain.permissions import Permission
from tracker.domain.report_document import ReportDocument
from tracker.extensions import db
from tracker.queries.report_documents import get_district_document, get_report_document
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.district import district
from tracker.web.reports import bp
from tracker.web.reports.presenters import known_year
from tracker.web.sheets import MEDIA_TYPE as XLSX
from tracker.web.sheets import download

FORMS = ("docx", "pdf", "html", "xlsx")
PICTURE_FORMS = ("svg", "pdf")
TABLE_FORMS = ("docx", "xlsx", "html", "csv")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/<int:year>/organs/<organ_code>/report.<any(docx,pdf,html,xlsx):form>")
@needs(Permission.REPORT_READ)
def document(year: int, organ_code: str, form: str) -> ResponseReturnValue:
    """One organ's report: as it was handed in, else as things stand."""
    if not known_year(year):
        abort(404)
    return _sent(get_report_document(db.session(), actor(), year, organ_code, today()), form)


@bp.get("/<int:year>/district/report.<any(docx,pdf,html,xlsx):form>")
@needs(Permission.REPORT_READ)
def district_document(year: int, form: str) -> ResponseReturnValue:
    """The district's report: the sum of its organs."""
    if not known_year(year):
        abort(404)
    return _sent(get_district_document(db.session(), actor(), year, district().name, today()), form)


def _sent(report: ReportDocument, form: str) -> ResponseReturnValue:
    content, media_type = _written(report, form)
    return download(content, f"{report.title}{report.note}.{form}", media_type)


def _written(report: ReportDocument, form: str) -> tuple[bytes, str]:
    if form == "docx":
        return report_docx(report), DOCX
    if form == "xlsx":
        return report_xlsx(report), XLSX
    if form == "html":
        return report_page(report).encode(), "text/html"
    day = parse_chinese_date(report.signed_on) or today()
    return context().adapters.renderer.report_pdf(report, day), "application/pdf"


@dataclass(frozen=True, slots=True)
class FileLink:
    """One form of one file."""

    label: str
    url: str


def report_files(year: int, organ_code: str | None) -> list[tuple[str, list[FileLink]]]:
    """What may be downloaded of a report, by what it holds; the district's without a code."""
    if organ_code is None:
        return [
            (_("年度报告"), _links("reports.district_document", FORMS, year=year)),
            (_("年报图解"), _links("reports.district_picture_file", PICTURE_FORMS, year=year)),
        ]
    return [
        (_("年度报告"), _links("reports.document", FORMS, year=year, organ_code=organ_code)),
        (_("年报图解"), _links("reports.picture_file", PICTURE_FORMS, year=year, organ_code=organ_code)),
        (_("只要表三"), _links("reports.report_file", TABLE_FORMS, year=year, organ_code=organ_code)),
    ]


def _links(endpoint: str, forms: Sequence[str], **place: Any) -> list[FileLink]:
    names = {"docx": "Word", "pdf": "PDF", "html": _("网页"), "xlsx": "Excel", "csv": "CSV", "svg": "SVG"}
    return [FileLink(names[form], url_for(endpoint, form=form, **place)) for form in forms]
