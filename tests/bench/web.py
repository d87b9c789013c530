"""``make bench-web``: the pages and acts of clerk, advisor and supervisor under gunicorn, with 1, 8 and 32 people at
once, over 1,000, 100,000 and 1,000,000 cases, on both databases. Figures only; ratios are of one run.

``python -m tests.bench.web [sqlite] [postgresql] [number of cases …] [--seconds 5] [--keep FOLDER]``: databases of
SQLite are kept in the folder and used again.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import databases
from tests.bench.copied_cases import fill_by_copying
from tests.bench.many_cases import TODAY
from tests.bench.timing import in_turns, load, machine
from tests.browser.server import build
from tests.load.counting import statements
from tests.load.pages import PAGES
from tests.load.site import Site
from tests.load.visitor import CASE, Visitor
from tests.load.work import registration
from tests.postgres import PostgresForTests
from tracker.adapters.migrations import upgrade_schema
from tracker.adapters.system_clock import SHANGHAI, clock_for
from tracker.extensions import db, login_manager
from tracker.models import Case, Organ
from tracker.models.engine import make_engine
from tracker.web import frame
from tracker.web.users import SESSION_COOKIE
from tracker.web.workbench import routes as workbench_routes

KINDS = ("sqlite", "postgresql")
SIZES = (1_000, 100_000, 1_000_000)
USERS = (1, 8, 32)
COMPARED = ("work list", "list", "case page")
Taken = dict[tuple[str, str], list[float]]


@dataclass(frozen=True)
class Plan:
    """What is asked for on the command line."""

    seconds: float
    keep: Path | None


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="web")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    plan = Plan(given.seconds, given.keep)
    sizes = [int(word) for word in given.words if word.isdecimal()] or SIZES
    print(machine(), flush=True)
    for kind in [word for word in given.words if word in KINDS] or KINDS:
        least: dict[tuple[str, str], float] = {}
        for cases in sizes:
            with district(kind, cases, plan) as (url, folder):
                found = measure(url, folder, cases, plan)
            least = least or found
            ratios = [
                f"{who} {page} {found[who, page] / least[who, page]:.2f}"
                for who, page in found
                if page in COMPARED
            ]
            print(f"  {kind}: p95 at {cases} against {sizes[0]}, 8 people: {', '.join(ratios)}", flush=True)


@contextmanager
def district(kind: str, cases: int, plan: Plan) -> Iterator[tuple[str, Path]]:
    """A database with so many cases."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as name:
        folder = Path(name)
        server = PostgresForTests.start() if kind == "postgresql" else None
        kept = plan.keep / f"{cases}.sqlite3" if plan.keep and kind == "sqlite" else None
        try:
            there = kept is not None and kept.exists()
            url = f"sqlite:///{kept}" if kept else databases.blank_database(kind, server, folder, "web")
            began = time.perf_counter()
            upgrade_schema(url)
            if not there:
                engine = make_engine(url)
                fill_by_copying(engine, cases)
                engine.dispose()
            print(
                f"  {kind}, {cases} cases (made in {time.perf_counter() - began:.0f} s), {load()}", flush=True
            )
            yield url, folder
        finally:
            if server is not None:
                server.stop()


def measure(url: str, folder: Path, cases: int, plan: Plan) -> dict[tuple[str, str], float]:
    """Everything at one size; returns p95 of each page with eight people."""
    site = Site(url, folder / "instance", TODAY, workers=4, threads=8)
    engine = make_engine(url)
    with Session(engine) as session:
        organ_id = session.scalars(select(Organ.id).where(Organ.code == "MZJ")).one()
        ours = select(Case.id).where(Case.organ_id == organ_id)
        case_id = session.scalars(ours.order_by(Case.stopped_on.is_not(None), Case.id.desc())).first() or 0
    engine.dispose()
    tokens = {who: site.token_of(who) for who in PAGES}
    within(url, folder, tokens, case_id)
    try:
        print(f"    start-up {site.start_web():.2f} s", flush=True)
        at_eight: dict[tuple[str, str], float] = {}
        for users in USERS:
            taken, seconds = visited(site, tokens, users, case_id, plan.seconds)
            total = sum(map(len, taken.values()))
            print(f"    {users} people: {total / seconds:.0f} pages/s, {load()}", flush=True)
            for (who, page), times in taken.items():
                p50, p95 = cut(times)
                print(
                    f"      {who:<14} {page:<16} p50 {p50 * 1e3:7.1f} ms  p95 {p95 * 1e3:7.1f} ms", flush=True
                )
                if users == 8:
                    at_eight[who, page] = p95
        rate = registered(site, tokens["clerk"], organ_id, plan.seconds)
        memory = ", ".join(f"{mib:.0f}" for mib in site.worker_mib())
        print(
            f"    registering, 8 people, four workers: {rate:.0f}/s (aim 150); workers {memory} MiB",
            flush=True,
        )
        return at_eight
    finally:
        site.stop()


def cut(times: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    if len(times) < 2:
        return (times or [0.0])[0], (times or [0.0])[0]
    parts = quantiles(times, n=20, method="inclusive")
    return parts[9], parts[18]


def visited(
    site: Site, tokens: dict[str, str], users: int, case_id: int, seconds: float
) -> tuple[Taken, float]:
    """People open the pages of their office in turn, each as fast as it is answered."""
    taken: Taken = {(who, page): [] for who, pages in PAGES.items() for page, _path in pages}
    end = time.perf_counter() + seconds

    def person(number: int) -> None:
        who = [*PAGES][number % len(PAGES)]
        visitor = Visitor(site.port, tokens[who], 120)
        while time.perf_counter() < end:
            for page, path in PAGES[who]:
                began = time.perf_counter()
                visitor.get(path.format(case=case_id))
                taken[who, page].append(time.perf_counter() - began)
        visitor.close()

    began = time.perf_counter()
    if users == 1:
        for number in range(len(PAGES)):
            end = time.perf_counter() + seconds / len(PAGES)
            person(number)
    else:
        together([lambda number=number: person(number) for number in range(users)])  # type: ignore[misc]
    return taken, time.perf_counter() - began


def registered(site: Site, token: str, organ_id: int, seconds: float) -> float:
    """Registrations a second."""
    done: list[int] = []
    end = time.perf_counter() + seconds

    def clerk(number: int) -> None:
        visitor = Visitor(site.port, token, 120)
        count = 0
        while time.perf_counter() < end:
            count += 1
            mark = f"{number}-{count}"
            status, location, page = visitor.post(
                "/register", registration(organ_id, TODAY - timedelta(days=1), mark)
            )
            if status != 302 or CASE.search(location) is None:
                raise RuntimeError(f"registering answered {status}: {page[:500]}")
            done.append(number)
        visitor.close()

    began = time.perf_counter()
    together([lambda number=number: clerk(number) for number in range(8)])  # type: ignore[misc]
    return len(done) / (time.perf_counter() - began)


def together(acts: list[Callable[[], None]]) -> None:
    """All at once; the first that fails fails all, once they have ended."""
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()


def within(url: str, folder: Path, tokens: dict[str, str], case_id: int) -> None:
    """Statements of each page, and the work list against a bare view of the same template, in one process."""
    house = build(url, folder / "instance")
    house.clock.set(TODAY, clock_for(TODAY).now().astimezone(SHANGHAI).time())
    with house.app.app_context():
        engine = db.engine
    for who, pages in PAGES.items():
        client = signed_in(house.app, tokens[who])
        asked = []
        for page, path in pages:
            client.get(path.format(case=case_id))
            with statements(engine) as seen:
                client.get(path.format(case=case_id))
            asked.append(f"{page} {len(seen)}")
        print(f"    statements, {who}: {', '.join(asked)}", flush=True)
    whole, bare = signed_in(house.app, tokens["clerk"]), bare_view(house.app, tokens["clerk"])
    figures = in_turns({"whole": lambda: whole.get("/"), "bare": bare}, 5, 7)
    share = figures["bare"].ratio_to(figures["whole"])
    print(
        f"    work list {figures['whole'].middle * 1e3:.1f} ms, its template from rows in memory"
        f" {figures['bare'].middle * 1e3:.1f} ms: {share:.0%} of the bare view's pages/s (aim 50 %)",
        flush=True,
    )
    engine.dispose()


def signed_in(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(SESSION_COOKIE, token)
    return client


def bare_view(app: Flask, token: str) -> Callable[[], object]:
    """A view of the same template with everything it shows at hand: nothing is asked of the database."""
    kept: dict[str, Any] = {}

    def keeping(template: str, **values: Any) -> str:
        kept.update(values, template=template)
        return render_template(template, **values)

    usual = workbench_routes.render_template
    workbench_routes.render_template = keeping  # type: ignore[assignment]
    signed_in(app, token).get("/")
    workbench_routes.render_template = usual
    template = kept.pop("template")
    with app.test_request_context("/", headers={"Cookie": f"{SESSION_COOKIE}={token}"}) as asking:
        user = login_manager._request_callback(asking.request)
    client = app.test_client()

    def call() -> object:
        load_user, asked = login_manager._request_callback, frame.frame_figures
        rendering = workbench_routes.index
        try:
            login_manager._request_callback = lambda _request: user
            frame.frame_figures = lambda *_given: ((), 0)  # type: ignore[assignment]
            app.view_functions["workbench.index"] = lambda: render_template(template, **kept)
            return client.get("/")
        finally:
            login_manager._request_callback = load_user
            frame.frame_figures = asked
            app.view_functions["workbench.index"] = rendering

    return call


if __name__ == "__main__":
    main()
