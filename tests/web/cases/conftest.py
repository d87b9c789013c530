"""A case of 民政局 whose log a test writes, on the Monday the suite's cast lives in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.adapters.system_clock import SHANGHAI
from tracker.models import Applicant, Case, Receipt
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context, Runtime
from tracker.services.unit_of_work import transaction

MONDAY = date(2026, 11, 23)
RECEIVED = date(2026, 11, 9)
IDENTITY_NUMBER = "331002199001011237"
PHONE = "13812341234"

Told = Callable[..., int]


@pytest.fixture
def calendars(session: Session) -> None:
    """The shipped calendars."""
    load_shipped(session)
    session.rollback()


@pytest.fixture
def told(session: Session, runtime: Runtime, people: Cast, clock: StandingClock, calendars: None) -> Told:
    """``told(entry, …)``: a case received on 9 November with these entries; its id."""
    clock.set(MONDAY)

    def make(
        *entries: NewEntry, received: date = RECEIVED, serial: int = 1, reason: str | None = None
    ) -> int:
        now = datetime.combine(MONDAY, time(10, 0), SHANGHAI).astimezone(UTC)
        ctx = Context(session, people.clerk, MONDAY, now, runtime.adapters)
        case_id = received_case(ctx, people.organ_ids["MZJ"], received, serial)
        with transaction(ctx) as inner:
            case = inner.get(Case, case_id)
            assert case is not None
            cipher = runtime.adapters.cipher
            inner.add(
                Applicant(
                    case_id=case_id,
                    position=1,
                    capacity="applicant",
                    name="王晓敏",
                    legal_kind="citizen",
                    report_kind="natural_person",
                    identity_type="resident_id",
                    identity_number_cipher=cipher.seal(IDENTITY_NUMBER),
                    identity_number_hash=cipher.fingerprint(IDENTITY_NUMBER),
                    phone_cipher=cipher.seal(PHONE),
                    phone_hash=cipher.fingerprint(PHONE),
                )
            )
            inner.add(
                Receipt(case_id=case_id, channel="registered_mail", mail_number="XA123", signed_on=received)
            )
            if entries:
                append(ctx, case, *entries, reason=reason)
        session.rollback()
        return case_id

    return make
