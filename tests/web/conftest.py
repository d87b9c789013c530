"""The cast in the database, and browsers signed in as each of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.people import UNUSABLE_PASSWORD, Cast, settle
from tracker.domain.actors import SYSTEM
from tracker.services.context import Runtime
from tracker.services.sessions import open_session
from tracker.web.users import SESSION_COOKIE

SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def people(session: Session) -> Cast:
    """The fixed cast of ``tests/people.py``."""
    return settled(session)


def settled(session: Session, password_hash: str = UNUSABLE_PASSWORD) -> Cast:
    """The cast in the database, with no read transaction left open that would hide what requests write."""
    cast = settle(session, password_hash)
    session.rollback()
    return cast


@pytest.fixture
def sign_in(app: Flask, people: Cast, session: Session, runtime: Runtime) -> SignIn:
    """``sign_in("clerk")`` gives a browser in which this member of the cast is signed in."""

    def signed_in(part: str) -> FlaskClient:
        account_id = people.actors[part].account_id
        assert account_id is not None
        opened = open_session(runtime.context(session, SYSTEM), account_id, address="127.0.0.1")
        session.rollback()
        client = app.test_client()
        client.set_cookie(SESSION_COOKIE, opened.token)
        return client

    return signed_in
