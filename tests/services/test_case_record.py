"""The one writer of the log: replay, breaches, refusals, clocks, digests, and two people at once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case, received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import (
    BreachNeedsReason,
    Conflict,
    Forbidden,
    NotFound,
    NotLawfulNow,
    Refusal,
    RefusalCode,
)
from tracker.domain.permissions import Permission
from tracker.domain.workflow import Action
from tracker.models import Case, Clock, EntryText, StoredEntry
from tracker.queries.scope import get_case
from tracker.services.case_record import (
    NewEntry,
    append,
    recompute,
    require_offered,
    require_version,
)
from tracker.services.log_chain import DIGESTED, GENESIS, digest_of, entry_digest
from tracker.services.unit_of_work import after_commit, transaction

RECEIVED = date(2026, 9, 10)


def reply_clock(session: Session, case_id: int) -> Clock:
    session.rollback()
    return session.scalars(
        select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply", Clock.current)
    ).one()


def test_the_due_date_stands_beside_the_log_at_once(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    case_id = received_case(ctx_for(cast.clerk), cast.organ_ids["MZJ"], RECEIVED)
    assert reply_clock(session, case_id).due_on == date(2026, 10, 14)


def test_a_correction_restarts_the_clock_article_30(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED)
    with transaction(ctx):
        case = get_case(session, ctx.actor, case_id, Permission.CASE_HANDLE, lock=True)
        append(
            ctx,
            case,
            NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 9, 18)),
            NewEntry(EntryType.CORRECTED, date(2026, 10, 8)),
        )
    clock = reply_clock(session, case_id)
    assert (clock.run, clock.due_on) == (2, date(2026, 11, 4))


def test_a_breach_asks_for_a_reason_and_is_then_recorded(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED)
    late = NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 9, 21))
    with pytest.raises(BreachNeedsReason) as told, transaction(ctx):
        append(ctx, get_case(session, ctx.actor, case_id, lock=True), late)
    assert [str(b.code) for b in told.value.breaches] == ["late_correction_notice"]
    assert session.scalar(select(func.count()).select_from(StoredEntry)) == 2

    with transaction(ctx):
        append(ctx, get_case(session, ctx.actor, case_id, lock=True), late, reason="收发室九月二十日才转交")
    session.rollback()
    case = session.get_one(Case, case_id)
    assert case.breach_codes == ["late_correction_notice"]
    kept = session.scalars(select(StoredEntry).order_by(StoredEntry.seq.desc())).first()
    assert kept is not None and kept.details["breaches"] == ["late_correction_notice"]
    assert "收发室" not in str(kept.details)
    assert session.scalars(select(EntryText.text)).one() == "收发室九月二十日才转交"


def test_what_cannot_be_is_refused_and_leaves_nothing(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED)
    with pytest.raises(Refusal) as told, transaction(ctx):
        append(
            ctx,
            get_case(session, ctx.actor, case_id, lock=True),
            NewEntry(EntryType.RESUMED, date(2026, 9, 15)),
        )
    assert told.value.code is RefusalCode.RESUME_WITHOUT_SUSPEND
    assert session.scalar(select(func.count()).select_from(StoredEntry)) == 2


def test_the_digests_form_a_chain(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    received_case(ctx_for(cast.clerk), cast.organ_ids["MZJ"], RECEIVED)
    session.rollback()
    previous = GENESIS
    rows = session.scalars(select(StoredEntry).order_by(StoredEntry.seq)).all()
    assert [row.seq for row in rows] == [1, 2]
    for row in rows:
        assert row.digest == entry_digest(row, previous)
        previous = row.digest
    rows[0].happened_on = date(2026, 9, 11)
    assert rows[0].digest != entry_digest(rows[0], GENESIS)
    session.rollback()


@given(
    numbers=st.lists(st.none() | st.integers(0, 10**9), min_size=7, max_size=7),
    kind=st.sampled_from(EntryType) | st.text(max_size=5),
    at=st.datetimes(timezones=st.just(UTC)),
    details=st.dictionaries(
        st.text(max_size=4), st.none() | st.booleans() | st.integers() | st.text(max_size=9)
    ),
)
def test_an_entry_is_digested_as_the_json_of_its_columns(
    numbers: list[int | None], kind: str, at: datetime, details: dict[str, object]
) -> None:
    columns = iter(numbers)
    told = {"type": str(kind), "happened_on": at.date(), "recorded_at": at, "details": details}
    values = {column: told.get(column) if column in told else next(columns) for column in DIGESTED.values()}
    written = {name: values[column] for name, column in DIGESTED.items()}
    written |= {"on": at.date().isoformat(), "at": at.isoformat(timespec="microseconds")}
    json_of_it = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest_of(values, GENESIS) == hashlib.sha256((GENESIS + json_of_it).encode()).hexdigest()


def test_replaying_changes_nothing(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED)
    session.rollback()
    version = session.get_one(Case, case_id).version_id
    with transaction(ctx):
        recompute(ctx, get_case(session, ctx.actor, case_id, lock=True))
    session.rollback()
    assert session.get_one(Case, case_id).version_id == version


def test_a_stranger_gets_nothing_and_a_colleague_without_the_right_is_told(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    case_id = received_case(ctx_for(cast.clerk), cast.organ_ids["MZJ"], RECEIVED)
    for part in ("stranger", "colleague", "administrator", "one_person"):
        with pytest.raises(NotFound):
            get_case(session, cast.actors[part], case_id)
    for part in ("legal_advisor", "approver", "supervisor", "auditor"):
        assert get_case(session, cast.actors[part], case_id).id == case_id
        with pytest.raises(Forbidden):
            get_case(session, cast.actors[part], case_id, Permission.CASE_HANDLE)


def test_the_workflow_names_what_is_missing(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED, complete=False)
    case = get_case(session, ctx.actor, case_id)
    with pytest.raises(NotLawfulNow, match="登记信息完整"):
        require_offered(ctx, case, Action.ACCEPT)
    with pytest.raises(NotLawfulNow):
        require_offered(ctx, case, Action.ARCHIVE)
    assert require_offered(ctx, case, Action.RECORD_CORRECTION, reason="如实补记").stage == "registered"


def test_an_old_page_meets_a_conflict(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    case_id = received_case(ctx, cast.organ_ids["MZJ"], RECEIVED)
    seen = get_case(session, ctx.actor, case_id).version_id
    with transaction(ctx):
        append(ctx, get_case(session, ctx.actor, case_id, lock=True), NewEntry(EntryType.ACCEPTED, RECEIVED))
    case = get_case(session, ctx.actor, case_id)
    with pytest.raises(Conflict):
        require_version(case, seen)
    require_version(case, case.version_id)


def test_what_follows_a_commit_is_dropped_with_a_rollback(cast: Cast, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk)
    done: list[str] = []
    with transaction(ctx):
        after_commit(ctx, lambda: done.append("committed"))
    with pytest.raises(RuntimeError), transaction(ctx):
        after_commit(ctx, lambda: done.append("never"))
        raise RuntimeError
    assert done == ["committed"]


def test_a_verb_inside_a_verb_joins_it(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    with pytest.raises(RuntimeError), transaction(ctx):
        with transaction(ctx) as inner:
            bare_case(inner, cast.organ_ids["MZJ"], RECEIVED)
        raise RuntimeError
    assert session.scalar(select(func.count()).select_from(Case)) == 0
