"""复议、诉讼 about a case: what reached the organ, what it answered, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.domain.case_log import EntryType
from tracker.domain.challenges import ChallengeKind, ChallengeResult
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Challenge, Letter, StoredEntry
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


@dataclass(frozen=True, slots=True)
class NewChallenge:
    """What the copy says. ``received_on``: the day the organ got it; ``body`` left empty is the reviewing organ or the
    court of the organ's settings; ``simplified``: 复议简易程序, never of a suit."""

    kind: ChallengeKind
    received_on: date
    claim: str
    body: str = ""
    number: str | None = None
    simplified: bool = False
    letter_id: int | None = None


def register_challenge(
    ctx: Context, case_id: int, new: NewChallenge, *, expected_version: int | None
) -> Reading:
    """登记复议、诉讼: the organ's own period to answer begins the day after it got the copy.

    Raises ``Invalid`` without a claim, for a copy older than the request, for a letter of another case, and where
    neither the form nor the organ's settings name the reviewing organ or court.
    """
    with acting(ctx, case_id, Action.REGISTER_CHALLENGE, expected_version) as case:
        _require_sound(ctx, case, new)
        row = Challenge(
            case_id=case.id,
            letter_id=new.letter_id,
            kind=str(new.kind),
            simplified=new.simplified,
            received_on=new.received_on,
            number=new.number,
            body=new.body or _usual_body(case, new.kind) or "",
            claimed_seq=_next_seq(ctx, case),
            recorded_by_id=ctx.actor.account_id,
        )
        ctx.session.add(row)
        ctx.session.flush()
        details = {"challenge_id": row.id, "kind": str(new.kind), "simplified": new.simplified}
        return append(ctx, case, NewEntry(EntryType.CHALLENGED, new.received_on, details, text=new.claim))


def set_hearing(
    ctx: Context, case_id: int, *, challenge_id: int, hearing_on: date, expected_version: int | None
) -> Reading:
    """登记听证、开庭 on a day that may lie ahead. Raises ``Invalid`` for a day before the copy was received."""
    with acting(ctx, case_id, Action.SET_HEARING, expected_version) as case:
        row = _open(ctx, case, challenge_id)
        if hearing_on < row.received_on:
            raise Invalid({"hearing_on": [N_("听证、开庭日期不能早于收到副本的日期。")]})
        row.hearing_on = hearing_on
        details = {"challenge_id": row.id, "hearing_on": hearing_on.isoformat()}
        return append(ctx, case, NewEntry(EntryType.CHALLENGE_HEARING, ctx.today, details))


def answer_challenge(
    ctx: Context, case_id: int, *, challenge_id: int, on: date, note: str = "", expected_version: int | None
) -> Reading:
    """登记提交答复书（答辩状）: the organ's period stops on the day it was handed in or posted.

    Raises ``Invalid`` for a day before the copy was received, ``NotLawfulNow`` when it has been answered already.
    """
    with acting(ctx, case_id, Action.ANSWER_CHALLENGE, expected_version) as case:
        row = _open(ctx, case, challenge_id)
        if row.answered_on is not None:
            raise NotLawfulNow(N_("这件复议（诉讼）已经提交答复，日期有误的请用“更正事实”。"))
        if on < row.received_on:
            raise Invalid({"on": [N_("提交日期不能早于收到副本的日期。")]})
        row.answered_on = on
        entry = NewEntry(EntryType.CHALLENGE_ANSWERED, on, {"challenge_id": row.id}, text=note or None)
        return append(ctx, case, entry)


def close_challenge(
    ctx: Context,
    case_id: int,
    *,
    challenge_id: int,
    result: ChallengeResult,
    on: date,
    document: str,
    expected_version: int | None,
) -> Reading:
    """登记结果 by the date of the decision; ``document`` names it. Table 4 counts it in that year.

    Raises ``Invalid`` for a day before the copy was received.
    """
    with acting(ctx, case_id, Action.CLOSE_CHALLENGE, expected_version) as case:
        row = _open(ctx, case, challenge_id)
        if on < row.received_on:
            raise Invalid({"on": [N_("决定（裁判）日期不能早于收到副本的日期。")]})
        row.result, row.result_on, row.result_document = str(result), on, document
        details = {"challenge_id": row.id, "result": str(result)}
        return append(ctx, case, NewEntry(EntryType.CHALLENGE_CLOSED, on, details, text=document))


def note_order(ctx: Context, case: Case, challenge_id: int, on: date) -> Challenge:
    """Tie an order to reply anew to the challenge it came from. Raises ``Invalid`` for one of another case, or one that
    has not been corrected."""
    row = ctx.session.get(Challenge, challenge_id)
    corrected = str(ChallengeResult.CORRECTED)
    if row is None or row.case_id != case.id or row.voided or row.result != corrected:
        raise Invalid({"challenge_id": [N_("请选择这件申请的结果为纠正的复议或诉讼。")]})
    row.ordered_on = on
    return row


def _require_sound(ctx: Context, case: Case, new: NewChallenge) -> None:
    wrong: dict[str, list[str]] = {}
    if not new.claim.strip():
        wrong["claim"] = [N_("请写明复议请求或者诉讼请求。")]
    if new.received_on < case.received_on:
        wrong["on"] = [N_("收到副本的日期不能早于收到申请的日期。")]
    if new.simplified and new.kind.is_suit:
        wrong["simplified"] = [N_("简易程序只适用于行政复议，诉讼请勿勾选。")]
    if not new.body and not _usual_body(case, new.kind):
        wrong["body"] = [N_("机关设置中没有写明，请填写复议机关或者法院。")]
    if new.letter_id is not None:
        letter = ctx.session.get(Letter, new.letter_id)
        if letter is None or letter.case_id != case.id:
            wrong["letter_id"] = [N_("请选择这件申请的文书。")]
    if wrong:
        raise Invalid(wrong)


def _usual_body(case: Case, kind: ChallengeKind) -> str | None:
    return case.organ.court if kind.is_suit else case.organ.reviewing_organ


def _open(ctx: Context, case: Case, challenge_id: int) -> Challenge:
    row = ctx.session.get(Challenge, challenge_id)
    if row is None or row.case_id != case.id or row.voided or row.result is not None:
        raise NotLawfulNow(N_("这件复议（诉讼）已经审结或者作废，请刷新页面查看。"))
    return row


def _next_seq(ctx: Context, case: Case) -> int:
    last = select(func.max(StoredEntry.seq)).where(StoredEntry.case_id == case.id)
    return (ctx.session.scalar(last) or 0) + 1
