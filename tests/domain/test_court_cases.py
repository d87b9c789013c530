"""Real matters: what the product's calendar gives for the dates told in judgments and reports."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from tests.domain.logs import CALENDAR
from tracker.domain.calendar import WorkCalendar
from tracker.domain.year_edition import SpecialDay, YearEdition

COURT = Path(__file__).resolve().parents[3] / "shared" / "cases" / "court.csv"
ROWS = list(csv.DictReader(COURT.read_text("utf-8-sig").splitlines()))


def edition_of(year: int) -> YearEdition:
    """A year before the shipped ones, from the development data set."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    special = [
        SpecialDay(day, chinese_calendar.is_workday(day), "")
        for day in days
        if day.year == year and chinese_calendar.is_workday(day) != (day.weekday() < 5)
    ]
    return YearEdition(year, tuple(special))


OLD = WorkCalendar([edition_of(year) for year in (2011, 2016, 2017)])


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_due_date(row: dict[str, str]) -> None:
    received = date.fromisoformat(row["received"])
    calendar = CALENDAR if CALENDAR.is_covered(received.year) else OLD
    due = calendar.nth_workday(received, int(row["rule_wd"]))
    assert due == date.fromisoformat(row["computed_due"])
    assert calendar.is_workday(received) == (row["received_is_workday"] == "True")
    if row["agrees"] == "YES":
        assert due == date.fromisoformat(row["source_due"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["event_workday_index"]], ids=lambda r: str(r["id"]))
def test_working_day_of_each_event(row: dict[str, str]) -> None:
    received = date.fromisoformat(row["received"])
    calendar = CALENDAR if CALENDAR.is_covered(received.year) else OLD
    for on, index in zip(row["event_dates"].split(";"), row["event_workday_index"].split(";"), strict=True):
        counted = calendar.count(received, date.fromisoformat(on))
        assert counted == int(index)


def test_all_matters_are_here() -> None:
    assert len(ROWS) == 19
