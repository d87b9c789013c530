"""签发 of documents that decide (补充答复、更正答复、第三方公开告知): whoever drafted one does not issue it."""

from __future__ import annotations

from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.letter_document import LetterDocument
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Letter
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.legal_review import Step, standing_approval
from tracker.services.letter_act import on_letter, require_other_hand
from tracker.services.notices import require_characters
from tracker.services.rendering import render_after_commit
from tracker.services.sign_off import Issued, freeze
from tracker.services.standalone_documents import document_of, require_lawful


def sign_document(ctx: Context, letter_id: int, *, expected_version: int | None) -> Issued:
    """签发: number, 成文日期 and text for good, noted in the log.

    Raises ``Forbidden`` for whoever drafted it (unless a paper approval stands in), ``Missing`` when the stage no
    longer allows it or a record or character lacks, ``NotLawfulNow`` when it does not wait for sign-off.
    """
    with on_letter(ctx, letter_id, Action.SIGN_OFF, expected_version, offered=False) as (case, letter):
        _require_waiting(letter)
        paper = standing_approval(letter, Step.SIGN_OFF)
        if paper is None or paper.paper_name is None:
            require_other_hand(ctx, letter)
        document = document_of(letter)
        require_lawful(ctx, case, document, (letter.values or {}).get("about_id"))
        text = LetterDocument.from_data(letter.content)
        require_characters(ctx, text)
        freeze(ctx, case, letter, text)
        details = {"letter_id": letter.id, "template": letter.kind}
        append(ctx, case, NewEntry(EntryType.NOTICE_ISSUED, ctx.today, details))
        render_after_commit(ctx, letter)
        return Issued(letter.id, letter.number or "", ctx.today, letter.issued_hash or "")


def return_document(ctx: Context, letter_id: int, *, opinion: str, expected_version: int | None) -> None:
    """退回: it is not issued; the handler makes it anew from the same facts. Raises ``Invalid`` without an opinion."""
    if not opinion.strip():
        raise Invalid({"opinion": [N_("退回修改须写明意见。")]})
    with on_letter(ctx, letter_id, Action.SIGN_OFF, expected_version, offered=False) as (case, letter):
        _require_waiting(letter)
        letter.status = "returned"
        letter.values = {**(letter.values or {}), "returned": opinion.strip()[:500]}
        text = f"退回《{LetterDocument.from_data(letter.content).title}》：{opinion.strip()}"
        append(ctx, case, NewEntry(EntryType.NOTE_ADDED, ctx.today, {"letter_id": letter.id}, text))


def _require_waiting(letter: Letter) -> None:
    if letter.is_reply or letter.status != "approved":
        raise NotLawfulNow(N_("这份文书不在等待签发，请刷新页面查看最新状态。"))
