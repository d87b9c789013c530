"""签发 and 用印: the number is drawn, the slots are filled, and from then on the letter never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.letter_document import LetterDocument
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Letter
from tracker.queries.letter_templates import get_wording_version
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.legal_review import Step, standing_approval
from tracker.services.letter_act import on_letter, require_other_hand
from tracker.services.letters import require_ready
from tracker.services.notices import draw_document_number, require_characters
from tracker.services.rendering import render_after_commit


@dataclass(frozen=True, slots=True)
class Issued:
    """A signed reply: its 发文字号, its 成文日期, the hash of its text."""

    letter_id: int
    number: str
    signed_on: date
    digest: str


def sign_off(ctx: Context, letter_id: int, *, expected_version: int | None) -> Issued:
    """签发: the day of sign-off is the 成文日期. All the letter says is frozen in this transaction; its files are made
    after it.

    Raises ``Forbidden`` for whoever wrote at it (unless a paper approval stands in), ``NotLawfulNow`` when the review
    of exactly this text is missing, ``Missing`` naming facts, records or characters it lacks.
    """
    with on_letter(ctx, letter_id, Action.SIGN_OFF, expected_version) as (case, letter):
        paper = standing_approval(letter, Step.SIGN_OFF)
        if paper is None or paper.paper_name is None:
            require_other_hand(ctx, letter, signing=True)
        _require_review(case, letter)
        draft = require_ready(ctx, case, letter)
        document = LetterDocument.from_data(letter.content)
        if document.digest() != letter.text_hash:
            raise NotLawfulNow(N_("答复书文字与审查时不一致，不能签发，请重新提交审查。"))
        require_characters(ctx, document)
        freeze(ctx, case, letter, document)
        case.disposition = str(draft.outcome)
        details = {"letter_id": letter.id, "disposition": case.disposition}
        if paper is not None and paper.paper_name is not None:
            details["paper_review_id"] = paper.id
        append(ctx, case, NewEntry(EntryType.SIGNED_OFF, ctx.today, details))
        render_after_commit(ctx, letter)
        return Issued(letter.id, letter.number or "", ctx.today, letter.issued_hash or "")


def seal(ctx: Context, letter_id: int, *, on: date, expected_version: int | None) -> None:
    """用印: the day the seal was put on the signed letter. Raises ``Invalid`` for a day before sign-off or to come."""
    with on_letter(ctx, letter_id, Action.SEAL, expected_version) as (case, letter):
        if letter.status != "signed" or not letter.is_reply:
            raise NotLawfulNow(N_("这份公文还没有签发，不能用印。"))
        if letter.signed_on is not None and on < letter.signed_on:
            raise Invalid({"on": [N_("用印日期不能早于签发日期，请核对。")]})
        if on > ctx.today:
            raise Invalid({"on": [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]})
        letter.sealed_on, letter.sealed_by = on, ctx.actor.name
        append(ctx, case, NewEntry(EntryType.SEALED, on, {"letter_id": letter.id}))


def _require_review(case: Case, letter: Letter) -> None:
    if case.organ.review_required and standing_approval(letter, Step.REVIEW) is None:
        raise NotLawfulNow(N_("现在的文字没有经过合法性审查，不能签发，请重新提交审查。"))


def freeze(ctx: Context, case: Case, letter: Letter, document: LetterDocument) -> None:
    """Draw the number, fill the slots with today as 成文日期, and fix the text for good."""
    if letter.template_version_id is None:
        raise NotLawfulNow(N_("这份公文没有标准文书版本，不能签发。"))
    template = get_wording_version(ctx.session, letter.template_version_id).template
    number = draw_document_number(ctx, case.organ, template, ctx.today.year)
    issued = document.fill(number=number, date=chinese_date(ctx.today), seal=case.organ.name)
    letter.number, letter.series = number, template.series
    letter.issued_content, letter.issued_hash = issued.to_data(), issued.digest()
    letter.signed_on, letter.signed_by_id = ctx.today, ctx.actor.account_id
    letter.status = "signed"
    ctx.session.flush()
