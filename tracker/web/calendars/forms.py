"""Forms of a year that is proposed, and of the second person's word on it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import ValidationError

from tracker.adapters.year_file import year_text
from tracker.domain.errors import TrackerError
from tracker.domain.notice_lines import lines_of, parse_lines
from tracker.domain.vocabulary import N_
from tracker.domain.year_checks import FIRST_YEAR, LAST_YEAR, notice_number
from tracker.domain.year_edition import CalendarFileError, SpecialDay, YearEdition, read_year
from tracker.services.calendar_proposals import Proposed
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    NotAfterToday,
    ParagraphField,
    TrackerForm,
    UploadField,
    UploadRules,
)
from tracker.web.i18n import tell

UNNAMED = N_("其他")


class YearForm(TrackerForm):
    """A year as its notice has it: one line a holiday, read from a file or written by hand."""

    year = IntegerField(_l("年份"), [Filled()])
    file = UploadField(_l("年度文件"), [UploadRules(("csv", "txt", "xlsx"), mebibytes=1)])
    notice_number = LineField(_l("通知文号"), [Filled()], longest=100)
    notice_on = ChineseDateField(_l("通知日期"), [Filled(), NotAfterToday()])
    lines = ParagraphField(_l("放假和调休，一个节日一行"), [Filled()], longest=4000)
    reason = ParagraphField(_l("更正的原因"), longest=500)
    doubts_accepted = BooleanField(_l("已逐条核对上面的提示，通知确实如此"))
    source_name = HiddenField()
    source_digest = HiddenField()

    def validate_year(self, field: IntegerField) -> None:
        """Raises ``ValidationError`` for a year no calendar is kept of."""
        if field.data is not None and not FIRST_YEAR <= field.data <= LAST_YEAR:
            raise ValidationError(
                tell(
                    TrackerError(
                        N_("年份应在 %(first)d 至 %(last)d 之间。"), first=FIRST_YEAR, last=LAST_YEAR
                    )
                )
            )

    def validate_notice_number(self, field: LineField) -> None:
        """Raises ``ValidationError`` for a number that no notice has; what is typed otherwise is put into its form."""
        try:
            field.data = notice_number(field.data or "")
        except TrackerError as fault:
            raise ValidationError(tell(fault)) from None

    def days(self) -> tuple[tuple[SpecialDay, ...], list[CalendarFileError]]:
        """The days the lines name, and every fault in them."""
        if self.year.data is None or not FIRST_YEAR <= self.year.data <= LAST_YEAR:
            return (), []
        return parse_lines(self.lines.data or "", self.year.data)

    def edition(self, days: tuple[SpecialDay, ...]) -> YearEdition:
        """What was entered, as far as it goes."""
        return YearEdition(self.year.data or 0, days, self.notice_number.data or None, self.notice_on.data)

    def proposed(self, days: tuple[SpecialDay, ...]) -> Proposed:
        """What is handed to the verb."""
        digest = self.source_digest.data or ""
        source = (self.source_name.data or "", digest) if len(digest) == 64 and digest.isalnum() else None
        return Proposed(
            edition=self.edition(days),
            reason=self.reason.data or "",
            source=source,
            doubts_accepted=bool(self.doubts_accepted.data),
        )

    def read_file(self) -> list[TrackerError]:
        """Fill the form from the chosen file; returns its faults, with which nothing is filled."""
        chosen = self.file.data
        if not isinstance(chosen, FileStorage) or not chosen.filename:
            return [TrackerError(N_("请先选择年度文件，再点“读入文件”。"))]
        content = chosen.read()
        try:
            edition, faults = read_year(year_text(content))
        except TrackerError as fault:
            return [fault]
        if edition is None or faults:
            return list(faults)
        self._fill(edition)
        self.source_name.data = chosen.filename[:200]
        self.source_digest.data = hashlib.sha256(content).hexdigest()
        return []

    def _fill(self, edition: YearEdition) -> None:
        days = [d if d.name else replace(d, name=tell(UNNAMED)) for d in edition.days]
        self.year.data, self.year.raw_data = edition.year, None
        self.lines.data = lines_of(days, edition.year)
        if edition.notice_number:
            self.notice_number.data = edition.notice_number
        if edition.notice_on:
            self.notice_on.data, self.notice_on.raw_data = edition.notice_on, None


class ConfirmForm(TrackerForm):
    """``version`` is the calendar that the list of changes was drawn against."""

    doubts_accepted = BooleanField(_l("已逐条核对上面的提示，通知确实如此"))


class DecisionForm(TrackerForm):
    """退回 or 撤回."""

    decision_reason = ParagraphField(_l("原因"), [Filled()], longest=500)


def prefilled(year: int, edition: YearEdition | None, days: tuple[SpecialDay, ...]) -> dict[str, Any]:
    """What the form of a year begins with: the edition in force, else the days of law."""
    known: dict[str, str | date | None] = {"lines": lines_of(days, year)}
    if edition is not None:
        known |= {"notice_number": edition.notice_number, "notice_on": edition.notice_on}
    return {"year": year, **known}
