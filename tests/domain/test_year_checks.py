"""Doubts about a proposed year, the number of its notice, and what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.years import YEAR_2027
from tracker.adapters.shipped_calendars import shipped_editions
from tracker.domain.calendar import WorkCalendar
from tracker.domain.calendar_changes import first_difference
from tracker.domain.errors import TrackerError
from tracker.domain.year_checks import Change, changes_between, days_in_force, doubts_of, notice_number
from tracker.domain.year_edition import SpecialDay, YearEdition, read_year


@pytest.mark.parametrize("edition", shipped_editions(), ids=lambda edition: str(edition.year))
def test_years_as_they_were_published_raise_no_doubt(edition: YearEdition) -> None:
    assert doubts_of(edition) == []


def doubts(**changes: object) -> str:
    return "".join(str(doubt) for doubt in doubts_of(replace(YEAR_2027, **changes)))  # type: ignore[arg-type]


def test_a_statutory_day_that_is_worked_is_doubted() -> None:
    assert "2027-02-05 是法定节日（春节）" in doubts(
        days=tuple(d for d in YEAR_2027.days if d.day != date(2027, 2, 5))
    )


def test_a_lunar_festival_of_a_year_without_table_is_asked_after() -> None:
    missing = YearEdition(2050, (SpecialDay(date(2050, 1, 1), False, "元旦"),))
    said = "".join(str(doubt) for doubt in doubts_of(missing))
    assert "没有列出“春节”的放假" in said and "没有列出“端午节”的放假" in said


@pytest.mark.parametrize(("count", "doubted"), [(24, True), (25, False), (35, False), (36, True)])
def test_how_many_days_off_are_usual(count: int, doubted: bool) -> None:
    days = tuple(
        SpecialDay(date.fromordinal(date(2027, 6, 1).toordinal() + n), False, "节") for n in range(count)
    )
    assert ("共放假" in doubts(days=days)) is doubted


def test_make_up_days_beyond_the_usual_are_doubted() -> None:
    saturdays = [date.fromordinal(date(2027, 7, 3).toordinal() + 7 * n) for n in range(4)]
    more = tuple(SpecialDay(day, True, "节") for day in saturdays)
    assert "多于往年" not in doubts(days=YEAR_2027.days + more[:2])
    assert "调休上班 10 天，多于往年" in doubts(days=YEAR_2027.days + more[:3])


def test_number_and_date_of_the_notice_must_fit_each_other_and_the_year() -> None:
    assert "不一致" in doubts(notice_on=date(2027, 1, 26))
    assert "上一年第四季度" in doubts(notice_on=date(2025, 11, 20), notice_number="国办发明电〔2025〕9号")
    assert doubts(notice_on=date(2026, 12, 1)) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("国办发明电〔2026〕9号", "国办发明电〔2026〕9号"),
        ("国办发明电[2026] 09号", "国办发明电〔2026〕9号"),
        ("国办发明电（2026）9", "国办发明电〔2026〕9号"),
        (
            "国办发明电〔2018〕15号;国办发明电〔2019〕3号(调整)",
            "国办发明电〔2018〕15号；国办发明电〔2019〕3号（调整）",
        ),
    ],
)
def test_the_number_of_a_notice_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert notice_number(typed) == kept
    assert notice_number(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "九号文", "国办发〔2026〕9号", "国办发明电〔2026〕号", "国办发明电〔1926〕9号"]
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(TrackerError, match="例如"):
        notice_number(typed)


def test_changes_are_told_day_by_day() -> None:
    before = (
        SpecialDay(date(2027, 1, 1), False, "元旦"),
        SpecialDay(date(2027, 1, 2), False, "元旦"),
        SpecialDay(date(2027, 1, 3), False, "元旦"),
    )
    after = (
        SpecialDay(date(2027, 1, 1), False, "新年"),
        SpecialDay(date(2027, 1, 3), True, "元旦"),
        SpecialDay(date(2027, 1, 4), False, "元旦"),
    )
    assert [(c.day.day, c.change) for c in changes_between(before, after)] == [
        (1, Change.RENAMED),
        (2, Change.REMOVED),
        (3, Change.KIND),
        (4, Change.ADDED),
    ]
    assert changes_between(after, after) == []


def test_a_year_that_is_not_loaded_is_compared_with_the_days_of_law() -> None:
    assert {d.day for d in days_in_force(2027, None)} >= {
        date(2027, 1, 1),
        date(2027, 2, 5),
        date(2027, 5, 2),
    }
    assert days_in_force(2027, YEAR_2027) == YEAR_2027.days


def test_the_first_day_that_counts_otherwise() -> None:
    old = WorkCalendar(shipped_editions(), 8)
    assert first_difference(old, old) is None
    assert first_difference(old, WorkCalendar([*shipped_editions(), YEAR_2027])) == date(2027, 1, 1)
    year = next(e for e in shipped_editions() if e.year == 2026)
    corrected = replace(year, days=tuple(d for d in year.days if d.day != date(2026, 10, 10)))
    assert first_difference(old, WorkCalendar([*shipped_editions(), corrected])) == date(2026, 10, 10)
    renamed = replace(year, notice_number="国办发明电〔2025〕7号")
    assert first_difference(old, WorkCalendar([*shipped_editions(), renamed])) is None


def test_a_file_tells_all_its_faults_at_once() -> None:
    edition, faults = read_year("2027-01-01,off,元旦\n2027-02-30,off,春节\n\n2027-02-08,work,春节\n")
    assert [str(fault)[:6] for fault in faults] == ["第 2 行：", "第 4 行："]
    assert edition is not None and len(edition.days) == 1
    assert read_year("\n")[0] is None
