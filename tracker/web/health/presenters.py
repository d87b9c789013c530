"""Readiness as Prometheus figures."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from tracker.queries.readiness import Readiness


def as_metrics(state: Readiness, open_cases: int | None) -> bytes:
    """The text format of Prometheus."""
    registry = CollectorRegistry()
    Gauge("tracker_ready", "1 when database and schema are there", registry=registry).set(state.ready)
    degraded = Gauge(
        "tracker_degraded", "1 for each thing an operator should look at", ["subject"], registry=registry
    )
    for reason in state.degraded:
        degraded.labels(subject=reason.split(":", 1)[0]).set(1)
    if open_cases is not None:
        Gauge("tracker_open_cases", "cases whose period has not stopped", registry=registry).set(open_cases)
    return generate_latest(registry)
