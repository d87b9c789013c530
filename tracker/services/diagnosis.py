"""自检: what an operator must know before people do. One line for each subject, good or bad."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.adapters.fonts import FontSet
from tracker.adapters.migrations import current_revision, expected_revision
from tracker.queries.calendars import current_calendar
from tracker.queries.jobs import list_heartbeats
from tracker.queries.readiness import CALENDAR_HORIZON, RUNNER_SILENCE, count_clocks_beyond
from tracker.services.context import Context

MIN_FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One subject: whether it is well, and a line that says what is there or what to do."""

    subject: str
    well: bool
    line: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies outside the database: where files and fonts are, and which keys the settings hold."""

    instance: Path
    files: Path
    keys: tuple[tuple[str, bool], ...]


def examine(ctx: Context, around: Surroundings) -> list[Finding]:
    """Look at everything; a database that is away is a finding and hides only what lies in it."""
    findings = [_database(ctx.session)]
    if findings[0].well:
        findings.append(_migrations(ctx.session))
    findings += [_fonts(around.instance), _keys(around)]
    if all(finding.well for finding in findings[:2]):
        findings += [_calendar(ctx.session, ctx.today), *_jobs(ctx)]
    findings += _disk(around)
    return findings


def _database(session: Session) -> Finding:
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        session.rollback()
        return Finding(
            "database", False, f"连接不上数据库（{type(error).__name__}），请检查 TRACKER_DATABASE_URL。"
        )
    return Finding("database", True, f"可以连接（{session.get_bind().dialect.name}）。")


def _migrations(session: Session) -> Finding:
    expected, found = expected_revision(), current_revision(session.connection())
    if found == expected:
        return Finding("migrations", True, f"表结构为 {found}。")
    return Finding("migrations", False, f"表结构为 {found or '空'}，程序需要 {expected}，请运行 init。")


def _fonts(instance: Path) -> Finding:
    fonts = FontSet.of_installation(instance)
    if not fonts.complete:
        return Finding("fonts", False, "没有可排印公文的中文字体，不能签发；请运行 make fonts。")
    if not fonts.has_fang_song:
        return Finding("fonts", True, "没有仿宋，正文用其他中文字体代替。")
    return Finding("fonts", True, f"{len(fonts.files)} 个字体可用。")


def _keys(around: Surroundings) -> Finding:
    missing = [name for name, there in around.keys if not there]
    if missing:
        return Finding("keys", False, f"缺少密钥：{'、'.join(missing)}。")
    return Finding("keys", True, "会话密钥和数据密钥都在。")


def _calendar(session: Session, today: date) -> Finding:
    until = current_calendar(session).covered_until
    if until is None:
        return Finding("calendar", False, "没有载入任何年份的工作日历，请运行 init。")
    if until < today + CALENDAR_HORIZON:
        return Finding(
            "calendar",
            False,
            f"工作日历只到 {until}，{count_clocks_beyond(session, until)} 个在办期限算到其后；"
            "请载入下一年的放假通知（calendar import，或在“工作日历”页提出）。",
        )
    beyond = count_clocks_beyond(session, until)
    if beyond:
        return Finding(
            "calendar", False, f"工作日历到 {until}，{beyond} 个在办期限算到其后，为暂定；请载入下一年。"
        )
    return Finding("calendar", True, f"工作日历到 {until}，没有期限算到其后。")


def _jobs(ctx: Context) -> Iterator[Finding]:
    beats = list_heartbeats(ctx.session)
    last = max((beat.started_at for beat in beats), default=None)
    if last is None:
        yield Finding("jobs", False, "作业进程从未运行，请运行 jobs run。")
    elif ctx.now - last > RUNNER_SILENCE:
        yield Finding("jobs", False, f"作业进程自 {last.isoformat(timespec='seconds')} 起没有动静。")
    else:
        yield Finding("jobs", True, f"作业进程最近一次运行：{last.isoformat(timespec='seconds')}。")
    for beat in beats:
        if beat.succeeded is False:
            yield Finding(f"job {beat.name}", False, f"上次运行失败：{beat.outcome}")


def _disk(around: Surroundings) -> Iterator[Finding]:
    for folder in dict.fromkeys((around.instance, around.files)):
        place = folder if folder.exists() else folder.parent
        try:
            free = shutil.disk_usage(place).free
        except OSError as error:
            yield Finding("disk", False, f"{folder}：{error.strerror}。")
            continue
        yield Finding("disk", free >= MIN_FREE_BYTES, f"{folder}：剩余 {free / (1 << 30):.1f} GB。")
