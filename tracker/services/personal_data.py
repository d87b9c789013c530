"""查看个人信息: what identifies an applicant is shown in full only on request, and every look is on record."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import select

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.errors import Invalid, NotFound, TrackerError
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import Applicant, PersonalDataReading
from tracker.queries.applicants import get_applicant
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_REASON = 200


class PersonalField(StrEnum):
    """What can be looked at, one at a time (最小必要)."""

    NAME = "name"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    ADDRESS = "address"
    EMAIL = "email"
    CONTACT_NAME = "contact_name"


PERSONAL_FIELD_NAMES: dict[PersonalField, str] = {
    PersonalField.NAME: N_("姓名"),
    PersonalField.IDENTITY_NUMBER: N_("证件号码"),
    PersonalField.PHONE: N_("联系电话"),
    PersonalField.ADDRESS: N_("联系地址"),
    PersonalField.EMAIL: N_("电子邮箱"),
    PersonalField.CONTACT_NAME: N_("联系人"),
}


def find_field(name: str) -> PersonalField:
    """The field of that name. Raises ``NotFound``."""
    try:
        return PersonalField(name)
    except ValueError:
        raise NotFound(N_("没有这项个人信息。")) from None


def unmask(ctx: Context, applicant_id: int, field: PersonalField, reason: str) -> str:
    """The full value, once the look is recorded: who, when, what, why. Empty when nothing is kept.

    Raises ``Invalid`` without a reason, ``NotFound`` for a stranger, ``Forbidden`` without the right to look.
    """
    why = clean_line(reason)
    if not why:
        raise Invalid({"reason": [N_("请写明查看的事由，会一并留存。")]})
    if len(why) > LONGEST_REASON:
        raise Invalid(
            {"reason": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_REASON)]}
        )
    with transaction(ctx) as session:
        row = get_applicant(session, ctx.actor, applicant_id)
        if ctx.actor.account_id is None:
            raise NotFound(N_("没有找到这位申请人。"))
        session.add(
            PersonalDataReading(
                case_id=row.case_id,
                applicant_id=row.id,
                account_id=ctx.actor.account_id,
                at=ctx.now,
                field=str(field),
                reason=why,
            )
        )
        return _value(ctx, row, field)


def note_reading(ctx: Context, case_id: int, what: str, why: str, *, each: bool = True) -> bool:
    """Record that somebody looked at papers of a case that name people in full; whether anything was written, so that
    the caller reads anew. Without ``each`` one record a person, case and day is enough. The system itself reads nothing
    for anybody."""
    account_id = ctx.actor.account_id
    if account_id is None or (not each and _noted_today(ctx, case_id, account_id, what)):
        return False
    with transaction(ctx) as session:
        row = PersonalDataReading(
            case_id=case_id, account_id=account_id, at=ctx.now, field=what, reason=why[:LONGEST_REASON]
        )
        session.add(row)
    return True


def _noted_today(ctx: Context, case_id: int, account_id: int, what: str) -> bool:
    begin = datetime.combine(ctx.today, time.min, SHANGHAI)
    noted = select(PersonalDataReading.id).where(
        PersonalDataReading.case_id == case_id,
        PersonalDataReading.account_id == account_id,
        PersonalDataReading.field == what,
        PersonalDataReading.at >= begin,
    )
    return ctx.session.scalar(noted.limit(1)) is not None


def _value(ctx: Context, row: Applicant, field: PersonalField) -> str:
    if field is PersonalField.NAME:
        return row.name
    if field is PersonalField.CONTACT_NAME:
        return row.contact_name or ""
    sealed: bytes | None = getattr(row, f"{field}_cipher")
    return ctx.adapters.cipher.open(sealed) if sealed else ""
