"""What the page of a computation sheet shows beside the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.sheet import Sheet
from tracker.models import Case
from tracker.queries.sheets import CaseSheet, IssuedRow
from tracker.web.cases.clock_card import headline, left_text
from tracker.web.i18n import full_day


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """One sheet given out, as a row. ``stale``: facts or calendar are others now."""

    row: IssuedRow
    url: str
    waiting: str
    stale: bool


class SheetPage:
    """The answer (due date, what remains), the sheet, the sheets given out."""

    def __init__(self, case: Case, known: CaseSheet, issued: Sequence[IssuedRow], actor: Actor) -> None:
        self.case = case
        self.known = known
        self.sheet: Sheet = known.sheet
        self.issued = [_line(row, known) for row in issued]
        may = actor.may_on(Permission.SHEET_ISSUE, case.organ_id, case.handler_id)
        self.may_issue = may and bool(known.sheet.parts)
        reading = known.sheet.reading
        self.headline = full_day(reading.due_on) if reading.due_on else headline(reading)[0]
        self.left = left_text(reading)


def _line(row: IssuedRow, known: CaseSheet) -> IssuedLine:
    waiting = ""
    if row.attachment_id is None:
        waiting = _("文件没有生成，系统会自动再试") if row.render_error else _("文件正在生成")
    return IssuedLine(
        row=row,
        url=url_for("files.show", attachment_id=row.attachment_id) if row.attachment_id else "",
        waiting=waiting,
        stale=row.facts_digest != known.digest
        or row.calendar_version != known.sheet.reading.calendar_version,
    )
