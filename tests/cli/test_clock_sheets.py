"""``clock explain`` and ``clock verify``, ``calendar import``, ``audit verify``, ``doctor``."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.databases import unguarded
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast, settle
from tracker.models import Clock, JobHeartbeat, StoredEntry
from tracker.services.context import Runtime

LOG = [
    {"type": "received", "on": "2025-09-11"},
    {"type": "suspended", "on": "2025-09-15", "cause": "third_party"},
    {"type": "resumed", "on": "2025-09-22"},
]


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(args=list(args))


@pytest.fixture
def cast(session: Session) -> Cast:
    load_shipped(session)
    return settle(session)


@pytest.fixture
def case_id(cast: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    clock.set(date(2026, 12, 10))
    return received_case(runtime.context(session, cast.clerk), cast.organ_ids["MZJ"], date(2026, 12, 4))


def explained(app: Flask, tmp_path: Path, content: object, *options: str) -> Result:
    file = tmp_path / "log.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return run(app, "clock", "explain", "--log", str(file), *options)


def test_d44_the_sheet_lists_every_skipped_day_with_its_reason_and_notice(app: Flask, tmp_path: Path) -> None:
    lines = explained(app, tmp_path, LOG).stdout.splitlines()
    assert "到期日：2025-10-22" in lines
    assert "2025-10-06（周一）    国庆节、中秋节放假（国办发明电〔2024〕12号）" in lines
    assert "2025-09-28（周日）  7  国庆节、中秋节调休上班（国办发明电〔2024〕12号）" in lines
    assert "2025-09-16（周二）    征求意见，不计入" in lines
    assert "2025-10-22（周三）  20  到期日" in lines
    days = [line for line in lines if line.startswith("2025-") and "（周" in line]
    assert len(days) == 42


def test_the_sheet_of_a_line_with_its_own_today_as_html(app: Flask, tmp_path: Path) -> None:
    result = explained(app, tmp_path, {"id": 1, "log": LOG, "today": "2025-10-09"}, "--format", "html")
    assert result.exit_code == 0
    assert '<dt>剩余</dt><dd class="figures">10</dd>' in result.stdout
    assert "第三十三条第三款" in result.stdout


def test_the_sheet_as_text_has_facts_months_and_notices(app: Flask, tmp_path: Path) -> None:
    lines = explained(app, tmp_path, LOG).stdout.splitlines()
    assert "2025-09-15  发出征求意见函（第三方）（第 2 条）" in lines
    assert lines[lines.index("2025年9月") + 1].split() == ["一", "二", "三", "四", "五", "六", "日"]
    week = next(line.split() for line in lines if line.startswith("15:2"))
    assert week == ["15:2", "16:扣", "17:扣", "18:扣", "19:扣", "20:休", "21:休"]
    assert any("22:20*" in line for line in lines)
    assert "2025  国办发明电〔2024〕12号" in lines


def test_the_page_needs_no_other_file(app: Flask, tmp_path: Path) -> None:
    html = explained(app, tmp_path, LOG, "--format", "html").stdout
    links = re.findall(r'(?:href|src)="([^"#]+)"', html)
    assert links and all(link.startswith("data:text/css;base64,") for link in links)
    assert html.count("<caption") >= 5 and "<th scope=" in html


def test_the_sheet_as_pdf_is_archivable_and_unnumbered(app: Flask, tmp_path: Path) -> None:
    result = explained(app, tmp_path, LOG, "--format", "pdf")
    assert result.exit_code == 0
    reader = pypdf.PdfReader(io.BytesIO(result.stdout_bytes))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert "期限计算说明未编号" in text and "国庆节、中秋节放假（国办发明电〔2024〕12号）" in text


def test_the_sheet_goes_into_a_file(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    result = explained(app, tmp_path, LOG, "--format", "pdf", "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes().startswith(b"%PDF")
    refused = explained(app, tmp_path, "[]", "--format", "pdf", "--out", str(tmp_path / "none.pdf"))
    assert refused.exit_code == 1 and not (tmp_path / "none.pdf").exists()


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
@pytest.mark.parametrize("received", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_explained(app: Flask, tmp_path: Path, form: str, received: str) -> None:
    log = {"log": [{"type": "received", "on": received}], "today": "9999-12-31"}
    assert explained(app, tmp_path, log, "--format", form).exit_code == 0


@pytest.mark.parametrize(
    "content", ["{", "7", '{"log": 1}', "[]", '[{"type": "received", "on": "2025-02-30"}]']
)
def test_a_log_that_cannot_be_is_told_in_one_line(app: Flask, tmp_path: Path, content: str) -> None:
    result = explained(app, tmp_path, content)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_verify_agrees_then_lists_what_differs(app: Flask, case_id: int, session: Session) -> None:
    assert run(app, "clock", "verify").exit_code == 0
    session.execute(update(Clock).where(Clock.kind == "reply").values(due_on=date(2027, 6, 1)))
    session.commit()
    result = run(app, "clock", "verify")
    assert result.exit_code == 1
    assert "2027-06-01" in result.stdout and "2027-01-04" in result.stdout and "1 处出入" in result.stdout


def test_audit_names_case_and_entry_of_the_first_break(app: Flask, case_id: int, session: Session) -> None:
    assert "记录链完整" in run(app, "audit", "verify").stdout
    with unguarded(session):
        session.execute(update(StoredEntry).where(StoredEntry.seq == 2).values(details={"a": 1}))
    result = run(app, "audit", "verify")
    assert (result.exit_code, "第 2 条记录" in result.stdout, "测试受〔2026〕" in result.stdout) == (
        1,
        True,
        True,
    )


def test_a_calendar_is_previewed_then_applied_then_known(app: Flask, tmp_path: Path, case_id: int) -> None:
    file = tmp_path / "2027.csv"
    file.write_text("day,kind,name\n2027-01-01,off,元旦\n2027-01-04,off,元旦\n", "utf-8")
    args = ("calendar", "import", str(file), "--source", "国办发明电〔2026〕9号")
    seen = run(app, *args)
    assert (seen.exit_code, "2027-01-04（暂定） → 2027-01-05" in seen.stdout) == (0, True)
    assert "未作改动" in seen.stdout
    assert "已载入并重算" in run(app, *args, "--apply").stdout
    assert "与已载入的内容相同" in run(app, *args, "--apply").stdout
    assert run(app, "clock", "verify").exit_code == 0


@pytest.mark.parametrize("content", [b"2027-13-01,off,x\n", b"", b"\xff\xfe\x00"])
def test_a_calendar_that_cannot_be_taken_is_told_in_one_line(
    app: Flask, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    result = run(app, "calendar", "import", str(file), "--source", "x", "--apply")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_the_doctor_names_what_is_missing(app: Flask, session: Session, clock: StandingClock) -> None:
    clock.set(date(2026, 6, 1))
    first = run(app, "doctor")
    assert first.exit_code == 1
    assert "fail\tcalendar\t没有载入" in first.stdout
    assert "fail\tjobs\t作业进程从未运行" in first.stdout
    assert "ok\tdatabase" in first.stdout and "ok\tmigrations" in first.stdout and "ok\tkeys" in first.stdout
    load_shipped(session)
    session.add(JobHeartbeat(name="heartbeat", started_at=clock.now(), succeeded=True))
    session.commit()
    second = run(app, "doctor")
    assert "ok\tcalendar" in second.stdout and "ok\tjobs" in second.stdout
    clock.set(date(2026, 11, 23))
    third = run(app, "doctor")
    assert "fail\tcalendar\t工作日历只到 2026-12-31" in third.stdout and "没有动静" in third.stdout


def test_the_doctor_knows_a_missing_key(app: Flask) -> None:
    app.config["TRACKER"] = replace(app.config["TRACKER"], data_key="")
    assert "缺少密钥：TRACKER_DATA_KEY" in run(app, "doctor").stdout
