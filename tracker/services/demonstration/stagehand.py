"""Plays a scenario: each step by the person whose work it is, on its own day, through the verb everybody uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.models import Account, Case
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context
from tracker.services.demonstration.people import STAFF

_FIRST_HOUR = time(9, 0)


@dataclass(slots=True)
class Stagehand:
    """People, calendar and today of the play, and the case that is being told.

    ``back`` counts working days before today (0: today, or the last working day before it).
    """

    ctx: Context
    actors: Mapping[str, Actor]
    organ_ids: Mapping[str, int]
    organ: str = ""
    case_id: int = 0
    clerk_login: str = ""
    minutes: int = 0
    calendar: WorkCalendar = field(init=False)

    def __post_init__(self) -> None:
        self.calendar = current_calendar(self.ctx.session)

    def day(self, back: int) -> date:
        """The working day so many working days before today."""
        day = self.ctx.today
        while not self.calendar.is_workday(day):
            day -= timedelta(days=1)
        for _ in range(back):
            day -= timedelta(days=1)
            while not self.calendar.is_workday(day):
                day -= timedelta(days=1)
        return day

    def as_of(self, login: str, back: int) -> Context:
        """The surroundings of a step: who acts, on which day, a few minutes after the step before."""
        on = self.day(back)
        self.minutes += 7
        start = datetime.combine(on, _FIRST_HOUR, SHANGHAI) + timedelta(minutes=self.minutes % 480)
        return self.ctx.on(on, start.astimezone(UTC)).as_actor(self.actors[login])

    def clerk(self, back: int) -> Context:
        """The handler of the case acts."""
        return self.as_of(self.clerk_login or STAFF[self.organ][0], back)

    def advisor(self, back: int) -> Context:
        """The legal advisor acts."""
        return self.as_of(STAFF[self.organ][1], back)

    def approver(self, back: int) -> Context:
        """Who signs off acts."""
        return self.as_of(STAFF[self.organ][2], back)

    def head(self, back: int) -> Context:
        """The head of the disclosure office acts."""
        return self.as_of(STAFF[self.organ][3], back)

    @property
    def case(self) -> Case:
        """The case being told."""
        return self.ctx.session.get_one(Case, self.case_id)

    @property
    def one_person(self) -> bool:
        """Whether drafting, review and signing fall to one person, so that paper approvals stand in."""
        staff = STAFF[self.organ]
        return staff[0] == staff[2]

    def account_id(self, login: str) -> int:
        """Key of an account by its login."""
        return self.ctx.session.scalars(select(Account.id).where(Account.login == login)).one()
