"""代岗（AB 岗）: name a colleague who stands in for somebody who is away, and end it before its last day.

The stand-in may do with the cases of the person away what their handler may, and is told what that person is told. It
ends by itself after the last day: whoever asks who stands in asks for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select

from tracker.domain.alerts import AlertKind
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.stand_ins import Absence, faults_of
from tracker.domain.vocabulary import N_
from tracker.models import Account, StandIn
from tracker.queries.stand_ins import list_colleagues
from tracker.services.context import Context
from tracker.services.stand_in_alerts import (
    settle_naming,
    share_alerts,
    take_alerts_back,
    tell_of_stand_in,
)
from tracker.services.unit_of_work import transaction

Faults = dict[str, list[TrackerError | str]]


@dataclass(frozen=True, slots=True)
class NewStandIn:
    """Who is away in which organ, who stands in, and the period with its first and last day."""

    organ_id: int
    away_id: int | None
    stand_in_id: int | None
    from_on: date
    to_on: date

    @property
    def absence(self) -> Absence:
        """The period."""
        return Absence(self.from_on, self.to_on)


def name_stand_in(ctx: Context, wanted: NewStandIn) -> int:
    """安排代岗, by the person who will be away, whoever heads the disclosure office, or an administrator; returns its
    id. Both people are told; when it begins today, alerts that hold reach the stand-in at once.

    Raises ``Forbidden``; ``Invalid`` for days that cannot be, a period that overlaps another of the same person, and
    a stand-in who is of another organ, closed, locked, or away at the time.
    """
    _authorise(ctx, wanted.organ_id, wanted.away_id)
    with transaction(ctx) as session:
        # Both are held until the end, so that two arrangements made at once see each other.
        people = {
            person.id: person
            for person in session.scalars(
                select(Account)
                .where(Account.id.in_({wanted.away_id, wanted.stand_in_id} - {None}))
                .order_by(Account.id)
                .with_for_update()
            )
        }
        faults: Faults = {name: [*said] for name, said in faults_of(wanted.absence, ctx.today).items()}
        _check_people(ctx, wanted, people, faults)
        if not faults:
            _check_periods(ctx, wanted, faults)
        if faults or wanted.away_id is None or wanted.stand_in_id is None:
            raise Invalid(faults)
        stand_in = StandIn(
            organ_id=wanted.organ_id,
            away_id=wanted.away_id,
            stand_in_id=wanted.stand_in_id,
            named_by_id=ctx.actor.account_id,
            named_at=ctx.now,
            from_on=wanted.from_on,
            to_on=wanted.to_on,
        )
        session.add(stand_in)
        session.flush()
        tell_of_stand_in(ctx, stand_in, AlertKind.STAND_IN_NAMED)
        if wanted.absence.covers(ctx.today):
            share_alerts(ctx, stand_in)
        return stand_in.id


def end_stand_in(ctx: Context, stand_in_id: int) -> None:
    """提前结束, or 取消 where it has not begun, by the person away, whoever heads the disclosure office, or an
    administrator: from this moment the stand-in acts for nobody.

    Raises ``NotFound``, ``Forbidden``, ``NotLawfulNow`` once it is over.
    """
    with transaction(ctx) as session:
        stand_in = session.scalar(select(StandIn).where(StandIn.id == stand_in_id).with_for_update())
        if stand_in is None or not _concerns(ctx, stand_in):
            raise NotFound(N_("没有找到这项代岗安排，或者它与您无关。"))
        _authorise(ctx, stand_in.organ_id, stand_in.away_id)
        if stand_in.ended_at is not None or stand_in.to_on < ctx.today:
            raise NotLawfulNow(N_("这项代岗已经结束，请刷新页面查看。"))
        stand_in.ended_at, stand_in.ended_by_id = ctx.now, ctx.actor.account_id
        settle_naming(ctx, stand_in)
        if stand_in.shared_at is not None and stand_in.taken_back_at is None:
            take_alerts_back(ctx, stand_in)
        tell_of_stand_in(ctx, stand_in, AlertKind.STAND_IN_ENDED)


def _authorise(ctx: Context, organ_id: int, away_id: int | None) -> None:
    own = away_id == ctx.actor.account_id and ctx.actor.may(Permission.STAND_IN_NAME, organ_id)
    if not own and not ctx.actor.may(Permission.STAND_IN_ARRANGE, organ_id):
        raise Forbidden(N_("只能为自己安排代岗；他人的代岗由本机关工作机构负责人或者管理员安排。"))


def _concerns(ctx: Context, stand_in: StandIn) -> bool:
    people = (stand_in.away_id, stand_in.stand_in_id, stand_in.named_by_id)
    return ctx.actor.account_id in people or ctx.actor.may(Permission.STAND_IN_ARRANGE, stand_in.organ_id)


def _check_people(ctx: Context, wanted: NewStandIn, people: dict[int, Account], faults: Faults) -> None:
    colleagues = {person.id for person in list_colleagues(ctx.session, wanted.organ_id)}
    if wanted.away_id not in colleagues:
        faults["away_id"] = [N_("请选择本机关在岗的人员。")]
    chosen = people.get(wanted.stand_in_id or 0)
    if chosen is None:
        faults["stand_in_id"] = [N_("请选择代岗人。")]
    elif wanted.stand_in_id == wanted.away_id:
        faults["stand_in_id"] = [N_("不能由本人代岗，请选择本机关的另一名同事。")]
    elif not chosen.active:
        faults["stand_in_id"] = [N_("所选代岗人的账号已停用，请改选他人。")]
    elif chosen.id not in colleagues:
        faults["stand_in_id"] = [N_("所选代岗人不在本机关任职，请选择本机关的同事。")]
    elif chosen.locked_until_at is not None and chosen.locked_until_at > ctx.now:
        faults["stand_in_id"] = [N_("所选代岗人的账号因多次输错密码暂时锁定，请稍后再安排或改选他人。")]


def _check_periods(ctx: Context, wanted: NewStandIn, faults: Faults) -> None:
    same_organ = StandIn.organ_id == wanted.organ_id
    overlapping = _find(ctx, wanted, and_(StandIn.away_id == wanted.away_id, same_organ))
    if overlapping is not None:
        faults["from_on"] = [
            _fault(
                overlapping,
                N_("%(from)s至%(to)s已经安排代岗，两段日期不能重叠；请调整日期，或先结束原来的安排。"),
            )
        ]
    away_too = _find(ctx, wanted, StandIn.away_id == wanted.stand_in_id)
    if away_too is not None:
        faults["stand_in_id"] = [
            _fault(away_too, N_("所选代岗人%(from)s至%(to)s自己也不在岗，请改选他人或调整日期。"))
        ]
    bound = _find(ctx, wanted, StandIn.stand_in_id == wanted.away_id)
    if bound is not None:
        faults["away_id"] = [
            _fault(
                bound,
                N_("不在岗的人%(from)s至%(to)s正替他人代岗，请先为那位同事另行安排代岗，再安排这一段。"),
            )
        ]


def _find(ctx: Context, wanted: NewStandIn, whose: ColumnElement[bool]) -> StandIn | None:
    return ctx.session.scalars(
        select(StandIn)
        .where(
            whose,
            StandIn.ended_at.is_(None),
            StandIn.from_on <= wanted.to_on,
            StandIn.to_on >= wanted.from_on,
        )
        .order_by(StandIn.from_on)
        .limit(1)
    ).first()


def _fault(found: StandIn, text: str) -> TrackerError:
    return TrackerError(text, **{"from": found.from_on, "to": found.to_on})
