"""Readiness as Prometheus figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from tracker.adapters.system_clock import SHANGHAI
from tracker.queries.outbox import AlertFigures
from tracker.queries.readiness import Readiness


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted while the site can serve. ``covered_until``: last day of the newest loaded calendar year."""

    open_cases: int
    covered_until: date | None
    clocks_provisional: int
    alerts: AlertFigures
    now: datetime


def as_metrics(state: Readiness, figures: Figures | None) -> bytes:
    """The text format of Prometheus."""
    registry = CollectorRegistry()
    Gauge("tracker_ready", "1 when database and schema are there", registry=registry).set(state.ready)
    degraded = Gauge(
        "tracker_degraded", "1 for each thing an operator should look at", ["subject"], registry=registry
    )
    for reason in state.degraded:
        degraded.labels(subject=reason.split(":", 1)[0]).set(1)
    if figures is not None:
        _add(registry, figures)
    return generate_latest(registry)


def _add(registry: CollectorRegistry, figures: Figures) -> None:
    Gauge("tracker_open_cases", "cases whose period has not stopped", registry=registry).set(
        figures.open_cases
    )
    until = figures.covered_until
    Gauge(
        "tracker_calendar_covered_until",
        "Unix time at which the last loaded day begins in Asia/Shanghai; 0 when no year is loaded",
        registry=registry,
    ).set(datetime.combine(until, time(), SHANGHAI).timestamp() if until else 0)
    Gauge(
        "tracker_clocks_provisional",
        "running clocks with a date beyond the loaded calendar years",
        registry=registry,
    ).set(figures.clocks_provisional)
    _add_alerts(registry, figures.alerts, figures.now)


def _add_alerts(registry: CollectorRegistry, alerts: AlertFigures, now: datetime) -> None:
    Gauge(
        "tracker_alerts_owed",
        "clocks whose day to be looked at has come; falls with each sweep",
        registry=registry,
    ).set(alerts.owed)
    Gauge("tracker_alerts_written", "alerts ever written", registry=registry).set(alerts.written)
    messages = Gauge("tracker_outbox_messages", "messages by state", ["state"], registry=registry)
    for state, number in alerts.by_state.items():
        messages.labels(state=str(state)).set(number)
    waits = (now - alerts.oldest_due_at).total_seconds() if alerts.oldest_due_at else 0
    Gauge(
        "tracker_outbox_age_seconds",
        "how long the oldest message that may leave has waited",
        registry=registry,
    ).set(max(0, waits))
