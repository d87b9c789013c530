"""``demo`` and ``accounts list``: a district to try out, around whatever day it is."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tracker.adapters.passwords import password_matches
from tracker.adapters.typesetter import MemoryRenderer
from tracker.config import Environment
from tracker.domain.actors import SYSTEM
from tracker.domain.clock import fold
from tracker.domain.permissions import Role
from tracker.domain.stages import Stage
from tracker.domain.urgency import Urgency, urgency_of
from tracker.models import (
    Account,
    AnnualReport,
    Case,
    Challenge,
    DisclosureProposal,
    MailItem,
    ModelReply,
    Organ,
    SavedStatistic,
    StandIn,
    Subject,
)
from tracker.queries.calendars import current_calendar
from tracker.queries.case_log import read_log
from tracker.services.context import Context, Runtime
from tracker.services.demonstration.stage import Staged, is_empty, set_up
from tracker.services.verification import verify_clocks


@pytest.fixture
def staged(app: Flask, runtime: Runtime, session: Session) -> Staged:
    """The demonstration on the day of the suite, without typesetting its letters."""
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    return set_up(quick(runtime, session))


def quick(runtime: Runtime, session: Session) -> Context:
    adapters = replace(runtime.adapters, renderer=MemoryRenderer())
    return Runtime(runtime.clock, adapters).context(session, SYSTEM)


def test_the_demonstration_has_something_for_every_screen(
    app: Flask, clock: StandingClock, session: Session, staged: Staged, runtime: Runtime
) -> None:
    assert staged.unfinished == ()
    cases = session.scalars(select(Case)).all()
    assert len(cases) == staged.cases >= 60
    assert {case.stage for case in cases} == set(Stage)
    assert {case.clock_state for case in cases} >= {"running", "suspended", "awaiting_correction", "stopped"}
    lights = Counter(light_of(session, case, clock) for case in cases if case.stopped_on is None)
    assert all(lights[light] for light in Urgency), lights
    assert {case.on_time for case in cases} == {True, False, None}
    days = [entry.on for case in cases if not case.historic for entry in read_log(session, case.id)]
    assert clock.today() - timedelta(days=150) <= min(days) <= max(days) <= clock.today()
    assert session.scalars(select(MailItem.forwarded_to)).all() != []
    assert any(case.needs_completion for case in cases)
    organs = session.scalars(select(Organ.code).where(Organ.id.in_({c.organ_id for c in cases}))).all()
    assert len(organs) >= 8

    assert {(c.kind, c.result) for c in session.scalars(select(Challenge))} == {
        ("reconsideration", None),
        ("reconsideration", "upheld"),
        ("reconsideration", "corrected"),
        ("direct_suit", None),
    }
    assert Counter(session.scalars(select(AnnualReport.state))) == Counter(
        ("published", "returned", "submitted")
    )
    for kept in (SavedStatistic, StandIn, Subject, ModelReply, DisclosureProposal):
        assert session.scalars(select(kept)).all() != [], kept

    listed = json.loads(app.test_cli_runner().invoke(args=["accounts", "list", "--demo", "--json"]).stdout)
    assert {holding["role"] for person in listed for holding in person["holdings"]} == set(Role)
    assert all({"login", "password", "role", "organ"} <= person.keys() for person in listed)
    for person in listed[:3]:
        account = session.scalars(select(Account).where(Account.login == person["login"])).one()
        assert password_matches(account.password_hash, person["password"])
        assert not account.must_change_password

    assert list(verify_clocks(session, clock.today())) == []
    again = app.test_cli_runner().invoke(args=["demo"])
    assert (again.exit_code, again.stdout) == (0, "已有数据，未建立演示数据。\n")
    assert not is_empty(session)


def light_of(session: Session, case: Case, clock: StandingClock) -> Urgency:
    reading = fold(read_log(session, case.id), current_calendar(session), clock.today())
    return urgency_of(reading)


def test_production_has_no_demonstration(app: Flask, session: Session) -> None:
    app.config["TRACKER"] = replace(app.config["TRACKER"], environment=Environment.PRODUCTION)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    assert "生产环境" in result.stderr
    assert is_empty(session)
