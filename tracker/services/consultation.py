"""征求意见 (Art 32, 33(3), 34): working days spent on asking others are not counted, within limits."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from tracker.domain.case_log import EntryType, SuspensionCause, effective
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow
from tracker.domain.statute import ANSWER_DAYS
from tracker.domain.vocabulary import N_
from tracker.domain.wording import unended
from tracker.domain.workflow import Action
from tracker.models import Case, Consultation, Letter
from tracker.queries.calendars import current_calendar
from tracker.queries.case_log import read_log
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice

WITH_LIMIT = frozenset({SuspensionCause.THIRD_PARTY, SuspensionCause.CO_PRODUCER})
"""Whose answer is due within 15 working days of their receipt; for other organs the law sets no period."""


class Answer(StrEnum):
    """What came back."""

    AGREE = "agree"
    OBJECT = "object"
    SILENT = "silent"


ANSWER_NAMES: dict[Answer, str] = {
    Answer.AGREE: N_("同意公开"),
    Answer.OBJECT: N_("不同意公开"),
    Answer.SILENT: N_("逾期未答复"),
}

THIRD_PARTY_INTERESTS = (N_("商业秘密"), N_("个人隐私"), N_("商业秘密、个人隐私"))
"""Rights of a third party that disclosure may harm (Art 15), as the letter says them."""

CONSULTED_NAMES: dict[SuspensionCause, str] = {
    SuspensionCause.THIRD_PARTY: N_("第三方"),
    SuspensionCause.CO_PRODUCER: N_("共同制作机关"),
    SuspensionCause.OTHER_ORGAN: N_("其他机关"),
}


def consult(
    ctx: Context,
    case_id: int,
    *,
    kind: SuspensionCause,
    party: str,
    subject: str,
    on: date,
    contact: str | None = None,
    mail_number: str | None = None,
    interest: str = "",
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """征求意见: the letter was sent on this day; the days after it are not counted until the answer.

    ``contact`` (address, phone of the party) is kept encrypted. Each party asked gets a letter
    of its own, issued here unless ``with_letter`` is false; ``interest``: which right of a third party is touched
    (个人隐私, 商业秘密).
    """
    with acting(ctx, case_id, Action.CONSULT, expected_version, reason=reason) as case:
        asked = Consultation(
            case_id=case.id,
            ref=_next_ref(ctx, case),
            kind=str(kind),
            party=party,
            contact_cipher=ctx.adapters.cipher.seal(contact) if contact else None,
            subject=subject,
            mail_number=mail_number or None,
            sent_on=on,
        )
        ctx.session.add(asked)
        ctx.session.flush()
        details: dict[str, object] = {"cause": asked.kind, "ref": asked.ref, "consultation_id": asked.id}
        if with_letter:
            details["letter_id"] = asked.letter_id = _issue(ctx, case, asked, interest).id
        return append(ctx, case, NewEntry(EntryType.SUSPENDED, on, details), reason=reason)


def _issue(ctx: Context, case: Case, asked: Consultation, interest: str) -> Letter:
    """征求意见书 to a third party, 征求意见函 to an organ; neither names the applicant."""
    kind = SuspensionCause(asked.kind)
    facts = {"party": asked.party, "consult_subject": unended(asked.subject)}
    if kind is SuspensionCause.THIRD_PARTY:
        facts["interest_kind"] = interest or THIRD_PARTY_INTERESTS[0]
        return issue_notice(ctx, case, "consult_third_party", facts, on=asked.sent_on)
    facts["organ_relation"] = "共同制作" if kind is SuspensionCause.CO_PRODUCER else "其他机关"
    return issue_notice(ctx, case, "consult_organ", facts, on=asked.sent_on)


def record_consultation_received(
    ctx: Context,
    case_id: int,
    *,
    consultation_id: int,
    on: date,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """对方收到: from this day third parties and co-producers have 15 working days."""
    with acting(ctx, case_id, Action.RECORD_CONSULTATION, expected_version, reason=reason) as case:
        asked = _get(ctx, case, consultation_id)
        if on < asked.sent_on:
            raise Invalid({"on": [N_("收到的日期不能早于发出的日期，请核对。")]})
        if asked.received_on is not None:
            raise NotLawfulNow(N_("对方收到的日期已经登记；日期有误的，请用“更正事实”。"))
        asked.received_on = on
        asked.answer_due_on = answer_due(ctx, asked)
        return append(ctx, case, NewEntry(EntryType.CONSULTATION_DELIVERED, on, _about(asked)), reason=reason)


def record_consultation_returned(
    ctx: Context,
    case_id: int,
    *,
    consultation_id: int,
    on: date,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """退回无法投递: what is not counted ends with this day."""
    with acting(ctx, case_id, Action.RECORD_CONSULTATION, expected_version, reason=reason) as case:
        asked = _get(ctx, case, consultation_id)
        if asked.received_on is not None:
            raise Invalid({"on": [N_("这封函已登记对方收到，不能再登记退回。")]})
        _require_waiting(asked)
        asked.returned_on = on
        details = {**_about(asked), "returned": True}
        return append(ctx, case, NewEntry(EntryType.RESUMED, on, details), reason=reason)


def record_consultation_answered(
    ctx: Context,
    case_id: int,
    *,
    consultation_id: int,
    on: date,
    answer: Answer,
    opinion: str | None = None,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """对方答复, or silence.

    What is not counted ends with the day the answer came, at latest with the 15th working day after their receipt; a
    later answer keeps its own date as a fact. Silence can be recorded from the day after that day. After recorded
    silence an answer that came late is noted and moves nothing; one that had come in time corrects the silence.
    """
    with acting(ctx, case_id, Action.RECORD_CONSULTATION, expected_version, reason=reason) as case:
        asked = _get(ctx, case, consultation_id)
        if on < (asked.received_on or asked.sent_on):
            raise Invalid({"on": [N_("答复的日期不能早于发出、收到的日期，请核对。")]})
        after_silence = asked.answer == Answer.SILENT and answer is not Answer.SILENT
        if not after_silence:
            _require_waiting(asked)
        if answer is Answer.SILENT:
            _require_silence(asked, on)
        else:
            asked.answered_on = on
        asked.answer = str(answer)
        asked.opinion = opinion or None
        details = {**_about(asked), "answer": str(answer), "answered_on": on.isoformat()}
        if after_silence:
            return append(ctx, case, _after_silence(ctx, asked, on, details, opinion), reason=reason)
        counted_until = min(on, asked.answer_due_on or on)
        return append(ctx, case, NewEntry(EntryType.RESUMED, counted_until, details), reason=reason)


def _after_silence(
    ctx: Context, asked: Consultation, on: date, details: dict[str, object], opinion: str | None
) -> NewEntry:
    if asked.answer_due_on is None or on >= asked.answer_due_on:
        return NewEntry(EntryType.NOTE_ADDED, on, {**details, "late_answer": True}, text=opinion)
    silence = next(
        entry
        for entry in reversed(effective(read_log(ctx.session, asked.case_id)))
        if entry.type is EntryType.RESUMED and entry.ref == asked.ref
    )
    corrected = {"seq": silence.seq, "was_on": silence.on.isoformat(), "on": on.isoformat()}
    about = {name: details[name] for name in ("consultation_id", "answer", "answered_on")}
    return NewEntry(EntryType.FACT_CORRECTED, ctx.today, {**corrected, **about}, text=opinion)


def answer_due(ctx: Context, asked: Consultation) -> date | None:
    """The 15th working day after their receipt; None for other organs, and while receipt is not known."""
    if asked.received_on is None or SuspensionCause(asked.kind) not in WITH_LIMIT:
        return None
    return current_calendar(ctx.session).nth_workday(asked.received_on, ANSWER_DAYS)


def _require_silence(asked: Consultation, on: date) -> None:
    if SuspensionCause(asked.kind) not in WITH_LIMIT:
        return
    if asked.received_on is None:
        raise Invalid({"answer": [N_("还没有登记对方收到的日期，不能认定逾期未答复。")]})
    if asked.answer_due_on is not None and on <= asked.answer_due_on:
        due = asked.answer_due_on
        told = NotLawfulNow(N_("对方的答复期限至 %(day)s 届满，次日起才能登记逾期未答复。"), day=due)
        raise Invalid({"on": [told]})


def _require_waiting(asked: Consultation) -> None:
    if asked.returned_on is not None or asked.answer is not None:
        raise NotLawfulNow(N_("这封函已有结果；登记有误的，请用“更正事实”。"))


def _get(ctx: Context, case: Case, consultation_id: int) -> Consultation:
    asked = ctx.session.get(Consultation, consultation_id)
    if asked is None or asked.case_id != case.id:
        raise NotFound(N_("没有找到这份征求意见函。"))
    return asked


def _about(asked: Consultation) -> dict[str, object]:
    return {"ref": asked.ref, "consultation_id": asked.id}


def _next_ref(ctx: Context, case: Case) -> str:
    asked = ctx.session.scalar(
        select(func.count()).select_from(Consultation).where(Consultation.case_id == case.id)
    )
    return f"consultation-{(asked or 0) + 1}"
