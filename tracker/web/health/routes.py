"""Addresses that machines ask: is the process alive, can it serve, and a few figures."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST

from tracker.adapters.migrations import expected_revision
from tracker.extensions import db
from tracker.queries.outbox import alert_figures
from tracker.queries.readiness import (
    Readiness,
    count_clocks_beyond,
    count_open_cases,
    covered_until,
    last_runs,
    readiness,
)
from tracker.queries.supervision import count_overdue
from tracker.web.access import public
from tracker.web.context import runtime
from tracker.web.health.presenters import Figures, as_metrics

bp = Blueprint("health", __name__)

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """503 only when the database or its schema is not there; everything else is named as degraded in a 200."""
    state = _readiness()
    if not state.ready:
        return jsonify(status="unavailable", problem=state.problem), 503
    return jsonify(status="degraded" if state.degraded else "ok", degraded=list(state.degraded)), 200


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus figures, from this machine or with the token of the settings."""
    if not _may_read_metrics():
        abort(403)
    state = _readiness()
    return Response(as_metrics(state, _figures() if state.ready else None), content_type=CONTENT_TYPE_LATEST)


def _figures() -> Figures:
    session = db.session()
    until = covered_until(session)
    clock = runtime().clock
    return Figures(
        count_open_cases(session),
        until,
        count_clocks_beyond(session, until),
        count_overdue(session, clock.today()),
        last_runs(session),
        alert_figures(session, clock.today()),
        clock.now(),
    )


def _readiness() -> Readiness:
    clock = runtime().clock
    return readiness(db.session(), clock.today(), clock.now(), expected_revision())


def _may_read_metrics() -> bool:
    token = current_app.config["TRACKER"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    # A forwarded request reaches us from the proxy's own address: being local proves nothing then.
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.remote_addr in LOOPBACK and not forwarded
