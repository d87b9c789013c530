"""Work that waits with advisor or approver, letters without proof, periods of the applicant that have run out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.case_log import EntryType
from tracker.models import Alert, Case, Consultation, CorrectionNotice, FeeNotice
from tracker.services.acceptance import accept
from tracker.services.alert_waiting import propose_lapse, tell_of_waiting
from tracker.services.case_record import NewEntry, append
from tracker.services.unit_of_work import transaction

MONDAY = date(2026, 11, 23)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


class Desk:
    """One case of 区民政局 in hand since Monday."""

    def __init__(self, cast: Cast, contexts: ContextFor, session: Session) -> None:
        self.cast, self.contexts, self.session = cast, contexts, session
        clerk = contexts(cast.clerk, MONDAY)
        self.id = received_case(clerk, cast.organ_ids["MZJ"], MONDAY)
        accept(clerk, self.id, on=MONDAY, expected_version=None)

    def happens(self, on: date, *entries: NewEntry) -> None:
        with transaction(self.contexts(self.cast.clerk, on)) as session:
            append(self.contexts(self.cast.clerk, on), session.get_one(Case, self.id), *entries)

    def add(self, row: object) -> None:
        self.session.rollback()
        self.session.add(row)
        self.session.commit()

    def told(self) -> list[tuple[str, str, int]]:
        names = {actor.account_id: part for part, actor in self.cast.actors.items()}
        self.session.rollback()
        alerts = self.session.scalars(select(Alert).order_by(Alert.id))
        return [(names[a.recipient_id], a.kind, a.step) for a in alerts]

    def holding(self) -> list[str]:
        self.session.rollback()
        return list(self.session.scalars(select(Alert.kind).where(Alert.resolved_at.is_(None))))


@pytest.fixture
def desk(cast: Cast, ctx_for: ContextFor, session: Session) -> Desk:
    return Desk(cast, ctx_for, session)


def test_the_advisor_hears_of_a_draft_after_three_working_days_and_again_after_three(desk: Desk) -> None:
    desk.happens(MONDAY, NewEntry(EntryType.DRAFTED, MONDAY), NewEntry(EntryType.SUBMITTED, MONDAY))
    assert tell_of_waiting(desk.contexts(SYSTEM, date(2026, 11, 25))) == 0
    for today in (THURSDAY, THURSDAY, FRIDAY, date(2026, 12, 1)):
        tell_of_waiting(desk.contexts(SYSTEM, today))
    assert desk.told() == [("legal_advisor", "review_waiting", 3), ("legal_advisor", "review_waiting", 6)]
    desk.happens(date(2026, 12, 1), NewEntry(EntryType.REVIEW_APPROVED, date(2026, 12, 1)))
    assert desk.holding() == []


def test_the_approver_hears_after_two(desk: Desk) -> None:
    desk.happens(
        MONDAY,
        NewEntry(EntryType.DRAFTED, MONDAY),
        NewEntry(EntryType.SUBMITTED, MONDAY),
        NewEntry(EntryType.REVIEW_APPROVED, MONDAY),
    )
    assert tell_of_waiting(desk.contexts(SYSTEM, date(2026, 11, 24))) == 0
    assert tell_of_waiting(desk.contexts(SYSTEM, date(2026, 11, 25))) == 1
    assert desk.told() == [("approver", "sign_off_waiting", 2)]


def test_no_proof_of_receipt_five_working_days_after_sending(desk: Desk) -> None:
    desk.add(
        Consultation(
            case_id=desk.id, ref="C1", kind="third_party", party="某公司", subject="资料", sent_on=MONDAY
        )
    )
    assert tell_of_waiting(desk.contexts(SYSTEM, FRIDAY)) == 0
    assert tell_of_waiting(desk.contexts(SYSTEM, date(2026, 11, 30))) == 1
    assert tell_of_waiting(desk.contexts(SYSTEM, date(2026, 12, 8))) == 0
    desk.session.scalars(select(Consultation)).one().received_on = date(2026, 11, 25)
    desk.session.commit()
    desk.happens(date(2026, 12, 8), NewEntry(EntryType.NOTE_ADDED, date(2026, 12, 8)))
    assert desk.holding() == []


@pytest.mark.parametrize("what", ["correction", "payment"])
def test_lapse_is_proposed_after_five_more_working_days_and_never_done(desk: Desk, what: str) -> None:
    if what == "correction":
        desk.happens(MONDAY, NewEntry(EntryType.CORRECTION_REQUESTED, MONDAY))
        notice = CorrectionNotice(case_id=desk.id, requested_on=MONDAY, items="名称", answer_due_on=FRIDAY)
        desk.add(notice)
    else:
        desk.happens(MONDAY, NewEntry(EntryType.FEE_NOTIFIED, MONDAY))
        desk.add(
            FeeNotice(
                case_id=desk.id,
                basis="page",
                quantity=40,
                amount_yuan=100,
                notified_on=MONDAY,
                payment_due_on=FRIDAY,
            )
        )
    stage = desk.session.get_one(Case, desk.id).stage
    fifth = date(2026, 12, 4)
    assert propose_lapse(desk.contexts(SYSTEM, fifth)) == 0
    assert propose_lapse(desk.contexts(SYSTEM, date(2026, 12, 5))) == 1
    assert propose_lapse(desk.contexts(SYSTEM, date(2026, 12, 9))) == 0
    assert desk.told() == [("disclosure_head", "lapse_proposed", 0)]
    assert desk.session.get_one(Case, desk.id).stage == stage
    came = EntryType.CORRECTED if what == "correction" else EntryType.FEE_PAID
    desk.happens(date(2026, 12, 9), NewEntry(came, date(2026, 12, 9)))
    assert desk.holding() == []
