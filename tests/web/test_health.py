"""Addresses that machines ask."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tracker.adapters.migrations import expected_revision
from tracker.config import Settings
from tracker.models import JobHeartbeat


def test_the_process_answers(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_silent_runner_and_missing_calendars_degrade_but_do_not_take_the_site_down(
    client: FlaskClient,
) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "degraded",
        "degraded": ["job runner: has never run", "calendar: no year is loaded"],
    }


def test_all_is_well(client: FlaskClient, session: Session, clock: StandingClock) -> None:
    load_shipped(session)
    session.add(
        JobHeartbeat(name="scan", started_at=clock.now(), finished_at=clock.now(), outcome="", succeeded=True)
    )
    session.commit()
    clock.set(clock.today().replace(year=2026, month=6, day=1))
    session.get_one(JobHeartbeat, "scan").started_at = clock.now()
    session.commit()
    assert client.get("/readyz").json == {"status": "ok", "degraded": []}
    clock.advance(minutes=11)
    assert client.get("/readyz").json["degraded"][0].startswith("job runner: silent since 2026-06-01")  # type: ignore[index]
    clock.set(clock.today().replace(month=11, day=23))
    assert "calendar: ends with 2026" in client.get("/readyz").json["degraded"]  # type: ignore[index]


def test_an_old_schema_takes_the_site_down(client: FlaskClient, session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    try:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert "database is at 0000" in response.text
        assert "tracker_ready 0.0" in client.get("/metrics").text
    finally:
        session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": expected_revision()})
        session.commit()


def test_figures_are_for_this_machine_or_for_a_token(
    app: Flask, client: FlaskClient, settings: Settings
) -> None:
    here = client.get("/metrics")
    assert here.status_code == 200
    assert "tracker_ready 1.0" in here.text
    assert "tracker_open_cases 0.0" in here.text
    elsewhere = {"REMOTE_ADDR": "10.1.2.3"}
    assert client.get("/metrics", environ_base=elsewhere).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.1.2.3"}).status_code == 403
    app.config["TRACKER"] = replace(settings, metrics_token="figures-please")
    with_token = {"Authorization": "Bearer figures-please"}
    assert client.get("/metrics", environ_base=elsewhere, headers=with_token).status_code == 200
    assert (
        client.get("/metrics", environ_base=elsewhere, headers={"Authorization": "Bearer x"}).status_code
        == 403
    )


@pytest.mark.parametrize("path", ["/healthz", "/login"])
def test_every_answer_carries_safe_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers
    by_tls = client.get(path, base_url="https://localhost").headers
    assert "max-age=31536000" in by_tls["Strict-Transport-Security"]


def test_characters_no_keyboard_types_are_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"login": "a\x00b", "password": "x"}).status_code == 400
