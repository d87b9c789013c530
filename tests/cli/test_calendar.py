"""``calendar import``: from the terminal, by the same verb as the pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.domain.years import INVENTED_NOTICE, YEAR_2027
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import settle
from tracker.queries.calendar_editions import list_editions
from tracker.queries.calendars import current_calendar
from tracker.services.context import Runtime


@pytest.fixture
def year_file(tmp_path: Path) -> Path:
    lines = [f"{d.day},{'work' if d.is_workday else 'off'},{d.name}" for d in YEAR_2027.days]
    path = tmp_path / "2027.csv"
    path.write_text("# year: 2027\n# notice-date: 2026-11-20\n" + "\n".join(lines), "utf-8")
    return path


@pytest.fixture(autouse=True)
def _case(session: Session, runtime: Runtime, clock: StandingClock) -> None:
    load_shipped(session)
    clock.set(date(2026, 12, 10))
    cast = settle(session)
    received_case(runtime.context(session, cast.clerk), cast.organ_ids["MZJ"], date(2026, 12, 8))
    session.rollback()


def test_first_a_preview_then_applied(app: Flask, session: Session, year_file: Path) -> None:
    runner = app.test_cli_runner()
    command = ["calendar", "import", str(year_file), "--source", INVENTED_NOTICE]
    seen = runner.invoke(args=command)
    assert seen.exit_code == 0
    assert "答复期限：2027-01-06（暂定） → 2027-01-07" in seen.output
    assert "到期日变化的在办申请 1 件" in seen.output and "以上为预览" in seen.output
    assert not current_calendar(session).is_covered(2027)
    session.rollback()

    done = runner.invoke(args=[*command, "--apply"])
    assert done.exit_code == 0 and "已载入并重算" in done.output
    edition = list_editions(session)[-1]
    assert (edition.year, edition.notice_number, edition.cases_moved) == (2027, INVENTED_NOTICE, 1)
    assert edition.loaded_by is None
    session.rollback()
    assert "未作改动" in runner.invoke(args=[*command, "--apply"]).output


def test_a_file_with_a_fault_is_refused_with_its_line(app: Flask, year_file: Path) -> None:
    year_file.write_text("2027-02-30,off,春节", "utf-8")
    result = app.test_cli_runner().invoke(args=["calendar", "import", str(year_file), "--source", "x"])
    assert result.exit_code == 1 and "第 1 行：没有这一天" in result.output
