"""Numbers of the office have no gaps, whoever draws them at the same time and whatever is rolled back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.services.numbers import advance_to, draw_number, last_number
from tracker.services.unit_of_work import transaction

WRITERS, DRAWS_EACH = 4, 25


class Thrown(Exception):
    """The verb fails after it drew its number."""


def test_a_rolled_back_number_is_drawn_again(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx, organ = ctx_for(cast.clerk), cast.organ_ids["MZJ"]
    with transaction(ctx):
        assert draw_number(session, organ, "case", 2026) == 1
    with pytest.raises(Thrown), transaction(ctx):
        assert draw_number(session, organ, "case", 2026) == 2
        raise Thrown
    with transaction(ctx):
        assert draw_number(session, organ, "case", 2026) == 2


def test_organs_series_and_years_count_apart(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    ours, theirs = cast.organ_ids["MZJ"], cast.organ_ids["CZJ"]
    with transaction(ctx):
        drawn = [
            draw_number(session, ours, "case", 2026),
            draw_number(session, theirs, "case", 2026),
            draw_number(session, ours, "letter:reply", 2026),
            draw_number(session, ours, "case", 2027),
            draw_number(session, ours, "case", 2026),
        ]
    assert drawn == [1, 1, 1, 1, 2]


def test_numbers_of_old_registers_are_not_drawn_again(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx, organ = ctx_for(cast.clerk), cast.organ_ids["MZJ"]
    with transaction(ctx):
        advance_to(session, organ, "letter:reply", 2023, 17)
        advance_to(session, organ, "letter:reply", 2023, 9)
        assert last_number(session, organ, "letter:reply", 2023) == 17
        assert draw_number(session, organ, "letter:reply", 2023) == 18


def test_writers_at_once_leave_no_gap_and_no_double(cast: Cast, ctx_for: ContextFor, engine: Engine) -> None:
    """Every third transaction of each writer fails after drawing; what is committed is 1…n all the same."""
    organ = cast.organ_ids["MZJ"]

    def write(writer: int) -> list[int]:
        committed = []
        with Session(engine) as own:
            ctx = ctx_for(cast.clerk, date(2026, 11, 23), own)
            for turn in range(DRAWS_EACH):
                try:
                    with transaction(ctx):
                        number = draw_number(own, organ, "case", 2026)
                        if (turn + writer) % 3 == 0:
                            raise Thrown
                except Thrown:
                    continue
                committed.append(number)
        return committed

    with ThreadPoolExecutor(WRITERS) as pool:
        drawn = sorted(number for numbers in pool.map(write, range(WRITERS)) for number in numbers)
    assert drawn == list(range(1, len(drawn) + 1))
    assert len(drawn) > WRITERS * DRAWS_EACH // 2
