"""作废: an issued letter that has not left the organ counts no more; its number stays taken, with the reason."""

from __future__ import annotations

from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.standalone_documents import DOCUMENT_OF
from tracker.domain.texts import clean_text
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Letter
from tracker.queries.letters import get_letter
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.letter_act import on_letter

LONGEST_REASON = 500


def void_letter(ctx: Context, letter_id: int, *, reason: str, expected_version: int | None) -> None:
    """The letter counts no more and is never posted. A reply is drafted anew; the clock runs on as it did.

    Raises ``Invalid`` without a reason, ``Forbidden`` for whoever could not have issued it, ``NotLawfulNow`` once it
    was posted and for notices that an act of the workflow issued: those are put right by 更正事实.
    """
    why = clean_text(reason)
    if not why:
        raise Invalid({"reason": [N_("请写明作废的原因，会与文号一并留存。")]})
    if len(why) > LONGEST_REASON:
        fault = TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_REASON)
        raise Invalid({"reason": [fault]})
    right = right_to_void(get_letter(ctx.session, ctx.actor, letter_id))
    with on_letter(ctx, letter_id, Action.SIGN_OFF, expected_version, permission=right, offered=False) as (
        case,
        letter,
    ):
        if not may_be_voided(case, letter):
            raise NotLawfulNow(
                N_(
                    "这份公文不能作废：已经寄发的、已经归档的、随办理操作制发的公文，用“更正事实”或者另行发文更正。"
                )
            )
        letter.status, letter.voided_on, letter.voided_by_id = "voided", ctx.today, ctx.actor.account_id
        letter.void_reason = why
        kind = EntryType.NOTICE_VOIDED
        if letter.is_reply:
            case.disposition, kind = None, EntryType.REPLY_VOIDED
        append(ctx, case, NewEntry(kind, ctx.today, {"letter_id": letter.id}, why))


def right_to_void(letter: Letter) -> Permission:
    """Whoever may issue a letter of this kind may void it."""
    document = DOCUMENT_OF.get(letter.kind)
    decides = letter.is_reply or (document is not None and document.decides)
    return Permission.LETTER_SIGN_OFF if decides else Permission.LETTER_DRAFT


def may_be_voided(case: Case, letter: Letter) -> bool:
    """Issued, not posted, the file open; a reply only while it waits to be posted."""
    if letter.status != "signed" or letter.dispatches or case.stage == Stage.ARCHIVED:
        return False
    if letter.is_reply:
        return case.stage == Stage.SIGNED and letter.run == case.run
    return letter.kind in DOCUMENT_OF
