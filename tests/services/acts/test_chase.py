"""催办: numbered slips without gaps, answered by the organ, and told to those concerned."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.acts.conftest import File, all_but
from tests.services.conftest import ContextFor
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.reporting_period import ReportingPeriod
from tracker.models import Alert, Case, Chase
from tracker.queries.chases import get_chase, list_chases, list_open_chases
from tracker.services.chase import answer_chase, chase
from tracker.services.verification import verify_chain

TODAY, TERM = date(2026, 11, 23), date(2026, 11, 26)
YEAR = ReportingPeriod(2026)


def slips(session: Session) -> list[Chase]:
    session.rollback()
    return list(session.scalars(select(Chase).order_by(Chase.id)))


def told(session: Session, kind: str) -> set[int]:
    session.rollback()
    return set(session.scalars(select(Alert.recipient_id).where(Alert.kind == kind)))


def send(
    cast: Cast, ctx_for: ContextFor, file: File, text: str = "请报告办理进度。", by: date = TERM
) -> None:
    chase(ctx_for(cast.supervisor), file.id, text=text, answer_by_on=by, expected_version=None)


def test_a_slip_is_numbered_logged_and_told(
    cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    with_handler = session.get_one(Case, accepted.id)
    with_handler.handler_id = cast.clerk.account_id
    session.commit()
    send(cast, ctx_for, accepted)
    assert (accepted.last.type, accepted.last_text) == ("chased", "请报告办理进度。")
    (slip,) = slips(session)
    assert (slip.number, slip.asked_seq) == ("椒政办公开督〔2026〕1号", accepted.last.seq)
    assert accepted.last.details == {"chase_id": slip.id, "number": slip.number, "answer_by": "2026-11-26"}
    assert told(session, "chased") == {cast.clerk.account_id, cast.disclosure_head.account_id}


def test_a_refused_slip_leaves_no_gap(
    cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    send(cast, ctx_for, accepted)
    for text, by in (("  ", TERM), ("催", date(2026, 11, 22))):
        with pytest.raises(Invalid):
            send(cast, ctx_for, accepted, text, by)
    with pytest.raises(Conflict):
        chase(ctx_for(cast.supervisor), accepted.id, text="催", answer_by_on=TERM, expected_version=1)
    send(cast, ctx_for, accepted, by=TODAY)
    assert [slip.serial for slip in slips(session)] == [1, 2]


def test_the_district_chases_and_nobody_else(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for actor in all_but(cast, "supervisor"):
        with pytest.raises((Forbidden, NotFound)):
            chase(ctx_for(actor), accepted.id, text="催", answer_by_on=TERM, expected_version=None)


@pytest.mark.parametrize("part", ["clerk", "disclosure_head"])
def test_the_organ_answers_once_and_the_supervisor_is_told(
    cast: Cast, ctx_for: ContextFor, accepted: File, session: Session, part: str
) -> None:
    send(cast, ctx_for, accepted)
    (slip,) = slips(session)
    ctx = ctx_for(cast.actors[part])
    answer_chase(ctx, accepted.id, chase_id=slip.id, text="明日寄出。", expected_version=accepted.version)
    assert (accepted.last.type, accepted.last_text) == ("chase_answered", "明日寄出。")
    assert told(session, "chase_answered") == {cast.supervisor.account_id}
    shown = get_chase(session, cast.actors[part], slip.id)
    assert (shown.message, shown.answer, shown.answered_by) == (
        "请报告办理进度。",
        "明日寄出。",
        ctx.actor.name,
    )
    assert list_open_chases(session, cast.supervisor, accepted.id) == []
    assert [row.answered_on for row in list_chases(session, cast.supervisor, None, YEAR)] == [TODAY]
    with pytest.raises(NotLawfulNow):
        answer_chase(ctx, accepted.id, chase_id=slip.id, text="又一次", expected_version=None)
    session.rollback()
    assert list(verify_chain(session)) == []


def test_of_two_slips_one_answer_leaves_one_open(
    cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    send(cast, ctx_for, accepted)
    send(cast, ctx_for, accepted, "再催。")
    first, second = slips(session)
    clerk = ctx_for(cast.clerk)
    answer_chase(clerk, accepted.id, chase_id=first.id, text="在办。", expected_version=None)
    assert [row.id for row in list_open_chases(session, cast.clerk, accepted.id)] == [second.id]
    answer_chase(clerk, accepted.id, chase_id=second.id, text="已寄。", expected_version=None)
    with pytest.raises(NotLawfulNow):
        answer_chase(clerk, accepted.id, chase_id=second.id, text="再答", expected_version=None)


def test_others_neither_answer_nor_read(
    cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    send(cast, ctx_for, accepted)
    (slip,) = slips(session)
    for actor in all_but(cast, "clerk", "second_clerk", "disclosure_head"):
        with pytest.raises((Forbidden, NotFound)):
            answer_chase(ctx_for(actor), accepted.id, chase_id=slip.id, text="答", expected_version=None)
    with pytest.raises(NotFound):
        get_chase(session, cast.colleague, slip.id)
    assert list_chases(session, cast.colleague, None, YEAR) == []
    with pytest.raises(Invalid):
        answer_chase(ctx_for(cast.clerk), accepted.id, chase_id=slip.id, text=" ", expected_version=None)
