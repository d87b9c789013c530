"""Boards, statistics and reports read from a standby where one is named, and never write there."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests import databases
from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.postgres import PostgresForTests
from tracker.app import create_app
from tracker.config import Settings
from tracker.domain.actors import SYSTEM
from tracker.extensions import REPORTS, db
from tracker.services.context import Runtime
from tracker.services.sessions import open_session
from tracker.web.users import SESSION_COOKIE

TODAY = date(2026, 6, 12)
FORMS = {"reports.file": "csv", "reports.picture_file": "svg", "reports.district_picture_file": "svg"}
ASKED = {"year": 2026, "organ_code": "MZJ"}
FIGURE = re.compile(r'<a class="figure" href="[^"]+">(\d+)</a>')
Apps = Callable[[str], Flask]


@pytest.fixture
def standby_url(
    session: Session,
    people: Cast,
    runtime: Runtime,
    clock: StandingClock,
    engine: Engine,
    postgres: PostgresForTests | None,
    tmp_path: Path,
) -> str:
    """A copy made when one request had come in; a second came in afterwards."""
    clock.set(TODAY)
    load_shipped(session)
    ctx = runtime.context(session, people.clerk)
    received_case(ctx, people.organ_ids["MZJ"], date(2026, 6, 1), 1)
    session.close()
    url = databases.copied(engine, postgres, tmp_path, "standby")
    received_case(ctx, people.organ_ids["MZJ"], date(2026, 6, 2), 2)
    session.close()
    return url


@pytest.fixture
def app_reading(settings: Settings, runtime: Runtime) -> Iterator[Apps]:
    """``app_reading(url)``: the application with this database for reports; nothing can be written there."""
    made: list[Flask] = []

    def make(url: str) -> Flask:
        app = create_app(replace(settings, reports_url=url), runtime=runtime)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        made.append(app)
        with app.app_context():
            event.listen(db.engines[REPORTS], "connect", _only_reads)
        return app

    yield make
    for app in made:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


def _only_reads(connection: object, _record: object) -> None:
    sqlite = type(connection).__module__.startswith("sqlite3")
    statement = "PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on"
    connection.execute(statement)  # type: ignore[attr-defined]
    if not sqlite:
        connection.commit()  # type: ignore[attr-defined]


def supervisor(app: Flask, people: Cast, session: Session, runtime: Runtime) -> FlaskClient:
    account_id = people.supervisor.account_id
    assert account_id is not None
    opened = open_session(runtime.context(session, SYSTEM), account_id, address="127.0.0.1")
    session.close()
    client = app.test_client()
    client.set_cookie(SESSION_COOKIE, opened.token)
    return client


def largest_figure(client: FlaskClient) -> int:
    """The largest figure of the board: how many requests it knows of."""
    page = client.get("/supervision")
    assert page.status_code == 200
    return max(map(int, FIGURE.findall(page.text)))


def test_reports_are_read_from_the_standby_and_lists_are_not(
    standby_url: str, app_reading: Apps, people: Cast, session: Session, runtime: Runtime
) -> None:
    client = supervisor(app_reading(standby_url), people, session, runtime)
    assert largest_figure(client) == 1
    assert "共 2 件" in client.get("/cases").text
    assert largest_figure(client) == 1


def test_without_one_everything_is_read_where_it_is_written(
    standby_url: str, app: Flask, people: Cast, session: Session, runtime: Runtime
) -> None:
    assert standby_url
    assert largest_figure(supervisor(app, people, session, runtime)) == 2


def test_no_page_that_reads_there_writes(
    standby_url: str, app_reading: Apps, people: Cast, session: Session, runtime: Runtime
) -> None:
    app = app_reading(standby_url)
    client = supervisor(app, people, session, runtime)
    rules = [
        rule for rule in app.url_map.iter_rules() if hasattr(app.view_functions[rule.endpoint], "__replica__")
    ]
    assert len(rules) >= 11
    with app.test_request_context():
        asked = {
            rule.endpoint: url_for(
                rule.endpoint,
                **{name: ASKED[name] for name in rule.arguments if name in ASKED},
                **({"form": FORMS[rule.endpoint]} if "form" in rule.arguments else {}),
            )
            for rule in rules
        }
    answers = {endpoint: client.get(address).status_code for endpoint, address in asked.items()}
    assert set(answers.values()) == {200}, answers


def test_a_standby_that_is_away_takes_nothing_down(
    standby_url: str,
    app_reading: Apps,
    people: Cast,
    session: Session,
    runtime: Runtime,
    database_kind: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    nowhere = "sqlite:////nowhere/at/all.sqlite3"
    if database_kind == "postgresql":
        nowhere = make_url(standby_url).set(host="127.0.0.1", port=1, query={}).render_as_string(False)
    client = supervisor(app_reading(nowhere), people, session, runtime)
    with caplog.at_level(logging.WARNING, "tracker.replica"):
        assert largest_figure(client) == 2
    assert "reports are read from the primary" in caplog.text
