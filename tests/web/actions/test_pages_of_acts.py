"""Every act has a page of its own, so that everything works without scripts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.permissions import Permission
from tracker.domain.workflow import RULE_OF, Action
from tracker.services.context import Runtime
from tracker.web.actions.forms import FORMS

RECEIVED, TODAY = date(2026, 9, 10), date(2026, 11, 23)
PART = {
    Permission.CASE_HANDLE: "clerk",
    Permission.CASE_ASSIGN: "clerk",
    Permission.CASE_ARCHIVE: "clerk",
    Permission.EXTENSION_APPROVE: "disclosure_head",
    Permission.CASE_CORRECT_FACT: "disclosure_head",
    Permission.CASE_ORDER_ANEW: "disclosure_head",
    Permission.CASE_HOLD: "supervisor",
    Permission.CASE_CHASE: "supervisor",
    Permission.CHASE_ANSWER: "clerk",
    Permission.LETTER_REVIEW: "legal_advisor",
    Permission.CHALLENGE_HANDLE: "clerk",
}


@pytest.fixture
def case_id(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> int:
    clock.set(TODAY)
    load_shipped(session)
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], RECEIVED)
    session.rollback()
    return made


@pytest.mark.parametrize("action", sorted(FORMS))
def test_the_page_says_what_the_act_does(sign_in: SignIn, case_id: int, action: Action) -> None:
    browser = sign_in(PART[RULE_OF[action].permission])
    page = browser.get(f"/cases/{case_id}/actions/{action}")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert f"<h1>{RULE_OF[action].label}</h1>" in text
    assert RULE_OF[action].effect in text
    assert "style=" not in text and "<script>" not in text


def test_an_unknown_act_is_no_page(sign_in: SignIn, case_id: int) -> None:
    assert sign_in("clerk").get(f"/cases/{case_id}/actions/burn").status_code == 404


@pytest.mark.parametrize(
    ("part", "status"), [("clerk", 200), ("auditor", 403), ("colleague", 404), ("administrator", 403)]
)
def test_who_sees_the_form(sign_in: SignIn, case_id: int, part: str, status: int) -> None:
    assert sign_in(part).get(f"/cases/{case_id}/actions/accept").status_code == status
