"""Districts for the benches of the report, written by the database itself: requests of ten years for table 3, and one
year's register with all a sheet tells of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import settle
from tracker.adapters.cipher import Cipher
from tracker.domain.dispositions import Disposition
from tracker.domain.request_terms import ReportKind
from tracker.models import Organ

ORGANS = 30
FIRST, LAST = date(2016, 1, 4), date(2026, 11, 20)
TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(2, 0), UTC)
DATA_KEY = "d" * 64
REGISTER_YEAR = 2025
REGISTER_FIRST = date(2025, 1, 6)

_NUMBERS = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases}),
    h(i, x) AS (SELECT i, (CAST(i AS BIGINT) * 2654435761) % 4294967296 FROM n)"""
"""x: as good as drawn by lot, the same each time."""

_CASE_COLUMNS = """id, organ_id, number, year, serial, received_on, channel, description, needs_completion, stage,
    clock_state, stopped_on, on_time, run, breach_codes, held, historic, created_at, version_id, supply_way,
    disposition, first_result_on, first_disposition"""
_LIFE = (
    ("received", 0, "{}"),
    ("registered", 0, "{}"),
    ("accepted", 1, "{}"),
    ("drafted", 5, "{}"),
    ("submitted", 6, "{}"),
    ("review_approved", 8, "{}"),
    ("signed_off", 9, "{}"),
    ("dispatched", 10, '{"by": "post"}'),
    ("delivered", 13, "{}"),
)
"""Entries of a request in the register: type, days after receipt, details."""


def fill_counted(engine: Engine, cases: int) -> None:
    """So many requests of thirty organs from 2016 to today, with their applicants: one in forty is open, one in five
    hundred an envelope."""
    organs = _organs(engine)
    span = (LAST - FIRST).days
    received, ended = "x / 3780 % :span", "(x / 3780 % :span + 3 + x / 15006600 % 60)"
    over = f"(i % 40 <> 0 AND {ended} < :span)"
    outcome = _chosen("x / 180 % 21", [f"'{each}'" for each in Disposition])
    with engine.begin() as connection:
        day, end = _day(connection, FIRST, received), _day(connection, FIRST, ended)
        connection.execute(
            text(
                f"""INSERT INTO cases ({_CASE_COLUMNS}) {_NUMBERS.format(cases=cases)}
                SELECT i, {_chosen(f"x % {ORGANS}", organs)}, '测试受〔' || i || '〕号', 2026, i, {day}, 'portal',
                    '2025 年度困难群众救助资金发放情况', i % 500 = 0,
                    CASE WHEN {over} THEN 'archived' ELSE 'processing' END,
                    CASE WHEN {over} THEN 'stopped' ELSE 'running' END, CASE WHEN {over} THEN {end} END,
                    CASE WHEN {over} THEN :yes END, 1, '[]', :no, :no, :now, 1, 'post',
                    CASE WHEN {over} THEN {outcome} END, CASE WHEN {over} THEN {end} END,
                    CASE WHEN {over} THEN {outcome} END FROM h"""
            ),
            {"span": span, "yes": True, "no": False, "now": NOW},
        )
        kind = _chosen("x / 30 % 6", [f"'{each}'" for each in ReportKind])
        connection.execute(
            text(
                f"""INSERT INTO applicants (case_id, position, capacity, representative, name, legal_kind, report_kind,
                identity_type) {_NUMBERS.format(cases=cases)}
                SELECT i, 1, 'applicant', :no, '王晓敏', 'citizen', {kind}, 'none' FROM h"""
            ),
            {"no": False},
        )
    settle_down(engine)


def fill_register(engine: Engine, cases: int, cipher: Cipher) -> None:
    """So many requests received and answered in one year: applicant with sealed data, log, reply and its posting."""
    organs = _organs(engine)
    numbers = _NUMBERS.format(cases=cases)
    organ = _chosen(f"i % {ORGANS}", organs)
    outcome = _chosen("i % 21", [f"'{each}'" for each in Disposition])
    with engine.begin() as connection:

        def on(later: int) -> str:
            return _day(connection, REGISTER_FIRST, f"(i % 320 + {later})")

        connection.execute(
            text(
                f"""INSERT INTO cases ({_CASE_COLUMNS}) {numbers}
                SELECT i, {organ}, '椒民公开受〔2025〕' || i || '号', {REGISTER_YEAR}, i, {on(0)}, 'registered_mail',
                    '2025 年度困难群众救助资金发放情况', :no, 'delivered', 'stopped', {on(10)}, :yes, 1, '[]', :no, :no,
                    :now, 1, 'post', {outcome}, {on(10)}, {outcome} FROM h"""
            ),
            {"yes": True, "no": False, "now": NOW},
        )
        connection.execute(
            text(
                f"""INSERT INTO applicants (case_id, position, capacity, representative, name, legal_kind, report_kind,
                    identity_type, identity_number_cipher, phone_cipher, address_cipher) {numbers}
                SELECT i, 1, 'applicant', :no, '王晓敏' || i, 'citizen', 'natural_person', 'resident_id',
                    CAST(:identity AS {_bytes(connection)}), CAST(:phone AS {_bytes(connection)}),
                    CAST(:address AS {_bytes(connection)}) FROM h"""
            ),
            {
                "no": False,
                "identity": cipher.seal("11010519491231002X"),
                "phone": cipher.seal("13812345659"),
                "address": cipher.seal("台州市椒江区海门街道解放路 118 号 2 单元 301 室"),
            },
        )
        for seq, (kind, later, details) in enumerate(_LIFE, start=1):
            connection.execute(
                text(
                    f"""INSERT INTO log_entries (case_id, seq, schema_version, type, happened_on, recorded_at, actor_id,
                        details, digest) {numbers} SELECT i, {seq}, 1, '{kind}', {on(later)}, :now, 1,
                        CAST(:details AS {_json(connection)}), '-' FROM h"""
                ),
                {"now": NOW, "details": details},
            )
        connection.execute(
            text(
                f"""INSERT INTO letters (id, case_id, organ_id, kind, is_reply, run, status, content, merge_values,
                    body_held, number, render_attempts, version_id) {numbers}
                SELECT i, i, {organ}, 'disclosed', :yes, 1, 'signed', CAST(:content AS {_json(connection)}), '{{}}',
                    :yes, '椒民公开〔2025〕' || i || '号', 0, 1 FROM h"""
            ),
            {"yes": True, "content": '{"blocks": ["' + "经审查，您申请的信息可以公开。" * 60 + '"]}'},
        )
        connection.execute(
            text(
                f"""INSERT INTO dispatches (letter_id, way, dispatched_on, mail_number, delivered_on) {numbers}
                SELECT i, 'post', {on(10)}, 'XA12345678533', {on(13)} FROM h"""
            )
        )
    settle_down(engine)


def settle_down(engine: Engine) -> None:
    """What a database does by itself in the nights: figures for its planner, and on PostgreSQL the map of pages that
    everybody sees."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))
        connection.commit()


def _organs(engine: Engine) -> list[str]:
    """The cast and its organs, and as many more as make a district."""
    with Session(engine) as session:
        load_shipped(session)
        known = len(settle(session).organ_ids)
        session.add_all(
            Organ(code=f"X{n:02d}", name=f"第{n}局", kind="department", number_prefix=f"椒{n}公开")
            for n in range(known, ORGANS)
        )
        session.commit()
        return [str(organ_id) for organ_id in session.scalars(select(Organ.id).order_by(Organ.id))]


def _chosen(which: str, values: list[str]) -> str:
    cases = " ".join(f"WHEN {number} THEN {value}" for number, value in enumerate(values))
    return f"CASE {which} {cases} END"


def _day(connection: Connection, first: date, later: str) -> str:
    if connection.dialect.name == "postgresql":
        return f"(DATE '{first}' + CAST({later} AS INTEGER))"
    return f"date('{first}', '+' || ({later}) || ' days')"


def _bytes(connection: Connection) -> str:
    return "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"


def _json(connection: Connection) -> str:
    return "JSON" if connection.dialect.name == "postgresql" else "TEXT"
