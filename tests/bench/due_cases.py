"""A district of which little is due: cases and clocks written by the database itself, a million of them in seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import settle
from tracker.models import Account, RoleHolding

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(2, 0), UTC)
DUE_DATES = (
    TODAY - timedelta(days=1),
    TODAY,
    TODAY + timedelta(days=1),
    date(2026, 11, 26),
    date(2026, 11, 30),
)
"""What is due is overdue by a day, due today, or 1, 3 or 5 working days ahead: in equal parts."""

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases})"
_ORGAN = "CASE i % 3 WHEN 0 THEN {0} WHEN 1 THEN {1} ELSE {2} END"


def fill(engine: Engine, cases: int, open_cases: int, due: int) -> None:
    """People, organs, calendars and so many cases, of which the first are closed; ``due`` of the open ones, evenly
    strewn among them, have a clock whose day has come."""
    with Session(engine) as session:
        load_shipped(session)
        cast = settle(session)
        for account in session.scalars(select(Account)):
            account.email = f"{account.login}@example.test"
        organ_ids = [cast.organ_ids[code] for code in ("MZJ", "CZJ", "HMJ")]
        clerks = {
            organ_id: session.scalars(
                select(RoleHolding.account_id).where(
                    RoleHolding.organ_id == organ_id, RoleHolding.role == "clerk"
                )
            ).first()
            for organ_id in organ_ids
        }
        session.commit()
    closed = cases - open_cases
    with engine.begin() as connection:
        _cases(connection, cases, closed, organ_ids, [clerks[organ_id] for organ_id in organ_ids])
        _clocks(connection, cases, closed, open_cases // due)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _cases(
    connection: Connection, cases: int, closed: int, organ_ids: list[int], clerks: list[int | None]
) -> None:
    organ, clerk = _ORGAN.format(*organ_ids), _ORGAN.format(*clerks)
    connection.execute(
        text(
            f"""INSERT INTO cases (id, organ_id, number, year, serial, received_on, channel, description,
                needs_completion, stage, clock_state, stopped_on, on_time, run, breach_codes, handler_id, held,
                historic, created_at, version_id)
            {_NUMBERS.format(cases=cases)}
            SELECT i, {organ}, '测试受〔2026〕' || i || '号', 2026, i, :received, 'registered_mail',
                '2025 年度困难群众救助资金发放情况', :no,
                CASE WHEN i <= :closed THEN 'archived' ELSE 'processing' END,
                CASE WHEN i <= :closed THEN 'stopped' ELSE 'running' END,
                CASE WHEN i <= :closed THEN {_day(connection)} END, CASE WHEN i <= :closed THEN :yes END,
                1, '[]', {clerk}, :no, :no, :now, 1 FROM n"""
        ),
        {
            "received": date(2026, 10, 28),
            "closed": closed,
            "day": date(2026, 11, 10),
            "yes": True,
            "no": False,
            "now": NOW,
        },
    )


def _clocks(connection: Connection, cases: int, closed: int, every: int) -> None:
    """For each case the clock of the reply, and that of the correction notice, which has stopped."""
    is_due = f"i > :closed AND i % {every} = 0"
    on = " ".join(f"WHEN {n} THEN {_day(connection, f'due_{n}')}" for n in range(len(DUE_DATES)))
    due_on = (
        f"CASE WHEN {is_due} THEN CASE (i / {every}) % {len(DUE_DATES)} {on} END ELSE {_day(connection)} END"
    )
    today, later = _day(connection, "today"), _day(connection, "later")
    next_on = f"CASE WHEN {is_due} THEN {today} WHEN i > :closed THEN {later} END"
    columns = (
        "case_id, kind, run, ref, state, current, start_on, due_on, provisional, stopped_on, on_time,"
        " next_alert_on, calendar_version"
    )
    given = {
        "closed": closed,
        "yes": True,
        "no": False,
        "start": date(2026, 10, 28),
        "day": date(2026, 12, 21),
        "today": TODAY,
        "later": date(2026, 12, 14),
        **{f"due_{n}": day for n, day in enumerate(DUE_DATES)},
    }
    numbers = _NUMBERS.format(cases=cases)
    connection.execute(
        text(
            f"""INSERT INTO clocks ({columns}) {numbers} SELECT i, 'correction_notice', 1, '', 'stopped', :yes, :start,
            {_day(connection)}, :no, {_day(connection)}, :yes, NULL, 8 FROM n"""
        ),
        {**given, "day": date(2026, 11, 6)},
    )
    connection.execute(
        text(
            f"""INSERT INTO clocks ({columns}) {numbers} SELECT i, 'reply', 1, '',
            CASE WHEN i <= :closed THEN 'stopped' ELSE 'running' END, :yes, :start, {due_on}, :no,
            CASE WHEN i <= :closed THEN {_day(connection, "start")} END, NULL, {next_on}, 8 FROM n"""
        ),
        given,
    )


def _day(connection: Connection, name: str = "day") -> str:
    return f"CAST(:{name} AS DATE)" if connection.dialect.name == "postgresql" else f":{name}"
