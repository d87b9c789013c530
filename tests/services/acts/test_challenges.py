"""复议、诉讼: what is registered about a case, what follows from it, who may."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.acts.conftest import RECEIVED, File, happen
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType
from tracker.domain.challenges import ChallengeKind, ChallengeResult
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, Refusal
from tracker.domain.orders import OrderSource
from tracker.domain.reporting_period import ReportingPeriod
from tracker.models import Challenge
from tracker.queries.challenges import list_case_challenges, list_challenges, lost_by_organ
from tracker.services.case_record import NewEntry
from tracker.services.challenges import (
    NewChallenge,
    answer_challenge,
    close_challenge,
    register_challenge,
    set_hearing,
)
from tracker.services.context import Context
from tracker.services.facts import correct_fact
from tracker.services.order_anew import order_anew
from tracker.services.verification import verify_clocks

POSTED, GOT, ANSWERED, DECIDED = date(2026, 10, 12), date(2026, 10, 26), date(2026, 11, 6), date(2026, 11, 16)
TODAY = date(2026, 11, 23)
CLAIM = "撤销答复，责令重新答复"


@pytest.fixture
def replied(clerk: Context, accepted: File) -> File:
    happen(clerk, accepted, NewEntry(EntryType.DISPATCHED, POSTED, {"by": "post"}))
    organ = accepted.case.organ
    organ.reviewing_organ, organ.court = "台州市椒江区人民政府", "台州市椒江区人民法院"
    accepted.session.commit()
    return accepted


def register(
    ctx: Context, file: File, kind: ChallengeKind = ChallengeKind.RECONSIDERATION, **more: object
) -> int:
    new = NewChallenge(kind=kind, **({"received_on": GOT, "claim": CLAIM} | more))  # type: ignore[arg-type]
    register_challenge(ctx, file.id, new, expected_version=file.version)
    return file.session.scalars(select(Challenge.id).order_by(Challenge.id.desc())).first() or 0


def row(file: File) -> Challenge:
    file.session.rollback()
    return file.session.scalars(select(Challenge).where(Challenge.case_id == file.id)).one()


def close(ctx: Context, file: File, number: int, result: ChallengeResult = ChallengeResult.CORRECTED) -> None:
    close_challenge(
        ctx,
        file.id,
        challenge_id=number,
        result=result,
        on=DECIDED,
        document="椒政复〔2026〕8号行政复议决定书",
        expected_version=None,
    )


def agrees(file: File) -> bool:
    file.session.rollback()
    return list(verify_clocks(file.session, TODAY)) == []


def test_reconsideration_from_the_copy_to_the_new_reply(clerk: Context, head: Context, replied: File) -> None:
    number = register(clerk, replied)
    assert row(replied).body == "台州市椒江区人民政府"
    assert replied.last_text == CLAIM
    clock = replied.small_clock("reconsideration_answer")
    assert (clock.due_on, clock.state, clock.ref) == (date(2026, 11, 9), "running", str(number))
    assert clock.next_alert_on is not None
    assert agrees(replied)
    set_hearing(clerk, replied.id, challenge_id=number, hearing_on=date(2026, 12, 1), expected_version=None)
    answer_challenge(clerk, replied.id, challenge_id=number, on=ANSWERED, expected_version=None)
    clock = replied.small_clock("reconsideration_answer")
    assert (clock.state, clock.on_time, clock.next_alert_on) == ("stopped", True, None)
    close(clerk, replied, number)
    order_anew(
        head,
        replied.id,
        on=date(2026, 11, 18),
        source=OrderSource.RECONSIDERATION,
        document="椒政复〔2026〕8号",
        challenge_id=number,
        expected_version=None,
    )
    kept = row(replied)
    assert (kept.result, kept.result_on, kept.ordered_on) == ("corrected", DECIDED, date(2026, 11, 18))
    assert kept.hearing_on == date(2026, 12, 1)
    assert (replied.case.run, replied.case.stage) == (2, "processing")
    assert replied.last.details["challenge_id"] == number
    assert agrees(replied)


def test_the_log_holds_no_words_of_the_applicant(clerk: Context, replied: File) -> None:
    number = register(clerk, replied, simplified=True)
    expected = {"challenge_id": number, "kind": "reconsideration", "simplified": True}
    assert replied.last.details == expected
    assert replied.small_clock("reconsideration_answer_simple").due_on == date(2026, 11, 2)


def test_a_suit_names_the_court_and_counts_calendar_days(clerk: Context, replied: File) -> None:
    register(clerk, replied, ChallengeKind.DIRECT_SUIT)
    assert row(replied).body == "台州市椒江区人民法院"
    assert replied.small_clock("litigation_answer").due_on == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"claim": " "}, "claim"),
        ({"received_on": date(2026, 9, 9)}, "on"),
        ({"kind": ChallengeKind.DIRECT_SUIT, "simplified": True}, "simplified"),
        ({"letter_id": 999}, "letter_id"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    clerk: Context, replied: File, given: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        register(clerk, replied, **given)  # type: ignore[arg-type]
    assert list(told.value.fields) == [field]


def test_without_settings_the_reviewing_organ_must_be_named(clerk: Context, accepted: File) -> None:
    accepted.case.organ.reviewing_organ = None
    accepted.session.commit()
    with pytest.raises(Invalid) as told:
        register(clerk, accepted)
    assert list(told.value.fields) == ["body"]
    register(clerk, accepted, body="台州市人民政府")
    assert row(accepted).body == "台州市人民政府"


def test_a_copy_of_tomorrow_is_refused(clerk: Context, replied: File) -> None:
    with pytest.raises(Refusal):
        register(clerk, replied, received_on=date(2026, 11, 24))


def test_days_before_the_copy_are_refused(clerk: Context, replied: File) -> None:
    number, early = register(clerk, replied), date(2026, 10, 25)
    with pytest.raises(Invalid):
        answer_challenge(clerk, replied.id, challenge_id=number, on=early, expected_version=None)
    with pytest.raises(Invalid):
        set_hearing(clerk, replied.id, challenge_id=number, hearing_on=early, expected_version=None)
    with pytest.raises(Invalid):
        close_challenge(
            clerk,
            replied.id,
            challenge_id=number,
            result=ChallengeResult.UPHELD,
            on=early,
            document="决定书",
            expected_version=None,
        )


def test_answered_and_closed_once(clerk: Context, replied: File) -> None:
    number = register(clerk, replied)
    answer_challenge(clerk, replied.id, challenge_id=number, on=ANSWERED, expected_version=None)
    with pytest.raises(NotLawfulNow):
        answer_challenge(clerk, replied.id, challenge_id=number, on=ANSWERED, expected_version=None)
    close(clerk, replied, number)
    with pytest.raises(NotLawfulNow):
        close(clerk, replied, number)


def test_only_a_lost_challenge_orders_a_new_reply(clerk: Context, head: Context, replied: File) -> None:
    number = register(clerk, replied)
    close(clerk, replied, number, ChallengeResult.UPHELD)
    with pytest.raises(Invalid):
        order_anew(
            head,
            replied.id,
            on=DECIDED,
            source=OrderSource.RECONSIDERATION,
            document="决定书",
            challenge_id=number,
            expected_version=None,
        )
    assert replied.case.run == 1


def test_corrections_of_fact_move_the_record_and_the_clock(
    clerk: Context, head: Context, replied: File
) -> None:
    number = register(clerk, replied)
    seq = replied.last.seq
    correct_fact(head, replied.id, seq=seq, on=date(2026, 10, 27), reason="签收单日期", expected_version=None)
    assert row(replied).received_on == date(2026, 10, 27)
    assert replied.small_clock("reconsideration_answer").due_on == date(2026, 11, 10)
    close(clerk, replied, number)
    correct_fact(head, replied.id, seq=replied.last.seq, void=True, reason="登错了件", expected_version=None)
    assert (row(replied).result, row(replied).result_on) == (None, None)
    correct_fact(head, replied.id, seq=seq, void=True, reason="不是这件申请", expected_version=None)
    assert row(replied).voided
    assert list_case_challenges(replied.session, clerk.actor, replied.id) == []
    assert agrees(replied)


def test_who_may_and_who_sees(cast: Cast, ctx_for: ContextFor, clerk: Context, replied: File) -> None:
    for person in (cast.approver, cast.legal_advisor, cast.supervisor):
        with pytest.raises(Forbidden):
            register(ctx_for(person), replied)
    with pytest.raises(NotFound):
        register(ctx_for(cast.colleague), replied)
    number = register(clerk, replied)
    assert [r.id for r in list_challenges(replied.session, cast.supervisor).rows] == [number]
    assert list_challenges(replied.session, cast.colleague).total == 0


def test_challenges_lost_by_organ_and_period(
    clerk: Context, cast: Cast, replied: File, session: Session
) -> None:
    close(clerk, replied, register(clerk, replied))
    close(clerk, replied, register(clerk, replied), ChallengeResult.OTHER)
    organ = replied.case.organ_id
    assert lost_by_organ(session, cast.supervisor, ReportingPeriod(2026)) == {organ: 1}
    assert lost_by_organ(session, cast.supervisor, ReportingPeriod(2026, month=10)) == {}
    assert lost_by_organ(session, cast.colleague, ReportingPeriod(2026)) == {}
    assert RECEIVED < GOT
