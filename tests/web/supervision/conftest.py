"""The demonstration district, and people of it signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.actors import SYSTEM
from tracker.domain.permissions import Role
from tracker.models import Account, RoleHolding
from tracker.services.context import Runtime
from tracker.services.demonstration.stage import set_up
from tracker.services.sessions import open_session
from tracker.web.users import SESSION_COOKIE

EnterAs = Callable[[Role], FlaskClient]


@pytest.fixture
def enter_as(app: Flask, runtime: Runtime, session: Session) -> EnterAs:
    """``enter_as(Role.SUPERVISOR)``: a browser of the first person of the demonstration with this role."""
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    adapters = replace(runtime.adapters, renderer=MemoryRenderer())
    set_up(Runtime(runtime.clock, adapters).context(session, SYSTEM))

    def enter(role: Role) -> FlaskClient:
        account_id = session.scalars(
            select(Account.id)
            .join(RoleHolding)
            .where(RoleHolding.role == str(role), Account.demonstration)
            .order_by(Account.id)
            .limit(1)
        ).one()
        opened = open_session(runtime.context(session, SYSTEM), account_id, address="127.0.0.1")
        session.rollback()
        client = app.test_client()
        client.set_cookie(SESSION_COOKIE, opened.token)
        return client

    return enter
