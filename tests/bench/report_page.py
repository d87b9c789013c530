"""The page of table 3 as a browser asks for it: signed in as the supervisor, the whole district, one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from tests.bench.report_cases import TODAY
from tests.browser.server import build
from tracker.domain.actors import SYSTEM
from tracker.extensions import db
from tracker.models import Account
from tracker.services.sessions import open_session
from tracker.web.users import SESSION_COOKIE


@contextmanager
def page_of(url: str, folder: Path, year: int) -> Iterator[Callable[[], object]]:
    """A call that fetches the page and demands that it is there."""
    house = build(url, folder / "instance")
    house.clock.set(TODAY)
    client = house.app.test_client()
    with house.app.app_context():
        session = db.session()
        supervisor = session.scalars(select(Account.id).where(Account.login == "supervisor")).one()
        opened = open_session(house.runtime.context(session, SYSTEM), supervisor, address="127.0.0.1")
        session.close()
    client.set_cookie(SESSION_COOKIE, opened.token)

    def fetch() -> object:
        answer = client.get(f"/reports/{year}")
        if answer.status_code != 200 or "年新收" not in answer.text:
            raise SystemExit(f"the page answered {answer.status}: the figures would mean nothing")
        return answer

    yield fetch
    with house.app.app_context():
        db.engine.dispose()
