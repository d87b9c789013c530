"""The register as an Excel sheet: the columns of the page, names masked as there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flask import Response
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.list_exports import ListTaken
from tracker.domain.urgency import URGENCY_NAMES
from tracker.queries.case_rows import CaseRow
from tracker.queries.paging import Page
from tracker.web.cases.rows import list_row
from tracker.web.i18n import plain_day, tell
from tracker.web.sheets import sheet_response


def register_sheet(pages: Iterable[Page[CaseRow]], today: date, address: str) -> Response:
    """Every row of the pages; ``address``: where the list is to be seen."""
    heads = [
        (_("受理号"), 24),
        (_("机关"), 24),
        (_("申请人"), 14),
        (_("申请内容"), 48),
        (_("环节"), 12),
        (_("经办人"), 12),
        (_("收到日期"), 12),
        (_("到期日"), 12),
        (_("剩余工作日"), 11),
        (_("期限"), 20),
    ]
    title = _("申请件清单（%(day)s）", day=plain_day(today))
    return sheet_response(ListTaken.CASES, address, title, heads, _rows(pages))


def _rows(pages: Iterable[Page[CaseRow]]) -> Iterator[Sequence[Cell]]:
    for page in pages:
        for row in page.rows:
            shown = list_row(row)
            state = shown.light_text or (tell(URGENCY_NAMES[row.light]) if row.light else shown.outcome)
            yield (
                shown.number,
                shown.organ,
                shown.applicant,
                shown.description,
                shown.stage,
                shown.handler,
                shown.received_on,
                shown.due_on,
                shown.remaining,
                state,
            )
