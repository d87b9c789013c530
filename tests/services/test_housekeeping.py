"""What happens by itself, at its boundaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.domain.logs import CALENDAR
from tests.factories.cases import received_case
from tests.people import NOW, Cast
from tests.services.conftest import ContextFor
from tracker.adapters.file_store import MemoryFileStore
from tracker.domain.actors import SYSTEM
from tracker.domain.case_log import EntryType
from tracker.models import Attachment, Case, Clock, Consultation, StoredEntry
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.housekeeping import (
    ORPHAN_AGE_SECONDS,
    end_silent_consultations,
    refresh_figures,
    sweep_orphans,
)
from tracker.services.unit_of_work import transaction

SENT, THEIRS = date(2026, 10, 12), date(2026, 10, 14)
DUE = CALENDAR.nth_workday(THEIRS, 15)


class AgingStore(MemoryFileStore):
    """A store whose files have the age a test gives them; a file just written is new."""

    def __init__(self) -> None:
        super().__init__()
        self.ages: dict[str, float] = {}

    def keys_with_age(self) -> Iterator[tuple[str, float]]:
        for key in list(self.files):
            yield key, 1_000_000.0 - self.ages.get(key, 0.0)


def asked(ctx: Context, cast: Cast, kind: str) -> int:
    case_id = received_case(ctx, cast.organ_ids["MZJ"], date(2026, 10, 9))
    with transaction(ctx) as session:
        case = session.get_one(Case, case_id)
        due = DUE if kind != "other_organ" else None
        session.add(
            Consultation(
                case_id=case_id,
                ref="a",
                kind=kind,
                party="某公司",
                subject="合同",
                sent_on=SENT,
                received_on=THEIRS,
                answer_due_on=due,
            )
        )
        append(
            ctx,
            case,
            NewEntry(EntryType.SUSPENDED, SENT, {"cause": kind, "ref": "a"}),
            NewEntry(EntryType.CONSULTATION_DELIVERED, THEIRS, {"ref": "a"}),
        )
    return case_id


@pytest.mark.parametrize("kind", ["third_party", "co_producer"])
def test_art_32_34_silence_ends_the_deduction_with_the_15th_working_day(
    session: Session, cast: Cast, ctx_for: ContextFor, kind: str
) -> None:
    case_id = asked(ctx_for(cast.clerk), cast, kind)
    assert end_silent_consultations(ctx_for(cast.clerk, DUE)) == 0
    assert end_silent_consultations(ctx_for(cast.clerk, DUE + timedelta(days=1))) == 1
    assert end_silent_consultations(ctx_for(cast.clerk, DUE + timedelta(days=2))) == 0
    session.rollback()
    last = session.scalars(
        select(StoredEntry).where(StoredEntry.case_id == case_id).order_by(StoredEntry.seq.desc())
    ).first()
    assert last is not None and (last.type, last.happened_on) == ("resumed", DUE)
    clock = session.scalars(select(Clock).where(Clock.case_id == case_id, Clock.kind == "reply")).one()
    assert clock.state == "running"
    assert clock.due_on == CALENDAR.nth_workday(date(2026, 10, 9), 20 + CALENDAR.count(SENT, DUE))


def test_art_33_other_organs_have_no_term_and_are_waited_for(cast: Cast, ctx_for: ContextFor) -> None:
    asked(ctx_for(cast.clerk), cast, "other_organ")
    assert end_silent_consultations(ctx_for(cast.clerk, date(2027, 3, 1))) == 0


def test_orphans_go_after_a_day_and_files_with_a_row_stay(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    store = AgingStore()
    old, young, held = (store.put(content) for content in (b"old", b"young", b"held"))
    store.ages = {old: ORPHAN_AGE_SECONDS + 1, young: ORPHAN_AGE_SECONDS, held: ORPHAN_AGE_SECONDS * 9}
    session.add(
        Attachment(
            kind="envelope",
            filename="a.jpg",
            media_type="image/jpeg",
            size=4,
            sha256="0" * 64,
            storage_key=held,
            added_at=NOW,
        )
    )
    session.commit()
    ctx = ctx_for(cast.administrator)
    assert sweep_orphans(replace(ctx, adapters=replace(ctx.adapters, files=store))) == 1
    assert set(store.files) == {young, held}


def test_sqlite_is_told_what_its_tables_hold_and_postgresql_knows(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    received_case(ctx_for(cast.clerk), cast.organ_ids["MZJ"], date(2026, 10, 9))
    known = refresh_figures(ctx_for(SYSTEM))
    if session.get_bind().dialect.name == "sqlite":
        assert known == session.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar_one() > 0
    else:
        assert known == 0
