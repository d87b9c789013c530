"""The computation sheet: what is drawn is what was computed, for every worked deadline there is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.case_log import LogEntry, parse_entry
from tracker.domain.clock import DayMarkKind, find_refusal
from tracker.domain.month_grid import months_of
from tracker.domain.reading import ClockState
from tracker.domain.sheet import MOST_DAYS, MOST_ROWS, MOST_RUNS, Sheet, sheet_of
from tracker.domain.sheet_days import SheetDay

SHARED = Path(__file__).parents[3] / "shared" / "cases" / "deadlines.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
R = "received 2026-09-10"


def entries(line: dict[str, Any]) -> list[LogEntry] | None:
    """The log of a worked deadline; None where it is refused."""
    if line["expect"].get("refused"):
        return None
    parsed = [parse_entry(raw, seq) for seq, raw in enumerate(line["log"], start=1)]
    today = line.get("today")
    return None if find_refusal(parsed, day(today) if today else None) else parsed


def sheets() -> list[tuple[str, Sheet]]:
    made = []
    for line in LINES:
        parsed = entries(line)
        if parsed is not None:
            today = line.get("today")
            made.append((line["id"], sheet_of(parsed, CALENDAR, day(today) if today else None)))
    return made


SHEETS = sheets()


def cells(sheet: Sheet) -> list[SheetDay]:
    return [
        cell.day
        for month in sheet.parts[-1].months
        for week in month.weeks
        for cell in week
        if cell is not None and cell.day is not None
    ]


def test_every_worked_deadline_has_its_sheet() -> None:
    assert len(LINES) == 355
    assert len(SHEETS) == sum(line["expect"].get("refused") is None for line in LINES)


@pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=[name for name, _ in SHEETS])
def test_numbered_cells_agree_with_the_figures(name: str, sheet: Sheet) -> None:
    reading = sheet.reading
    drawn = cells(sheet)
    assert drawn == list(sheet.days)
    numbers = [cell.number for cell in drawn if cell.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    due = [cell for cell in drawn if cell.is_due]
    assert [cell.on for cell in due] == ([reading.due_on] if reading.due_on else [])
    if reading.due_on and due[0].kind is DayMarkKind.COUNTED:
        assert due[0].number == reading.limit
    if reading.used is not None:
        used = [cell for cell in drawn if cell.number and not cell.is_ahead]
        assert len(used) == reading.used
    stops = [cell.on for cell in drawn if cell.is_stop]
    assert stops == ([reading.stopped_on] if reading.stopped_on else [])


@pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=[name for name, _ in SHEETS])
def test_every_day_is_counted_or_says_why_not(name: str, sheet: Sheet) -> None:
    for part in sheet.parts:
        assert part.days[0].is_start
        assert [b.on - a.on for a, b in zip(part.days, part.days[1:], strict=False)] == [timedelta(1)] * (
            len(part.days) - 1
        )
        uncounted = [d for d in part.days[1:] if d.number is None]
        assert all(d.reasons for d in uncounted)
        listed = [
            line.spans[at][0] + timedelta(n)
            for line in part.skipped
            for at in range(len(line.spans))
            for n in range((line.spans[at][1] - line.spans[at][0]).days + 1)
        ]
        assert sorted(listed) == [d.on for d in uncounted]


@pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=[name for name, _ in SHEETS])
def test_hatched_days_are_those_taken_out_and_breaches_are_named(name: str, sheet: Sheet) -> None:
    reading = sheet.reading
    until = min(d for d in (reading.today, reading.stopped_on, date.max) if d is not None)
    hatched = [d for d in sheet.days if d.kind is DayMarkKind.SUSPENDED]
    assert len([d for d in hatched if d.on <= until]) == reading.deducted_days
    named = [(step.breach, step.seq) for step in sheet.breaches]
    assert sorted(named) == sorted((breach.code, breach.seq) for breach in reading.breaches)
    marked = {d.on for part in sheet.parts for d in part.days if "违" in d.signs}
    drawn = {d.on for part in sheet.parts for d in part.days}
    assert {breach.on for breach in reading.breaches if breach.on in drawn} == marked


def test_months_are_weeks_from_monday() -> None:
    (month,) = months_of(sheet_of(log("received 2026-06-01"), CALENDAR, day("2026-06-03")).days[:5])
    assert (month.year, month.number, month.first, month.last) == (
        2026,
        6,
        date(2026, 6, 1),
        date(2026, 6, 30),
    )
    assert [len(week) for week in month.weeks] == [7] * 5
    for week in month.weeks:
        for at, cell in enumerate(week):
            assert cell is None or cell.on.weekday() == at
    assert [cell.on.day for week in month.weeks for cell in week if cell] == list(range(1, 31))


def test_a_make_up_day_is_counted_and_a_day_off_names_its_notice() -> None:
    days = {d.on: d for d in sheet_of(log(R), CALENDAR, day("2026-09-20")).days}
    made_up, off = days[day("2026-09-20")], days[day("2026-10-01")]
    assert made_up.number == 7 and made_up.signs == ("班",)
    assert made_up.reason == "国庆节调休上班（未核）"
    assert off.number is None and off.signs == ("休",) and off.reason.startswith("国庆节放假（")


def test_a_year_without_a_notice_says_so_in_every_cell_and_under_the_calendar() -> None:
    sheet = sheet_of(log("received 2026-12-04"), CALENDAR)
    days = {d.on: d for d in sheet.days}
    assert days[day("2027-01-01")].reason == "元旦放假（法定节日，放假通知未载入）"
    assert [(year.year, year.covered) for year in sheet.years] == [(2026, True), (2027, False)]
    assert ("到期日", "2027-01-04（暂定）") in [(name, str(value)) for name, value in sheet.figures]


def test_past_runs_have_their_own_part() -> None:
    sheet = sheet_of(
        log(
            R,
            "correction_requested 2026-09-15",
            "corrected 2026-09-18",
            "fee_notified 2026-09-21",
            "fee_paid 2026-09-24",
            "dispatched 2026-10-12 by=post",
            "ordered_anew 2026-11-02 days=10",
        ),
        CALENDAR,
        day("2026-11-05"),
    )
    assert [str(part.title) for part in sheet.parts] == [
        "第 1 次起算：收到申请",
        "第 2 次起算：收到补正",
        "第 3 次起算：收到缴费",
        "第 4 次起算：责令重新答复",
    ]
    first, second, third, _ = sheet.parts
    assert [d.on.day for d in first.days if d.kind is DayMarkKind.WAITING] == [16, 17, 18]
    assert [d.on.day for d in second.days if d.kind is DayMarkKind.WAITING] == [22, 23, 24]
    assert first.days[-1].signs == ("待", "重起")
    assert dict(first.figures)["重新起算"] == day("2026-09-18")
    assert [d.on for d in third.days if d.is_stop] == [day("2026-10-12")]
    assert dict(third.figures)["是否按期"] == "按期"
    assert "等待缴费，不计入" in second.days[-1].reason


def test_days_after_the_stop_are_left_over_not_used() -> None:
    days = sheet_of(log(R, "dispatched 2026-09-15 by=post"), CALENDAR, day("2026-10-01")).days
    assert [d.number for d in days if d.is_ahead] == list(range(4, 21))
    assert next(d for d in days if d.is_stop).number == 3
    assert all("停止后未用" in d.reasons for d in days if d.is_ahead)


def test_a_lapse_leaves_waiting_days_not_counted_ones() -> None:
    sheet = sheet_of(log(R, "correction_requested 2026-09-11", "abandoned 2026-10-20"), CALENDAR)
    assert sheet.reading.state is ClockState.STOPPED
    assert [d.number for d in sheet.days if d.number] == [1]
    assert sheet.days[-1].signs == ("待", "停止")


def test_corrected_facts_stand_corrected_and_tell_the_first_day() -> None:
    moved = [
        *log(R),
        LogEntry(
            parse_entry({"type": "fact_corrected", "on": "2026-09-12"}).type,
            day("2026-09-12"),
            2,
            details={"seq": 1, "on": "2026-09-09"},
        ),
    ]
    (fact,) = sheet_of(moved, CALENDAR).facts
    assert (fact.on, fact.was_on, fact.seq) == (day("2026-09-09"), day("2026-09-10"), 1)


def test_ten_thousand_entries_give_a_sheet_of_bounded_size() -> None:
    start = date(2019, 1, 2)
    many: list[LogEntry] = [parse_entry({"type": "received", "on": start.isoformat()}, 1)]
    for n in range(1, 10_000):
        kind = "fee_notified" if n % 2 else "fee_paid"
        many.append(parse_entry({"type": kind, "on": (start + timedelta(n % 2500)).isoformat()}, n + 1))
    sheet = sheet_of(many, CALENDAR, day("2026-01-01"))
    assert len(sheet.facts) == len(sheet.steps) == MOST_ROWS
    assert len(sheet.parts) <= MOST_RUNS
    assert sum(len(part.days) for part in sheet.parts) <= MOST_DAYS + 800
    assert len(sheet.left_out) >= 3


@pytest.mark.parametrize("days", [5_000, 3_000_000])
def test_a_run_of_many_years_shows_both_ends_and_names_the_gap(days: int) -> None:
    sheet = sheet_of(
        log(R, "dispatched 2026-09-11 by=post", f"ordered_anew 2026-09-14 days={days}"),
        CALENDAR,
        day("2026-09-20"),
    )
    part = sheet.parts[-1]
    assert len(part.days) == 800 and part.gap is not None
    assert part.days[-1].is_due and part.days[-1].on == sheet.reading.due_on
    assert part.days[-1].number == min(sheet.reading.limit or 0, part.days[-1].number or 0)
    assert part.gap[0] - timedelta(1) in {d.on for d in part.days}


@pytest.mark.parametrize("received", ["0001-01-01", "9999-12-31", "9998-12-30"])
def test_the_ends_of_time_have_a_sheet(received: str) -> None:
    sheet = sheet_of(log(f"received {received}"), CALENDAR)
    assert sheet.days[0].on == day(received)
    assert sheet.parts[0].months


def test_nothing_received_is_an_empty_sheet() -> None:
    sheet = sheet_of([], CALENDAR)
    assert (sheet.parts, sheet.days, sheet.facts) == ((), (), ())
