"""What can be said about a proposed year before anybody confirms it: faults of its notice, doubts, what it changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import TrackerError
from tracker.domain.statutory_days import HOLIDAY_NAMES, statutory_days
from tracker.domain.vocabulary import N_
from tracker.domain.year_edition import SpecialDay, YearEdition

FIRST_YEAR, LAST_YEAR = 2008, 2099
USUAL_DAYS_OFF = (25, 35)
"""Days off that the notices of recent years name, weekends among them included."""
USUAL_MAKE_UP_DAYS = 9
REMINDED_FROM = (11, 1)
"""Month and day from which administrators are reminded each day of a next year that is not loaded."""
_NOTICE = re.compile(r"国办发明电[〔\[(【](20\d{2})[〕\])】]0*([1-9]\d{0,2})号?(?:[(（](.{1,20})[)）])?")


class Change(StrEnum):
    """How a day of a new edition differs from the calendar in force."""

    ADDED = "added"
    REMOVED = "removed"
    KIND = "kind"
    RENAMED = "renamed"


CHANGE_NAMES: dict[Change, str] = {
    Change.ADDED: N_("加"),
    Change.REMOVED: N_("减"),
    Change.KIND: N_("改"),
    Change.RENAMED: N_("改名"),
}


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day that a new edition treats otherwise; None where an edition does not name the day."""

    day: date
    change: Change
    before: SpecialDay | None
    after: SpecialDay | None


def notice_number(text: str) -> str:
    """The number of a notice as it is kept: 国办发明电〔2026〕9号, whatever brackets and blanks were typed; several,
    where a later notice adjusted the year, with “；” between, each perhaps with a remark in brackets.

    Raises ``TrackerError`` with an example when it has not this form.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = [_NOTICE.fullmatch(part) for part in re.split(r"[;、]", plain)]
    if not all(found):
        raise TrackerError(
            N_(
                "通知文号应为“国办发明电〔年份〕序号号”，例如“国办发明电〔2024〕12号”，请照通知红头下的文号填写。"
            )
        )
    return "；".join(_written(number) for number in found if number)


def _written(number: re.Match[str]) -> str:
    return f"国办发明电〔{number[1]}〕{number[2]}号" + (f"（{number[3]}）" if number[3] else "")


def year_to_load(today: date, loaded: Collection[int]) -> int | None:
    """The year that somebody should load: this one where it is missing, from 1 November the next (the notices come
    out in October or November); None while nothing is wanting."""
    if today.year not in loaded:
        return today.year
    if today >= date(today.year, *REMINDED_FROM) and today.year + 1 not in loaded:
        return today.year + 1
    return None


def doubts_of(edition: YearEdition) -> list[TrackerError]:
    """What is unusual about a year and must be confirmed by looking at the notice again; empty when nothing is."""
    return [*_missing_days(edition), *_odd_totals(edition), *_odd_notice(edition)]


def changes_between(before: Sequence[SpecialDay], after: Sequence[SpecialDay]) -> list[DayChange]:
    """Day by day what a new edition of a year changes, in order."""
    old, new = {d.day: d for d in before}, {d.day: d for d in after}
    found = []
    for day in sorted(old.keys() | new.keys()):
        change = _change(old.get(day), new.get(day))
        if change is not None:
            found.append(DayChange(day, change, old.get(day), new.get(day)))
    return found


def days_in_force(year: int, edition: YearEdition | None) -> tuple[SpecialDay, ...]:
    """Days a year's edition names; where none is loaded, the days of law it is computed with meanwhile."""
    if edition is not None:
        return edition.days
    days = statutory_days(year)
    return tuple(SpecialDay(day, False, days[day]) for day in sorted(days))


def _change(old: SpecialDay | None, new: SpecialDay | None) -> Change | None:
    if old is None:
        return Change.ADDED
    if new is None:
        return Change.REMOVED
    if old.is_workday != new.is_workday:
        return Change.KIND
    return Change.RENAMED if old.name != new.name else None


def _missing_days(edition: YearEdition) -> list[TrackerError]:
    off = {d.day for d in edition.days if not d.is_workday}
    by_law = statutory_days(edition.year)
    found = [
        TrackerError(N_("%(day)s 是法定节日（%(name)s），这里没有放假。"), day=day, name=name)
        for day, name in sorted(by_law.items())
        if day not in off
    ]
    named = "、".join(d.name for d in edition.days if not d.is_workday)
    found += [
        TrackerError(N_("没有列出“%(name)s”的放假。"), name=name)
        for name in HOLIDAY_NAMES[:7]
        if name not in by_law.values() and name.removesuffix("节") not in named
    ]
    return found


def _odd_totals(edition: YearEdition) -> list[TrackerError]:
    off = sum(1 for d in edition.days if not d.is_workday)
    work = len(edition.days) - off
    least, most = USUAL_DAYS_OFF
    found = []
    if not least <= off <= most:
        found.append(
            TrackerError(
                N_("共放假 %(off)d 天（含周末）；历年通知一般为 %(least)d 至 %(most)d 天，请核对有无遗漏。"),
                off=off,
                least=least,
                most=most,
            )
        )
    if work > USUAL_MAKE_UP_DAYS:
        found.append(TrackerError(N_("调休上班 %(work)d 天，多于往年，请核对。"), work=work))
    return found


def _odd_notice(edition: YearEdition) -> list[TrackerError]:
    found = []
    if edition.notice_on and edition.notice_on.year not in (edition.year - 1, edition.year):
        found.append(
            TrackerError(
                N_("通知日期是 %(day)s，而 %(year)d 年的安排一般在上一年第四季度公布。"),
                day=edition.notice_on,
                year=edition.year,
            )
        )
    number = _NOTICE.match(edition.notice_number or "")
    if number and edition.notice_on and int(number[1]) != edition.notice_on.year:
        found.append(
            TrackerError(
                N_("文号的年份（%(number)s）与通知日期（%(day)s）不一致。"),
                number=edition.notice_number,
                day=edition.notice_on,
            )
        )
    return found
