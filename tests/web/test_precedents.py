"""答复前先看 on screen: at registration without saving, on the case, beside the draft; and the fee by its sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.services.test_intake import REQUEST, stub
from tests.services.test_precedents import ASKED, WANG, answered
from tests.web.conftest import SignIn
from tracker.domain.dispositions import Disposition
from tracker.models import Case
from tracker.services.acceptance import accept
from tracker.services.context import Context, Runtime
from tracker.services.intake import register
from tracker.services.templates import load_shipped_templates


@pytest.fixture
def clerk(people: Cast, session: Session, runtime: Runtime, clock: StandingClock) -> Context:
    clock.set(date(2026, 11, 23))
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    load_shipped_templates(ctx)
    return ctx


def made(ctx: Context, people: Cast) -> int:
    request = replace(REQUEST, people=(WANG,), description=ASKED)
    case_id = register(ctx, replace(stub(people), request=request)).case_id
    ctx.session.rollback()
    return case_id


def test_before_registering_the_earlier_request_is_shown_and_nothing_is_saved(
    sign_in: SignIn, people: Cast, clerk: Context, session: Session
) -> None:
    answered(session, made(clerk, people), Disposition.NOT_HELD)
    typed = {
        "step": "check",
        "organ_id": str(people.organ_ids["MZJ"]),
        "channel": "registered_mail",
        "signed_on": "2026-11-20",
        "people-0-name": WANG.name,
        "people-0-phone": WANG.phone,
        "people-0-legal_kind": "citizen",
        "description": ASKED + "<b>",
    }
    page = sign_in("clerk").post("/register", data=typed)
    assert page.status_code == 200 and "可能是重复申请" in page.text and "椒民公开〔2026〕3号" in page.text
    assert "&lt;b&gt;" in page.text and "以此起草" not in page.text
    assert session.scalar(select(func.count()).select_from(Case)) == 1
    nothing = sign_in("clerk").post("/register", data={"step": "check", "channel": "registered_mail"})
    assert nothing.status_code == 200 and "先填写申请人或者申请内容" in nothing.text


def test_the_proposal_begins_a_draft_with_number_and_day_of_the_earlier_reply(
    sign_in: SignIn, people: Cast, clerk: Context, session: Session
) -> None:
    first = made(clerk, people)
    answered(session, first, Disposition.NOT_HELD)
    case_id = made(clerk, people)
    accept(clerk, case_id, on=date(2026, 11, 23), expected_version=None)
    session.rollback()
    browser = sign_in("clerk")
    address = f"/cases/{case_id}/letters/new?template=repeated&amp;earlier={first}"
    assert address in browser.get(f"/cases/{case_id}/before").text
    page = browser.get(address.replace("&amp;", "&")).text
    assert 'value="椒民公开〔2026〕3号"' in page and "可能是重复申请" in page
    advisor = sign_in("legal_advisor").get(f"/cases/{case_id}/before").text
    assert "可能是重复申请" in advisor and "以此起草" not in advisor
    assert browser.get(f"/cases/{case_id}/letters/new?template=repeated&earlier=99999").status_code == 404


def test_the_sheet_counts_items_and_pages_by_the_tariff(
    sign_in: SignIn, people: Cast, clerk: Context
) -> None:
    case_id = [made(clerk, people) for _ in range(11)][-1]
    browser = sign_in("clerk")
    page = browser.get(f"/cases/{case_id}/fee-sheet?pages=250")
    assert page.status_code == 200 and ">4700<" in page.text and "本件" in page.text and ">100<" in page.text
    for wrong in ("x", "-1", "9999999", "1.5"):
        refused = browser.get(f"/cases/{case_id}/fee-sheet?pages={wrong}")
        assert refused.status_code == 422 and f'value="{wrong}"' in refused.text
