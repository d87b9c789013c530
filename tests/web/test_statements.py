"""How often the pages people live on ask the database: at most twelve times, however many cases there are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.load.counting import statements
from tests.load.pages import PAGES
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_registration import ENVELOPE, REQUEST
from tracker.models import Case

MOST = 12
FORMS_ASK_TOO = {("clerk", "case page"): 17, ("clerk", "log of the case"): 17}
"""The acts a handler is offered stand on the page with their forms, and these have questions of their own."""
WANTED = [(part, name, path) for part, pages in PAGES.items() for name, path in pages if name != "board"]


@pytest.fixture
def case_id(sign_in: SignIn, people: Cast, session: Session, clock: StandingClock) -> int:
    """A request as it comes in, one of three."""
    clock.set(date(2026, 9, 21))
    load_shipped(session)
    clerk = sign_in("clerk")
    for _ in range(3):
        clerk.post("/register", data={**ENVELOPE, **REQUEST, "organ_id": str(people.organ_ids["MZJ"])})
    session.rollback()
    return session.scalars(select(Case.id)).first() or 0


@pytest.mark.parametrize("part", PAGES)
def test_no_page_asks_more_than_twelve_times(
    sign_in: SignIn, session: Session, case_id: int, part: str
) -> None:
    client, asked = sign_in(part), {}
    bind = session.get_bind()
    for name, path in ((name, path) for who, name, path in WANTED if who == part):
        client.get(path.format(case=case_id))
        with statements(bind) as seen:  # type: ignore[arg-type]
            answer = client.get(path.format(case=case_id))
        assert answer.status_code == 200
        asked[name] = len(seen)
    over = {name: number for name, number in asked.items() if number > FORMS_ASK_TOO.get((part, name), MOST)}
    assert over == {}
