"""Registers become cases: every date as expected, nothing twice, nothing by halves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import String, func, select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.registers import (
    DIRTY,
    GOOD,
    REGISTER,
    cells_of,
    expected_clock,
    make_register,
    planted_defects,
)
from tests.services.conftest import ContextFor
from tracker.adapters.ledger_reader import LedgerUnreadable
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.models import (
    Account,
    Applicant,
    Case,
    Clock,
    Dispatch,
    LedgerImport,
    LedgerRow,
    Letter,
    NamedPerson,
    Organ,
    StoredEntry,
)
from tracker.services import ledger_import
from tracker.services.acceptance import assign
from tracker.services.context import Context
from tracker.services.installation import install, load_organ_list
from tracker.services.ledger_export import export_ledger
from tracker.services.ledger_import import import_ledger
from tracker.services.numbers import last_number
from tracker.services.verification import verify_chain, verify_clocks

OPEN: Mapping[Column, Cell] = {
    Column.REPLIED_ON: None,
    Column.DOCUMENT_NUMBER: None,
    Column.OUTCOME: None,
    Column.DISPATCH_WAY: None,
}


@pytest.fixture
def ctx(ctx_for: ContextFor) -> Context:
    """A blank installation, the system acting."""
    ctx = ctx_for(SYSTEM)
    install(ctx, load_organ_list(), "admin")
    return ctx


def count(session: Session, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_year_comes_in_with_every_due_date_and_flag_and_goes_out_as_it_came(
    ctx: Context, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_import, "BATCH_ROWS", 100)
    done: list[int] = []
    outcome = import_ledger(ctx, REGISTER, progress=done.append)
    assert (outcome.rows, outcome.imported, outcome.rejected, outcome.warnings) == (314, 314, [], [])
    assert done == [100, 200, 300, 314]
    rows = session.execute(
        select(
            LedgerRow.sequence, Case.received_on, Clock.due_on, Clock.stopped_on, Clock.on_time, Case.stage
        )
        .join(Case, Case.id == LedgerRow.case_id)
        .join(Clock, Clock.case_id == Case.id)
        .where(Clock.kind == "reply", Clock.current)
    ).all()
    assert len(rows) == 314
    expected = expected_clock()
    for row in rows:
        wanted = expected[row.sequence]
        assert row.received_on.isoformat() == wanted["收到日期"]
        assert (row.due_on.isoformat() if row.due_on else "") == wanted["到期日期"], row.sequence
        assert {True: "否", False: "是", None: ""}[row.on_time] == wanted["是否超期"], row.sequence
        assert (row.stopped_on is None) == (wanted["答复日期"] == "")
    assert sum(row.stopped_on is None for row in rows) == 9
    assert sum(row.stage == "archived" for row in rows) == 305

    assert list(verify_clocks(session, ctx.today)) == []
    assert list(verify_chain(session)) == []

    out = tmp_path / "out.xlsx"
    assert export_ledger(ctx, 2023, out) == 314
    assert cells_of(out) == cells_of(REGISTER)
    again = import_ledger(ctx, out)
    assert (again.imported, again.continued, again.already_there, again.rejected) == (0, 0, 314, [])
    assert (count(session, Case), count(session, LedgerRow)) == (314, 314)


def test_numbers_are_kept_and_counters_move_past_them(ctx: Context, session: Session, tmp_path: Path) -> None:
    import_ledger(
        ctx,
        make_register(
            tmp_path / "r.xlsx",
            [
                GOOD | {Column.DOCUMENT_NUMBER: "椒民公开〔2023〕7号"},
                GOOD | {Column.SEQUENCE: 2, Column.DOCUMENT_NUMBER: "民函〔2023〕90号"},
            ],
        ),
    )
    organ_id = session.scalars(select(Organ.id).where(Organ.code == "MZJ")).one()
    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(letter.number, letter.body_held, letter.status) for letter in letters] == [
        ("椒民公开〔2023〕7号", False, "historic"),
        ("民函〔2023〕90号", False, "historic"),
    ]
    assert last_number(session, organ_id, "letter:reply", 2023) == 7
    assert session.scalars(select(Case.number).order_by(Case.id)).all() == [
        "椒民公开受〔2023〕1号",
        "椒民公开受〔2023〕2号",
    ]


def test_a_document_number_used_twice_is_kept_with_a_warning(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    rows = [GOOD, GOOD | {Column.SEQUENCE: 2, Column.DESCRIPTION: "另一件"}]
    outcome = import_ledger(ctx, make_register(tmp_path / "r.xlsx", rows))
    assert outcome.imported == 2
    assert [(fault.row, fault.column) for fault in outcome.warnings] == [(4, "答复文号")]
    second = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert second is not None
    assert (second.number, second.values) == (None, {"number_as_written": "椒民公开〔2023〕1号"})


def test_facts_of_a_row_stand_where_the_system_keeps_them(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    row = GOOD | {
        Column.DISPATCH_WAY: "邮寄",
        Column.MAIL_NUMBER: "EX951202720CN",
        Column.DELIVERED_ON: date(2023, 3, 12),
        Column.ADVISOR: "顾问甲",
        Column.REVIEWED_ON: date(2023, 3, 9),
        Column.REMARK: "备注一句",
        Column.CORRECTION_REQUESTED_ON: date(2023, 3, 2),
        Column.CORRECTED_ON: date(2023, 3, 3),
    }
    import_ledger(ctx, make_register(tmp_path / "r.xlsx", [row]))
    case = session.scalars(select(Case)).one()
    assert (case.historic, case.handler_id, case.disposition, case.stage) == (
        True,
        None,
        "disclosed",
        "delivered",
    )
    applicant = session.scalars(select(Applicant)).one()
    cipher = ctx.adapters.cipher
    assert applicant.identity_number_cipher is not None
    assert cipher.open(applicant.identity_number_cipher) == "331002190709268208"
    assert applicant.phone_tail_hash == cipher.fingerprint("1659")
    dispatch = session.scalars(select(Dispatch)).one()
    assert (dispatch.mail_number, dispatch.delivered_on) == ("EX951202720CN", date(2023, 3, 12))
    assert session.scalars(select(Letter.kind).order_by(Letter.is_reply)).all() == [
        "correction_notice",
        "reply_frame",
    ]
    entries = session.scalars(select(StoredEntry).order_by(StoredEntry.seq)).all()
    assert {entry.actor_id for entry in entries} == {None}
    imported = next(entry for entry in entries if entry.type == "ledger_imported")
    assert imported.text is not None
    assert imported.text.text == "备注一句"
    reviewed = next(entry for entry in entries if entry.type == "review_approved")
    assert reviewed.named_person is not None
    assert reviewed.named_person.name == "顾问甲"
    assert count(session, NamedPerson) == 1
    assert count(session, Account) == 1


def test_the_dirty_register_loses_only_its_twelve_rows(ctx: Context, session: Session) -> None:
    outcome = import_ledger(ctx, DIRTY)
    planted = planted_defects()
    assert (outcome.rows, outcome.imported, len(outcome.rejected)) == (314, 302, 12)
    assert {(f.row, f.column) for f in outcome.rejected} == {
        (row, column) for row, (column, verdict) in planted.items() if verdict == "reject"
    }
    assert {(f.row, f.column) for f in outcome.warnings} == {
        (row, column) for row, (column, verdict) in planted.items() if verdict == "warn"
    }
    texts = session.scalars(select(Case.description).where(Case.description.startswith("="))).all()
    assert texts == ['=HYPERLINK("http://127.0.0.1/","x")']
    breached = session.scalars(select(Case).where(Case.breach_codes.cast(String) != "[]")).all()
    assert [case.breach_codes for case in breached] == [["extension_over_20"]]


def test_a_rehearsal_tells_the_same_and_writes_nothing(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    path = make_register(
        tmp_path / "r.xlsx",
        [
            GOOD,
            GOOD | {Column.SEQUENCE: 2, Column.OUTCOME: "同意"},
            GOOD | {Column.SEQUENCE: 3, Column.IDENTITY_NUMBER: "331002190709268209"},
        ],
    )
    outcome = import_ledger(ctx, path, dry_run=True)
    assert (outcome.rows, outcome.imported, len(outcome.rejected)) == (3, 2, 1)
    assert [fault.column for fault in outcome.warnings] == ["答复文号", "证件号码"]
    assert [count(session, model) for model in (Case, LedgerImport, LedgerRow, StoredEntry)] == [0, 0, 0, 0]


def test_identical_rows_of_one_register_are_different_requests(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    rows = [GOOD | OPEN | {Column.SEQUENCE: number} for number in (1, 2, 3)]
    path = make_register(tmp_path / "r.xlsx", rows)
    assert import_ledger(ctx, path).imported == 3
    assert import_ledger(ctx, path).already_there == 3
    assert count(session, Case) == 3


def test_a_case_carried_over_continues_in_next_years_register(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    first = GOOD | OPEN | {Column.RECEIVED_ON: date(2023, 12, 20), Column.REMARK: "结转下年"}
    import_ledger(ctx, make_register(tmp_path / "2023.xlsx", [first]))
    later = GOOD | {
        Column.RECEIVED_ON: date(2023, 12, 20),
        Column.REPLIED_ON: date(2024, 1, 10),
        Column.DOCUMENT_NUMBER: "椒民公开〔2024〕1号",
        Column.ARCHIVED_ON: date(2024, 2, 1),
        Column.DELIVERED_ON: date(2024, 1, 12),
    }
    next_year = make_register(tmp_path / "2024.xlsx", [later], title="2024年度台账")
    outcome = import_ledger(ctx, next_year)
    assert (outcome.imported, outcome.continued, outcome.already_there) == (0, 1, 0)
    case = session.scalars(select(Case)).one()
    assert (case.stage, case.on_time, case.disposition) == ("archived", True, "disclosed")
    assert session.scalars(select(LedgerRow.register).order_by(LedgerRow.id)).all() == [
        "2023年度台账",
        "2024年度台账",
    ]
    assert import_ledger(ctx, next_year).already_there == 1
    assert session.scalars(select(Letter.number)).all() == ["椒民公开〔2024〕1号"]


def test_what_contradicts_the_record_is_left_alone_with_a_warning(
    ctx: Context, session: Session, tmp_path: Path
) -> None:
    import_ledger(ctx, make_register(tmp_path / "a.xlsx", [GOOD]))
    moved = GOOD | {Column.REPLIED_ON: date(2023, 3, 13)}
    outcome = import_ledger(ctx, make_register(tmp_path / "b.xlsx", [moved]))
    assert outcome.already_there == 1
    assert [(fault.column, "椒民公开受〔2023〕1号" in fault.message) for fault in outcome.warnings] == [
        ("答复日期", True)
    ]
    assert session.scalars(select(Case.stopped_on)).one() == date(2023, 3, 10)


def test_a_crash_leaves_whole_rows_and_the_next_run_finishes(
    ctx: Context, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_import, "BATCH_ROWS", 100)
    rows = [GOOD | OPEN | {Column.SEQUENCE: n, Column.DESCRIPTION: f"第{n}件"} for n in range(1, 151)]
    path = make_register(tmp_path / "r.xlsx", rows)

    def crash(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_ledger(ctx, path, progress=crash)
    assert count(session, Case) == count(session, Applicant) == 100
    unfinished = session.scalars(select(LedgerImport)).one()
    assert (unfinished.finished_at, unfinished.imported) == (None, 100)
    outcome = import_ledger(ctx, path)
    assert (outcome.imported, outcome.already_there) == (50, 100)
    assert count(session, Case) == 150


def test_alerts_of_open_cases_begin_when_a_person_takes_them_over(
    ctx_for: ContextFor, cast: Cast, session: Session, tmp_path: Path
) -> None:
    row = GOOD | OPEN | {Column.RECEIVED_ON: date(2026, 11, 2)}
    import_ledger(ctx_for(cast.supervisor), make_register(tmp_path / "r.xlsx", [row]))
    alerts = select(Clock.next_alert_on).where(Clock.kind == "reply")
    assert session.scalars(alerts).one() is None
    case = session.scalars(select(Case)).one()
    clerk = cast.clerk
    assert clerk.account_id is not None
    assign(ctx_for(clerk), case.id, handler_id=clerk.account_id, expected_version=case.version_id)
    session.rollback()
    assert session.scalars(alerts).one() is not None


def test_only_the_district_office_may_import(ctx_for: ContextFor, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        import_ledger(ctx_for(cast.clerk), REGISTER)


def test_a_file_that_is_no_register_imports_nothing(ctx: Context, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no", "utf-8")
    with pytest.raises(LedgerUnreadable):
        import_ledger(ctx, path)
    assert count(session, LedgerImport) == 0
