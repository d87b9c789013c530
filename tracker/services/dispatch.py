"""寄发、送达、退件: what stops the clock is the day handed to the post or released, or by hand the day signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.mail_numbers import normalise_mail_number
from tracker.domain.returned_mail import ReturnKind, told_return
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Dispatch, Letter
from tracker.services.attachments import CheckedFile, Upload, check_upload, keep_file
from tracker.services.case_record import NewEntry, append, require_offered
from tracker.services.context import Context
from tracker.services.letter_act import on_letter
from tracker.services.unit_of_work import transaction

WAY_NAMES: dict[DispatchWay, str] = {
    DispatchWay.POST: N_("邮寄（邮政企业）"),
    DispatchWay.HAND: N_("当面送达"),
    DispatchWay.PORTAL: N_("网上发布"),
    DispatchWay.EMAIL: N_("电子邮件"),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """送达: the day and who signed, with the proof where there is one."""

    on: date
    to: str = ""
    proof: Upload | None = None


def dispatch(
    ctx: Context,
    letter_id: int,
    *,
    way: DispatchWay,
    on: date,
    mail_number: str = "",
    expected_version: int | None,
    reason: str | None = None,
) -> int:
    """寄发: handed to 邮政企业, taken to the applicant, or released on line, on this day.

    A reply must be signed and sealed; a notice only issued. Returned mail may be sent again. Raises ``Invalid`` for a
    day before the 成文日期 and for mail without its number, ``NotLawfulNow`` when the letter is on its way already.
    """
    number = normalise_mail_number(mail_number)
    if way is DispatchWay.POST and not number:
        raise Invalid({"mail_number": [N_("邮寄须登记邮件号，作为交邮的凭证。")]})
    with on_letter(ctx, letter_id, Action.DISPATCH, expected_version, offered=False) as (case, letter):
        _require_fit(ctx, case, letter, on, reason)
        again = bool(letter.dispatches)
        sent = Dispatch(way=str(way), dispatched_on=on, mail_number=number or None)
        letter.dispatches.append(sent)
        ctx.session.flush()
        details = {"letter_id": letter.id, "dispatch_id": sent.id, "by": str(way)}
        append(ctx, case, NewEntry(_entry(letter, again), on, details), reason=reason)
        return sent.id


def record_delivery(
    ctx: Context,
    letter_id: int,
    *,
    delivery: Delivery,
    expected_version: int | None,
    reason: str | None = None,
) -> None:
    """登记送达: the day the addressee signed, for all that was in the mail item. By hand this stops the clock.

    Raises ``Invalid`` for a day before posting."""
    proof = None
    if delivery.proof is not None:
        upload = Upload(delivery.proof.filename, delivery.proof.content, FileKind.DELIVERY_PROOF)
        proof = check_upload(ctx, upload, "proof")
    with transaction(ctx):
        sent = _deliver(ctx, letter_id, delivery, proof, expected_version, reason)
        for other in letters_of_item(ctx.session, sent):
            _deliver(ctx, other, delivery, proof, None, reason)


def _deliver(
    ctx: Context,
    letter_id: int,
    delivery: Delivery,
    proof: CheckedFile | None,
    expected_version: int | None,
    reason: str | None,
) -> Dispatch:
    with on_letter(ctx, letter_id, Action.RECORD_DELIVERY, expected_version, offered=False) as (case, letter):
        sent = _on_the_way(letter)
        _require_after(ctx, delivery.on, sent)
        if letter.is_reply:
            require_offered(ctx, case, Action.RECORD_DELIVERY, reason=reason)
        sent.delivered_on, sent.delivered_to = delivery.on, delivery.to.strip() or None
        if proof is not None:
            sent.proof_attachment_id = keep_file(ctx, proof, case_id=case.id, letter_id=letter.id).id
        details: dict[str, Any] = {"letter_id": letter.id, "dispatch_id": sent.id}
        kind, told = EntryType.DELIVERED, None
        if not letter.is_reply:
            details["delivered"] = True
            kind, told = EntryType.NOTE_ADDED, N_("文书已送达")
        append(ctx, case, NewEntry(kind, delivery.on, details, told), reason=reason)
        return sent


def letters_of_item(session: Session, sent: Dispatch) -> Sequence[int]:
    """Other letters in the same envelope that are on their way as well: posted by one organ on one day under one mail
    number. What happens to the mail item happens to all of them."""
    if sent.way != DispatchWay.POST or not sent.mail_number:
        return ()
    organ_id = session.scalar(select(Letter.organ_id).where(Letter.id == sent.letter_id))
    return session.scalars(
        select(Dispatch.letter_id)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .where(
            Letter.organ_id == organ_id,
            Dispatch.letter_id != sent.letter_id,
            Dispatch.way == sent.way,
            Dispatch.mail_number == sent.mail_number,
            Dispatch.dispatched_on == sent.dispatched_on,
            Dispatch.returned_on.is_(None),
            Dispatch.delivered_on.is_(None),
        )
        .order_by(Dispatch.letter_id)
    ).all()


def record_returned_mail(
    ctx: Context,
    letter_id: int,
    *,
    on: date,
    kind: ReturnKind = ReturnKind.OTHER,
    why: str = "",
    expected_version: int | None,
) -> None:
    """登记退件: the mail item came back, with all that was in it; it may be sent again. The day it was posted stays the
    day that counts. Raises ``Invalid`` where the reason is another than the listed ones and not written down."""
    if kind is ReturnKind.OTHER and not why.strip():
        raise Invalid({"why": [N_("请写明退回的原因。")]})
    with transaction(ctx):
        sent = _return(ctx, letter_id, on, kind, why.strip(), expected_version)
        for other in letters_of_item(ctx.session, sent):
            _return(ctx, other, on, kind, why.strip(), None)


def _return(
    ctx: Context, letter_id: int, on: date, kind: ReturnKind, why: str, expected_version: int | None
) -> Dispatch:
    with on_letter(ctx, letter_id, Action.RECORD_RETURNED_MAIL, expected_version, offered=False) as (
        case,
        letter,
    ):
        sent = _on_the_way(letter)
        _require_after(ctx, on, sent)
        told = told_return(kind, why)
        sent.returned_on, sent.return_kind, sent.return_reason = on, str(kind), told[:200]
        details = {"letter_id": letter.id, "dispatch_id": sent.id}
        append(ctx, case, NewEntry(EntryType.MAIL_RETURNED, on, details, told))
        return sent


def _require_fit(ctx: Context, case: Case, letter: Letter, on: date, reason: str | None) -> None:
    if letter.status != "signed":
        raise NotLawfulNow(N_("这份公文还没有签发，不能寄发。"))
    if letter.dispatches and any(d.returned_on is None for d in letter.dispatches):
        raise NotLawfulNow(N_("这份公文已经寄发；退回的请先登记退件，再重新寄发。"))
    if letter.signed_on is not None and on < letter.signed_on:
        raise Invalid({"on": [N_("寄发日期不能早于成文日期，请核对。")]})
    if on > ctx.today:
        raise Invalid({"on": [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]})
    if letter.is_reply and not letter.dispatches:
        require_offered(ctx, case, Action.DISPATCH, reason=reason)
    if case.stage == Stage.ARCHIVED:
        raise NotLawfulNow(N_("案卷已经归档，不能再登记寄发。"))


def _entry(letter: Letter, again: bool) -> EntryType:
    if not letter.is_reply:
        return EntryType.NOTICE_DISPATCHED
    return EntryType.REDISPATCHED if again else EntryType.DISPATCHED


def _on_the_way(letter: Letter) -> Dispatch:
    found = next((d for d in reversed(letter.dispatches) if d.returned_on is None), None)
    if found is None:
        raise NotLawfulNow(N_("这份公文还没有寄发。"))
    if found.delivered_on is not None:
        raise NotLawfulNow(N_("这份公文已经登记送达；日期有误的，请用“更正事实”。"))
    return found


def _require_after(ctx: Context, on: date, sent: Dispatch) -> None:
    if on < sent.dispatched_on:
        raise Invalid({"on": [N_("日期不能早于寄发日期，请核对。")]})
    if on > ctx.today:
        raise Invalid({"on": [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]})
