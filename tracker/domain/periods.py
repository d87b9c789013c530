"""期间的终点: the last day of a period counted in working days, calendar days or months, and why it is that day.

The day something happens is never counted. A period in working days ends on its n-th working day. A period in days or
months ends on its last day, and where that is a day off, on the first working day after it.

Sources: 《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》（法释〔2018〕1号）第四十八条 (first day, last day);
《民事诉讼法》第八十五条, which 《行政复议法》第八十八条 refers to for reconsideration (its 三日、五日、七日、十日 are
working days); 《民法典》第二百零二条 (months: the corresponding day, the month's last day where there is none).
Reading: 节假日 is every day on which offices do not work by the calendar (weekends, days off by notice); a make-up
Saturday or Sunday is a working day, and a period may well end on it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.calendar import WorkCalendar
from tracker.domain.statute import RULES, RuleKey, Unit, days_of

MONTHS_OF_A_YEAR = 12
LAST_YEAR = date.max.year


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a period ends. ``raw_on`` is its last day by counting alone, ``due_on`` the last day on which the act is
    in time; ``provisional`` where no notice covers a day that could move it."""

    raw_on: date
    due_on: date
    provisional: bool

    @property
    def rolled(self) -> bool:
        """Whether the last day was a day off, so that the period ends later."""
        return self.raw_on != self.due_on


def ending(start: date, span: int, unit: Unit, calendar: WorkCalendar) -> Ending:
    """End of a period of ``span`` units whose first day is the day after ``start``. Beyond the year 9999 the last day
    there is."""
    if unit is Unit.WORKING_DAYS:
        due = calendar.nth_workday(start, span)
        return Ending(due, due, not calendar.covers(start, due))
    raw = days_later(start, span) if unit is Unit.CALENDAR_DAYS else months_later(start, span)
    due = raw if calendar.is_workday(raw) else calendar.next_workday(raw)
    return Ending(raw, due, not calendar.covers(raw - timedelta(days=1), due))


def last_day(key: RuleKey, start: date, calendar: WorkCalendar) -> date:
    """The last day of a statutory period that begins the day after ``start``. Raises ``KeyError`` for a rule without a
    length."""
    return ending(start, days_of(key), RULES[key].unit, calendar).due_on


def days_later(start: date, days: int) -> date:
    """The last of so many calendar days after a day (自次日起算)."""
    return date.fromordinal(min(start.toordinal() + days, date.max.toordinal()))


def months_later(start: date, months: int) -> date:
    """The corresponding day so many months later; the month's last day where it has none (31 August + 6 months)."""
    years, month = divmod(start.month - 1 + months, MONTHS_OF_A_YEAR)
    year = start.year + years
    if year > LAST_YEAR:
        return date.max
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
