"""Readiness, work and requests as Prometheus figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from tracker.adapters.system_clock import SHANGHAI
from tracker.queries.outbox import AlertFigures
from tracker.queries.readiness import JobRun, Readiness
from tracker.web.request_figures import request_registry


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted while the site can serve. ``covered_until``: last day of the newest loaded calendar year;
    ``overdue``: open cases past their due date by code of organ, organs without any at 0."""

    open_cases: int
    covered_until: date | None
    clocks_provisional: int
    overdue: tuple[tuple[str, int], ...]
    jobs: tuple[JobRun, ...]
    alerts: AlertFigures
    now: datetime


@dataclass(eq=False, frozen=True, slots=True)
class _Snapshot:
    """Gauges of one moment, in the shape a registry collects from."""

    state: Readiness
    figures: Figures | None

    def collect(self) -> Iterator[Metric]:
        yield _gauge("ready", "1 when database and schema are there", [((), self.state.ready)])
        subjects = sorted({reason.split(":", 1)[0] for reason in self.state.degraded})
        yield _gauge(
            "degraded",
            "1 for each thing an operator should look at",
            [((subject,), 1) for subject in subjects],
            "subject",
        )
        if self.figures is not None:
            yield from _cases(self.figures)
            yield from _jobs(self.figures.jobs)
            yield from _alerts(self.figures.alerts, self.figures.now)


def as_metrics(state: Readiness, figures: Figures | None) -> bytes:
    """The text format of Prometheus: the gauges of this moment, then what the workers counted."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(state, figures))  # type: ignore[arg-type]
    return generate_latest(registry) + generate_latest(request_registry())


def _gauge(
    name: str, meaning: str, samples: Iterable[tuple[tuple[str, ...], float]], *labels: str
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"tracker_{name}", meaning, labels=labels)
    for values, number in samples:
        family.add_metric(values, float(number))
    return family


def _cases(figures: Figures) -> Iterator[Metric]:
    yield _gauge("open_cases", "cases whose period has not stopped", [((), figures.open_cases)])
    yield _gauge(
        "overdue_cases",
        "open cases past the day their answer was due, by code of organ",
        [((code,), number) for code, number in figures.overdue],
        "organ",
    )
    until = figures.covered_until
    yield _gauge(
        "calendar_covered_until",
        "Unix time at which the last loaded day begins in Asia/Shanghai; 0 when no year is loaded",
        [((), datetime.combine(until, time(), SHANGHAI).timestamp() if until else 0)],
    )
    yield _gauge(
        "clocks_provisional",
        "running clocks with a date beyond the loaded calendar years",
        [((), figures.clocks_provisional)],
    )


def _jobs(runs: Sequence[JobRun]) -> Iterator[Metric]:
    yield _gauge(
        "job_started_at",
        "Unix time at which a job last began",
        [((run.name,), run.started_at.timestamp()) for run in runs],
        "job",
    )
    ended = [run for run in runs if run.seconds is not None]
    yield _gauge(
        "job_succeeded",
        "1 when its last run went well, else 0",
        [((run.name,), run.succeeded) for run in ended],
        "job",
    )
    yield _gauge(
        "job_seconds", "how long its last run took", [((run.name,), run.seconds or 0) for run in ended], "job"
    )


def _alerts(alerts: AlertFigures, now: datetime) -> Iterator[Metric]:
    yield _gauge(
        "alerts_owed", "clocks whose day to be looked at has come; falls with each sweep", [((), alerts.owed)]
    )
    yield _gauge("alerts_written", "alerts ever written", [((), alerts.written)])
    yield _gauge(
        "outbox_messages",
        "messages by state",
        [((str(state),), number) for state, number in alerts.by_state.items()],
        "state",
    )
    waits = (now - alerts.oldest_due_at).total_seconds() if alerts.oldest_due_at else 0
    yield _gauge(
        "outbox_age_seconds", "how long the oldest message that may leave has waited", [((), max(0, waits))]
    )
