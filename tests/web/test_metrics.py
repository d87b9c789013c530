"""What monitoring reads: requests by page, what is overdue by organ, jobs by how they ended."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.models import Clock, JobHeartbeat
from tracker.services.context import Runtime


def figure(text: str, name: str, **labels: str) -> float | None:
    """One sample of what monitoring reads; None when there is none of that name and labels."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = [s.value for s in samples if s.name == name and labels.items() <= s.labels.items()]
    assert len(found) <= 1
    return found[0] if found else None


def test_requests_are_counted_by_page_and_never_by_what_was_asked(client: FlaskClient) -> None:
    page = {"method": "GET", "route": "/cases/<int:case_id>", "status": "302"}
    strange = {"method": "other", "route": "none", "status": "404"}
    text = client.get("/metrics").text
    before = [figure(text, "tracker_requests_total", **which) or 0 for which in (page, strange)]
    of_page = {"method": "GET", "route": page["route"]}
    timed = figure(text, "tracker_request_seconds_count", **of_page) or 0
    assert client.get("/cases/711").status_code == 302
    assert client.get("/cases/712").status_code == 302
    assert client.open("/nowhere/secret", method="BREW").status_code == 404
    text = client.get("/metrics").text
    after = [figure(text, "tracker_requests_total", **which) for which in (page, strange)]
    assert after == [before[0] + 2, before[1] + 1]
    assert figure(text, "tracker_request_seconds_count", **of_page) == timed + 2
    assert "secret" not in text
    assert "/cases/711" not in text


def test_several_workers_tell_one_sum(tmp_path: Path) -> None:
    program = (
        "from tracker.web.request_figures import tell_request, request_registry\n"
        "from prometheus_client import generate_latest\n"
        "tell_request('GET', '/cases/', 200, 0.07)\n"
        "print(generate_latest(request_registry()).decode())"
    )
    surroundings = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    told = ""
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True
        )
        told = run.stdout
    page = {"method": "GET", "route": "/cases/"}
    assert figure(told, "tracker_requests_total", **page, status="200") == 2
    assert figure(told, "tracker_request_seconds_bucket", **page, le="0.05") == 0
    assert figure(told, "tracker_request_seconds_bucket", **page, le="0.1") == 2


def test_overdue_requests_are_told_by_organ(
    client: FlaskClient, session: Session, people: Cast, runtime: Runtime, clock: StandingClock
) -> None:
    load_shipped(session)
    session.commit()
    clock.set(date(2026, 1, 30))
    received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 1, 4))
    due = session.scalars(select(Clock.due_on).where(Clock.kind == "reply")).one()
    session.rollback()
    assert due is not None
    for days, number in ((0, 0), (1, 1)):
        clock.set(due + timedelta(days=days))
        text = client.get("/metrics").text
        assert figure(text, "tracker_overdue_cases", organ="MZJ") == number
        assert figure(text, "tracker_overdue_cases", organ="CZJ") == 0


def test_jobs_are_told_with_how_they_ended(
    client: FlaskClient, session: Session, clock: StandingClock
) -> None:
    now = clock.now()
    begun = now - timedelta(seconds=3)
    runs = {"scan": (now, True), "digest": (now, False), "backup": (None, None)}
    for name, (ended, succeeded) in runs.items():
        session.add(
            JobHeartbeat(name=name, started_at=begun, finished_at=ended, outcome="", succeeded=succeeded)
        )
    session.commit()
    text = client.get("/metrics").text
    assert [figure(text, "tracker_job_succeeded", job=name) for name in runs] == [1, 0, None]
    assert [figure(text, "tracker_job_seconds", job=name) for name in runs] == [3, 3, None]
    assert figure(text, "tracker_job_started_at", job="backup") == begun.timestamp()
