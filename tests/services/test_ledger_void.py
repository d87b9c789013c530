"""An import is taken out as a whole: nothing of it is left, its numbers are explained, and work done is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.databases import unguarded
from tests.people import Cast
from tests.registers import GOOD, make_register
from tests.services.conftest import ContextFor
from tests.services.test_ledger_batch import OPEN, Told, odd_register
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.models import Alert, Case, Counter, LedgerImport, Letter, PersonalDataReading, StoredEntry
from tracker.services.acceptance import assign
from tracker.services.anchors import broken_anchors, make_anchor
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.ledger_import import import_ledger
from tracker.services.ledger_void import WorkedOn, void_import
from tracker.services.numbers import draw_number, last_number
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_chain, verify_clocks


@pytest.fixture
def ctx(ctx_for: ContextFor, cast: Cast) -> Context:
    """The district's office acts."""
    return ctx_for(cast.supervisor)


def newest(session: Session) -> LedgerImport:
    session.rollback()
    return session.scalars(select(LedgerImport).order_by(LedgerImport.id.desc()).limit(1)).one()


def told(ctx: Context, engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Everything but the records of imports and of what was done, and names that stay known."""
    ctx.session.rollback()
    tables = Told(ctx, engine).tables()
    records = ("administrative_acts", "voided_entries", "chain_anchors")
    for name in ("ledger_imports", "named_people", "case_tallies", "accounts", *records):
        tables.pop(name)
    tables["counters"] = [row for row in tables["counters"] if row["value"]]
    return tables


def register(tmp_path: Path, *rows: Mapping[Column, Cell], year: int = 2023) -> Path:
    return make_register(tmp_path / f"{year}.xlsx", rows, title=f"{year}年度台账")


def many(count: int, **columns: Cell) -> list[dict[Column, Cell]]:
    return [
        {
            **GOOD,
            Column.SEQUENCE: n,
            Column.DESCRIPTION: f"第{n}项",
            Column.DOCUMENT_NUMBER: f"椒民公开〔2023〕{n}号",
        }
        for n in range(1, count + 1)
    ]


def test_nothing_is_left_and_the_record_says_who_when_and_why(
    ctx: Context, cast: Cast, session: Session, engine: Engine, tmp_path: Path
) -> None:
    before = told(ctx, engine)
    outcome = import_ledger(ctx, odd_register(tmp_path))
    with transaction(ctx):
        case = session.scalars(select(Case).order_by(Case.id).limit(1)).one()
        alert = {"recipient_id": cast.supervisor.account_id, "kind": "calendar_notice", "case_id": case.id}
        session.add(Alert(**alert, due_on=ctx.today, created_at=ctx.now, params={}))
    next_day = timedelta(days=1)
    make_anchor(ctx.on(ctx.today + next_day, ctx.now + next_day))
    record = newest(session)
    assert void_import(ctx, record.id, "导错了年度") == outcome.imported
    assert list(broken_anchors(session)) == []
    assert told(ctx, engine) == before
    record = newest(session)
    assert (record.state, record.void_reason, record.voided_by_id, record.voided_at) == (
        "voided",
        "导错了年度",
        cast.supervisor.account_id,
        ctx.now,
    )
    assert record.imported == outcome.imported
    assert record.voided_numbers is not None
    assert [(each["year"], each["kept"], each["given_back"]) for each in record.voided_numbers] == [
        (2023, [], [[1, outcome.imported]])
    ]
    assert list(verify_clocks(session, ctx.today)) == []
    with pytest.raises(NotLawfulNow):
        void_import(ctx, record.id, "再作废一次")
    assert import_ledger(ctx, odd_register(tmp_path)).imported == outcome.imported


def test_a_number_drawn_since_keeps_those_before_it_and_the_gap_is_told(
    ctx: Context, cast: Cast, session: Session, tmp_path: Path
) -> None:
    organ_id = cast.organ_ids["MZJ"]
    import_ledger(ctx, register(tmp_path, *many(3)))
    voided = newest(session).id
    another = {**GOOD, Column.DESCRIPTION: "另一册", Column.DOCUMENT_NUMBER: "椒民公开〔2023〕9号"}
    import_ledger(ctx, register(tmp_path, another, year=2022))
    void_import(ctx, voided, "重复")
    record = session.get_one(LedgerImport, voided)
    assert record.voided_numbers is not None
    assert [(each["kept"], each["given_back"]) for each in record.voided_numbers] == [([[1, 3]], [])]
    assert session.scalars(select(Case.serial)).all() == [4]
    assert last_number(session, organ_id, "case", 2023) == 4
    assert last_number(session, organ_id, "letter:reply", 2023) == 9
    void_import(ctx, newest(session).id, "也重复")
    assert last_number(session, organ_id, "case", 2023) == 0
    assert last_number(session, organ_id, "letter:reply", 2023) == 0
    with transaction(ctx):
        assert draw_number(session, organ_id, "case", 2023) == 1


def test_replies_of_others_keep_the_counter_where_they_are(
    ctx: Context, cast: Cast, session: Session, tmp_path: Path
) -> None:
    organ_id = cast.organ_ids["MZJ"]
    import_ledger(ctx, register(tmp_path, {**GOOD, Column.DOCUMENT_NUMBER: "椒民公开〔2023〕5号"}, year=2022))
    import_ledger(ctx, register(tmp_path, *many(8)[5:]))
    assert last_number(session, organ_id, "letter:reply", 2023) == 8
    void_import(ctx, newest(session).id, "导错")
    assert last_number(session, organ_id, "letter:reply", 2023) == 5
    import_ledger(ctx, register(tmp_path, *many(8)[5:]))
    session.execute(update(Counter).where(Counter.series == "letter:reply").values(value=11))
    session.commit()
    void_import(ctx, newest(session).id, "导错")
    assert last_number(session, organ_id, "letter:reply", 2023) == 11


def test_work_done_since_is_never_lost(
    ctx: Context, ctx_for: ContextFor, cast: Cast, session: Session, engine: Engine, tmp_path: Path
) -> None:
    rows = [{**row, **OPEN} for row in many(4)]
    import_ledger(ctx, register(tmp_path, *rows))
    assigned, read, drafted, untouched = session.scalars(select(Case).order_by(Case.id)).all()
    clerk = cast.clerk
    assert clerk.account_id is not None
    assign(ctx_for(clerk), assigned.id, handler_id=clerk.account_id, expected_version=assigned.version_id)
    with transaction(ctx):
        session.add(looked_at(read.id, cast, ctx))
        letter = {"case_id": drafted.id, "organ_id": drafted.organ_id, "kind": "reply_frame"}
        session.add(Letter(**letter, is_reply=True, status="draft"))
    before = told(ctx, engine)
    with pytest.raises(WorkedOn) as refused:
        void_import(ctx, newest(session).id, "导错")
    numbers = [f"椒民公开受〔2023〕{n}号" for n in (1, 2, 3)]
    assert list(refused.value.numbers) == numbers
    assert told(ctx, engine) == before


def looked_at(case_id: int, cast: Cast, ctx: Context) -> PersonalDataReading:
    """What was looked at and why stays on record, so its case does too."""
    return PersonalDataReading(
        case_id=case_id, account_id=cast.supervisor.account_id, at=ctx.now, field="phone", reason="核对"
    )


def test_a_year_loaded_since_is_nobodys_work(ctx: Context, session: Session, tmp_path: Path) -> None:
    import_ledger(ctx, register(tmp_path, {**GOOD, **OPEN}))
    with transaction(ctx):
        case = session.scalars(select(Case).with_for_update()).one()
        append(ctx, case, NewEntry(EntryType.CALENDAR_CHANGED, ctx.today, {"calendar_version": 1}))
    assert void_import(ctx, newest(session).id, "导错") == 1


@pytest.mark.parametrize("told_of_entries", [True, False])
def test_a_case_it_continued_stands_as_before(
    ctx: Context,
    ctx_for: ContextFor,
    cast: Cast,
    session: Session,
    engine: Engine,
    tmp_path: Path,
    told_of_entries: bool,
) -> None:
    """Also where the log was written before imports told how many entries they add."""
    december = {**GOOD, Column.RECEIVED_ON: date(2023, 12, 20)}
    consulted = {Column.CONSULTED: "第三方", Column.CONSULTED_ON: date(2023, 12, 22)}
    earlier = ctx_for(cast.supervisor, date(2026, 11, 20))
    import_ledger(earlier, register(tmp_path, {**december, **OPEN, **consulted}))
    before = told(ctx, engine)
    closed = {
        **december,
        **consulted,
        Column.ANSWERED_ON: date(2023, 12, 29),
        Column.REPLIED_ON: date(2024, 1, 10),
        Column.DOCUMENT_NUMBER: "椒民公开〔2024〕1号",
        Column.ADVISOR: "顾问乙",
        Column.REVIEWED_ON: date(2024, 1, 9),
        Column.ARCHIVED_ON: date(2024, 2, 1),
        Column.DELIVERED_ON: date(2024, 1, 12),
        Column.REMARK: "上年结转",
    }
    next_year = register(tmp_path, closed, {**GOOD, Column.SEQUENCE: 2, Column.RECEIVED_ON: date(2024, 3, 1),
                                           Column.REPLIED_ON: date(2024, 3, 8)}, year=2024)  # fmt: skip
    outcome = import_ledger(ctx, next_year)
    assert (outcome.imported, outcome.continued) == (1, 1)
    if not told_of_entries:
        forget_how_many(session)
    record = newest(session)
    assert void_import(ctx, record.id, "导错") == 1
    after = told(ctx, engine)
    assert {name for name in before if after[name] != before[name]} == set()
    assert list(verify_clocks(session, ctx.today)) == []
    assert list(verify_chain(session)) == []
    again = import_ledger(ctx, next_year)
    assert (again.imported, again.continued) == (1, 1)


def forget_how_many(session: Session) -> None:
    import_id = newest(session).id
    with unguarded(session):
        for entry in session.scalars(select(StoredEntry).where(StoredEntry.type == "ledger_imported")):
            if entry.details["import_id"] == import_id:
                dropped = ("entries", "outcome_before")
                entry.details = {name: value for name, value in entry.details.items() if name not in dropped}
        session.flush()


def test_the_later_register_goes_first(ctx: Context, session: Session, tmp_path: Path) -> None:
    import_ledger(ctx, register(tmp_path, {**GOOD, **OPEN}))
    first = newest(session).id
    import_ledger(ctx, register(tmp_path, GOOD, year=2024))
    with pytest.raises(WorkedOn):
        void_import(ctx, first, "导错")
    void_import(ctx, newest(session).id, "导错")
    assert void_import(ctx, first, "导错") == 1
    assert session.scalars(select(Case)).all() == []


def test_a_run_that_was_voided_meanwhile_writes_no_more(
    ctx: Context, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.services.ledger_import.BATCH_ROWS", 2)
    voided: list[int] = []

    def void(done: int) -> None:
        if not voided:
            voided.append(void_import(ctx, newest(session).id, "导错"))

    with pytest.raises(Conflict):
        import_ledger(ctx, register(tmp_path, *many(5)), progress=void)
    assert voided == [2]
    session.rollback()
    assert session.scalars(select(Case)).all() == []


def test_only_who_imports_may_void(
    ctx: Context, ctx_for: ContextFor, cast: Cast, session: Session, tmp_path: Path
) -> None:
    import_ledger(ctx, register(tmp_path, GOOD))
    with pytest.raises(Forbidden):
        void_import(ctx_for(cast.clerk), newest(session).id, "导错")
    with pytest.raises(NotFound):
        void_import(ctx, 999, "导错")
    assert session.scalar(select(func.count()).select_from(Case)) == 1
