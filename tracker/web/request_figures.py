"""What monitoring is told of the requests: how many, how they ended, how long they took, by page and never by person.

Several workers serve one site. With ``PROMETHEUS_MULTIPROC_DIR`` (an empty folder at each start) their figures are one;
without it each process tells its own, which is right where there is one.
"""

from __future__ import annotations

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
NO_ROUTE = "none"
"""Stands for every address that leads nowhere: what strangers type must not become labels."""

REQUESTS = Counter(
    "tracker_requests", "requests answered, by rule of the address and status", ["method", "route", "status"]
)
LATENCY = Histogram(
    "tracker_request_seconds",
    "time from the first byte read to the answer made",
    ["method", "route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def tell_request(method: str, route: str | None, status: int, seconds: float) -> None:
    """Count one answered request."""
    known = method if method in _METHODS else "other"
    REQUESTS.labels(known, route or NO_ROUTE, str(status)).inc()
    LATENCY.labels(known, route or NO_ROUTE).observe(seconds)


def request_registry() -> CollectorRegistry:
    """The figures of every worker where they share a folder, else those of this process."""
    if not os.environ.get(FOLDER):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
