"""修改登记信息: contact data, the remark of the register and the like, overwritten outright and kept in the log.

What is personal stands encrypted beside the log and leaves no trace of its old value; an old text asked for does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from tracker.domain.amendments import AMENDMENTS, Amendable, may_amend, read_amendment
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow, TrackerError
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Applicant, Case, CaseItem, Dispatch, Letter
from tracker.queries.ledger_export import is_answer
from tracker.queries.remarks import remark_of
from tracker.services.applicants import write_phone
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context

INCOMPLETE = N_("登记还没有补全，请先补全登记。")
_Write = Callable[[Context, Case, str], NewEntry | None]


def amend(
    ctx: Context, case_id: int, changes: Mapping[Amendable, str], *, expected_version: int | None
) -> Reading | None:
    """Overwrite what was typed; one entry for each thing that is another now, None where nothing is.

    Raises ``Invalid`` naming each that cannot be kept or that this stage has closed, ``Conflict`` when the case was
    changed since it was looked at.
    """
    with acting(ctx, case_id, Action.AMEND, expected_version) as case:
        values = _checked(case, changes)
        written = (_WRITERS[what](ctx, case, value) for what, value in values.items())
        entries = [entry for entry in written if entry is not None]
        return append(ctx, case, *entries) if entries else None


def _checked(case: Case, changes: Mapping[Amendable, str]) -> dict[Amendable, str]:
    values: dict[Amendable, str] = {}
    faults: dict[str, list[TrackerError | str]] = {}
    for what, text in changes.items():
        try:
            if not may_amend(what, Stage(case.stage)):
                raise TrackerError(AMENDMENTS[what].later)
            values[what] = read_amendment(what, text)
        except TrackerError as error:
            faults[str(what)] = [error]
    if faults:
        raise Invalid(faults)
    return values


def _entry(ctx: Context, what: Amendable, text: str | None = None, **told: object) -> NewEntry:
    return NewEntry(EntryType.REGISTRATION_AMENDED, ctx.today, {"what": str(what), **told}, text=text)


def _applicant(ctx: Context, case: Case) -> Applicant:
    first = ctx.session.scalar(
        select(Applicant).where(Applicant.case_id == case.id).order_by(Applicant.position).limit(1)
    )
    if first is None:
        raise NotLawfulNow(INCOMPLETE)
    return first


def _opened(ctx: Context, sealed: bytes | None) -> str:
    return ctx.adapters.cipher.open(sealed) if sealed else ""


def _phone(ctx: Context, case: Case, value: str) -> NewEntry | None:
    person = _applicant(ctx, case)
    if _opened(ctx, person.phone_cipher) == value:
        return None
    write_phone(person, value, ctx.adapters.cipher)
    return _entry(ctx, Amendable.PHONE)


def _address(ctx: Context, case: Case, value: str) -> NewEntry | None:
    person = _applicant(ctx, case)
    if _opened(ctx, person.address_cipher) == value:
        return None
    person.address_cipher = ctx.adapters.cipher.seal(value)
    return _entry(ctx, Amendable.ADDRESS)


def _description(ctx: Context, case: Case, value: str) -> NewEntry | None:
    if case.needs_completion:
        raise NotLawfulNow(INCOMPLETE)
    if case.description == value:
        return None
    items = ctx.session.scalars(select(CaseItem).where(CaseItem.case_id == case.id)).all()
    if len(items) > 1:
        raise Invalid({"description": [N_("这件申请分项登记，申请内容不能在这里改写。")]})
    for item in items:
        item.description = value
    old, case.description = case.description, value
    return _entry(ctx, Amendable.DESCRIPTION, old or None)


def _supply_way(ctx: Context, case: Case, value: str) -> NewEntry | None:
    if case.supply_way == value:
        return None
    old, case.supply_way = case.supply_way, value
    return _entry(ctx, Amendable.SUPPLY_WAY, was=old, now=value)


def _mail_number(ctx: Context, case: Case, value: str) -> NewEntry | None:
    sent = ctx.session.scalar(
        select(Dispatch)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .where(Letter.case_id == case.id, is_answer())
        .order_by(Letter.id, Dispatch.id)
        .limit(1)
    )
    if sent is None or sent.way != "post":
        raise Invalid({"mail_number": [N_("答复不是邮寄的，没有邮件号。")]})
    if sent.mail_number == value:
        return None
    old, sent.mail_number = sent.mail_number, value
    return _entry(ctx, Amendable.MAIL_NUMBER, was=old, now=value, dispatch_id=sent.id)


def _remark(ctx: Context, case: Case, value: str) -> NewEntry | None:
    if remark_of(ctx.session, case.id) == value:
        return None
    return _entry(ctx, Amendable.REMARK, value or None)


_WRITERS: dict[Amendable, _Write] = {
    Amendable.PHONE: _phone,
    Amendable.ADDRESS: _address,
    Amendable.DESCRIPTION: _description,
    Amendable.SUPPLY_WAY: _supply_way,
    Amendable.MAIL_NUMBER: _mail_number,
    Amendable.REMARK: _remark,
}
