"""A day in words: weekday, working day or why not."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import DayKind, DayNote, WorkCalendar
from tracker.domain.vocabulary import N_
from tracker.web.i18n import full_day, tell

KIND_WORDS: dict[DayKind, str] = {
    DayKind.WORKDAY: N_("工作日"),
    DayKind.MAKE_UP: N_("调休上班"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.HOLIDAY: N_("放假"),
}


def day_line(day: date, calendar: WorkCalendar) -> str:
    """2026年11月23日（周一），工作日; a year without a published calendar is said to be provisional (暂定)."""
    kind = day_words(calendar.day_note(day))
    if not calendar.is_covered(day.year):
        kind = _("%(kind)s，该年度安排尚未公布，暂定", kind=kind)
    return _("%(day)s，%(kind)s", day=full_day(day), kind=kind)


def day_words(note: DayNote) -> str:
    """工作日, 周末, 放假（国庆节）, 调休上班（国庆节）."""
    kind = tell(KIND_WORDS[note.kind])
    return _("%(kind)s（%(name)s）", kind=kind, name=tell(note.name)) if note.name else kind
