"""销毁: only after the period, only by two people, nothing of the person left, and the chain whole afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select, text
from sqlalchemy.orm import Session

from tests.factories.archive import APPLICANT, PHONE, whole_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.file_store import FileMissing
from tracker.domain.archiving import Retention
from tracker.domain.destruction import Block, ListState
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.models import (
    ArchivedFile,
    Attachment,
    Base,
    Case,
    CaseKey,
    Challenge,
    Destruction,
    DestructionFile,
    StoredEntry,
)
from tracker.queries.destruction import get_destruction, list_destructions, list_expired, read_files
from tracker.services.archiving import archive, change_retention
from tracker.services.attachments import CheckedFile, keep_file
from tracker.services.case_keys import read_file, seal_older_files
from tracker.services.context import Context
from tracker.services.destruction import (
    confirm_destruction,
    defer_destruction,
    lift_deferral,
    propose_destruction,
    return_destruction,
    withdraw_destruction,
)
from tracker.services.erasure import BLANKED, DELETED, KEPT
from tracker.services.facts import correct_fact
from tracker.services.holds import hold
from tracker.services.search_rebuild import verify_index
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_chain, verify_clocks

ARCHIVED = date(2026, 11, 23)
LAST_DAY, NEXT_DAY = date(2036, 12, 31), date(2037, 1, 1)
SCAN = b"%PDF-1.4 a scan of an identity card"
GROUNDS = "保管期限届满，经鉴定无继续保存价值。"


@pytest.fixture
def filed(cast: Cast, ctx_for: ContextFor) -> Callable[[int], int]:
    """``filed(serial)``: a case closed in 2026, to be kept for ten years."""

    def make(serial: int = 1) -> int:
        clerk = ctx_for(cast.clerk)
        case_id = whole_case(clerk, cast.organ_ids["MZJ"], serial)
        archive(clerk, case_id, on=ARCHIVED, expected_version=None)
        return case_id

    return make


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.clerk, NEXT_DAY)


@pytest.fixture
def head(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.disclosure_head, NEXT_DAY)


def against(ctx: Context, case_id: int, today: date = NEXT_DAY) -> set[Block]:
    ctx.session.rollback()
    [row] = read_files(ctx.session, ctx.actor, today, [case_id])
    return set(row.blocks)


def proposed(clerk: Context, cast: Cast, *case_ids: int) -> int:
    return propose_destruction(clerk, cast.organ_ids["MZJ"], case_ids, GROUNDS).id


def test_a_period_must_be_over_to_the_day(
    cast: Cast, ctx_for: ContextFor, filed: Callable[[int], int]
) -> None:
    case_id = filed(1)
    before, after = ctx_for(cast.clerk, LAST_DAY), ctx_for(cast.clerk, NEXT_DAY)
    assert list_expired(before.session, before.actor, LAST_DAY).total == 0
    with pytest.raises(NotLawfulNow, match="Z109"):
        propose_destruction(before, cast.organ_ids["MZJ"], [case_id], GROUNDS)
    [row] = list_expired(after.session, after.actor, NEXT_DAY).rows
    assert (row.case_id, row.ends_on, row.blocks) == (case_id, LAST_DAY, ())
    colleague = ctx_for(cast.colleague, NEXT_DAY)
    assert list_expired(colleague.session, colleague.actor, NEXT_DAY).total == 0


def test_two_people_and_nobody_else(
    clerk: Context, head: Context, cast: Cast, ctx_for: ContextFor, filed: Callable[[int], int]
) -> None:
    case_id, organ_id = filed(1), cast.organ_ids["MZJ"]
    for part in ("approver", "legal_advisor", "auditor", "administrator", "colleague"):
        with pytest.raises(Forbidden):
            propose_destruction(ctx_for(cast.actors[part], NEXT_DAY), organ_id, [case_id], GROUNDS)
    for grounds, ids in (("", [case_id]), ("长" * 501, [case_id]), (GROUNDS, []), (GROUNDS, range(1, 300))):
        with pytest.raises(Invalid):
            propose_destruction(clerk, organ_id, list(ids), grounds)
    with pytest.raises(NotFound):
        propose_destruction(clerk, organ_id, [case_id, 99_999], GROUNDS)
    number = propose_destruction(head, organ_id, [case_id], GROUNDS)
    assert number.number == "椒民公开销〔2037〕1号"
    assert against(clerk, case_id) == {Block.LISTED}
    with pytest.raises(Forbidden, match="另一人"):
        confirm_destruction(head, number.id, "", expected_version=1)
    for part in ("clerk", "legal_advisor", "auditor"):
        with pytest.raises((Forbidden, NotFound)):
            confirm_destruction(ctx_for(cast.actors[part], NEXT_DAY), number.id, "", expected_version=1)
    with pytest.raises(NotFound):
        confirm_destruction(ctx_for(cast.colleague, NEXT_DAY), number.id, "", expected_version=1)
    approver = ctx_for(cast.approver, NEXT_DAY)
    with pytest.raises(Conflict):
        confirm_destruction(approver, number.id, "", expected_version=7)
    assert confirm_destruction(approver, number.id, "同意销毁。", expected_version=1).destroyed == 1
    with pytest.raises(Conflict):
        confirm_destruction(approver, number.id, "", expected_version=2)


def test_a_list_is_returned_or_withdrawn_and_nothing_is_lost(
    clerk: Context, head: Context, cast: Cast, filed: Callable[[int], int], session: Session
) -> None:
    case_id = filed(1)
    first = proposed(clerk, cast, case_id)
    with pytest.raises(Invalid):
        return_destruction(head, first, " ", expected_version=1)
    return_destruction(head, first, "其中一件仍有查考价值", expected_version=1)
    second = proposed(clerk, cast, case_id)
    with pytest.raises(Forbidden):
        withdraw_destruction(head, second, expected_version=1)
    withdraw_destruction(clerk, second, expected_version=1)
    assert against(clerk, case_id) == set()
    states = [row.state for row in list_destructions(session, clerk.actor)]
    assert states == [ListState.WITHDRAWN, ListState.RETURNED]
    assert session.scalars(select(Attachment.id).where(Attachment.case_id == case_id)).first() is not None


def test_holds_challenges_and_deferrals_block(
    clerk: Context,
    head: Context,
    cast: Cast,
    ctx_for: ContextFor,
    filed: Callable[[int], int],
    session: Session,
) -> None:
    held, challenged, deferred, permanent, free = (filed(serial) for serial in range(1, 6))
    hold(ctx_for(cast.supervisor, NEXT_DAY), held, grounds="行政诉讼", expected_version=None)
    session.add(
        Challenge(
            case_id=challenged, kind="reconsideration", received_on=NEXT_DAY, body="区政府", claimed_seq=1
        )
    )
    session.commit()
    change_retention(
        ctx_for(cast.disclosure_head),
        permanent,
        retention=Retention.PERMANENT,
        grounds="典型案例",
        expected_version=None,
    )
    for wrong in ({"reason": "", "until": None}, {"reason": "查考", "until": NEXT_DAY}):
        with pytest.raises(Invalid):
            defer_destruction(clerk, deferred, **wrong)
    defer_destruction(clerk, deferred, "编史修志查考", date(2037, 6, 30))
    assert against(clerk, held) == {Block.HELD}
    assert against(clerk, challenged) == {Block.CHALLENGED}
    assert against(clerk, deferred) == {Block.DEFERRED}
    assert against(clerk, deferred, date(2037, 7, 1)) == set()
    assert against(clerk, permanent) == {Block.PERMANENT}
    for case_id in (held, challenged, deferred, permanent):
        with pytest.raises(NotLawfulNow):
            proposed(clerk, cast, free, case_id)
    lift_deferral(clerk, deferred)
    made = proposed(clerk, cast, free, deferred)
    defer_destruction(clerk, deferred, "又要查考", None)
    done = confirm_destruction(head, made, "同意。", expected_version=1)
    assert (done.destroyed, done.kept) == (1, 1)
    _row, files = get_destruction(session, head.actor, made)
    kept = next(one for one in files if one.case_id == deferred)
    assert (kept.outcome, kept.kept_because) == ("kept", (Block.DEFERRED,))
    assert session.get_one(Case, deferred).destroyed_on is None


def test_nothing_of_the_person_is_left_and_the_log_still_verifies(
    clerk: Context, head: Context, cast: Cast, filed: Callable[[int], int], session: Session
) -> None:
    case_id, other = filed(1), filed(2)
    keys = set(session.scalars(select(Attachment.storage_key).where(Attachment.case_id == case_id)))
    contents_hash = session.scalars(
        select(ArchivedFile.contents_hash).where(ArchivedFile.case_id == case_id)
    ).one()
    assert APPLICANT in everything(session, case_id)
    made = proposed(clerk, cast, case_id)
    confirm_destruction(head, made, "同意销毁。", expected_version=1)
    session.rollback()
    left = everything(session, case_id)
    for word in (APPLICANT, PHONE, "困难群众", "档案室", "XA0"):
        assert word not in left
    files = clerk.adapters.files
    assert not keys & {key for key, _age in files.keys_with_age()}  # type: ignore[attr-defined]
    assert session.scalars(select(Attachment.id).where(Attachment.case_id == case_id)).first() is None
    assert list(verify_chain(session)) == []
    assert [d for d in verify_clocks(session, NEXT_DAY) if d.case_id == case_id] == []
    assert list(verify_index(head)) == []
    last = session.scalars(
        select(StoredEntry).where(StoredEntry.case_id == case_id).order_by(StoredEntry.id)
    ).all()[-1]
    line = session.scalars(select(DestructionFile)).one()
    assert (last.type, line.outcome, line.chain) == ("file_destroyed", "destroyed", last.digest)
    assert last.details["list"] == line.contents_hash == contents_hash
    assert line.pages > 0 and line.materials == 10 and APPLICANT not in line.title
    assert APPLICANT in everything(session, other)
    with pytest.raises(NotLawfulNow):
        correct_fact(head, case_id, seq=1, on=date(2026, 9, 9), reason="更正", expected_version=None)
    with pytest.raises(NotLawfulNow):
        defer_destruction(clerk, case_id, "太迟", None)
    assert against(clerk, case_id) == {Block.DESTROYED}
    session.rollback()
    assert session.get_one(Destruction, made).decision == "同意销毁。"


def everything(session: Session, case_id: int) -> str:
    """Every row that speaks of the case, as text, whatever table it stands in."""
    metadata: MetaData = Base.metadata
    found = [dict(session.execute(text(f"SELECT * FROM cases WHERE id = {case_id}")).mappings().one())]
    for table in metadata.sorted_tables:
        if "case_id" in table.columns:
            found += map(
                dict, session.execute(select(table).where(table.columns["case_id"] == case_id)).mappings()
            )
        elif "letter_id" in table.columns:
            letters = select(metadata.tables["letters"].c.id).where(
                metadata.tables["letters"].c.case_id == case_id
            )
            found += map(
                dict, session.execute(select(table).where(table.columns["letter_id"].in_(letters))).mappings()
            )
    return json.dumps(found, ensure_ascii=False, default=str)


def test_every_table_of_a_case_is_deleted_blanked_or_kept_with_a_reason() -> None:
    """A new table that speaks of cases must say what becomes of it: add it to tracker/services/erasure.py."""
    of_cases = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(
            key.column.table.name in {"cases", "letters", "attachments", "challenges"}
            for key in table.foreign_keys
        )
    }
    decided = {one.table.__tablename__ for one in BLANKED} | {table.__tablename__ for table, _ in DELETED}
    assert decided.isdisjoint(KEPT)
    assert of_cases == decided | set(KEPT)


def test_files_are_noise_without_the_key_and_the_key_is_gone(
    clerk: Context, head: Context, cast: Cast, filed: Callable[[int], int], session: Session
) -> None:
    case_id = filed(1)
    with transaction(clerk):
        row = keep_file(
            clerk, CheckedFile("证件.pdf", "application/pdf", SCAN, FileKind.OTHER), case_id=case_id
        )
        key, row_id = row.storage_key, row.id
    copy = clerk.adapters.files.read(key)
    assert SCAN not in copy and row.sealed and row.size == len(SCAN)
    row = session.get_one(Attachment, row_id)
    assert read_file(clerk, row) == SCAN
    session.rollback()
    confirm_destruction(head, proposed(clerk, cast, case_id), "同意销毁。", expected_version=1)
    session.rollback()
    assert session.get(CaseKey, case_id) is None
    clerk.adapters.files.put_back(key, copy)  # from a copy of the store made before
    with pytest.raises(FileMissing):
        read_file(clerk, Attachment(case_id=case_id, storage_key=key, sealed=True))


def test_files_from_before_there_were_keys_are_sealed_by_the_job(
    clerk: Context, filed: Callable[[int], int], session: Session
) -> None:
    filed(1)
    older = session.scalars(select(Attachment.id).where(Attachment.sealed.is_(False))).all()
    before = {
        row.id: clerk.adapters.files.read(row.storage_key)
        for row in session.scalars(select(Attachment))
        if row.id in older
    }
    session.rollback()
    assert seal_older_files(clerk) == len(older) == 3
    assert seal_older_files(clerk) == 0
    for row in session.scalars(select(Attachment).where(Attachment.id.in_(older))):
        assert row.sealed and read_file(clerk, row) == before[row.id] != clerk.adapters.files.read(
            row.storage_key
        )


def test_the_database_itself_no_longer_holds_the_name(
    clerk: Context, head: Context, cast: Cast, filed: Callable[[int], int], session: Session
) -> None:
    """SQLite keeps what it deletes in free pages unless told otherwise; PostgreSQL is left to its VACUUM."""
    case_id = filed(1)
    bind = session.get_bind()
    name = bind.engine.url.database
    if bind.dialect.name != "sqlite":
        assert session.get(CaseKey, case_id) is not None
        return
    confirm_destruction(head, proposed(clerk, cast, case_id), "同意销毁。", expected_version=1)
    session.rollback()
    for ending in ("", "-wal"):
        path = Path(f"{name}{ending}")
        held = path.read_bytes() if path.exists() else b""
        assert APPLICANT.encode() not in held and PHONE.encode() not in held, ending
