"""Who may see what. Every page, list, search, file and export goes through the one condition below."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tracker.domain.actors import Actor
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import LENT, Permission
from tracker.domain.vocabulary import N_
from tracker.models import Case, CaseTally, Counter, MailItem


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``Case``: the whole district for supervisor and auditor, else the organs one holds a role in."""
    return _of_organs_read(actor, Case.organ_id)


def visible_tallies(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``CaseTally``, by the same rule as for cases: who reads cases reads those of whole organs."""
    return _of_organs_read(actor, CaseTally.organ_id)


def permitted_cases(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Condition on ``Case``: those the person may do this to by a role in the organ, or standing in for the handler."""
    organs = actor.organs_where(permission)
    own = Case.organ_id.in_(organs) if organs else false()
    return or_(own, stood_in_cases(actor)) if permission in LENT else own


def stood_in_cases(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``Case``: its handler is away and the person stands in."""
    cases = [
        and_(Case.organ_id == away.organ_id, Case.handler_id == away.account_id)
        for away in sorted(actor.standing_in, key=lambda each: (each.organ_id, each.account_id))
    ]
    return or_(*cases) if cases else false()


def visible_mail(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``MailItem``, by the same rule as for cases."""
    return _of_organs_read(actor, MailItem.organ_id)


def visible_counters(actor: Actor) -> ColumnElement[bool]:
    """Condition on ``Counter``: the numbers of organs whose cases one reads."""
    return _of_organs_read(actor, Counter.organ_id)


def _of_organs_read(actor: Actor, organ_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if actor.reads_whole_district:
        return true()
    organ_ids = actor.reading_organ_ids
    return organ_id.in_(organ_ids) if organ_ids else false()


def find_visible_case(session: Session, actor: Actor, case_id: int) -> Case | None:
    """The case, or None when it does not exist or is not for these eyes: a stranger cannot tell the two apart."""
    return session.scalar(select(Case).where(Case.id == case_id, visible_cases(actor)))


def get_case(
    session: Session,
    actor: Actor,
    case_id: int,
    permission: Permission = Permission.CASE_READ,
    *,
    lock: bool = False,
) -> Case:
    """Fetch and authorise together.

    Raises ``NotFound`` for a stranger, ``Forbidden`` for a colleague who may read the case but lacks the permission.
    With ``lock`` the row is held against other writers until the transaction ends.
    """
    query = select(Case).options(joinedload(Case.organ)).where(Case.id == case_id, visible_cases(actor))
    if lock:
        query = query.with_for_update(of=Case)
    case = session.scalar(query)
    if case is None:
        raise NotFound(N_("没有找到这件申请，或者它不属于您所在的机关。"))
    if not actor.may_on(permission, case.organ_id, case.handler_id):
        raise Forbidden(N_("您的岗位不能对这件申请做这项操作。"))
    return case
