"""Art 18 on record: due a year after the reply or the last review, in one's own organs, until all of it is public."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.refusal_reviews import ReviewResult
from tracker.models import Case
from tracker.queries.refusal_reviews import (
    Wanted,
    count_due_refusals,
    find_refusal,
    list_refusals,
    list_reviews,
)
from tracker.services.context import Context
from tracker.services.refusal_reviews import review_refusal

TODAY = date(2026, 11, 23)


def answered(
    session: Session,
    cast: Cast,
    serial: int,
    on: date,
    disposition: str = "refused_process",
    organ: str = "MZJ",
) -> int:
    case = bare_case(session, cast.organ_ids[organ], date(2025, 1, 2), serial)
    case.disposition, case.stopped_on, case.clock_state, case.stage = disposition, on, "stopped", "archived"
    session.commit()
    return case.id


def due(ctx: Context, wanted: Wanted = Wanted.DUE) -> list[int]:
    found = [row.case_id for row in list_refusals(ctx.session, ctx.actor, ctx.today, wanted).rows]
    ctx.session.rollback()
    return found


def test_due_a_year_after_the_reply_to_the_day(cast: Cast, session: Session, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    yesterday = answered(session, cast, 1, date(2025, 11, 22))
    today = answered(session, cast, 2, date(2025, 11, 23), "partly_disclosed")
    tomorrow = answered(session, cast, 3, date(2025, 11, 24))
    fresh = answered(session, cast, 4, date(2026, 11, 20), "refused_state_secret")
    for serial, other in enumerate(("disclosed", "not_held", "refused_enquiry"), start=5):
        answered(session, cast, serial, date(2025, 1, 20), other)
    neighbours = answered(session, cast, 1, date(2025, 3, 3), organ="CZJ")
    assert due(ctx) == [yesterday, today]
    assert due(ctx, Wanted.SOON) == [yesterday, today, tomorrow]
    assert due(ctx, Wanted.ALL) == [yesterday, today, tomorrow, fresh]
    assert due(ctx_for(cast.supervisor, TODAY)) == [neighbours, yesterday, today]
    counts = {
        part: count_due_refusals(session, cast.actors[part], TODAY)
        for part in ("clerk", "disclosure_head", "supervisor", "colleague", "approver", "administrator")
    }
    assert counts == {
        "clerk": 2,
        "disclosure_head": 2,
        "supervisor": 3,
        "colleague": 1,
        "approver": 0,
        "administrator": 0,
    }


def test_a_review_begins_another_year_and_full_disclosure_ends_it(
    cast: Cast, session: Session, ctx_for: ContextFor
) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    case_id = answered(session, cast, 1, date(2025, 3, 3))
    on = date(2026, 11, 20)
    assert review_refusal(ctx, case_id, ReviewResult.UPHELD, on=on, note="仍在调查") == date(2027, 11, 20)
    assert due(ctx) == [] and due(ctx, Wanted.ALL) == [case_id]
    later = ctx_for(cast.disclosure_head, date(2027, 11, 20))
    assert due(later) == [case_id]
    assert review_refusal(later, case_id, ReviewResult.DISCLOSE, on=later.today, note="已经结案") is None
    assert due(later, Wanted.ALL) == []
    with pytest.raises(NotLawfulNow):
        review_refusal(later, case_id, ReviewResult.UPHELD, on=later.today, note="再看")
    assert [(r.result, r.by) for r in list_reviews(session, case_id)] == [
        (ReviewResult.DISCLOSE, "周敏"),
        (ReviewResult.UPHELD, "陈静"),
    ]


def test_a_new_reply_is_reviewed_afresh(cast: Cast, session: Session, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk, TODAY)
    case_id = answered(session, cast, 1, date(2025, 3, 3))
    review_refusal(ctx, case_id, ReviewResult.DISCLOSE, on=date(2026, 3, 3), note="可以公开")
    session.get_one(Case, case_id).stopped_on = date(2026, 6, 1)  # ordered anew, refused once more
    session.commit()
    row = find_refusal(session, session.get_one(Case, case_id))
    assert row is not None and row.last_on is None and row.due_on == date(2027, 6, 1)


def test_who_may_and_what_is_refused(cast: Cast, session: Session, ctx_for: ContextFor) -> None:
    clerk = ctx_for(cast.clerk, TODAY)
    case_id = answered(session, cast, 1, date(2025, 3, 3))
    public = answered(session, cast, 2, date(2025, 3, 3), "disclosed")
    upheld = ReviewResult.UPHELD
    for on, note in (
        (date(2025, 3, 2), "早"),
        (date(2026, 11, 24), "晚"),
        (TODAY, " "),
        (TODAY, "长" * 2001),
    ):
        with pytest.raises(Invalid):
            review_refusal(clerk, case_id, upheld, on=on, note=note)
    with pytest.raises(NotLawfulNow):
        review_refusal(clerk, public, upheld, on=TODAY, note="不是不予公开")
    with pytest.raises(Forbidden):
        review_refusal(ctx_for(cast.legal_advisor, TODAY), case_id, upheld, on=TODAY, note="非本岗")
    with pytest.raises(NotFound):
        review_refusal(ctx_for(cast.colleague, TODAY), case_id, upheld, on=TODAY, note="外机关")
    assert list_reviews(session, case_id) == []


def test_the_index_of_refusals_serves_the_desk(cast: Cast, session: Session) -> None:
    seen: list[tuple[str, object]] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda *given: seen.append((given[2], given[3]))
    )
    count_due_refusals(session, cast.clerk, TODAY)
    statement, _values = seen[-1]
    assert "disposition IN ('refused_state_secret'" in statement
