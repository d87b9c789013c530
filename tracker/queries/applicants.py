"""Reading of applicants by those who may see what identifies them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Applicant, Case
from tracker.queries.scope import visible_cases


def get_applicant(session: Session, actor: Actor, applicant_id: int) -> Applicant:
    """An applicant whose personal data the person may look at. Raises ``NotFound`` for a stranger, ``Forbidden`` for
    a colleague without the right to look."""
    found = session.execute(
        select(Applicant, Case.organ_id, Case.handler_id)
        .join(Case, Case.id == Applicant.case_id)
        .where(Applicant.id == applicant_id, visible_cases(actor))
    ).first()
    if found is None:
        raise NotFound(N_("没有找到这位申请人，或者申请件不属于您所在的机关。"))
    applicant, organ_id, handler_id = found
    if not actor.may_on(Permission.PERSON_UNMASK, organ_id, handler_id):
        raise Forbidden(N_("您的岗位不能查看申请人的完整信息。"))
    return applicant


def list_applicants(session: Session, case_id: int) -> list[Applicant]:
    """People of a case that was authorised before, the first-named first."""
    return list(
        session.scalars(select(Applicant).where(Applicant.case_id == case_id).order_by(Applicant.position))
    )
