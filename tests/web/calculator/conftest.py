"""The shipped calendars, on the Monday the suite lives in, and what a reader of the page sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.web.conftest import SignIn

Asked = Callable[..., str]


@pytest.fixture
def calendars(session: Session, clock: StandingClock) -> None:
    """Every shipped year, and 23 November 2026."""
    load_shipped(session)
    session.rollback()
    clock.set(date(2026, 11, 23))


@pytest.fixture
def ask(calendars: None, sign_in: SignIn) -> Asked:
    """``ask("/calculator", received="2026-09-10")``: the page for somebody who is signed in and holds no role."""
    client = sign_in("stranger")

    def page(path: str, **said: str) -> str:
        answer = client.get(path, query_string=said, follow_redirects=True)
        assert answer.status_code == 200
        return answer.text

    return page


def text_of(html: str) -> str:
    """What a reader sees, blanks squeezed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def remarks_of(html: str, place: str) -> str:
    """The lines beside the receipt or a row (``e1``)."""
    return text_of(html.partition(f'id="{place}-remarks"')[2].partition("</div>")[0])
