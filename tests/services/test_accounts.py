"""Accounts below the pages: who may, and what must never happen."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast, settle
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.passwords import password_faults
from tracker.domain.permissions import Role
from tracker.models import Account
from tracker.services import accounts, sessions
from tracker.services.context import Context, Runtime


@pytest.fixture
def people(session: Session) -> Cast:
    return settle(session)


def by(runtime: Runtime, session: Session, people: Cast, part: str) -> Context:
    return runtime.context(session, people.actors[part])


def id_of(people: Cast, part: str) -> int:
    account_id = people.actors[part].account_id
    assert account_id is not None
    return account_id


@pytest.mark.parametrize("part", ["clerk", "supervisor", "auditor", "disclosure_head", "stranger"])
def test_only_administrators_administer(part: str, runtime: Runtime, session: Session, people: Cast) -> None:
    ctx, other = by(runtime, session, people, part), id_of(people, "approver")
    for verb in (
        accounts.lock,
        accounts.unlock,
        accounts.deactivate,
        accounts.reactivate,
        accounts.reset_password,
    ):
        with pytest.raises(Forbidden):
            verb(ctx, other)
    with pytest.raises(Forbidden):
        accounts.grant_role(ctx, other, Role.AUDITOR, people.organ_ids["BGS"])
    with pytest.raises(Forbidden):
        accounts.create_account(ctx, "newcomer", "新人")


def test_the_last_administrator_can_neither_be_closed_nor_demoted(
    runtime: Runtime, session: Session, people: Cast
) -> None:
    system, sole = runtime.context(session, SYSTEM), id_of(people, "administrator")
    account = session.get(Account, sole)
    assert account is not None
    holding_id = account.holdings[0].id
    with pytest.raises(NotLawfulNow):
        accounts.deactivate(system, sole)
    with pytest.raises(NotLawfulNow):
        accounts.revoke_role(system, sole, holding_id)
    accounts.grant_role(system, id_of(people, "clerk"), Role.ADMINISTRATOR, people.organ_ids["BGS"])
    accounts.deactivate(system, sole)
    session.expire_all()
    assert not account.active


def test_a_demonstration_account_keeps_its_fixed_password(
    runtime: Runtime, session: Session, people: Cast
) -> None:
    system = runtime.context(session, SYSTEM)
    made = accounts.create_account(system, "demo-clerk", "演示", password="Demo-2026-only")
    account = session.get(Account, made.account_id)
    assert account is not None
    assert (account.demonstration, account.must_change_password) == (True, False)
    refused = {"address": "::1", "browser": "", "demonstration_allowed": False}
    with pytest.raises(sessions.SignInRefused, match="演示账号"):
        sessions.sign_in(system, "demo-clerk", "Demo-2026-only", **refused)  # type: ignore[arg-type]


def test_faults_are_told_by_field(runtime: Runtime, session: Session, people: Cast) -> None:
    system = runtime.context(session, SYSTEM)
    with pytest.raises(Invalid) as faults:
        accounts.create_account(system, "x", "")
    assert set(faults.value.fields) == {"login", "name"}
    with pytest.raises(NotFound):
        accounts.grant_role(system, id_of(people, "clerk"), Role.CLERK, 4711)
    with pytest.raises(Invalid):
        accounts.rename(system, id_of(people, "clerk"), "  ")


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("Correct-Horse-7", 0),
        ("中文口令也可以Aa1", 0),
        ("Aa1-Aa1-Aa1", 1),
        ("alllowercase", 1),
        ("Ab1", 2),
        ("My-CLERK-pass-1", 1),
        ("x" * 200, 3),
    ],
)
def test_rules_for_passwords(password: str, faults: int) -> None:
    assert len(password_faults(password, "clerk", "陈静")) == faults


def test_who_manages_and_who_audits_are_never_one_account(
    runtime: Runtime, session: Session, people: Cast
) -> None:
    ctx = runtime.context(session, SYSTEM)
    organ_id = people.organ_ids["BGS"]
    with pytest.raises(NotLawfulNow):
        accounts.create_account(
            ctx, "both", "两职", [(Role.AUDITOR, organ_id), (Role.ADMINISTRATOR, organ_id)]
        )
    made = accounts.create_account(ctx, "one", "一职", [(Role.AUDITOR, organ_id)])
    with pytest.raises(NotLawfulNow):
        accounts.grant_role(ctx, made.account_id, Role.ADMINISTRATOR, people.organ_ids["MZJ"])
    accounts.grant_role(ctx, made.account_id, Role.CLERK, organ_id)
