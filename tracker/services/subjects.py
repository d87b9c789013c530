"""主题: keep the district's list, and say what a request is about."""

from __future__ import annotations

from sqlalchemy import func, select

from tracker.domain.errors import Forbidden, Invalid, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import CaseSubject, Subject
from tracker.queries.scope import get_case
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_SUBJECT = 30
MOST_SUBJECTS = 40


def add_subject(ctx: Context, name: str) -> int:
    """Put a subject on the list; its id. Raises ``Forbidden``, ``Invalid``."""
    with transaction(ctx) as session:
        _require_keeper(ctx)
        if (session.scalar(select(func.count()).select_from(Subject)) or 0) >= MOST_SUBJECTS:
            raise Invalid({"name": [TrackerError(N_("最多 %(most)d 个主题。"), most=MOST_SUBJECTS)]})
        row = Subject(name=_free_name(ctx, name), active=True)
        session.add(row)
        session.flush()
        return row.id


def change_subject(ctx: Context, subject_id: int, name: str, *, active: bool) -> None:
    """Rename it, retire it or take it into use again; cases keep it. Raises as ``add_subject``, and ``NotFound``."""
    with transaction(ctx) as session:
        _require_keeper(ctx)
        row = session.get(Subject, subject_id)
        if row is None:
            raise NotFound(N_("没有找到这个主题。"))
        row.name, row.active = _free_name(ctx, name, but=subject_id), active


def classify(ctx: Context, case_id: int, subject_id: int | None) -> None:
    """Say what a case is about; None: not classified. Raises ``NotFound``, ``Forbidden``, ``Invalid``."""
    with transaction(ctx):
        get_case(ctx.session, ctx.actor, case_id, Permission.CASE_HANDLE, lock=True)
        set_subject(ctx, case_id, subject_id)


def set_subject(ctx: Context, case_id: int, subject_id: int | None) -> None:
    """Within a verb on a case it has locked. Raises ``Invalid`` for a subject that is not to be chosen."""
    session = ctx.session
    row = session.scalar(select(CaseSubject).where(CaseSubject.case_id == case_id))
    if subject_id is None:
        if row is not None:
            session.delete(row)
        return
    if row is not None and row.subject_id == subject_id:
        return
    subject = session.get(Subject, subject_id)
    if subject is None or not subject.active:
        raise Invalid({"subject_id": [N_("请从列出的主题中选择。")]})
    if row is None:
        session.add(CaseSubject(case_id=case_id, subject_id=subject_id))
    else:
        row.subject_id = subject_id


def _require_keeper(ctx: Context) -> None:
    if not ctx.actor.may_somewhere(Permission.SUBJECT_KEEP):
        raise Forbidden(N_("主题由区政府办公室管理。"))


def _free_name(ctx: Context, text: str, but: int | None = None) -> str:
    name = clean_line(text)
    if not name:
        raise Invalid({"name": [N_("请填写主题的名称。")]})
    if len(name) > LONGEST_SUBJECT:
        raise Invalid(
            {"name": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_SUBJECT)]}
        )
    taken = ctx.session.scalar(select(Subject.id).where(Subject.name == name))
    if taken is not None and taken != but:
        raise Invalid({"name": [N_("已有这个主题。")]})
    return name
