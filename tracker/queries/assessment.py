"""考核指标: what each organ is measured by in a period, counted by the conditions of the lists the figures lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.figures import Timeliness, timeliness
from tracker.domain.permissions import Permission
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.stages import Stage
from tracker.models import Case
from tracker.queries.case_conditions import answered_in, chased_in, chased_late_in, lost_in
from tracker.queries.scope import visible_cases
from tracker.queries.supervision import count_answered, count_returned, list_organs_watched


@dataclass(frozen=True, slots=True)
class OrganFigures:
    """One organ in one period; all counts are cases. ``archived`` are those answered in it whose file is closed.

    Without an answer in the period an organ is not assessed (不参评).
    """

    organ_id: int
    code: str
    name: str
    answered: Timeliness
    archived: int
    returned: int
    lost: int
    chased: int
    chased_late: int

    @property
    def assessed(self) -> bool:
        """Whether there is anything to measure."""
        return self.answered.answered > 0

    @property
    def unarchived(self) -> int:
        """Answered in the period, the file not closed yet."""
        return self.answered.answered - self.archived


def read_assessment(
    session: Session, actor: Actor, period: ReportingPeriod, today: date
) -> Sequence[OrganFigures]:
    """The figures of every organ the person watches, in the order the district lists them."""
    answers = count_answered(session, actor, None, period, range(period.year, period.year + 1))
    returned = {each.organ_id: each.cases for each in count_returned(session, actor, None, period)}
    archived = _by_organ(session, actor, answered_in(period) & (Case.stage == str(Stage.ARCHIVED)))
    lost = _by_organ(session, actor, lost_in(period))
    chased = _by_organ(session, actor, chased_in(period))
    late = _by_organ(session, actor, chased_late_in(period, today))
    return [
        OrganFigures(
            organ_id=organ_id,
            code=code,
            name=name,
            answered=timeliness(
                each.counts for each in answers if each.organ_id == organ_id and each.month in period.months
            ),
            archived=archived.get(organ_id, 0),
            returned=returned.get(organ_id, 0),
            lost=lost.get(organ_id, 0),
            chased=chased.get(organ_id, 0),
            chased_late=late.get(organ_id, 0),
        )
        for organ_id, code, name in list_organs_watched(session, None)
        if actor.may(Permission.SUPERVISION_READ, organ_id)
    ]


def _by_organ(session: Session, actor: Actor, condition: ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(
        select(Case.organ_id, func.count()).where(condition, visible_cases(actor)).group_by(Case.organ_id)
    )
    return {row[0]: row[1] for row in rows}
