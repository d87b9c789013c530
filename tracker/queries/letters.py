"""Letters a person may see, and the lists of letters that wait for somebody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.actors import Actor
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.office_days import office_day
from tracker.domain.permissions import Permission
from tracker.domain.returned_mail import proof_overdue
from tracker.domain.stages import Stage
from tracker.domain.standalone_documents import FOR_THE_FILE
from tracker.domain.vocabulary import N_
from tracker.models import Case, CaseItem, Dispatch, Letter, MailItem
from tracker.queries.calendars import current_calendar
from tracker.queries.case_rows import CaseRow, base_query, rows_of
from tracker.queries.scope import permitted_cases, visible_cases, visible_mail


def get_letter(
    session: Session,
    actor: Actor,
    letter_id: int,
    permission: Permission = Permission.CASE_READ,
    *,
    lock: bool = False,
) -> Letter:
    """Fetch and authorise together, by the case (or, for 误投, the mail item) the letter belongs to.

    Raises ``NotFound`` for a stranger, ``Forbidden`` for a colleague without the permission.
    """
    query = (
        select(Letter, Case.handler_id)
        .outerjoin(Case, Case.id == Letter.case_id)
        .outerjoin(MailItem, MailItem.letter_id == Letter.id)
        .where(Letter.id == letter_id)
        .where(
            or_(Case.id.is_not(None) & visible_cases(actor), MailItem.id.is_not(None) & visible_mail(actor))
        )
    )
    found = session.execute(query.with_for_update(of=Letter) if lock else query).first()
    if found is None:
        raise NotFound(N_("没有找到这份公文，或者它不属于您所在的机关。"))
    letter, handler_id = found
    if not actor.may_on(permission, letter.organ_id, handler_id):
        raise Forbidden(N_("您的岗位不能对这份公文做这项操作。"))
    return letter


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """One letter in a list of those that wait, with its case's row. ``title`` and ``number`` as on the letter;
    ``waited``: working days since it was handed in for review; ``returns``: how often review sent it back."""

    letter_id: int
    title: str
    number: str | None
    is_reply: bool
    drafted_by: str
    submitted_at: datetime | None
    signed_on: date | None
    sealed_on: date | None
    dispatched_on: date | None
    way: str | None
    returned_on: date | None
    proof_late: int
    waited: int | None
    returns: int
    case: CaseRow


def list_to_review(session: Session, actor: Actor, today: date) -> Sequence[WaitingLetter]:
    """待审查: submitted replies of every organ the person advises, most urgent first."""
    return _waiting(session, actor, today, Permission.LETTER_REVIEW, _replies("submitted"))


def list_to_sign(session: Session, actor: Actor, today: date) -> Sequence[WaitingLetter]:
    """待签发: reviewed replies, and documents that decide, of the organs the person signs for, most urgent first."""
    waiting = select(Letter).where(Letter.status == "approved")
    return _waiting(session, actor, today, Permission.LETTER_SIGN_OFF, waiting)


def list_to_dispatch(session: Session, actor: Actor, today: date) -> Sequence[WaitingLetter]:
    """待寄发: signed letters that have not left the organ, or came back."""
    return _waiting(session, actor, today, Permission.LETTER_DISPATCH, _signed(), _not_out)


def list_to_deliver(session: Session, actor: Actor, today: date) -> Sequence[WaitingLetter]:
    """待送达: letters that left and of which no proof of delivery is recorded yet."""
    return _waiting(session, actor, today, Permission.LETTER_DISPATCH, _signed(), _on_the_way)


def _replies(status: str) -> Select[Letter]:
    return select(Letter).where(Letter.status == status, Letter.is_reply)


def list_proof_overdue(session: Session, actor: Actor, today: date) -> Sequence[WaitingLetter]:
    """逾期未见送达凭证: of the letters on their way, those whose proof should have come, the longest wait first."""
    late = [w for w in list_to_deliver(session, actor, today) if w.proof_late]
    return sorted(late, key=lambda w: (-w.proof_late, w.letter_id))


def _signed() -> Select[Letter]:
    delivered = select(Dispatch.letter_id).where(Dispatch.delivered_on.is_not(None))
    posted = Letter.kind.not_in(sorted(FOR_THE_FILE))
    return select(Letter).where(Letter.status == "signed", posted, Letter.id.not_in(delivered))


def _not_out(letter: Letter) -> bool:
    return all(d.returned_on is not None for d in letter.dispatches)


def _on_the_way(letter: Letter) -> bool:
    return not _not_out(letter)


def _waiting(
    session: Session,
    actor: Actor,
    today: date,
    permission: Permission,
    query: Select[Letter],
    wanted: Callable[[Letter], bool] = lambda letter: True,
) -> Sequence[WaitingLetter]:
    if not actor.may_reach(permission):
        return ()
    of_cases = (
        query.join(Case, Case.id == Letter.case_id)
        .where(permitted_cases(actor, permission), visible_cases(actor), Case.stage != str(Stage.ARCHIVED))
        .options(
            joinedload(Letter.drafted_by),
            selectinload(Letter.dispatches),
            selectinload(Letter.reviews),
        )
    )
    letters = [x for x in session.scalars(of_cases) if wanted(x)]
    ids = {letter.case_id for letter in letters}
    calendar = current_calendar(session)
    rows = rows_of(session, base_query().where(Case.id.in_(ids)), calendar, today)
    by_case = {row.id: row for row in rows}
    found = [
        _row(letter, by_case[letter.case_id], calendar, today)
        for letter in letters
        if letter.case_id in by_case
    ]
    return sorted(found, key=lambda w: (w.case.due_on or date.max, w.letter_id))


def list_numbers(session: Session, ids: Collection[int]) -> list[str]:
    """Numbers of letters of one envelope, empty for one that has none."""
    found = session.scalars(select(Letter.number).where(Letter.id.in_(ids))) if ids else ()
    return [number or "" for number in found]


def _proof_late(letter: Letter, calendar: WorkCalendar, today: date) -> int:
    """Working days beyond those in which proof of delivery comes, for what is on its way by post or by hand."""
    last = letter.dispatches[-1] if letter.dispatches else None
    if (
        last is None
        or last.returned_on
        or last.delivered_on
        or last.way not in (DispatchWay.POST, DispatchWay.HAND)
    ):
        return 0
    return proof_overdue(last.dispatched_on, today, calendar)


def _row(letter: Letter, case: CaseRow, calendar: WorkCalendar, today: date) -> WaitingLetter:
    content = letter.issued_content or letter.content or {}
    last = letter.dispatches[-1] if letter.dispatches else None
    return WaitingLetter(
        letter_id=letter.id,
        title=content.get("title", ""),
        number=letter.number,
        is_reply=letter.is_reply,
        drafted_by=letter.drafted_by.name if letter.drafted_by else "",
        submitted_at=letter.submitted_at,
        signed_on=letter.signed_on,
        sealed_on=letter.sealed_on,
        dispatched_on=last.dispatched_on if last else None,
        way=last.way if last else None,
        returned_on=last.returned_on if last else None,
        proof_late=_proof_late(letter, calendar, today),
        waited=calendar.count(office_day(letter.submitted_at), today) if letter.submitted_at else None,
        returns=sum(1 for r in letter.reviews if r.step == "review" and r.verdict == "returned"),
        case=case,
    )


def list_items(session: Session, case_id: int) -> Sequence[str]:
    """What was asked for, item by item; empty when the request was not divided."""
    return session.scalars(
        select(CaseItem.description).where(CaseItem.case_id == case_id).order_by(CaseItem.position)
    ).all()


def list_reply_choices(session: Session, actor: Actor, case_id: int) -> Sequence[tuple[int, str]]:
    """Replies of a case that have been signed, to choose the one a challenge is about; (id, number)."""
    rows = session.execute(
        select(Letter.id, Letter.number)
        .join(Case, Case.id == Letter.case_id)
        .where(Letter.case_id == case_id, Letter.is_reply, Letter.number.is_not(None), visible_cases(actor))
        .order_by(Letter.id)
    )
    return [(row.id, row.number or "") for row in rows]
